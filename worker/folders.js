// @ts-check
// The tool's page has its folders here, in a worker of its own, so that what
// the page draws delays no response. It watches them, and runs the program of
// the service workers to serve what they relay (relay.js), and the connections
// whose bytes are typed in the page's console.
//
// A port belongs to one site: nothing that comes over it reaches another
// folder, whatever it says. Scripts of the site can send as its worker does.
/// <reference lib="webworker" />

importScripts("contract.js", "responses.js", "wasm_exec.js");

const page = /** @type {DedicatedWorkerGlobalScope & ProgramHost} */ (/** @type {unknown} */ (self));

/**
 * How long a folder is open before it is watched, in ms. To set up a watch takes
 * Chromium 156 some seconds, and if a private window is closed meanwhile, the
 * browser crashes (a relative of crbug.com/497880137). Who only looks in is gone
 * before.
 */
const WATCH_AFTER = 20_000;
/** How long a port is kept that another took the place of, in ms. */
const LAST_WORDS = 5000;
/** How many ports of one site are taken in a second. */
const MAX_CONNECTS = 20;
/** How long changes are collected for the page, in ms, and how many names. */
const COLLECT = 50;
const MAX_NAMES = 200;

/**
 * What the browser tells of a folder, where it does (https://wicg.github.io/file-system-observer).
 * @typedef {{type: string, relativePathComponents?: string[], relativePathMovedFrom?: string[]}} Change
 * @typedef {{observe: (handle: FileSystemDirectoryHandle, options: {recursive: boolean}) => Promise<void>, disconnect: () => void}} Observer
 */
const Observer = /** @type {{FileSystemObserver?: new (changed: (changes: Change[]) => void) => Observer}} */ (/** @type {unknown} */ (self)).FileSystemObserver;

/** @returns {Promise<Program>} */
async function run() {
  // wasm_exec.js comes with the Go distribution and defines Go.
  const go = new /** @type {any} */ (self).Go();
  const response = await fetch(CONTRACT.workerProgram);
  if (!response.ok) throw new Error(`${CONTRACT.workerProgram}: ${response.status} ${response.statusText}`);
  const instance =
    response.headers.get("Content-Type") === "application/wasm"
      ? (await WebAssembly.instantiateStreaming(response, go.importObject)).instance
      : (await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject)).instance;
  return new Promise((resolve, reject) => {
    page.vitrineReady = resolve;
    go.run(instance).then(() => reject(new Error("the server's program ended")), reject).finally(failed);
  });
}

/** Without the program nothing is served here; the page closes this worker. */
const failed = () => page.postMessage({ type: CONTRACT.failed });

const program = run();
program.catch(failed);

/**
 * The last serial of a response that can be given again. No page has had it
 * before: workers of sites outlive pages.
 */
let serial = CONTRACT.firstShared + Date.now() * 1000;

/** The folder of one site. */
class Folder {
  responses = new Responses();
  /** To the bridge of the site. @type {MessagePort | undefined} */
  bridge;
  /** To its service worker. @type {MessagePort | undefined} */
  port;
  /** Fetches in hand. @type {Set<AbortController>} */
  fetches = new Set();
  /** @type {Observer | undefined} */
  observer;
  /** What changed since the page was told; undefined for "anything". @type {Set<string> | undefined} */
  names = new Set();
  collecting = false;

  /** @param {string} site @param {FileSystemDirectoryHandle} handle @param {string} options */
  constructor(site, handle, options) {
    this.site = site;
    this.responses.heard = Infinity; // the watch is here
    this.responses.room = 0; // Files are posted as they are; this worker does not need their content
    program.then((program) => program.open(site, handle, options), () => {});
    this.starting = setTimeout(() => this.watch(handle), WATCH_AFTER);
  }

  /** @param {string} options */
  host(options) {
    program.then(
      (program) => {
        program.host(this.site, options);
        this.changed();
      },
      () => {},
    );
  }

  close() {
    clearTimeout(this.starting);
    this.observer?.disconnect();
    this.post({ type: CONTRACT.bye });
    this.port?.close();
    this.bridge?.close();
    for (const fetch of this.fetches) fetch.abort();
    program.then((program) => program.close(this.site), () => {});
  }

  /** @param {object} message */
  post(message) {
    this.port?.postMessage({ vitrine: CONTRACT.portVersion, ...message });
  }

  /** What was given of these files does not stand; of any, if they have no names. @param {string[]} [names] */
  changed(names) {
    const message = { type: CONTRACT.changed, names };
    this.responses.told(message);
    this.post(message);
  }

  /**
   * Takes the port over which the bridge of the site sends others, one for each
   * start of its service worker.
   * @param {MessagePort} port
   */
  attach(port) {
    this.bridge?.close();
    this.bridge = port;
    let connects = 0;
    let since = 0;
    port.onmessage = ({ data, ports }) => {
      const now = performance.now();
      if (now - since > 1000) {
        since = now;
        connects = 0;
      }
      // More than any browser starts.
      if (data?.vitrine !== CONTRACT.portVersion || !ports[0] || ++connects > MAX_CONNECTS) ports[0]?.close();
      else this.connect(ports[0]);
    };
  }

