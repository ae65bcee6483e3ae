// @ts-check
// The service worker of the tool's own origin: it keeps the tool for a time
// without its host. Where sites share that origin, sw.js does.
/// <reference lib="webworker" />

// The build puts these in front, in one file.
importScripts("contract.js", "files.js", "offline.js");

{
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const BASE = new URL("./", worker.location.href).href;
  const CACHES = `${CONTRACT.cache} ${BASE} `;
  const CACHE = `${CACHES}__BUILD__`;
  const offline = new Offline(BASE, CACHE, Object.keys(FILES), { page: "", shared: false });

  worker.addEventListener("install", (event) => {
    worker.skipWaiting(); // the next load is of the new build
    event.waitUntil(offline.keep());
  });

  worker.addEventListener("activate", (event) => {
    event.waitUntil(offline.forgetOthers(CACHES));
  });

  worker.addEventListener("fetch", (event) => offline.take(event));
}
