// @ts-check
// Part of the bridge: tells the tool's page what the preview did without its
// server being asked, as far as the browser tells. Resource Timing says of each
// resource whether a service worker was asked (workerStart), and if not,
// whether it came from a cache (deliveryType). A browser that has no
// deliveryType tells neither. What a page fetches is all "from a cache" by
// deliveryType and of no size by transferSize, if a worker responded: only
// workerStart tells these apart.

/** How often new pages and changed addresses are looked for, in ms. */
const LOOK_TIME = 500;
/** How many of these a page may have told. */
const MAX_TOLD = 500;

/**
 * What is known of a page.
 * @typedef {{href: string, told: Set<string>}} Looked
 */

/**
 * Tells what the previews do without asking, from now on.
 * @param {string} root URL of the site's root
 * @param {(request: string) => void} tell gets why, kind, time in ms and target, an SP between two
 */
function watchUnasked(root, tell) {
  /** @type {WeakMap<Document, Looked>} */
  const looked = new WeakMap();

  /** The request-target of a URL of the site, "" for others. @param {string} href */
  const targetOf = (href) => {
    if (!href.startsWith(`${location.origin}/`) || href.startsWith(location.origin + CONTRACT.reserved)) return "";
    const url = new URL(href);
    const prefix = new URL(root).pathname;
    return (url.pathname.startsWith(prefix) ? `/${url.pathname.slice(prefix.length)}` : url.pathname) + url.search;
  };

  /** @param {Looked} page @param {string} why @param {string} kind @param {number} time @param {string} target */
  const say = ({ told }, why, kind, time, target) => {
    const what = `${why} ${kind} ${why === CONTRACT.unaskedHistory ? told.size : ""} ${target}`;
    if (told.size === MAX_TOLD || target === "" || told.has(what)) return; // an object asks twice
    told.add(what);
    tell(`${why} ${kind} ${Math.round(time)} ${target}`);
  };

  /** @param {Window & typeof globalThis} view @param {Looked} page */
  const observe = (view, page) => {
    new view.PerformanceObserver((list) => {
      // A page that no worker serves is the one that waits for the worker.
      if (!view.navigator.serviceWorker?.controller) return;
      for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
        const { name, initiatorType, startTime, workerStart, transferSize } = entry;
        const { deliveryType } = /** @type {{deliveryType?: string}} */ (/** @type {unknown} */ (entry));
        if (workerStart !== 0) continue;
        const why = deliveryType === "cache" ? CONTRACT.unaskedCache : deliveryType === "" && transferSize > 0 ? CONTRACT.unaskedPast : "";
        if (why) say(page, why, initiatorType, view.performance.timeOrigin + startTime, targetOf(name));
      }
    }).observe({ type: "resource", buffered: true });
  };

  setInterval(() => {
    for (const document of previews(root).flatMap(documentsOf)) {
      const view = document.defaultView;
      if (!view) continue;
      const { href } = view.location;
      const page = looked.get(document);
      if (!page) {
        const first = { href, told: new Set() };
        looked.set(document, first);
        observe(view, first);
      } else if (page.href !== href) {
        const [before] = page.href.split("#", 1);
        const [now, ...fragment] = href.split("#");
        page.href = href;
        if (before === now) say(page, CONTRACT.unaskedHistory, "fragment", Date.now(), `${targetOf(now)}#${fragment.join("#")}`);
        else say(page, CONTRACT.unaskedHistory, "history", Date.now(), targetOf(href));
      }
    }
  }, LOOK_TIME);
}
