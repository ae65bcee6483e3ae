// @ts-check
// A browser without handles, played by Chromium: which site a folder belongs
// to when all that is known of it is its name, and why there is no copy of it
// for the next visit.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, ready, savedSites, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

const noHandles = "delete DataTransferItem.prototype.getAsFileSystemHandle; delete window.showDirectoryPicker;";

/** Where no frame takes a drop. */
const BAR = { x: 700, y: 20 };

setUp(async () => {
  await write(join(folder, "shop"), { "index.html": "<h1>shop</h1>", "ten.txt": "0123456789" });
  await write(join(folder, "elsewhere/shop"), { "index.html": "<h1>shop elsewhere</h1>" });
  await write(join(folder, "other"), { "index.html": "<h1>other</h1>" });
});

/** Waits for a page in the preview. @param {import("playwright-core").Page} page @param {string} text */
const shown = (page, text) => page.frameLocator("iframe.shown").locator("h1", { hasText: new RegExp(`^${text}$`) }).waitFor();

test("a folder of the name of a site goes into that site, and the page says so", async () => {
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await page.setInputFiles("#folder-input", join(folder, "shop"));
  await shown(page, "shop");
  const site = await siteURL(page, "shop");
  await drop(page, [join(folder, "elsewhere/shop")], BAR);
  await shown(page, "shop elsewhere");
  assert.equal(await siteURL(page, "shop"), site);
  assert.equal(await page.locator("#tabs .tab").count(), 1);
  await page.locator("#notices", { hasText: "if you meant another one, rename it and open it again" }).waitFor();
  assert.equal((await get(await openTab(context, site), "/ten.txt")).status, 404, "nothing of the list before is left");
  // Neither is in the copy.
  await until("the copy", async () => (await savedSites(page))[0]?.copied > 0);
  await page.reload();
  await shown(page, "shop elsewhere");
  assert.equal(await page.locator("#tabs .tab").count(), 1);
  await context.close();
});

test("Read again puts another list in the place of the one before, and another folder beside it", async () => {
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  /** @param {string} path */
  const readAgain = async (path) => {
    const chooser = page.waitForEvent("filechooser");
    await page.click("#bar-rescan");
    await (await chooser).setFiles(path);
  };
  await page.setInputFiles("#folder-input", join(folder, "shop"));
  await shown(page, "shop");
  await page.locator("#site-bar").getByText(/^list as of \d\d:\d\d$/).waitFor();
  await readAgain(join(folder, "elsewhere/shop"));
  await shown(page, "shop elsewhere");
  assert.equal(await page.locator("#notices").textContent(), "", "what was asked for needs no word");
  await readAgain(join(folder, "other"));
  await page.locator("#notices", { hasText: "other is not the folder that was to be read again, shop." }).waitFor();
  await shown(page, "other");
  assert.deepEqual((await page.locator("#tabs .tab").allTextContents()).map((s) => s.split(",")[0]), ["shop", "other"]);
  await context.close();
});

test("loose files are no folder: others are a site of their own, and there is nothing to read again", async () => {
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await drop(page, [join(folder, "shop/index.html"), join(folder, "shop/ten.txt")]);
  await shown(page, "shop");
  assert.equal(await page.locator("#bar-rescan").count(), 0);
  await drop(page, [join(folder, "other/index.html")], BAR);
  await shown(page, "other");
  assert.equal(await page.locator("#tabs .tab").count(), 2);
  await writeFile(join(folder, "other/index.html"), "<h1>other, and changed</h1>");
  await page.click("#bar [data-act=reload]");
  await page.locator("#notices", { hasText: /index\.html was changed, moved or deleted .* Drop index\.html again/ }).waitFor();
  await context.close();
});

test("a folder that is dropped while it is still being read is read once more, in one site", async () => {
  /** @type {Record<string, string>} */
  const files = { "index.html": "<h1>long</h1>" };
  for (let i = 0; i < 1500; i++) files[`d${i % 30}/f${i}.txt`] = String(i);
  await write(join(folder, "long"), files);
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await drop(page, [join(folder, "long")]);
  await siteURL(page, "long");
  await drop(page, [join(folder, "long")]);
  await page.locator("#site-bar").getByText("1,501 files in 30 folders").waitFor();
  assert.equal(await page.locator("#tabs .tab").count(), 1);
  await until("the copy", async () => (await savedSites(page))[0]?.copied > 0);
  await page.reload();
  await page.locator("#site-bar").getByText("1,501 files in 30 folders").waitFor();
  await context.close();
});

// Private windows of WebKit store no File.
test("where the browser stores no File, a copy is made of bytes", async () => {
  const { context, page } = await openTool(browser, serve.tool, `${noHandles}
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (value instanceof File) throw new DOMException("Error preparing Blob/File data to be stored in object store", "UnknownError");
      return put.call(this, value, ...key);
    };`);
  await drop(page, [join(folder, "shop")]);
  await shown(page, "shop");
  const site = await siteURL(page, "shop");
  const tab = await openTab(context, site);
  const before = await get(tab, "/ten.txt");
  await until("the copy", async () => (await savedSites(page))[0]?.copied > 0);
  await page.reload();
  await page.locator("#site-bar").getByText(/^a copy, made /).waitFor();
  const after = await get(tab, "/ten.txt");
  assert.deepEqual([after.text, after.fields.etag], ["0123456789", before.fields.etag]);
  await context.close();
});

test("a copy that was refused is said to be that, now and after a reload", async () => {
  const { context, page } = await openTool(browser, serve.tool, `${noHandles}
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (this.name === "files") throw new DOMException("There is no room left. ", "QuotaExceededError");
      return put.call(this, value, ...key);
    };`);
  await drop(page, [join(folder, "shop")]);
  await shown(page, "shop");
  await page.locator("#notices", { hasText: "shop could not be copied for the next visit (QuotaExceededError: There is no room left)." }).waitFor();
  const site = await siteURL(page, "shop");
  await page.reload();
  await page.locator("#overlay", { hasText: "the browser refused to store a copy of them" }).waitFor();
  await drop(page, [join(folder, "shop")]);
  await shown(page, "shop");
  assert.equal(await siteURL(page, "shop"), site);
  await context.close();
});

test("a page that was closed before it had a copy says that", async () => {
  // The copy never gets past the disk.
  const { context, page } = await openTool(browser, serve.tool, `${noHandles}
    const read = Blob.prototype.arrayBuffer;
    File.prototype.arrayBuffer = function () { return this.name === "late.bin" ? new Promise(() => {}) : read.call(this); };`);
  await write(join(folder, "late"), { "index.html": "<h1>late</h1>", "late.bin": Buffer.alloc(100_000) });
  await drop(page, [join(folder, "late")]);
  await shown(page, "late");
  await until("the site to be written down", async () => (await savedSites(page)).length === 1);
  await page.reload();
  await ready(page);
  await page.locator("#overlay", { hasText: "it had made no copy of them" }).waitFor();
  await context.close();
});
