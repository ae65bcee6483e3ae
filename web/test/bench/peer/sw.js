// @ts-check
// The service worker of go-wasm-http-server as its README has it, with the
// program kept in a cache so that a stopped worker need not fetch it.
/// <reference path="../handed/files.js" />
/** @type {any} */ (self).importScripts("files.js", "wasm_exec.js", "wasmhttp.js");

{
  const PROGRAM = "peer.wasm";
  const CACHE = "peer";

  workerScope.addEventListener("install", (event) => {
    workerScope.skipWaiting();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.add(PROGRAM)));
  });
  workerScope.addEventListener("activate", (event) => event.waitUntil(workerScope.clients.claim()));

  // wasmhttp.js defines it.
  /** @type {any} */ (self).registerWasmHTTPListener(PROGRAM, {
    cacheName: CACHE,
    passthrough: (/** @type {Request} */ request) => !isSite(request),
  });
}
