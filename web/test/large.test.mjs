// @ts-check
// A folder of any size is usable at once: 100,000 files, a directory with
// 20,000 of them, sixty levels, a file of 4 GiB. What is counted is counted in
// the background, and only for show. Nothing is measured here.
import assert from "node:assert/strict";
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, siteURL, until, wav } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

const GIB4 = 2 ** 32;
const END = "the end of it";
const LISTED = 20_000;
const DIRECTORIES = 200;
const FILES = 400; // in each
const LEVELS = 60;
/** A name of a level, long enough that the path of the last one nearly fills what Linux takes. @param {number} i */
const level = (i) => `level ${i} ${"of many ".repeat(6)}`.trim();
const DEEP = Array.from({ length: LEVELS }, (_, i) => level(i)).join("/");

/** Files of one byte. @param {string} dir @param {number} n */
function fill(dir, n) {
  mkdirSync(dir, { recursive: true });
  for (let i = 0; i < n; i++) writeFileSync(join(dir, `file number ${i}.txt`), "x");
}

setUp(async () => {
  const site = join(folder, "large");
  mkdirSync(join(site, DEEP), { recursive: true });
  writeFileSync(join(site, DEEP, "bottom.txt"), "the bottom");
  writeFileSync(join(site, "index.html"), `<h1>large</h1><audio src="/sound.wav" preload="metadata"></audio>`);
  writeFileSync(join(site, "sound.wav"), wav(600));
  fill(join(site, "listed"), LISTED);
  for (let i = 0; i < DIRECTORIES; i++) fill(join(site, `many/${i}`), FILES);
  const huge = openSync(join(site, "huge.bin"), "w"); // without room on the disk
  ftruncateSync(huge, GIB4);
  writeSync(huge, END, GIB4);
  closeSync(huge);
});

test("100,000 files, 60 levels, a directory of 20,000 and 4 GiB are usable while they are counted", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "large")]);
  const bar = page.locator("#site-bar");
  const preview = page.frameLocator("iframe.shown");
  await preview.locator("h1", { hasText: "large" }).waitFor();
  const cancel = bar.getByRole("button", { name: "Cancel" });
  assert.ok(await cancel.isVisible(), "the page is shown before all is counted");

  // The counting can be ended, and what was found stands.
  await cancel.click();
  await bar.getByText("counting stopped, there is more").waitFor();
  const counted = await bar.textContent();
  await page.waitForTimeout(1000);
  assert.equal(await bar.textContent(), counted);
  await bar.getByRole("button", { name: "Read again" }).click();
  await cancel.waitFor();

  // All of this while it counts again.
  const tab = await openTab(context, await siteURL(page, "large"));
  const path = `/${DEEP.split("/").map(encodeURIComponent).join("/")}/`;
  assert.equal((await get(tab, `${path}bottom.txt`)).text, "the bottom");
  assert.match((await get(tab, path)).text, /bottom\.txt/);

  const size = GIB4 + END.length;
  const head = await get(tab, "/huge.bin", { method: "HEAD" });
  assert.deepEqual([head.status, head.fields["content-length"], head.fields["accept-ranges"]], [200, String(size), "bytes"]);
  for (const range of [`bytes=-${END.length}`, `bytes=${GIB4}-`]) {
    const end = await get(tab, "/huge.bin", { headers: { Range: range } });
    assert.deepEqual([end.status, end.text, end.fields["content-range"]], [206, END, `bytes ${GIB4}-${size - 1}/${size}`]);
  }
  assert.equal((await get(tab, "/huge.bin", { headers: { Range: `bytes=${size}-` } })).status, 416);

  const at = await tab.evaluate(async () => {
    const audio = /** @type {HTMLAudioElement} */ (document.querySelector("audio"));
    if (audio.readyState < 1) await new Promise((resolve, reject) => ((audio.onloadedmetadata = resolve), (audio.onerror = reject)));
    audio.currentTime = 500;
    await new Promise((resolve) => (audio.onseeked = resolve));
    return audio.currentTime;
  });
  assert.equal(at, 500);

  // A listing is shown, and a path that is typed is loaded.
  await page.fill("#path", "/listed/");
  await page.press("#path", "Enter");
  await until("the listing", async () => (await preview.locator("li").count()) === LISTED);
  await page.fill("#path", "/many/7/file number 399.txt");
  await page.press("#path", "Enter");
  await preview.getByText("x", { exact: true }).waitFor();
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/many/7/file%20number%20399.txt"])').waitFor();
  assert.equal(await page.locator("#notices > *").count(), 0);
  await context.close();
});
