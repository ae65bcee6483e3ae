// @ts-check
// Keeps the files of the tool for a time without its host, and gives them.
//
// Nothing is mixed: what is kept is of one build, that of this worker, and a
// page and all that it loads are of one build. A page is asked for from its
// host first. If that sends the page of this build, or nothing in time, what
// the page loads is what is kept. If it sends another, that is of a newer
// build: it gets all from the host, and the browser the newer worker.
/// <reference lib="webworker" />

/** How long the host has for a page before the one that is kept is shown, in ms. */
const HOST_WAIT = 2000;
/** How many clients are remembered that are of another build. */
const MAX_OTHERS = 200;

class Offline {
  /**
   * Clients whose page is of another build. This worker is replaced soon after
   * it has some, so they need not outlive it.
   * @type {Set<string>}
   */
  others = new Set();
  /** @type {Promise<void> | undefined} */
  keeping;

  /**
   * @param {string} base URL below which the files are
   * @param {string} cache name of this build's cache
   * @param {string[]} names of the files, which FILES has
   * @param {{page: string, shared: boolean}} options what stands behind base where the
   *   host is asked for the tool's page; whether scripts of sites can write to the cache
   */
  constructor(base, cache, names, { page, shared }) {
    this.registration = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self)).registration;
    this.base = base;
    this.cache = cache;
    this.names = new Set(names);
    this.page = page;
    this.shared = shared;
  }

  /** The file that is asked for; "" if it is none of these. @param {Request} request */
  nameOf({ method, url }) {
    if (method !== "GET" || !url.startsWith(this.base)) return "";
    const name = url.slice(this.base.length).split(/[?#]/, 1)[0] || CONTRACT.toolPage;
    return this.names.has(name) ? name : "";
  }

  /** @param {string} name */
  urlOf(name) {
    return this.base + (name === CONTRACT.toolPage ? this.page : name);
  }

  /** Deletes what other builds kept. @param {string} beginning of the names of their caches */
  async forgetOthers(beginning) {
    for (const name of await caches.keys()) {
      if (name.startsWith(beginning) && name !== this.cache) await caches.delete(name);
    }
  }

  /** Takes a fetch if it is for one of the files. @param {FetchEvent} event */
  take(event) {
    if (this.nameOf(event.request)) event.respondWith(this.respond(event));
  }

  /**
   * Responds to a fetch of the tool's: with what is kept, or as the host does.
   * @param {FetchEvent} event @returns {Promise<Response>}
   */
  async respond(event) {
    const name = this.nameOf(event.request);
    if (!name) return fetch(event.request);
    if (event.request.mode === "navigate") return this.respondPage(event, name);
    const other = this.others.has(event.clientId);
    if (other) this.remember(event.resultingClientId); // a worker of that page
    return (!other && (await this.kept(name))) || fetch(event.request);
  }

  /** @param {FetchEvent} event @param {string} name @returns {Promise<Response>} */
  async respondPage(event, name) {
    const host = this.ask(event, name);
    const late = new Promise((resolve) => setTimeout(resolve, HOST_WAIT));
    const response = await Promise.race([host, late]).catch(() => undefined);
    if (response && response.status < 500) return response;
    return (await this.kept(name)) ?? host;
  }

  /**
   * Asks the host for a page, and finds out of which build it is.
   * @param {FetchEvent} event @param {string} name @returns {Promise<Response>}
   */
  async ask(event, name) {
    const response = await fetch(event.request);
    if (!response.ok) return response; // a redirect, a failure, or another server
    const bytes = await response.arrayBuffer();
    if (await isFile(name, bytes)) {
      event.waitUntil(this.keep().catch(() => {})); // the browser may have deleted what was kept
    } else {
      this.remember(event.resultingClientId);
      this.registration.update().catch(() => {});
    }
    return copyOf(response, bytes);
  }

  /** @param {string} client */
  remember(client) {
    if (!client) return;
    if (this.others.size >= MAX_OTHERS) this.others.clear();
    this.others.add(client);
  }

  /**
   * A file that is kept. Where scripts of a site could have put one of their
   * own there, it is looked at first.
   * @param {string} name @returns {Promise<Response | undefined>}
   */
  async kept(name) {
    try {
      const response = await caches.match(this.urlOf(name), { cacheName: this.cache, ignoreVary: true });
      if (!response || !this.shared) return response;
      const bytes = await response.arrayBuffer();
      return (await isFile(name, bytes)) ? copyOf(response, bytes) : undefined;
    } catch {
      return undefined; // storage is off, or broken
    }
  }

  /** Keeps what is not kept yet: all of it, or nothing. */
  keep() {
    this.keeping ??= this.fetchAll().finally(() => (this.keeping = undefined));
    return this.keeping;
  }

  async fetchAll() {
    const cache = await caches.open(this.cache);
    const there = new Set((await cache.keys()).map(({ url }) => url));
    const missing = Array.from(this.names).filter((name) => !there.has(this.urlOf(name)));
    const fetched = await Promise.all(
      missing.map(async (name) => {
        const response = await fetch(this.urlOf(name), { cache: "no-cache" });
        const bytes = await response.arrayBuffer();
        if (!response.ok || !(await isFile(name, bytes))) throw new Error(`${response.url} is not the file of this build`);
        return copyOf(response, bytes);
      }),
    );
    await Promise.all(missing.map((name, i) => cache.put(this.urlOf(name), fetched[i])));
  }
}

/** Whether these are the bytes of that file in this build. @param {string} name @param {ArrayBuffer} bytes */
async function isFile(name, bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (b) => b.toString(16).padStart(2, "0")).join("") === FILES[name];
}

/** @param {Response} response @param {ArrayBuffer} bytes its content */
const copyOf = ({ status, statusText, headers }, bytes) => new Response(bytes, { status, statusText, headers });
