// @ts-check
// Thirty sites at once: each can be reached, by keys as well, and is served;
// the page does not stall, and all are there after a reload.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, ready, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

const SITES = 30;

setUp();

/** @param {number} i */
const nameOf = (i) => `site number ${String(i).padStart(2, "0")}`;

test("thirty sites", async () => {
  const paths = [];
  for (let i = 0; i < SITES; i++) paths.push(await write(join(folder, nameOf(i)), { "index.html": `<h1>This is ${i}` }));
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, paths);
  // Each has a worker of its own to install: on a busy machine that takes long.
  await until("all tabs", async () => (await page.locator("#tabs .tab").count()) === SITES, 100_000);
  await until("all workers", () => page.frames().filter((f) => f.url().endsWith("/.vitrine/bridge.html")).length === SITES);

  // The first one is behind all that thirty new sites have to do.
  const shown = (/** @type {number} */ i) => page.frameLocator("iframe.shown").locator("h1", { hasText: new RegExp(`^This is ${i}$`) }).waitFor({ timeout: 100_000 });
  // The tab in front is in sight, wherever it lies in the strip.
  const inSight = () =>
    page.evaluate(() => {
      const tab = document.querySelector("#tabs .tab[aria-current=true]")?.getBoundingClientRect();
      const strip = document.getElementById("tabs")?.getBoundingClientRect();
      return !!tab && !!strip && tab.left >= strip.left - 1 && tab.right <= strip.right + 1;
    });
  const order = await page.locator("#tabs .tab").evaluateAll((tabs) => tabs.map((tab) => Number(tab.getAttribute("title")?.slice(-2))));
  assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: SITES }, (_, i) => i));

  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.locator("#tabs .tab[aria-current=true]").focus();
    for (const [key, at] of /** @type {const} */ ([["Home", 0], ["ArrowLeft", SITES - 1], ["ArrowRight", 0], ["End", SITES - 1]])) {
      await page.keyboard.press(key);
      await shown(order[at]);
      await until(`the tab to be in sight behind ${key} at ${width}`, inSight);
    }
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, "the page is wider than its window");
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  // All of them, one after the other, and each frame stays what it was.
  for (let i = 0; i < SITES; i++) {
    await page.locator("#tabs .tab").nth(i).click();
    await shown(order[i]);
  }
  assert.equal(await page.locator("#frames iframe").count(), SITES);
  assert.equal(await page.locator("#notices > *").count(), 0);

  // A new site comes to the front, and into sight.
  await page.locator("#tabs .tab").first().click();
  await drop(page, [await write(join(folder, "one more"), { "index.html": `<h1>This is ${SITES}` })], { x: 300, y: 20 });
  await shown(SITES);
  await until("the new tab to be in sight", inSight);

  await page.reload();
  await ready(page);
  await until("all tabs", async () => (await page.locator("#tabs .tab").count()) === SITES + 1);
  await shown(SITES);
  await until("its tab to be in sight", inSight);
  await page.locator("#tabs .tab").first().click();
  await shown(order[0]);
  await context.close();
});
