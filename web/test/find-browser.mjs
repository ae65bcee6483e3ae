// @ts-check
// Finds the browsers that the tests drive: what its variable says (CHROMIUM,
// FIREFOX, WEBKIT_DRIVER), then the usual names on PATH, then where macOS has
// it. As a program it takes a browser's name and prints the path, or exits
// with 1.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** @type {Record<string, {variable: string, names: string[], elsewhere: string[]}>} */
const BROWSERS = {
  chromium: {
    variable: "CHROMIUM",
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    elsewhere: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  },
  firefox: {
    variable: "FIREFOX",
    names: ["firefox-esr", "firefox"],
    elsewhere: [], // how macOS drags is not what the tests know
  },
  webkit: { variable: "WEBKIT_DRIVER", names: ["WebKitWebDriver"], elsewhere: [] },
  xvfb: { variable: "XVFB", names: ["Xvfb"], elsewhere: [] },
};

/** @param {string} browser @returns {string | undefined} */
function find(browser) {
  const { variable, names, elsewhere } = BROWSERS[browser] ?? { variable: "", names: [], elsewhere: [] };
  const folders = (process.env.PATH ?? "").split(delimiter);
  const named = process.env[variable];
  return [...(named ? [named] : []), ...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const findChromium = () => find("chromium");
export const findFirefox = () => find("firefox");
/** The driver of WebKitGTK, which starts its MiniBrowser. */
export const findWebKit = () => find("webkit");
/** The display that WebKit's browser needs. */
export const findXvfb = () => find("xvfb");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = process.argv[2] ?? "";
  const path = find(browser);
  if (!path) {
    console.error(`no browser ${browser} found`);
    process.exit(1);
  }
  console.log(path);
}
