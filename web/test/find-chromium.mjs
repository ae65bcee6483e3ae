// @ts-check
// Finds Chromium or Chrome: $CHROMIUM, then the usual names on PATH. As a
// program it prints the path, or exits with 1.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** @returns {string | undefined} */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    MAC,
  ];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = findChromium();
  if (!path) {
    console.error("no Chromium or Chrome found; set CHROMIUM to its path");
    process.exit(1);
  }
  console.log(path);
}
