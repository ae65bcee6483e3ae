// @ts-check
// Part of the bridge: has the preview show files as they are now. It can,
// because the two share the site's origin; the tool's page cannot. And it can
// no more than any script of the site.

/** How many pages are looked at, frames within frames among them. */
const MAX_PAGES = 100;
let swaps = 0;
/**
 * The links that a newer one stands for, until it is loaded.
 * @type {WeakMap<HTMLLinkElement, HTMLLinkElement[]>}
 */
const replaced = new WeakMap();
/** @type {WeakSet<HTMLLinkElement>} */
const old = new WeakSet();

/**
 * The frames of the tool's page that show a page of the site.
 * @param {string} root URL of the site's root
 */
function previews(root) {
  return Array.from({ length: Math.min(parent.frames.length, MAX_PAGES) }, (_, i) => parent.frames[i]).filter((frame) => {
    try {
      const { href } = frame.location;
      return frame !== window && href.startsWith(root) && !href.startsWith(location.origin + CONTRACT.reserved);
    } catch {
      return false; // another origin
    }
  });
}

/**
 * The documents in a frame and in those below it, as far as they share its
 * origin.
 * @param {Window} frame
 */
function documentsOf(frame) {
  /** @type {Document[]} */
  const found = [];
  const waiting = [frame];
  for (let next = waiting.pop(); next && found.length < MAX_PAGES; next = waiting.pop()) {
    try {
      found.push(next.document);
      for (let i = 0; i < Math.min(next.length, MAX_PAGES); i++) waiting.push(next[i]);
    } catch {
      // another origin
    }
  }
  return found;
}

/**
 * Loads the style sheets of a name again and reports whether there are any.
 * @param {Document[]} documents @param {string} root @param {string} name
 */
function swap(documents, root, name) {
  const links = documents.flatMap((document) => [...document.querySelectorAll("link")]).filter((link) => link.relList.contains("stylesheet") && !old.has(link) && nameOf(link.href, root) === name);
  for (const link of links) {
    const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
    const url = new URL(link.href);
    url.searchParams.set("vitrine", String(++swaps)); // the same URL would not be asked for again
    fresh.href = url.href;
    // Old ones stay until the new one is there: no flash without style.
    const before = [link, ...(replaced.get(link) ?? [])];
    old.add(link);
    replaced.set(fresh, before);
    fresh.onload = fresh.onerror = () => before.forEach((link) => link.remove());
    link.after(fresh);
  }
  return links.length > 0;
}

/**
 * The name of the file that a URL of the site leads to, "" for others. A path
 * from the root of a shared origin is one of the site, too.
 * @param {string} href @param {string} root
 */
function nameOf(href, root) {
  if (!href.startsWith(`${location.origin}/`)) return "";
  const path = new URL(href).pathname;
  const prefix = new URL(root).pathname;
  try {
    return decodeURIComponent(path.startsWith(prefix) ? path.slice(prefix.length) : path.slice(1));
  } catch {
    return "";
  }
}

/** The longest, in ms, that a page which is still being loaded is waited for. */
const MAX_LOAD = 2000;
/** @type {WeakSet<Document>} */
const outdated = new WeakSet();

/**
 * Loads a page again; one that is still being loaded, when it is there. The
 * browser brings the person back to where they were in the page, and would
 * forget that place if it were stopped before.
 * @param {Window} frame
 */
function reload(frame) {
  const { document } = frame;
  if (document.readyState === "complete") return frame.location.reload();
  if (outdated.has(document)) return;
  outdated.add(document);
  const again = () => {
    try {
      if (frame.document === document) frame.location.reload();
    } catch {
      // another origin
    }
  };
  frame.addEventListener("load", () => setTimeout(again), { once: true });
  setTimeout(again, MAX_LOAD);
}

/**
 * Swaps style sheets, or loads the page again where something else changed or
 * a style sheet is not one that a link names.
 * @param {string} root URL of the site's root @param {string[]} styles names of those that changed; none if it is not these alone
 */
function refresh(root, styles) {
  for (const frame of previews(root)) {
    const documents = documentsOf(frame);
    if (styles.length === 0 || !styles.every((name) => swap(documents, root, name))) reload(frame);
  }
}
