// @ts-check
// Shows this page again when a file of the site has changed. serve --live adds
// it to HTML pages.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const events = new URL("live", script ? script.src : location.origin + "/.vitrine/");
  /** The last event heard of: what was missed meanwhile is told first. */
  let since = (script && new URL(script.src).searchParams.get("since")) ?? "";
  /** @type {EventSource | undefined} */
  let source;
  let swaps = 0;

  function listen() {
    if (source || document.hidden) return; // a browser has six connections for all its tabs
    source = new EventSource(since ? `${events}?since=${since}` : events);
    source.addEventListener("hello", heard);
    source.addEventListener("style", (event) => {
      heard(event);
      const paths = event.data.split("\n").map(decoded);
      if (!paths.every(swap)) location.reload(); // one that a style sheet imports, for instance
    });
    source.addEventListener("reload", (event) => {
      heard(event);
      location.reload();
    });
    source.onerror = () => {
      // The browser would ask again without the last event behind a new server.
      stop();
      setTimeout(listen, 1000);
    };
  }

  function stop() {
    source?.close();
    source = undefined;
  }

  /** @param {MessageEvent} event */
  function heard(event) {
    since = event.lastEventId;
  }

  /** @param {string} path */
  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }

  /** Loads the style sheets of a path again and reports whether there are any. @param {string} path */
  function swap(path) {
    const links = [...document.querySelectorAll("link")].filter((link) => {
      const url = new URL(link.href || "about:blank", document.baseURI);
      return link.relList.contains("stylesheet") && url.origin === location.origin && decoded(url.pathname) === path && !link.dataset.vitrineOld;
    });
    for (const link of links) {
      const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
      const url = new URL(link.href);
      url.searchParams.set("vitrine", String(++swaps));
      fresh.href = url.href;
      link.dataset.vitrineOld = "yes";
      // The old one stays until the new one is there: no flash without style.
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
    return links.length > 0;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  listen();
})();
