// @ts-check
// A site that failed comes back when the person asks for it.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newFolder, openTool, siteURL, until, write } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await newFolder();
  serve = await startServe(folder);
  browser = await startChromium();
  await write(join(folder, "shop"), { "index.html": "<h1>first", "typed.html": "<h1>typed" });
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @param {import("playwright-core").Page} page @param {string} text */
const shown = (page, text) => page.frameLocator("iframe.shown").locator("h1", { hasText: text }).waitFor();

// A browser without handles, whose storage fails as long as it is told to.
const failingStorage = `
delete DataTransferItem.prototype.getAsFileSystemHandle;
const all = IDBObjectStore.prototype.getAll;
IDBObjectStore.prototype.getAll = function (...args) {
  const request = all.apply(this, args);
  if (this.name === "files" && localStorage.getItem("fails")) this.transaction.abort();
  return request;
};
`;

test("Rescan opens a site that could not be opened", async () => {
  const { context, page } = await openTool(browser, serve.tool, failingStorage);
  await drop(page, [join(folder, "shop")]);
  await shown(page, "first");
  const site = await siteURL(page, "shop");
  await until("the copy", () => page.evaluate(() => new Promise((resolve, reject) => {
    const open = indexedDB.open("vitrine");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const sites = open.result.transaction("sites").objectStore("sites").getAll();
      sites.onsuccess = () => (resolve(sites.result.some((s) => s.copied)), open.result.close());
    };
  })));
  await page.evaluate(() => localStorage.setItem("fails", "1"));
  await page.reload();
  const rescan = page.locator("#card-rescan");
  await rescan.click();
  await page.locator("#notices", { hasText: "could not be opened again" }).waitFor();
  await page.evaluate(() => localStorage.removeItem("fails"));
  await rescan.click();
  await shown(page, "first");
  assert.equal(await siteURL(page, "shop"), site);
  await context.close();
});
