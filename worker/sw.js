// @ts-check
// The service worker of a site. It keeps the life cycle, decides whether a
// fetch belongs to a site, and starts the Go program that serves it. Nothing
// else: what HTTP says is decided in Go. The tool's own files on this origin
// are kept for a time without their host (offline.js).
//
// The build writes a hash of the whole browser edition into BUILD, so a new
// build is a new worker for the browser.
/// <reference lib="webworker" />

const BUILD = "__BUILD__";

// The build puts these in front, in one file.
importScripts("contract.js", "files.js", "offline.js", "responses.js", "repeat.js", "relay.js", "site.js", "wasm_exec.js");

const worker = /** @type {ServiceWorkerGlobalScope & ProgramHost} */ (
  /** @type {unknown} */ (self)
);

// A site with an origin of its own has the tool's files under /.vitrine/, and
// all else is the site. On a shared origin sites are below the scope, at
// s/SITE/.
const here = new URL(worker.location.href);
const OWN_ORIGIN = here.pathname === CONTRACT.reserved + CONTRACT.workerScript;
const BASE = new URL("./", here).href;
const BRIDGE = BASE + CONTRACT.bridgePage;
const SITES = BASE + CONTRACT.sites;
const PROGRAM_URL = BASE + CONTRACT.workerProgram;
// Where `serve --app` would lead a browser on to vitrine.localhost.
const ONE_ORIGIN = ["localhost", "127.0.0.1", "[::1]"].includes(here.hostname) ? "?one-origin" : "";
/** How long the program may take to come from the tool's host, in ms. */
const PROGRAM_WAIT = 20_000;
const CACHES = `${CONTRACT.cache} ${BASE} `;
const CACHE = CACHES + BUILD;
/** The tool's files that are loaded from this origin. */
const offline = new Offline(BASE, CACHE, OWN_ORIGIN ? CONTRACT.bridgeFiles.split(" ") : Object.keys(FILES), { page: ONE_ORIGIN, shared: true });

/**
 * Where a fetch of a site goes, and who asks: a navigation is for the client
 * that it makes. A reload is asked for by the one that goes.
 * @param {FetchEvent} event @param {string} site @returns {Route}
 */
function routeOf(event, site) {
  const { clientId, resultingClientId, request } = event;
  return { ...route(site), client: request.mode === "navigate" ? resultingClientId || clientId : clientId || resultingClientId };
}

/** @param {string} site @returns {Omit<Route, "client">} */
function route(site) {
  return OWN_ORIGIN
    ? { site, prefix: "", bridge: BRIDGE, tool: toolOf(here) }
    : {
        site,
        prefix: new URL(SITES + site).pathname,
        bridge: `${BRIDGE}?${CONTRACT.siteParameter}=${site}`,
        tool: BASE + ONE_ORIGIN,
      };
}

/** The tool's origin is the site's without its first label. @param {URL} url */
function toolOf(url) {
  return `${url.protocol}//${url.host.slice(url.host.indexOf(".") + 1)}/`;
}

// ---- life cycle ----

worker.addEventListener("install", (event) => {
  // A new build takes over at once: an old one may not understand the page.
  worker.skipWaiting();
  // A site is served without the rest, so nothing waits for it.
  event.waitUntil(fetchProgram().then(() => void offline.keep().catch(() => {})));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await worker.clients.claim();
      await offline.forgetOthers(CACHES);
    })(),
  );
});

/** How long the port of a page that cannot read the folder waits for a better one, in ms. */
const IDLE_WAIT = 300;

