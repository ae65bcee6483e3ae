// @ts-check
// The preview gets where it was sent, however early, and a site that failed
// comes back when the person asks for it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

setUp(async () => {
  await write(join(folder, "shop"), { "index.html": "<h1>first", "typed.html": "<h1>typed" });
});

/** @param {import("playwright-core").Page} page @param {string} text */
const shown = (page, text) => page.frameLocator("iframe.shown").locator("h1", { hasText: text }).waitFor();

/**
 * What keeps the first load from being shown: the page finds no index page
 * until found() is called there, and the thread of the site's pages, which the
 * bridge shares, waits for a response until free is called.
 */
async function startHold() {
  /** @type {import("node:http").ServerResponse | undefined} */
  let waiting;
  const server = createServer((_, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    waiting = response;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(0)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const script = `
if (location.pathname === "/.vitrine/bridge.html") {
  const hold = () => {
    const request = new XMLHttpRequest();
    request.open("GET", "http://127.0.0.1:${port}/", false);
    request.send();
  };
  // Page and worker have their port by then.
  addEventListener("message", ({ ports }) => ports.length > 0 && setTimeout(hold, 1000), { once: true });
} else if (self.FileSystemDirectoryHandle) {
  const get = FileSystemDirectoryHandle.prototype.getFileHandle;
  const found = new Promise((resolve) => (self.found = resolve));
  FileSystemDirectoryHandle.prototype.getFileHandle = async function (...args) {
    if (args[0] === "index.html") await found;
    return get.apply(this, args);
  };
}
`;
  return {
    script,
    held: () => until("the site's thread to wait", () => waiting),
    free: () => void waiting?.end(),
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

// The page is busy while the browser puts the first load into its frame, and
// the path arrives before the page has noticed.
test("a path that is typed while the first load comes in is loaded", async () => {
  const hold = await startHold();
  try {
    const { context, page } = await openTool(browser, serve.tool, hold.script);
    await drop(page, [join(folder, "shop")]);
    await hold.held();
    await page.evaluate(() => /** @type {any} */ (self).found());
    await page.locator('#tbody tr[id^=r]:has(td.t[title="/"])').waitFor(); // its response is made
    await page.waitForTimeout(1000); // and with the browser
    const submitted = page.evaluate(() => {
      for (const end = Date.now() + 3000; Date.now() < end; ); // it is shown meanwhile
      /** @type {HTMLInputElement} */ (document.getElementById("path")).value = "/typed.html";
      /** @type {HTMLFormElement} */ (document.getElementById("bar")).requestSubmit();
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    hold.free();
    await submitted;
    await shown(page, "typed");
    await page.locator('#tbody tr[id^=r]:has(td.t[title="/typed.html"])').waitFor();
    assert.equal(await page.inputValue("#path"), "/typed.html");
    assert.equal(await page.locator("iframe.shown").count(), 1);
    await context.close();
  } finally {
    await hold.stop();
  }
});

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
  const rescan = page.locator("#overlay-rescan");
  await rescan.click();
  await page.locator("#notices", { hasText: "could not be opened again" }).waitFor();
  await page.evaluate(() => localStorage.removeItem("fails"));
  await rescan.click();
  await shown(page, "first");
  assert.equal(await siteURL(page, "shop"), site);
  await context.close();
});
