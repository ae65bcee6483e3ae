// @ts-check
// The yardstick: about the least a service worker can do to answer for files
// that were handed to it, ranges included. No listings, no conditions, no log.
/// <reference path="../handed/files.js" />
/** @type {any} */ (self).importScripts("files.js");

{
  /** @type {Record<string, string>} */
  const TYPES = { html: "text/html", js: "text/javascript", txt: "text/plain" };

  /** @param {File | undefined} file @param {string} name @param {string | null} range */
  const respond = (file, name, range) => {
    if (!file) return new Response("404\n", { status: 404 });
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const wanted = range && /^bytes=(\d*)-(\d*)$/.exec(range);
    if (!wanted) {
      return new Response(file, {
        headers: { "Content-Type": type, "Content-Length": String(file.size), "Accept-Ranges": "bytes" },
      });
    }
    const [, first, last] = wanted;
    const start = first ? Number(first) : Math.max(0, file.size - Number(last));
    const end = first && last ? Math.min(Number(last) + 1, file.size) : file.size;
    if (start >= end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${file.size}` } });
    return new Response(file.slice(start, end), {
      status: 206,
      headers: {
        "Content-Type": type,
        "Content-Length": String(end - start),
        "Content-Range": `bytes ${start}-${end - 1}/${file.size}`,
      },
    });
  };

  workerScope.addEventListener("install", () => workerScope.skipWaiting());
  workerScope.addEventListener("activate", (event) => event.waitUntil(workerScope.clients.claim()));
  workerScope.addEventListener("fetch", (event) => {
    /** @type {Request} */
    const request = event.request;
    if (!isSite(request)) return;
    const name = decodeURIComponent(new URL(request.url).pathname.slice(SCOPE_PATH.length)) || "index.html";
    const range = request.headers.get("range");
    const file = files.get(name);
    event.respondWith(file ? respond(file, name, range) : findFile(name).then((f) => respond(f, name, range)));
  });
}
