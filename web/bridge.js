// @ts-check
// Runs in a hidden frame of the tool's page, on the origin of a site: it
// registers the site's service worker, and when the worker wants a port to the
// tool's page, it gets one there and passes it on. A port to the page's own
// worker it makes by itself: a fetch waits for that one. Page and worker then
// talk directly.
//
// Scripts of the previewed site share this origin and could reach into this
// frame. So nothing passes here but ports, and behind them there is only what
// the site's own fetches get: its files, to read, and its log, to write; what
// it did without asking, which any of its scripts could have seen; and the
// names of files that the preview was given and that have changed.
//
// With ?forget the page does the opposite: the site was removed, and all that
// this origin stored goes with it.

{
  const OWN_ORIGIN = location.pathname.startsWith(CONTRACT.reserved);
  const SITE = OWN_ORIGIN
    ? location.hostname.split(".")[0]
    : (new URLSearchParams(location.search).get(CONTRACT.siteParameter) ?? "");
  // The tool's origin is the site's without its first label.
  const TOOL = OWN_ORIGIN
    ? `${location.protocol}//${location.host.slice(location.host.indexOf(".") + 1)}`
    : location.origin;
  const SCRIPT = new URL(CONTRACT.workerScript, location.href).href;
  const SCOPE = OWN_ORIGIN ? "/" : new URL("./", location.href).pathname;

  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  /**
   * Who asked for the port that is under way.
   * @type {ServiceWorker | undefined}
   */
  let asker;
  /** Whether it takes the port of a page that cannot read the folder, too. */
  let any = false;

  /**
   * What this frame holds as long as it is there: when it is free, the worker
   * knows that the page is gone.
   * @type {string | undefined}
   */
  let lock;

  /**
   * To the page's worker, which takes other ports over it.
   * @type {MessagePort | undefined}
   */
  let folders;

  /**
   * A message of the hand-over, in the version that is ours.
   * @param {Omit<HandOver, "vitrine">} message @returns {HandOver}
   */
  const handOver = (message) => ({ vitrine: CONTRACT.version, ...message });

  /** @param {Omit<HandOver, "vitrine">} message */
  const tell = (message) => parent.postMessage(handOver(message), TOOL);

  /**
   * The worker that serves. Where the browser deleted what it had stored, that
   * is one of another registration.
   */
  const serving = () => {
    const controller = navigator.serviceWorker?.controller;
    return controller?.scriptURL === SCRIPT ? controller : registration?.active;
  };

  /** @param {unknown} error */
  const fail = (error) => tell({ type: CONTRACT.failed, reason: String(error) });

  /** Gives a worker a port to the page's worker, if that has the folder. @param {ServiceWorker | null | undefined} worker */
  const relay = (worker) => {
    if (!folders || !worker) return;
    const { port1, port2 } = new MessageChannel();
    folders.postMessage({ vitrine: CONTRACT.portVersion }, [port1]);
    worker.postMessage(handOver({ type: CONTRACT.relay, site: SITE }), [port2]);
  };

  /** How often in a row the server may be out of reach before it is left alone. */
  const MAX_LOST = 5;

  /** How long, in ms, the first page of the site waits for the server to listen. */
  const MAX_SILENCE = 1000;

  /**
   * Passes on what the server sees of requests that go past the worker: no
   * script sees them. A host of plain files tells nothing.
   * @returns {Promise<unknown>} resolved when the server tells, or does not
   */
  const listen = () =>
    new Promise((resolve) => {
      let lost = 0;
      const events = new EventSource(CONTRACT.reserved + CONTRACT.pastPath);
      events.onopen = () => resolve((lost = 0));
      events.onerror = () => resolve(++lost > MAX_LOST && events.close());
      events.onmessage = ({ data }) => tell({ type: CONTRACT.past, request: data });
      setTimeout(resolve, MAX_SILENCE);
    });

  /** URL of the site's root. */
  const ROOT = OWN_ORIGIN ? `${location.origin}/` : `${new URL(CONTRACT.sites + SITE, location.href).href}/`;

  addEventListener("message", (event) => {
    if (!event.isTrusted || event.source !== parent || event.origin !== TOOL) return;
    const { vitrine, type, idle, styles } = /** @type {Partial<HandOver>} */ (event.data ?? {});
    if (vitrine !== CONTRACT.version) return;
    switch (type) {
      case CONTRACT.port: {
        const worker = asker ?? serving();
        worker?.postMessage(handOver({ type: CONTRACT.port, site: SITE, idle: idle && !any, lock }), event.ports.slice(0, 1));
        asker = undefined;
        any = false;
        break;
      }
      case CONTRACT.attach:
        folders?.close();
        folders = event.ports[0];
        relay(serving());
        break;
      case CONTRACT.stay:
        // Where a fetch starts the older worker again just when a newer one takes
        // over, Chromium leaves that waiting until the older is idle.
        if (!registration?.waiting) serving()?.postMessage(handOver({ type: CONTRACT.stay }));
        break;
      case CONTRACT.update: // what page and worker say over the port is of two versions
        registration?.update().catch(fail);
        registration?.waiting?.postMessage(handOver({ type: CONTRACT.update })); // see CONTRACT.stay
        break;
      case CONTRACT.refresh:
        refresh(ROOT, styles ?? []);
        break;
    }
  });

  const start = async () => {
    const container = navigator.serviceWorker;
    if (!container) throw new Error("this browser has no service workers here");
    container.addEventListener("message", (event) => {
      if (!(event.source instanceof ServiceWorker) || event.source.scriptURL !== SCRIPT) return;
      const { vitrine, type, site, idle } = /** @type {Partial<HandOver>} */ (event.data ?? {});
      if (vitrine !== CONTRACT.version || type !== CONTRACT.needPort || !(OWN_ORIGIN || site === SITE)) return;
      asker = event.source;
      relay(asker);
      any = idle === true;
      tell({ type: CONTRACT.needPort });
    });
    container.startMessages();
    const name = crypto.randomUUID();
    const held = () => new Promise(() => (lock = name));
    navigator.locks?.request(name, held).catch(() => {}); // without it a page can only say that it goes
    const listening = OWN_ORIGIN && listen();
    registration = await container.register(SCRIPT, { scope: SCOPE, updateViaCache: "none" });
    await active(registration);
    // A newer worker knows nothing of the port that the old one has.
    let before = container.controller;
    container.addEventListener("controllerchange", () => {
      relay(container.controller);
      tell({ type: CONTRACT.needPort, updated: before !== null });
      before = container.controller;
    });
    await listening; // what the first page of the site asks for is told
    watchUnasked(ROOT, (request) => tell({ type: CONTRACT.unasked, request }));
    tell({ type: CONTRACT.needPort, new: true });
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
    const response = await fetch(CONTRACT.reserved + CONTRACT.forgetPath, { method: "POST", keepalive: true }).catch(() => undefined);
    if (response?.headers.has("Clear-Site-Data")) return;
    for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
    localStorage.clear();
    sessionStorage.clear();
  };

  if (parent !== window) {
    if (OWN_ORIGIN && location.search === `?${CONTRACT.forgetFlag}`) forget().catch(() => {}).then(() => tell({ type: CONTRACT.forgotten }));
    else start().catch(fail);
  }
}
