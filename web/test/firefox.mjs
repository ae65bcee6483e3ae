// @ts-check
// A real Firefox for tests, driven by Marionette. What a person does with the
// mouse beyond clicks, dropping a folder and choosing one in the dialogue, is
// done by the browser's own services for tests, so that the page gets what a
// person's mouse gives it.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./engine.mjs";
import { findFirefox } from "./find-browser.mjs";
import { Marionette } from "./marionette.mjs";

/** How long Firefox may take to start, in ms: its first start on a cold disk. */
const STARTS_IN = 60_000;
/** How long a dialogue of the browser's may take to be drawn, in ms. */
const DIALOGUE_OPENS_IN = 300;
/** How long a script may run, in ms. */
const SCRIPT_TIMEOUT = 30_000;

/** @type {Record<string, string | number | boolean>} */
const PREFERENCES = {
  "marionette.port": 0, // a free one, which it writes into the profile
  // Dragged files are read by the page's process, which the sandbox forbids
  // unless the system's drag brought them.
  "security.sandbox.content.level": 0,
  "dom.filesystem.pathcheck.disabled": true,
  "security.dialog_enable_delay": 0, // buttons work as soon as they are there
  // Nothing of its own goes over the network.
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.normandy.enabled": false,
  "browser.safebrowsing.downloads.remote.enabled": false,
};

/** Why there are no tests in Firefox; false if there are. */
export const noFirefox = findFirefox() || process.env.VITRINE_BROWSERS === "required" ? false : "Firefox is not installed: the page was not tested in it";

/** Starts Firefox with a profile of its own. */
export async function startFirefox() {
  const path = findFirefox();
  if (!path) throw new Error("no Firefox found; set FIREFOX to its path");
  const profile = await mkdtemp(join(tmpdir(), "vitrine-firefox-"));
  const preferences = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), preferences.join(""));
  const child = spawn(path, ["--profile", profile, "--no-remote", "--headless", "--marionette", "--remote-allow-system-access"], { stdio: "ignore" });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const port = await until(
    "Firefox",
    async () => {
      if (child.exitCode !== null) throw new Error(`Firefox ended at once with ${child.exitCode}`);
      return Number(await readFile(join(profile, "MarionetteActivePort"), "utf8").catch(() => ""));
    },
    STARTS_IN,
  );
  const firefox = new Firefox(await Marionette.connect(port));
  await firefox.start();
  return Object.assign(firefox, {
    stop: async () => {
      await firefox.quit();
      const force = setTimeout(() => child.kill("SIGKILL"), 5000);
      await exited;
      clearTimeout(force);
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  });
}

/** The selected tab of a Firefox. */
class Firefox {
  #marionette;

  /** @param {Marionette} marionette */
  constructor(marionette) {
    this.#marionette = marionette;
  }

  async start() {
    await this.#marionette.send("WebDriver:NewSession", { timeouts: { script: SCRIPT_TIMEOUT }, unhandledPromptBehavior: "ignore" });
    await this.#chrome(stubPicker);
  }

  async quit() {
    await this.#marionette.send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {}); // it may be gone before it responds
    this.#marionette.close();
  }

  /** Goes to a URL and waits until it is loaded. @param {string} url */
  open = (url) => this.#marionette.send("WebDriver:Navigate", { url });