  /**
   * Takes another port. What came over the one before is responded to there.
   * @param {MessagePort} port
   */
  connect(port) {
    const before = this.port;
    setTimeout(() => before?.close(), LAST_WORDS);
    this.port = port;
    /** By their numbers, which belong to the port. @type {Map<number, AbortController>} */
    const fetches = new Map();
    port.onmessage = async ({ data }) => {
      if (data?.vitrine !== CONTRACT.portVersion) return;
      if (data.type === CONTRACT.watched) this.postWatched();
      if (data.type === CONTRACT.abort) fetches.get(data.number)?.abort();
      if (data.type !== CONTRACT.serve) return;
      const abort = new AbortController();
      fetches.set(data.number, abort);
      await this.serve(port, data, abort);
      fetches.delete(data.number);
    };
    this.postWatched();
  }

  /** Says whether the folder is watched, and for how long nothing changed. */
  postWatched() {
    const { watched, quietSince } = this.responses;
    this.post({ type: CONTRACT.watched, on: watched, quiet: performance.now() - quietSince });
  }

  /** @param {MessagePort} port @param {Relayed} relayed @param {AbortController} abort */
  async serve(port, relayed, abort) {
    const { number } = relayed;
    /** @param {object} message @param {Transferable[]} [transfer] */
    const post = (message, transfer = []) => port.postMessage({ vitrine: CONTRACT.portVersion, number, ...message }, transfer);
    if (this.fetches.size >= CONTRACT.maxRelayed) return post({ type: CONTRACT.served });
    this.fetches.add(abort);
    try {
      const key = keyOf(relayed.method, relayed.url, relayed.headers);
      const proved = await this.responses.find(key);
      if (proved) {
        const { kept, by, content } = proved;
        const { status, statusText, headers, file, name, serial } = kept;
        return post({ type: CONTRACT.served, status, statusText, headers: Object.entries(headers), content, file, name, serial, by });
      }
      const { changes } = this.responses;
      const served = await (await program).serve(this.site, { ...relayed, signal: abort.signal }, relayed.to);
      if (!served) return post({ type: CONTRACT.served });
      const { response, content, record, name } = served;
      const { status, statusText, headers } = response;
      const fields = Array.from(headers);
      /** @type {Partial<Served>} */
      const again = {};
      if (name && content instanceof Blob) {
        again.file = served.file ?? content;
        again.name = name;
        again.serial = ++serial;
        this.responses.add(key, { status, statusText, headers: fields }, serial, again.file, content, name, changes);
      }
      post({ type: CONTRACT.served, status, statusText, headers: fields, content, record, ...again }, [record.buffer]);
    } catch {
      post({ type: CONTRACT.served });
    } finally {
      this.fetches.delete(abort);
    }
  }

  /**
   * Has the browser tell of changes. The first call in a fresh browser takes
   * seconds; until it is over, nothing is watched.
   * @param {FileSystemDirectoryHandle} handle
   */
  async watch(handle) {
    if (!Observer) return;
    this.observer = new Observer((changes) => {
      /** @type {Set<string> | undefined} */
      let names = new Set();
      for (const { type, relativePathComponents, relativePathMovedFrom } of changes) {
        if (type === "errored" || type === "unknown") names = undefined;
        for (const path of [relativePathComponents, relativePathMovedFrom]) if (path) names?.add(path.join("/"));
        if (type === "errored") this.setWatched(false);
      }
      this.changed(names && names.size <= MAX_NAMES ? Array.from(names) : undefined);
      for (const name of names ?? []) this.names?.add(name);
      if (!names || (this.names && this.names.size > MAX_NAMES)) this.names = undefined;
      this.tell();
    });
    try {
      await this.observer.observe(handle, { recursive: true });
      this.setWatched(true);
    } catch {
      // There is no room for more watches, or the folder is gone: files are proved.
    }
  }

  /** @param {boolean} on */
  setWatched(on) {
    this.responses.told({ type: CONTRACT.watched, on });
    this.postWatched();
    page.postMessage({ type: CONTRACT.watched, site: this.site, on });
  }

  /** Tells the page what changed, once in COLLECT. */
  tell() {
    if (this.collecting) return;
    this.collecting = true;
    setTimeout(() => {
      this.collecting = false;
      page.postMessage({ type: CONTRACT.changed, site: this.site, names: this.names && Array.from(this.names).join("\n") });
      this.names = new Set();
    }, COLLECT);
  }
}

/** By the ID of the site. @type {Map<string, Folder>} */
const folders = new Map();

page.addEventListener("message", ({ data, ports }) => {
  if (data.vitrine !== CONTRACT.portVersion) return failed(); // the page was here before this build
  const { type, site, folder, options = "", strict = false } =
    /** @type {{type: string, site: string, folder?: FileSystemDirectoryHandle, options?: string, strict?: boolean}} */ (data);
  const { number, bytes, marks, end } = /** @type {{number: number, bytes: Uint8Array<ArrayBuffer>, marks: number[], end: boolean}} */ (data);
  switch (type) {
    case CONTRACT.open:
      folders.get(site)?.close();
      if (folder) folders.set(site, new Folder(site, folder, options));
      break;
    case CONTRACT.host:
      folders.get(site)?.host(options);
      break;
    case CONTRACT.close:
      folders.get(site)?.close();
      folders.delete(site);
      break;
    case CONTRACT.attach:
      folders.get(site)?.attach(ports[0]);
      break;
    case CONTRACT.read:
      program.then((program) => page.postMessage({ type: CONTRACT.steps, number, bytes: program.read(bytes, marks, end) }), () => {});
      break;
    case CONTRACT.console:
      program.then((program) => program.console(site, strict, ports[0]), () => {}); // the page is told that it failed
      break;
  }
});
