// @ts-check
// What is measured, in which unit, and what is aimed at.
import { dropOn } from "./arms.mjs";
import { launch } from "./browser.mjs";
import { median } from "./figures.mjs";
import { memoryOf } from "./memory.mjs";

/** @typedef {import("./arms.mjs").Place} Place */
/** @typedef {typeof FULL} Size */

/** With BLOCKS=1 all is small, to see whether it works; such figures mean little. */
export const QUICK = { fetches: 60, loops: 32, each: 3, largeMiB: 32, ranges: 5, manyFiles: 500, modules: 50, cold: 1 };
export const FULL = { fetches: 400, loops: 32, each: 30, largeMiB: 256, ranges: 20, manyFiles: 10_000, modules: 500, cold: 3 };

/** The folder must not have changed for so long before its files count as quiet, in ms. */
export const QUIET = 3000;
/** How long the tool's page is closed before a worker that is started is sure that it is not being reloaded, in ms. */
export const CLOSED_FOR = 6000;
/** A stopped worker's thread gets this long to end, in ms. */
const SETTLE = 300;
/** For one measurement in ms, and for a drop, which hands over thousands of files. */
const LIMIT = 60_000;
const DROP_LIMIT = 120_000;

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One line of the result. The goal is the ratio to the yardstick that the
 * browser edition should have at most, or at least if more is better.
 * @typedef {{key: string, name: string, unit: string, goal?: number, more?: boolean}} Row
 */

/** @param {Size} size @returns {Row[]} */
export const rowsOf = (size) => [
  { key: "quiet", name: "1 KiB warm, p50, folder quiet for 3 s (watched, where the tool watches)", unit: "ms", goal: 1.0 },
  { key: "quietP99", name: "1 KiB warm, p99, folder quiet", unit: "ms", goal: 1.5 },
  { key: "changing", name: "1 KiB warm, p50, another file changes every 0.5 s (proved)", unit: "ms", goal: 1.2 },
  { key: "inFlight", name: `1 KiB, ${size.loops} in flight`, unit: "/s", goal: 1.0, more: true },
  { key: "coldKnown", name: "cold start, a file asked for before", unit: "ms", goal: 1.5 },
  { key: "coldNew", name: "cold start, a file not asked for before", unit: "ms", goal: 2 },
  { key: "coldClosed", name: "cold start, the tool's page closed for 6 s: its 503", unit: "ms", goal: 6 },
  { key: "large", name: `${size.largeMiB} MiB read`, unit: "MB/s", goal: 1.0, more: true },
  { key: "firstByte", name: `${size.largeMiB} MiB: first byte`, unit: "ms", goal: 1.3 },
  { key: "range", name: `${size.largeMiB} MiB: range at its end, p50`, unit: "ms", goal: 1.1 },
  { key: "modules", name: `${size.modules} modules of one page`, unit: "ms", goal: 1.1 },
  { key: "many", name: `${size.manyFiles.toLocaleString("en")} files, usable after the drop`, unit: "ms", goal: 0.15 },
  { key: "first", name: "2 files, first page after the drop", unit: "ms" },
  { key: "memoryOpen", name: "memory of the browser, folder open", unit: "MiB", goal: 1.15 },
  { key: "memoryRead", name: `memory of the browser, ${size.largeMiB} MiB were read`, unit: "MiB", goal: 1.15 },
];

/**
 * What a measurement has to work with: an arm, its page that measures, and the
 * folders and sizes of this run.
 * @typedef {{
 *   browser: import("./browser.mjs").Browser,
 *   server: import("./server.mjs").BenchServer,
 *   folders: Awaited<ReturnType<typeof import("./folders.mjs").writeFolders>>,
 *   size: Size,
 *   place: Place,
 *   block: number,
 *   measure: (name: string, options: object, limit: number) => Promise<Record<string, number>>,
 *   newColdFile: () => string,
 * }} Bench
 */

/** @typedef {{name: string, keys: string[], run: (bench: Bench) => Promise<Record<string, number>>}} Measurement */