  /**
   * Runs a function in the page, or in the frame that is shown there.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  run = (f, ...args) => this.#script(f, args);

  /**
   * Runs a function in the preview's frame.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  inFrame = (f, ...args) => this.within("#frames iframe.shown", f, ...args);

  /**
   * Runs a function in a frame.
   * @template {unknown[]} A, R
   * @param {string} selector of the frame @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async within(selector, f, ...args) {
    await this.#marionette.send("WebDriver:SwitchToFrame", { element: await this.#find(selector) });
    try {
      return await this.#script(f, args);
    } finally {
      await this.#marionette.send("WebDriver:SwitchToFrame", {});
    }
  }

  /**
   * Runs a function in a tab of its own.
   * @template {unknown[]} A, R
   * @param {string} url @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async inTab(url, f, ...args) {
    const { value: back } = await this.#marionette.send("WebDriver:GetWindowHandle");
    const { handle } = await this.#marionette.send("WebDriver:NewWindow", { type: "tab" });
    await this.#marionette.send("WebDriver:SwitchToWindow", { handle });
    try {
      await this.open(url);
      return await this.#script(f, args);
    } finally {
      await this.#marionette.send("WebDriver:CloseWindow");
      await this.#marionette.send("WebDriver:SwitchToWindow", { handle: back });
    }
  }

  /** Opens another tab, which is selected from then on. @returns {Promise<string>} what selects it again */
  async newTab() {
    const { handle } = await this.#marionette.send("WebDriver:NewWindow", { type: "tab" });
    await this.select(handle);
    return handle;
  }

  /** Selects a tab. @param {string} handle */
  select = (handle) => this.#marionette.send("WebDriver:SwitchToWindow", { handle });

  /** Clicks on an element, with the mouse, once nothing covers it. @param {string} selector */
  async click(selector) {
    const id = await this.#find(selector);
    await until(`a click on ${selector}`, () =>
      this.#marionette.send("WebDriver:ElementClick", { id }).then(
        () => true,
        (/** @type {Error} */ e) => {
          if (!e.message.startsWith("element click intercepted")) throw e;
        },
      ),
    );
  }

  /**
   * Clicks on what opens the folder dialogue, chooses a folder there, and says
   * yes to the browser's question.
   * @param {string} selector @param {string} folder
   * @returns {Promise<string>} the question
   */
  async choose(selector, folder) {
    await this.#chrome((folder) => (/** @type {any} */ (globalThis).Services.prefs.setStringPref("vitrine.test.folder", folder)), folder);
    await this.click(selector);
    // While it is open no script runs. To ask for its text too early hangs.
    await until("the browser's question", () => this.run(() => false).catch((/** @type {Error} */ e) => e.message.startsWith("unexpected alert open")));
    await new Promise((resolve) => setTimeout(resolve, DIALOGUE_OPENS_IN));
    const { value } = await this.#marionette.send("WebDriver:GetAlertText");
    await this.#marionette.send("WebDriver:AcceptAlert");
    return value;
  }

  /** Drops files and folders on the page. @param {string[]} paths */
  async drop(...paths) {
    await this.#script(drop, [paths], "system");
  }

  /** Loads the page again as F5 does; Marionette's own command goes past service workers. */
  async reload() {
    await this.run(() => void document.body.setAttribute("data-test-old", ""));
    await this.#chrome(() => /** @type {any} */ (globalThis).BrowserCommands.reload());
    await until("the page after its reload", () => this.run(() => document.readyState === "complete" && !document.body.hasAttribute("data-test-old")).catch(() => false));
  }

  /**
   * Stops the workers whose scope is below a URL, as the browser does with idle
   * ones.
   * @param {string} url @returns {Promise<number>} how many there were
   */
  stopWorkers = (url) => this.#chrome(stopWorkers, url);

  /** What stands in the browser's console of an origin's pages. @param {string} url */
  console = (url) => this.#chrome(messages, url);

  /** Gives the page a width, in px; the window itself has a least one. @param {number} width */
  width = (width) => this.#chrome((width) => void (/** @type {any} */ (globalThis).gBrowser.selectedBrowser.style.maxWidth = `${width}px`), width);

  /** @param {string} file */
  async screenshot(file) {
    const { value } = await this.#marionette.send("WebDriver:TakeScreenshot", { full: false });
    await writeFile(file, Buffer.from(value, "base64"));
  }

  /** @param {string} selector @returns {Promise<string>} the reference of an element */
  async #find(selector) {
    const { value } = await this.#marionette.send("WebDriver:FindElement", { using: "css selector", value: selector });
    return /** @type {string} */ (Object.values(value)[0]);
  }

  /** @param {Function} f @param {unknown[]} args @param {string} [sandbox] */
  async #script(f, args, sandbox) {
    const script = `return (${f})(...arguments)`;
    return (await this.#marionette.send("WebDriver:ExecuteScript", { script, args, newSandbox: false, sandbox })).value;
  }

  /**
   * Runs a function in the browser's own window.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} f @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async #chrome(f, ...args) {
    await this.#marionette.send("Marionette:SetContext", { value: "chrome" });
    try {
      return await this.#script(f, args, "system");
    } finally {
      await this.#marionette.send("Marionette:SetContext", { value: "content" });
    }
  }
}

// What follows runs within Firefox, with the objects of its own code.

/** The folder dialogue chooses what the preference says, at once. */
function stubPicker() {
  const { Cc, Ci, ChromeUtils, Components, Services } = /** @type {any} */ (globalThis);
  class Picker {
    QueryInterface = ChromeUtils.generateQI(["nsIFilePicker"]);
    defaultString = "";
    defaultExtension = "";
    filterIndex = 0;
    displayDirectory = null;
    displaySpecialDirectory = "";
    addToRecentDocs = false;
    okButtonLabel = "";
    capture = 0;
    domFilesInWebKitDirectory = [][Symbol.iterator]();
    init() {}
    appendFilter() {}
    appendFilters() {}
    appendRawFilter() {}
    get file() {
      const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
      file.initWithPath(Services.prefs.getStringPref("vitrine.test.folder"));
      return file;
    }
    /** @param {{done: (result: number) => void}} callback */
    open(callback) {
      Services.tm.dispatchToMainThread(() => callback.done(Ci.nsIFilePicker.returnOK));
    }
  }
  const factory = { QueryInterface: ChromeUtils.generateQI(["nsIFactory"]), createInstance: (/** @type {any} */ id) => new Picker().QueryInterface(id) };
  const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
  registrar.registerFactory(Services.uuid.generateUUID(), "folder dialogue for tests", "@mozilla.org/filepicker;1", factory);
}