worker.addEventListener("message", (event) => {
  const { source } = event;
  if (!(source instanceof WindowClient) || !source.url.startsWith(BRIDGE)) return;
  // CONTRACT.stay has done its work by coming: the browser does not stop the
  // worker for being idle.
  const { vitrine, type, site: said, idle, lock } = /** @type {Partial<HandOver>} */ (event.data ?? {});
  const port = event.ports[0];
  if (vitrine !== CONTRACT.version) return;
  if (type === CONTRACT.update) event.waitUntil(worker.skipWaiting());
  if (!port) return;
  // On an origin of its own a site can only speak for itself, whatever the
  // message says. Its scripts can send this message too, from the bridge: they
  // would feed their own site, which they can rewrite anyway.
  const claimed = OWN_ORIGIN ? here.hostname.split(".")[0] : said;
  if (typeof claimed !== "string" || !/^[a-z0-9-]{1,63}$/.test(claimed)) return;
  const site = siteNamed(claimed);
  if (type === CONTRACT.relay) site.connectRelay(port);
  if (type !== CONTRACT.port) return;
  const connect = () => {
    site.connect(port, source, lock);
    // The program is started early where it will be needed.
    if (!site.relay.channel) event.waitUntil(start().catch(() => {})); // the next fetch says why
  };
  if (!idle) return connect();
  // A page that cannot read the folder may be faster than the one that can,
  // which is to have the log.
  const wait = site.port ? 0 : IDLE_WAIT;
  event.waitUntil(new Promise((resolve) => setTimeout(resolve, wait)).then(() => (site.port ? site.leave(port) : connect())));
});

// A worker that was stopped is started for a fetch, as a rule. It asks for ports
// while the browser still has that on the way. Firefox does not say which worker
// this is.
if (OWN_ORIGIN && /** @type {ServiceWorker | undefined} */ (worker.serviceWorker)?.state === "activated") siteNamed(here.hostname.split(".")[0]).call().catch(() => {}); // the fetch says why

// ---- is this fetch ours? ----

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== here.origin) return;
  if (OWN_ORIGIN) {
    if (url.pathname.startsWith(CONTRACT.reserved)) return offline.take(event);
    event.respondWith(respond(request, routeOf(event, here.hostname.split(".")[0])));
    return;
  }
  const site = siteOfPath(url.href);
  if (site) {
    if (event.resultingClientId) remember(event.resultingClientId, site, event);
    event.respondWith(respond(request, routeOf(event, site)));
    return;
  }
  if (request.mode === "navigate") {
    // A link to /path out of a site means the site's own /path.
    const from = siteOfPath(request.referrer);
    if (from) event.respondWith(Response.redirect(route(from).prefix + url.pathname + url.search, 302));
    else offline.take(event);
    return;
  }
  if (!event.clientId || toolClients.has(event.clientId)) return offline.take(event);
  event.respondWith(
    (async () => {
      const owner = await siteOfClient(event.clientId, request.referrer);
      if (!owner) return offline.respond(event);
      // A worker or frame that a site starts is the site's, wherever its
      // script lies.
      if (event.resultingClientId) remember(event.resultingClientId, owner, event);
      return respond(request, routeOf(event, owner));
    })(),
  );
});

