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

  /** How many starts there may be in START_TIME ms. */
  const MAX_STARTS = 5;
  const START_TIME = 10_000;

  /**
   * Counts this start in the storage of the tab, and reports whether it is one
   * too many: pages that load each other would not end.
   */
  const startsTooOften = () => {
    try {
      const key = `${CONTRACT.database}.starts`;
      const before = (sessionStorage.getItem(key) ?? "").split(" ").filter((time) => Math.abs(Date.now() - Number(time)) < START_TIME);
      if (before.length >= MAX_STARTS) return true;
      sessionStorage.setItem(key, [...before, Date.now()].join(" "));
      return false;
    } catch {
      return false; // there is no storage, and no service worker either
    }
  };

  const start = async () => {
    if (startsTooOften()) return show("unused");
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
