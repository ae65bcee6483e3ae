// @ts-check
// Runs in a hidden frame of the tool's page, on the origin of a site: it
// registers the site's service worker, and when the worker wants a port to the
// tool's page, it gets one there and passes it on. Page and worker then talk
// directly.
//
// Scripts of the previewed site share this origin and could reach into this
// frame. So nothing passes here but a port, and behind the port there is only
// what the site's own fetches get: its files, to read, and its log, to write.
//
// With ?forget the page does the opposite: the site was removed, and all that
// this origin stored goes with it.

{
  const OWN_ORIGIN = location.pathname.startsWith("/.vitrine/");
  const SITE = OWN_ORIGIN
    ? location.hostname.split(".")[0]
    : (new URLSearchParams(location.search).get("site") ?? "");
  // The tool's origin is the site's without its first label.
  const TOOL = OWN_ORIGIN
    ? `${location.protocol}//${location.host.slice(location.host.indexOf(".") + 1)}`
    : location.origin;
  const SCRIPT = new URL("sw.js", location.href).href;
  const SCOPE = OWN_ORIGIN ? "/" : new URL("./", location.href).pathname;

  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  /**
   * Who asked for the port that is under way.
   * @type {ServiceWorker | undefined}
   */
  let asker;

  /** @param {string} type @param {object} [more] */
  const tell = (type, more) => parent.postMessage({ vitrine: 1, type, ...more }, TOOL);

  /** @param {unknown} error */
  const fail = (error) => tell("failed", { reason: String(error) });

  addEventListener("message", (event) => {
    if (!event.isTrusted || event.source !== parent || event.origin !== TOOL || event.data?.vitrine !== 1) return;
    switch (event.data.type) {
      case "port": {
        const worker = asker ?? registration?.active;
        worker?.postMessage({ vitrine: 1, type: "port", site: SITE }, event.ports.slice(0, 1));
        asker = undefined;
        break;
      }
      case "update": // the page and the worker do not understand each other
        registration?.update().catch(fail);
        break;
    }
  });

  const start = async () => {
    const container = navigator.serviceWorker;
    if (!container) throw new Error("this browser has no service workers here");
    container.addEventListener("message", (event) => {
      if (!(event.source instanceof ServiceWorker) || event.source.scriptURL !== SCRIPT) return;
      const { vitrine, type, site } = event.data ?? {};
      if (vitrine !== 1 || type !== "need-port" || !(OWN_ORIGIN || site === SITE)) return;
      asker = event.source;
      tell("need-port");
    });
    container.startMessages();
    registration = await container.register(SCRIPT, { scope: SCOPE, updateViaCache: "none" });
    await active(registration);
    // A newer worker knows nothing of the port that the old one has.
    let before = container.controller;
    container.addEventListener("controllerchange", () => {
      tell("need-port", { updated: before !== null });
      before = container.controller;
    });
    tell("need-port");
  };

  /**
   * Waits until a worker is active. One that fails to install is thrown out.
   * @param {ServiceWorkerRegistration} registration
   */
  const active = (registration) =>
    new Promise((resolve, reject) => {
      const worker = registration.active ?? registration.waiting ?? registration.installing;
      if (!worker) return reject(new Error("the browser registered no worker"));
      const look = () => {
        if (worker.state === "activated") resolve(worker);
        else if (worker.state === "redundant") reject(new Error("the service worker could not be installed"));
      };
      worker.addEventListener("statechange", look);
      look();
    });

  /**
   * Deletes all that this origin stored. The server says so in a field, which
   * reaches more than a script does; a static host has no such server.
   */
  const forget = async () => {
    const response = await fetch("/.vitrine/forget", { method: "POST", keepalive: true }).catch(() => undefined);
    if (response?.headers.has("Clear-Site-Data")) return;
    for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
    localStorage.clear();
    sessionStorage.clear();
  };

  if (parent !== window) {
    if (OWN_ORIGIN && location.search === "?forget") forget().catch(() => {}).then(() => tell("forgotten"));
    else start().catch(fail);
  }
}