/** Which site a URL below the prefix belongs to. @param {string} url */
function siteOfPath(url) {
  if (!url.startsWith(SITES)) return "";
  const match = /^([a-z0-9-]+)(?:[/?#]|$)/.exec(url.slice(SITES.length));
  return match ? match[1] : "";
}

/**
 * Clients that belong to no site. Only to save time: lost with the worker.
 * @type {Set<string>}
 */
const toolClients = new Set();

/**
 * Which site a client belongs to: by its URL, by what it was started for, or
 * by where it says it comes from (about:srcdoc and blob: frames).
 * @param {string} id @param {string} referrer
 */
async function siteOfClient(id, referrer) {
  const client = await worker.clients.get(id);
  const site = (client && siteOfPath(client.url)) || (await recall(id)) || siteOfPath(referrer);
  if (!site && client && /^https?:/.test(client.url)) toolClients.add(id);
  return site;
}

// ---- the client map, in IndexedDB: it must outlive this worker ----

const MAX_CLIENTS = 500;

/** @returns {Promise<IDBDatabase>} */
function database() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(`${CONTRACT.workerDatabase} ${BASE}`, 1);
    open.onupgradeneeded = () => open.result.createObjectStore("clients");
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(clients: IDBObjectStore) => IDBRequest<T>} use @returns {Promise<T>} */
async function inClients(mode, use) {
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction("clients", mode);
      const done = use(transaction.objectStore("clients"));
      transaction.oncomplete = () => resolve(done.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

/** @param {string} id @param {string} site @param {ExtendableEvent} event */
function remember(id, site, event) {
  event.waitUntil(
    (async () => {
      await inClients("readwrite", (clients) => clients.put(site, id));
      const ids = /** @type {string[]} */ (await inClients("readonly", (clients) => clients.getAllKeys()));
      if (ids.length <= MAX_CLIENTS) return;
      const alive = new Set((await worker.clients.matchAll({ type: "all", includeUncontrolled: true })).map((c) => c.id));
      for (const old of ids) if (!alive.has(old)) await inClients("readwrite", (clients) => clients.delete(old));
    })().catch(() => {}), // storage may be full or forbidden: the URL is left to go by
  );
}

/** @param {string} id @returns {Promise<string>} */
async function recall(id) {
  try {
    return (await inClients("readonly", (clients) => clients.get(id))) ?? "";
  } catch {
    return "";
  }
}

// ---- when the tool's page went, beside the program: it must outlive this worker ----

/** How long another page of the tool may take to come, in ms: it may be reloaded. */
const RELOAD_TIME = 5000;

/** Notes that a site's page is gone, since now. @param {Site} site */
const noteGone = (site) => noted((cache) => cache.put(noteOf(site), new Response(String(Date.now()))));

/** Forgets that: there is one. @param {Site} site */
const noteThere = (site) => noted((cache) => cache.delete(noteOf(site)));

/**
 * Whether a site's page, which is not there, went or was missed so long ago that
 * it is not being reloaded.
 * @param {Site} site
 */
const isClosed = async (site) => {
  const note = await noted((cache) => cache.match(noteOf(site)));
  if (!note) noteGone(site);
  return note !== undefined && Math.abs(Date.now() - Number(await note.text())) > RELOAD_TIME;
};

/** @param {Site} site */
const noteOf = (site) => `${BASE}gone?${site.name}`;

/** @template T @param {(cache: Cache) => Promise<T>} use @returns {Promise<T | undefined>} */
const noted = (use) => caches.open(CACHE).then(use).catch(() => undefined); // storage may be full, forbidden or broken

// ---- the Go program ----

/** @type {Promise<Program> | undefined} */
let starting;
/** @type {Program | undefined} */
let running;

/** Starts the program once in the life of this worker, or again if it ended. */
function start() {
  starting ??= run().then(
    (program) => {
      running = program;
      for (const site of sites.values()) site.hand(program);
      return program;
    },
    async (error) => {
      starting = undefined; // the next fetch tries again, with a new copy
      await forgetProgram().catch(() => {});
      throw error;
    },
  );
  return starting;
}

/** @returns {Promise<Program>} */
async function run() {
  // wasm_exec.js comes with the Go distribution and defines Go.
  const go = new /** @type {any} */ (self).Go();
  const instance = await WebAssembly.instantiate(await loadProgram(), go.importObject);
  return new Promise((resolve, reject) => {
    worker.vitrineReady = resolve;
    /** @param {unknown} error */
    const ended = (error) => {
      starting = running = undefined;
      for (const site of sites.values()) site.handed = false;
      reject(error);
    };
    go.run(instance).then(() => ended(new Error("the server's program ended")), ended);
  });
}

/**
 * The program from the cache beside this build, or from the network. The cache
 * is the site's as well: its scripts could put a program of their own there,
 * and have a worker that outlives their files.
 */
async function loadProgram() {
  const stored = await (await caches.open(CACHE)).match(PROGRAM_URL);
  const program = await stored?.arrayBuffer().catch(() => undefined);
  if (program) {
    // Side by side, of bytes that are read once: to read the two branches of a
    // clone takes longer than to hash them.
    const [ours, compiled] = await Promise.allSettled([isFile(CONTRACT.workerProgram, program), WebAssembly.compile(program)]);
    if (ours.status === "fulfilled" && ours.value && compiled.status === "fulfilled") return compiled.value;
  }
  return WebAssembly.compile(await fetchProgram());
}

async function forgetProgram() {
  await (await caches.open(CACHE)).delete(PROGRAM_URL);
}

/** Fetches the program from the network and keeps it beside this build. */
async function fetchProgram() {
  const response = await fetch(PROGRAM_URL, { cache: "reload", signal: AbortSignal.timeout(PROGRAM_WAIT) });
  if (!response.ok) throw new Error(`${PROGRAM_URL}: ${response.status} ${response.statusText}`);
  const program = await response.arrayBuffer();
  if (!(await isFile(CONTRACT.workerProgram, program))) {
    worker.registration.update().catch(() => {}); // a newer tool has a newer worker
    throw new Error(`${PROGRAM_URL} is not the program that this service worker was built with`);
  }
  const cache = await caches.open(CACHE);
  // Where storage is full the program is fetched at each start.
  await cache.put(PROGRAM_URL, new Response(program, { headers: { "Content-Type": "application/wasm" } })).catch(() => {});
  return program;
}

/**
 * Responds to a fetch: with what was given before where that stands, else as
 * the program says.
 * @param {Request} request @param {Route} to
 * @returns {Response | Promise<Response>}
 */
function respond(request, to) {
  const site = siteNamed(to.site);
  const fields = fieldsOf(request);
  const key = keyOf(request.method, request.url, fields);
  const again = site.repeater.repeat(key, request, to);
  if (again instanceof Response) return again;
  if (!again) return ask(site, key, request, fields, to);
  return again.then((response) => response ?? ask(site, key, request, fields, to));
}

/**
 * Has a program respond, whatever happens: a promise that never ends would be
 * a page that never loads.
 * @param {Site} site @param {string} key @param {Request} request @param {string} fields @param {Route} to
 * @returns {Promise<Response>}
 */
async function ask(site, key, request, fields, to) {
  site.repeater.flush(); // what asked for this comes before it in the log
  try {
    if (!site.port && !site.relay.channel && (await site.call())) return closedPage(to);
    const relayed = await site.relay.serve(key, request, fields, to);
    if (relayed) return relayed;
    const program = await start();
    const { changes } = site.repeater.responses;
    /** @type {Promise<Response>} */
    const responded = program.respond(request, to, (file, body, asked) => site.repeater.keep(key, responded, file, body, changes, asked));
    return await responded;
  } catch (error) {
    return failurePage(error, to);
  }
}

/**
 * The page for a fetch that the program cannot respond to.
 * @param {unknown} error @param {Route} to
 */
function failurePage(error, to) {
  const late = error instanceof DOMException && error.name === "TimeoutError";
  return insteadOfSite({
    status: late ? "504 Gateway Timeout" : "500 Internal Server Error",
    title: "The server could not respond",
    reason: late
      ? `the server's program is not kept in your browser any more, and did not come from ${BASE} within ${PROGRAM_WAIT / 1000} seconds`
      : `the server's program did not start in your browser, or it failed: ${error}`,
    advice: "Reload this page to try again. If that does not help, reload the tool's page.",
    tool: to.tool,
  });
}

/** The page for a site whose tool is closed. The program says the same, but takes longer to start than this. @param {Route} to */
function closedPage({ tool }) {
  const { closedStatus: status, closedTitle: title, closedReason: reason, closedAdvice: advice } = CONTRACT;
  return insteadOfSite({ status, title, reason, advice, tool });
}

/** @param {Failure} values */
function insteadOfSite(values) {
  const escape = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const parts = CONTRACT.failurePage.split("%").map((part, i) => (i % 2 ? escape(values[/** @type {keyof Failure} */ (part)]) : part));
  return new Response(parts.join(""), {
    status: parseInt(values.status),
    statusText: values.status.slice(4),
    headers: { "Content-Type": "text/html;charset=utf-8", "Cache-Control": "no-store" },
  });
}
