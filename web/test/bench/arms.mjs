// @ts-check
// What is measured: the browser edition, the yardstick, a peer. Each is opened
// in a window, gets a folder dropped on it, and serves it.
import { evaluate, until } from "./browser.mjs";

/** @typedef {import("./browser.mjs").Browser} Browser */
/** @typedef {{tool: string, ready: string, site: string}} Place */
/** @typedef {{name: string, place: (ownOrigin: boolean) => Place}} Arm */

/** The one that all others are compared with. */
export const YARDSTICK = "js-limit";
export const VITRINE = "vitrine";

// The frame in the tool's page that leads to the worker says where the site is.
const SITE_OF_FRAME = `(() => {
  for (const { src } of document.querySelectorAll("iframe")) {
    const own = /^(http:\\/\\/[a-z0-9-]+\\.vitrine\\.localhost(?::\\d+)?\\/)\\.vitrine\\/bridge\\.html$/.exec(src);
    if (own) return own[1];
    const shared = /^(http:\\/\\/.*\\/)bridge\\.html\\?site=([a-z0-9-]+)$/.exec(src);
    if (shared) return shared[1] + "s/" + shared[2] + "/";
  }
})()`;

/**
 * @param {string} tool the URL of the browser edition
 * @param {import("./server.mjs").BenchServer} server
 * @returns {Arm[]}
 */
export function armsOf(tool, server) {
  /** @param {string} name @returns {Arm} */
  const handed = (name) => ({
    name,
    place: (ownOrigin) => {
      const scope = server.scope(name, ownOrigin);
      return { tool: `${scope}.bench/holder.html`, ready: "document.documentElement?.dataset.ready", site: JSON.stringify(scope) };
    },
  });
  return [
    handed(YARDSTICK),
    {
      name: VITRINE,
      place: (ownOrigin) => ({
        tool: ownOrigin ? tool : `http://localhost:${new URL(tool).port}/?one-origin`,
        ready: `document.querySelector("[data-act=sample]")?.matches(":not(:disabled)")`,
        site: SITE_OF_FRAME,
      }),
    },
    handed("peer"),
  ];
}

/**
 * Opens the window of an arm, drops a folder there and waits for the page of
 * the site to report. DevTools is detached once the site is known.
 * @param {Browser} browser
 * @param {import("./server.mjs").BenchServer} server
 * @param {Place} place
 * @param {string} folder
 * @param {{context?: string, limit?: number}} [options] limit in ms
 */
export async function dropOn(browser, server, place, folder, { context, limit = 30_000 } = {}) {
  const window = await browser.open(place.tool, context);
  const reported = server.report(/** @type {string} */ (folder.split("/").at(-1)), limit);
  reported.catch(() => {}); // whoever waits below learns of it
  const { dropped, site } = await browser.attached(window, async (send) => {
    await until(send, place.ready);
    if (await evaluate(send, "document.visibilityState !== 'visible'")) throw new Error(`${place.tool} is not in view`);
    await evaluate(send, `addEventListener("drop", () => (window.benchDropped = performance.timeOrigin + performance.now()), true)`);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    return {
      dropped: /** @type {number} */ (await until(send, "window.benchDropped")),
      site: /** @type {string} */ (await until(send, place.site)),
    };
  });
  const report = await reported;
  if (report.status !== 200) throw new Error(`a file of the folder: ${report.status}`);
  return { window, site, took: report.at - dropped };
}
