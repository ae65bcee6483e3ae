// @ts-check
// A real WebKitGTK for tests: its MiniBrowser on a display that is not there,
// driven by WebKitWebDriver. Its sessions are private, and it neither drops nor
// chooses folders.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { until } from "./engine.mjs";
import { findWebKit, findXvfb } from "./find-browser.mjs";

/** How long a script may run, in ms. */
const SCRIPT_TIMEOUT = 30_000;

/** Why there are no tests in WebKit; false if there are. */
export const noWebKit = (findWebKit() && findXvfb()) || process.env.VITRINE_BROWSERS === "required" ? false : "WebKitWebDriver or Xvfb is not installed: the page was not tested in WebKit";

/** Starts WebKit. */
export async function startWebKit() {
  const [driver, xvfb] = [findWebKit(), findXvfb()];
  if (!driver || !xvfb) throw new Error("no WebKitWebDriver or no Xvfb found");
  const screen = spawn(xvfb, ["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const display = await new Promise((resolve, reject) => {
    createInterface({ input: /** @type {import("node:stream").Readable} */ (screen.stdout) }).once("line", resolve);
    screen.once("exit", () => reject(new Error("Xvfb ended at once")));
  });
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], { stdio: "ignore", env: { ...process.env, DISPLAY: `:${display}` } });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const base = `http://127.0.0.1:${port}`;
  await until("WebKitWebDriver", () => send("GET", `${base}/status`).then(() => true, () => false));
  const { sessionId } = await send("POST", `${base}/session`, { capabilities: { alwaysMatch: { timeouts: { script: SCRIPT_TIMEOUT } } } });
  return Object.assign(new WebKit(`${base}/session/${sessionId}`), {
    stop: async () => {
      await send("DELETE", `${base}/session/${sessionId}`).catch(() => {}); // the browser may be gone
      child.kill();
      await exited;
      screen.kill();
    },
  });
}

/** A free port of 127.0.0.1. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/**
 * @param {string} method @param {string} url @param {object} [parameters]
 * @returns {Promise<any>}
 */
async function send(method, url, parameters) {
  const response = await fetch(url, { method, body: parameters && JSON.stringify(parameters) });
  const { value } = /** @type {any} */ (await response.json());
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** The window of a WebKit. */
class WebKit {
  #session;

  /** @param {string} session its URL */
  constructor(session) {
    this.#session = session;
  }

  /** Goes to a URL and waits until it is loaded. @param {string} url */
  open = (url) => send("POST", `${this.#session}/url`, { url });

  reload = () => send("POST", `${this.#session}/refresh`, {});

  /**
   * Runs a function in the page.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  run(f, ...args) {
    // What an asynchronous function returns is not waited for here.
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${f})(...Array.prototype.slice.call(arguments, 0, -1))).then((value) => done({ value }), (e) => done({ error: String(e) }));`;
    return send("POST", `${this.#session}/execute/async`, { script, args }).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  }

  /**
   * Runs a function in the preview's frame.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async inFrame(f, ...args) {
    await send("POST", `${this.#session}/frame`, { id: await this.#find("#frames iframe.shown") });
    try {
      return await this.run(f, ...args);
    } finally {
      await send("POST", `${this.#session}/frame`, { id: null });
    }
  }

  /** Clicks on an element, with the mouse, once it does not move away any more. @param {string} selector */
  async click(selector) {
    const [id] = Object.values(await this.#find(selector));
    await until(`a click on ${selector}`, () =>
      send("POST", `${this.#session}/element/${id}/click`, {}).then(
        () => true,
        (/** @type {Error} */ e) => {
          if (!e.message.startsWith("element click intercepted")) throw e;
        },
      ),
    );
  }

  /** @param {string} selector @returns {Promise<Record<string, string>>} the reference of an element */
  #find = (selector) => send("POST", `${this.#session}/element`, { using: "css selector", value: selector });
}
