// @ts-check
// What every browser test needs: the built server with the browser edition in
// it, a real Chromium, and a real drop of folders from disk.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./find-browser.mjs";

const SERVE = fileURLToPath(new URL("../../bin/serve", import.meta.url));

/**
 * Starts `serve --app` on free ports.
 * @param {string} folder what the native server serves
 * @returns {Promise<{native: string, tool: string, stop: () => Promise<void>}>}
 */
export async function startServe(folder) {
  const child = spawn(SERVE, ["--app", "--app-port", "0", "--bind", "127.0.0.1", "--directory", folder, "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (data) => (errors += data));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const urls = await new Promise((resolve, reject) => {
    /** @type {string[]} */
    const found = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /https?:\/\/[^\s/)]+\//.exec(line);
      if (url) found.push(url[0]);
      if (found.length === 2) resolve(found);
    });
    exited.then(() => reject(new Error(`serve ended at once: ${errors}`)));
  });
  return {
    native: urls[0],
    tool: urls[1],
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/**
 * Starts `serve` on a free port of 127.0.0.1.
 * @param {string} folder @param {string[]} options
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startNative(folder, ...options) {
  const child = spawn(SERVE, ["--bind", "127.0.0.1", "--directory", folder, ...options, "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /https?:\/\/[^\s/)]+\//.exec(line);
      if (found) resolve(found[0]);
    });
    exited.then(() => reject(new Error("serve ended at once")));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** How Chromium is started. As root it needs to go without its sandbox. */
function launchOptions() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium or Chrome found; set CHROMIUM to its path");
  return {
    executablePath,
    headless: true,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

/** Starts Chromium, whose contexts are private windows. */
export const startChromium = () => chromium.launch(launchOptions());

/**
 * Starts Chromium as a person does: what it stores is in a folder, and there
 * the next time.
 * @param {string} folder
 */
export const startProfile = (folder) => chromium.launchPersistentContext(folder, { ...launchOptions(), viewport: { width: 1440, height: 900 } });

/**
 * Drops files and folders of this machine on the page, as the person's mouse
 * would: the page gets real handles.
 * @param {import("playwright-core").Page} page
 * @param {string[]} paths absolute
 * @param {{x: number, y: number}} [at]
 */
export async function drop(page, paths, at = { x: 300, y: 300 }) {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"])) {
    await devtools.send("Input.dispatchDragEvent", { type, ...at, data });
  }
  await devtools.detach();
}
