// @ts-check
// A Chromium that runs without a debugger. DevTools is a pipe to the browser
// itself; it is attached to a page only for as long as a drop takes, and never
// to a service worker: an attached debugger changes how workers start and stop.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../find-browser.mjs";
import { within } from "./within.mjs";

const FLAGS = [
  "--headless",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // All windows are in view, as the tool's page and the site's are on a screen.
  "--disable-backgrounding-occluded-windows",
];
const COMMAND_TIMEOUT = 20_000;

/** @typedef {Awaited<ReturnType<typeof launch>>} Browser */
/** @typedef {(method: string, params?: object) => Promise<any>} Send */

export async function launch() {
  const executable = findChromium();
  if (!executable) throw new Error("no Chromium or Chrome found; set CHROMIUM to its path");
  const profile = await mkdtemp(join(tmpdir(), "vitrine-bench-profile-"));
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(executable, [...FLAGS, ...root, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    detached: true, // a process group of its own, which can be ended as a whole
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const [, , , input, output] = /** @type {[null, null, null, import("node:stream").Writable, import("node:stream").Readable]} */ (
    /** @type {unknown} */ (child.stdio)
  );
  input.on("error", () => {}); // the browser ended: its commands run into their timeouts

  /** @type {Map<number, {resolve: (result: any) => void, reject: (error: Error) => void}>} */
  const pending = new Map();
  let last = 0;
  let received = "";
  output.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    const messages = (received + text).split("\0");
    received = messages.pop() ?? "";
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message);
      const command = pending.get(id);
      pending.delete(id);
      if (error) command?.reject(new Error(error.message));
      else command?.resolve(result);
    }
  });

  /** @param {string} method @param {object} [params] @param {string} [sessionId] @returns {Promise<any>} */
  const send = (method, params = {}, sessionId) => {
    const id = ++last;
    const result = new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    input.write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return within(COMMAND_TIMEOUT, method, result);
  };

  /**
   * Attaches to a page while use runs.
   * @template T @param {string} targetId @param {(send: Send) => Promise<T>} use @returns {Promise<T>}
   */
  const attached = async (targetId, use) => {
    const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
    try {
      return await use((method, params) => send(method, params, sessionId));
    } finally {
      await send("Target.detachFromTarget", { sessionId });
    }
  };

  /** @returns {Promise<{targetId: string, type: string, url: string}[]>} */
  const targets = async () => (await send("Target.getTargets")).targetInfos;

  const { targetId: blank } = await send("Target.createTarget", { url: "about:blank" });

  return {
    version: /** @type {string} */ ((await send("Browser.getVersion")).product),
    pid: /** @type {number} */ (child.pid),
    attached,

    /** Opens a window. @param {string} url @param {string} [browserContextId] @returns {Promise<string>} its target */
    async open(url, browserContextId) {
      const { targetId } = await send("Target.createTarget", { url, browserContextId, newWindow: true, width: 1440, height: 900 });
      return targetId;
    },

    /** @param {string} targetId */
    close: (targetId) => send("Target.closeTarget", { targetId }),

    /** A profile of its own within the browser. @returns {Promise<string>} */
    newContext: async () => (await send("Target.createBrowserContext")).browserContextId,

    /** Closes a profile with all its windows. @param {string} browserContextId */
    closeContext: (browserContextId) => send("Target.disposeBrowserContext", { browserContextId }),

    /**
     * Stops all service workers, as the browser does with idle ones. The empty
     * page is what is attached to, and is detached before this returns.
     */
    async stopWorkers() {
      await attached(blank, async (send) => {
        await send("ServiceWorker.enable");
        await send("ServiceWorker.stopAllWorkers");
      });
      const running = (await targets()).filter((t) => t.type === "service_worker");
      if (running.length > 0) throw new Error(`still running: ${running.map((t) => t.url).join(", ")}`);
    },

    async quit() {
      await send("Browser.close").catch(() => {});
      await within(5000, "end of the browser", exited).catch(() => process.kill(-(/** @type {number} */ (child.pid)), "SIGKILL"));
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Evaluates an expression in the page that is attached to.
 * @param {Send} send @param {string} expression
 */
export async function evaluate(send, expression) {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/**
 * Waits until an expression is something true in the page, and gives that. The
 * page may still be loading: an expression that throws is tried again.
 * @param {Send} send @param {string} expression
 */
export async function until(send, expression, limit = 20_000) {
  let last = "";
  for (const end = Date.now() + limit; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      const value = await evaluate(send, expression);
      if (value) return value;
    } catch (error) {
      last = `: ${error}`;
    }
  }
  throw new Error(`waited ${limit} ms for ${expression}${last}`);
}