/** @type {Measurement[]} */
export const MEASUREMENTS = [
  {
    name: "quiet",
    keys: ["quiet", "quietP99"],
    async run({ measure, size }) {
      const { p50, p99 } = await measure("fetches", { url: "1k.txt", n: size.fetches }, LIMIT);
      return { quiet: p50, quietP99: p99 };
    },
  },
  {
    name: "in flight",
    keys: ["inFlight"],
    async run({ measure, size: { loops, each } }) {
      return { inFlight: (await measure("inFlight", { url: "1k.txt", loops, each }, LIMIT)).perSecond };
    },
  },
  {
    name: "large",
    keys: ["large", "firstByte"],
    async run({ measure, size }) {
      const { megabytesPerSecond, firstByte } = await measure("read", { url: "large.bin", size: size.largeMiB << 20 }, LIMIT);
      return { large: megabytesPerSecond, firstByte };
    },
  },
  {
    name: "range",
    keys: ["range"],
    async run({ measure, size }) {
      return { range: (await measure("range", { url: "large.bin", n: size.ranges }, LIMIT)).p50 };
    },
  },
  {
    name: "modules",
    keys: ["modules"],
    async run({ measure, block }) {
      return { modules: (await measure("modules", { url: `modules.html?${block}` }, LIMIT)).took };
    },
  },
  {
    name: "changing",
    keys: ["changing"],
    async run({ measure, size, folders }) {
      return { changing: (await folders.changing(() => measure("fetches", { url: "1k.txt", n: size.fetches }, LIMIT))).p50 };
    },
  },
  {
    name: "cold, known",
    keys: ["coldKnown"],
    run: async (bench) => ({ coldKnown: await coldStart(bench, () => "1k.txt", 200) }),
  },
  {
    name: "cold, new",
    keys: ["coldNew"],
    run: async (bench) => ({ coldNew: await coldStart(bench, bench.newColdFile, 200) }),
  },
  {
    name: "many files",
    keys: ["many"],
    run: async (bench) => ({ many: await dropped(bench, bench.folders.many) }),
  },
  {
    name: "first page",
    keys: ["first"],
    run: async (bench) => ({ first: await dropped(bench, bench.folders.small) }),
  },
  { name: "memory", keys: ["memoryOpen", "memoryRead"], run: memory },
];

/** Comes last: it needs the tool's page closed. The yardstick answers with its page open. */
export const CLOSED = {
  name: "cold, closed",
  keys: ["coldClosed"],
  run: async (/** @type {Bench} */ bench, /** @type {number} */ status) => ({ coldClosed: await coldStart(bench, () => "1k.txt", status) }),
};

/** @param {Bench} bench @param {() => string} url @param {number} want its status */
async function coldStart({ browser, measure, size }, url, want) {
  const times = [];
  await measure("once", { url: "1k.txt" }, LIMIT); // the page that measures is open, and the file asked for
  for (let i = 0; i < size.cold; i++) {
    await browser.stopWorkers();
    await sleep(SETTLE);
    const { took, status } = await measure("once", { url: url() }, LIMIT);
    if (status !== want) throw new Error(`status ${status}, want ${want}`);
    times.push(took);
  }
  return median(times);
}

/** From the drop of a folder to its first page, in a profile that is new to it. @param {Bench} bench @param {string} folder */
async function dropped({ browser, server, place }, folder) {
  const context = await browser.newContext();
  try {
    return (await dropOn(browser, server, place, folder, { context, limit: DROP_LIMIT })).took;
  } finally {
    await browser.closeContext(context);
  }
}

/** In a browser that has nothing else open. @param {Bench} bench */
async function memory({ server, place, folders, size }) {
  const browser = await launch();
  try {
    const { site } = await dropOn(browser, server, place, folders.main);
    const page = await server.openPage((query) => browser.open(`${site}measure.html${query}`));
    await page.measure("once", { url: "1k.txt" }, LIMIT);
    await sleep(2000);
    const memoryOpen = memoryOf(browser.pid);
    await page.measure("read", { url: "large.bin", size: size.largeMiB << 20 }, LIMIT);
    await sleep(1000);
    return { memoryOpen, memoryRead: memoryOf(browser.pid) };
  } finally {
    await browser.quit();
  }
}
