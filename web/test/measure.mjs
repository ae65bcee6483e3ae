// @ts-check
// Measures the worker in Chromium, with the page and its log open:
// `make build && node web/test/measure.mjs`. Times depend on the machine.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drop, startChromium, startServe } from "./harness.mjs";

const RUNS = 3;

const folder = join(mkdtempSync(join(tmpdir(), "vitrine-")), "site");
mkdirSync(folder);
writeFileSync(join(folder, "index.html"), "<h1>measured</h1>");
writeFileSync(join(folder, "1k.txt"), "x".repeat(1024));
writeFileSync(join(folder, "256m.bin"), Buffer.alloc(256 << 20));

const serve = await startServe(folder);
const browser = await startChromium();
try {
  for (let run = 1; run <= RUNS; run++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(serve.tool);
    await page.getByRole("button", { name: "Open a folder" }).first().waitFor();
    const dropped = performance.now();
    await drop(page, [folder]);
    const site = page.frameLocator("iframe.shown").locator("h1");
    await site.waitFor();
    const firstPage = performance.now() - dropped;
    const figures = await site.evaluate(async () => {
      const get = async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) => {
        const start = performance.now();
        const body = (await fetch(path, init)).body?.getReader();
        while (body && !(await body.read()).done);
        return performance.now() - start;
      };
      const warm = [];
      for (let i = 0; i < 200; i++) warm.push(await get(`/1k.txt?${i}`));
      warm.sort((a, b) => a - b);
      const start = performance.now();
      await Promise.all(Array.from({ length: 32 }, async () => {
        for (let i = 0; i < 15; i++) await get(`/1k.txt?${i}`);
      }));
      const rate = (32 * 15 * 1000) / (performance.now() - start);
      const large = await get("/256m.bin");
      const end = await get("/256m.bin", { headers: { Range: "bytes=-1024" } });
      return { p50: warm[100], p90: warm[180], rate, large: 256000 / large, end };
    });
    console.log(
      `run ${run}: first page after the drop ${firstPage.toFixed(0)} ms; 1 KiB warm p50 ${figures.p50.toFixed(1)} ms, ` +
        `p90 ${figures.p90.toFixed(1)} ms; 32 in flight ${figures.rate.toFixed(0)}/s; ` +
        `256 MiB ${figures.large.toFixed(0)} MiB/s; range at its end ${figures.end.toFixed(1)} ms`,
    );
    await context.close();
  }
} finally {
  await browser.close();
  await serve.stop();
}
