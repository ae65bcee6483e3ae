// @ts-check
// Measures the browser edition in Chromium beside a hand-written service
// worker and a peer: `make bench-browser`. BLOCKS=n blocks (9), in each of which
// all are measured one after another; JSON=file takes all figures; ONLY=regexp
// leaves measurements out. BLOCKS=1 is small and quick. Times depend on the
// machine: take the ratios.
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { startServe } from "../harness.mjs";
import { armsOf, dropOn, VITRINE, YARDSTICK } from "./arms.mjs";
import { launch } from "./browser.mjs";
import { result, table } from "./figures.mjs";
import { writeFolders } from "./folders.mjs";
import { CLOSED, CLOSED_FOR, FULL, MEASUREMENTS, QUICK, QUIET, rowsOf, sleep } from "./measurements.mjs";
import { startServer } from "./server.mjs";

/** @typedef {import("./measurements.mjs").Bench} Bench */
/** @typedef {import("./arms.mjs").Arm} Arm */
/** @typedef {Awaited<ReturnType<import("./server.mjs").BenchServer["openPage"]>>} Page */

const BLOCKS = Number(process.env.BLOCKS ?? 9);
if (!Number.isInteger(BLOCKS) || BLOCKS < 1) throw new Error("BLOCKS is a number of blocks, 1 or more");
const SIZE = BLOCKS === 1 ? QUICK : FULL;
const ROWS = rowsOf(SIZE);
const ONLY = new RegExp(process.env.ONLY ?? "");
/** What failed so often is not tried again. */
const MAX_FAILURES = 2;
const PEER = "peer";

const MODES = [
  { name: "own origin", title: "each site on an origin of its own (http://vitrine.localhost)", ownOrigin: true },
  { name: "one origin", title: "one origin for tool and sites (http://localhost/?one-origin)", ownOrigin: false },
];

const start = performance.now();
/** @param {string} text */
const progress = (text) => console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const server = await startServer();
const browser = await launch();
const folders = await writeFolders(server.url, { ...SIZE, coldFiles: BLOCKS * SIZE.cold });
const serve = await startServe(folders.small);
const failed = new Map(/** @type {[string, string[]][]} */ (MODES.map(({ name }) => [name, []])));
const figures = new Map(MODES.map(({ name }) => [name, /** @type {import("./figures.mjs").Figures} */ (new Map())]));
// An interrupted run tells what it has measured so far.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () =>
    report()
      .finally(cleanUp)
      .finally(() => process.exit(1)),
  );
}
try {
  for (const mode of MODES) await runMode(mode).catch((error) => failed.get(mode.name)?.push(message(error)));
} finally {
  await report();
  await cleanUp();
}

async function cleanUp() {
  await browser.quit();
  await serve.stop();
  server.stop();
  await folders.remove();
}

