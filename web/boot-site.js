// @ts-check
// What the network returns on a site's origin: either the first visit, before
// the service worker is installed, or a load that went past it.

{
  /** @param {string} id */
  const show = (id) => {
    for (const part of document.querySelectorAll("main > div")) {
      if (part instanceof HTMLElement) part.hidden = part.id !== id;
    }
  };

  const start = async () => {
    const container = navigator.serviceWorker;
    if (!container) throw new Error("there are no service workers here");
    const before = await container.getRegistration("/");
    if (before?.active) {
      // A reload that comes here went past the worker. Anything else came
      // here in the moment before the worker was ready.
      const [load] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
      return load?.type === "reload" ? show("past") : location.reload();
    }
    const registration = await container.register(CONTRACT.reserved + CONTRACT.workerScript, { scope: "/", updateViaCache: "none" });
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    const look = () => {
      if (worker?.state === "activated") location.reload();
      if (worker?.state === "redundant") fail(new Error("its installation failed"));
    };
    worker?.addEventListener("statechange", look);
    look();
  };

  /** @param {unknown} error */
  const fail = (error) => {
    const reason = document.getElementById("reason");
    if (reason) reason.textContent = String(error);
    show("failed");
  };

  document.getElementById("reload")?.addEventListener("click", () => location.reload());
  start().catch(fail);
}
