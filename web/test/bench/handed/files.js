// @ts-check
// Files that a page handed over to this service worker. A worker that was
// stopped has lost them; it asks the page for the one that is wanted.

/**
 * What a service worker is, as far as the ones here use it.
 * @typedef {{
 *   registration: ServiceWorkerRegistration,
 *   clients: { claim: () => Promise<void> },
 *   skipWaiting: () => Promise<void>,
 *   addEventListener: (type: string, listener: (event: any) => void) => void,
 * }} WorkerScope
 */

const workerScope = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));
const SCOPE_PATH = new URL(workerScope.registration.scope).pathname;
/** How long the page is waited for, in ms. */
const ASK_TIMEOUT = 2000;

/** By path below the scope. @type {Map<string, File>} */
const files = new Map();
/** Whether all files were handed over in the life of this worker. */
let complete = false;

/** Who waits for a file of the page. @type {Map<string, (file: File | undefined) => void>} */
const asked = new Map();
const holder = new BroadcastChannel(`files ${SCOPE_PATH}`);
holder.onmessage = ({ data: { name, file } }) => {
  if (file) files.set(name, file);
  asked.get(name)?.(file);
  asked.delete(name);
};

/** @param {string} name @returns {Promise<File | undefined>} */
async function findFile(name) {
  const file = files.get(name);
  if (file || complete) return file;
  return new Promise((resolve) => {
    asked.set(name, resolve);
    holder.postMessage({ want: name });
    setTimeout(resolve, ASK_TIMEOUT);
  });
}

workerScope.addEventListener("message", ({ data, ports }) => {
  for (const [name, file] of data) files.set(name, file);
  complete = true;
  ports[0].postMessage("done");
});

/** Whether a request is for the worker: its own files lie in .bench/. @param {Request} request */
function isSite(request) {
  const { origin, pathname } = new URL(request.url);
  return origin === location.origin && !pathname.startsWith(`${SCOPE_PATH}.bench/`);
}
