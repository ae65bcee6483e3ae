// @ts-check
// Measures the browser edition in Firefox beside a hand-written service worker:
// `make bench-firefox`. BLOCKS=n blocks (9), in each of which both are measured
// one after the other, with the tool's page and its log in front. Times depend
// on the machine: take the ratios.
import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newFolder, until } from "../engine.mjs";
import { startFirefox } from "../firefox.mjs";
import { startServe } from "../harness.mjs";
import { VITRINE, YARDSTICK } from "./arms.mjs";
import { table } from "./figures.mjs";
import { startServer } from "./server.mjs";

const BLOCKS = Number(process.env.BLOCKS ?? 9);
/** Fetches one after another, so many of which are timed together: the clock is coarse there. */
const FETCHES = 300;
const TOGETHER = 10;
const LOOPS = 32;
const EACH = 20;

const ROWS = [
  { key: "warm", name: "1 KiB warm, p50", unit: "ms", goal: 1.5 },
  { key: "inFlight", name: `1 KiB, ${LOOPS} in flight`, unit: "/s", goal: 0.9, more: true },
];

/** Runs in the page of the site. @param {number} n @param {number} together */
const fetchWarm = async (n, together) => {
  const get = async () => {
    const response = await fetch("/1k.txt");
    if (!response.ok || (await response.arrayBuffer()).byteLength !== 1024) throw new Error(`status ${response.status}`);
  };
  for (let i = 0; i < 10; i++) await get();
  const times = [];
  for (let i = 0; i < n; i += together) {
    const start = performance.now();
    for (let j = 0; j < together; j++) await get();
    times.push((performance.now() - start) / together);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
};

/** Runs in the page of the site. @param {number} loops @param {number} each */
const fetchInFlight = async (loops, each) => {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: loops }, async () => {
      for (let i = 0; i < each; i++) await (await fetch("/1k.txt")).arrayBuffer();
    }),
  );
  return (loops * each * 1000) / (performance.now() - start);
};

const folder = await newFolder();
await writeFile(join(folder, "index.html"), "<h1>Measured</h1>");
await writeFile(join(folder, "1k.txt"), "x".repeat(1024));
const old = new Date(Date.now() - 3600_000); // as most files are
await utimes(join(folder, "1k.txt"), old, old);
const server = await startServer();
const serve = await startServe(folder);
const firefox = await startFirefox();
/** @type {import("./figures.mjs").Figures} */
const figures = new Map(ROWS.map(({ key }) => [key, new Map([YARDSTICK, VITRINE].map((arm) => [arm, []]))]));
try {
  const arms = [];
  for (const { name, url, ready, frame } of [
    { name: YARDSTICK, url: `${server.scope(YARDSTICK, true)}.bench/holder.html`, ready: () => document.documentElement.dataset.ready === "yes", frame: "iframe" },
    {
      name: VITRINE,
      url: serve.tool,
      ready: () => document.querySelector("[data-act=sample]")?.matches(":not(:disabled)") === true,
      frame: "#frames iframe.shown",
    },
  ]) {
    const tab = await firefox.newTab();
    await firefox.open(url);
    await until(name, () => firefox.run(ready));
    await firefox.drop(folder);
    await until(`the site of ${name}`, () => firefox.within(frame, () => document.body.innerText.includes("Measured")).catch(() => false));
    arms.push({ name, tab, frame });
  }
  for (let block = 0; block < BLOCKS; block++) {
    for (const { name, tab, frame } of block % 2 ? arms : [...arms].reverse()) {
      console.error(`block ${block + 1} of ${BLOCKS}: ${name}`);
      await firefox.select(tab);
      await new Promise((resolve) => setTimeout(resolve, 2000)); // what was before is over
      figures.get("warm")?.get(name)?.push(await firefox.within(frame, fetchWarm, FETCHES, TOGETHER));
      figures.get("inFlight")?.get(name)?.push(await firefox.within(frame, fetchInFlight, LOOPS, EACH));
    }
  }
} finally {
  await firefox.stop();
  await serve.stop();
  server.stop();
}
console.log(`Firefox, ${BLOCKS} blocks; median (least–most), ratios to ${YARDSTICK} of the same block\n`);
console.log(table(ROWS, figures, { yardstick: YARDSTICK, judged: VITRINE, peer: "" }));