/** @param {string[]} paths */
function drop(paths) {
  const { Cc, Ci } = /** @type {any} */ (globalThis);
  const service = Cc["@mozilla.org/widget/dragservice;1"].getService(Ci.nsIDragService);
  service.startDragSessionForTests(window, Ci.nsIDragService.DRAGDROP_ACTION_COPY);
  const session = service.getCurrentSession(window);
  const data = /** @type {any} */ (new DataTransfer());
  paths.forEach((path, i) => {
    const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    data.mozSetDataAt("application/x-moz-file", file, i);
  });
  session.dataTransfer = data;
  for (const type of ["dragenter", "dragover", "drop"]) {
    const event = /** @type {any} */ (document.createEvent("DragEvent"));
    event.initDragEvent(type, true, true, window, 0, 0, 0, 300, 300, false, false, false, false, 0, null, null); // its data is the session's
    /** @type {any} */ (window).windowUtils.dispatchDOMEventViaPresShellForTesting(document.body, event);
  }
  session.endDragSession(true);
}

/** @param {string} url */
async function stopWorkers(url) {
  const { Cc, Ci } = /** @type {any} */ (globalThis);
  const all = Cc["@mozilla.org/serviceworkers/manager;1"].getService(Ci.nsIServiceWorkerManager).getAllRegistrations();
  let stopped = 0;
  for (let i = 0; i < all.length; i++) {
    const registration = all.queryElementAt(i, Ci.nsIServiceWorkerRegistrationInfo);
    if (!registration.scope.startsWith(url) || !registration.activeWorker) continue;
    await registration.activeWorker.terminateWorker();
    stopped++;
  }
  return stopped;
}

/** @param {string} url */
function messages(url) {
  const { Services, Ci } = /** @type {any} */ (globalThis);
  const host = new URL(url).host;
  return /** @type {string[]} */ (
    Services.console
      .getMessageArray()
      .filter((/** @type {any} */ m) => m instanceof Ci.nsIScriptError && m.sourceName.includes(host))
      .map((/** @type {any} */ m) => m.errorMessage)
  );
}