/** @param {typeof MODES[number]} mode */
async function runMode(mode) {
  const all = figures.get(mode.name);
  const failures = failed.get(mode.name);
  if (!all || !failures) return;
  /** @type {Map<string, number>} */
  const failuresOf = new Map();

  /** @type {{arm: Arm, window: string, bench: Bench, close: () => Promise<void>}[]} */
  const sessions = [];
  for (const arm of armsOf(serve.tool, server)) {
    const place = arm.place(mode.ownOrigin);
    try {
      const { window, site } = await dropOn(browser, server, place, folders.main);
      sessions.push({ arm, window, ...benchOf(place, site) });
    } catch (error) {
      failures.push(`${arm.name}, drop of the folder: ${message(error)}`);
    }
  }

  /**
   * Measures one thing of one arm, and notes failures.
   * @param {{name: string, keys: string[]}} measurement @param {typeof sessions[number]} session
   * @param {number} block @param {() => Promise<Record<string, number>>} run
   */
  const measure = async ({ name, keys }, session, block, run) => {
    const id = `${session.arm.name}, ${name}`;
    if (!ONLY.test(name) || (failuresOf.get(id) ?? 0) >= MAX_FAILURES) return;
    session.bench.block = block;
    for (const key of keys) {
      const arms = all.get(key) ?? new Map();
      all.set(key, arms.set(session.arm.name, arms.get(session.arm.name) ?? Array(BLOCKS).fill(undefined)));
    }
    try {
      const values = await run();
      for (const key of keys) /** @type {number[]} */ (all.get(key)?.get(session.arm.name))[block] = values[key];
    } catch (error) {
      failuresOf.set(id, (failuresOf.get(id) ?? 0) + 1);
      failures.push(`${id}, block ${block + 1}: ${message(error)}`);
      await session.close(); // it may still be at it
    }
  };

  for (let block = 0; block < BLOCKS; block++) {
    await sleep(QUIET);
    for (const measurement of MEASUREMENTS) {
      progress(`${mode.name}, block ${block + 1} of ${BLOCKS}: ${measurement.name}`);
      for (const session of rotated(sessions, block)) {
        await measure(measurement, session, block, () => measurement.run(session.bench));
      }
    }
  }

  // Pages that measure cannot be opened once the tool's page is closed.
  for (const { bench } of sessions) await bench.measure("once", { url: "1k.txt" }, 20_000).catch(() => {});
  const vitrine = sessions.find(({ arm }) => arm.name === VITRINE);
  if (vitrine) await close(vitrine.window);
  await sleep(CLOSED_FOR);
  for (let block = 0; block < BLOCKS; block++) {
    progress(`${mode.name}, block ${block + 1} of ${BLOCKS}: ${CLOSED.name}`);
    for (const session of rotated(sessions.filter(({ arm }) => arm.name !== PEER), block)) {
      await measure(CLOSED, session, block, () => CLOSED.run(session.bench, session === vitrine ? 503 : 200));
    }
  }
  for (const session of sessions) {
    await session.close();
    if (session !== vitrine) await close(session.window);
  }
}

/**
 * What measurements of an arm work with. Its page that measures is opened when
 * it is wanted.
 * @param {import("./arms.mjs").Place} place @param {string} site
 */
function benchOf(place, site) {
  /** @type {Page | undefined} */
  let page;
  let coldFiles = 0;
  /** @type {Bench} */
  const bench = {
    browser,
    server,
    folders,
    size: SIZE,
    place,
    block: 0,
    newColdFile: () => `cold/${coldFiles++}.txt`,
    async measure(name, options, limit) {
      page ??= await server.openPage((query) => browser.open(`${site}measure.html${query}`));
      return page.measure(name, options, limit);
    },
  };
  return {
    bench,
    async close() {
      const target = page?.target;
      page = undefined;
      if (target) await close(target);
    },
  };
}

/** Closes a window. One that hangs is left open: what is measured next has its own. @param {string} target */
async function close(target) {
  await browser.close(target).catch(() => {});
}

/** @template T @param {T[]} list @param {number} by @returns {T[]} */
function rotated(list, by) {
  const at = list.length > 0 ? by % list.length : 0;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}

async function report() {
  const about = `${browser.version}, ${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, ${BLOCKS} block${BLOCKS > 1 ? "s" : ""}`;
  const arms = { yardstick: YARDSTICK, judged: VITRINE, peer: PEER };
  console.log(`${about}; median (least–most), ratios to ${YARDSTICK} of the same block`);
  console.log(`${PEER}: go-wasm-http-server v2.2.1 with net/http's FileServer`);
  if (SIZE === QUICK) console.log("One block, and small: this shows that it works, not how fast it is.");
  for (const { name, title } of MODES) {
    console.log(`\n${title}\n`);
    console.log(table(ROWS, /** @type {import("./figures.mjs").Figures} */ (figures.get(name)), arms));
    for (const text of failed.get(name) ?? []) console.log(`failed: ${text}`);
  }
  if (process.env.JSON) {
    const modes = MODES.map(({ name }) => ({
      name,
      rows: ROWS.map((row) => ({
        ...row,
        results: Object.fromEntries(
          Object.values(arms).map((arm) => [arm, result(row, /** @type {import("./figures.mjs").Figures} */ (figures.get(name)), arm, YARDSTICK)]),
        ),
      })),
      failures: failed.get(name),
    }));
    await writeFile(
      process.env.JSON,
      JSON.stringify({ date: new Date(), browser: browser.version, cpus: cpus().length, blocks: BLOCKS, size: SIZE, modes }, null, 1) + "\n",
    );
  }
}
