// @ts-check
// What a person's sites outlive, or what the page says where they do not: each
// fault in a real Chromium. Beside these, engine.test.mjs stops workers, reloads
// the page and has the browser ask for its permission; version.test.mjs updates
// an old worker; folders.test.mjs does without the page's own worker;
// offline.test.mjs without the host.
import assert from "node:assert/strict";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { before } from "node:test";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, ready, savedSites, siteURL, stopWorkers, until, write, writeLarge } from "./engine.mjs";
import { drop, startProfile } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */

setUp(async () => {
  await write(join(folder, "shop"), { "index.html": "<h1>shop</h1>", "ten.txt": "0123456789", "late.txt": "late" });
});

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where something can be dropped while a preview is shown. */
const BAR = { x: 700, y: 20 };

/** A picture of what the person sees, where SHOTS names a folder for it. @param {Page} page @param {string} name */
async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
}

/** The tool with the folder shop, and a tab of it. @param {string} [name] */
async function shop(name = "shop") {
  const tool = await openTool(browser, serve.tool);
  await drop(tool.page, [join(folder, name)]);
  const site = await siteURL(tool.page, name);
  return { ...tool, site, tab: await openTab(tool.context, site) };
}

/** Fetches in a tab, and how long that took; a status of 0 is a network error. @param {Page} tab @param {string} path */
async function timed(tab, path) {
  const begun = Date.now();
  const { status, text } = await get(tab, path).catch(() => ({ status: 0, text: "" }));
  return { status, text, took: Date.now() - begun };
}

/** Deletes what the browser stores for an origin, as it does when the disk is full. @param {Page} page @param {string} origin @param {string} [what] */
async function evict(page, origin, what = "all") {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: new URL(origin).origin, storageTypes: what });
  await devtools.detach();
}

/** The row of an exchange in a page's log. @param {Page} page @param {string} target */
const row = (page, target) => page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`);

test("a worker that is killed in the middle of fetches: each ends, and the next is served", async () => {
  const big = join(folder, "big");
  await write(big, { "index.html": "<h1>big</h1>" });
  await writeLarge(join(big, "large.bin"), 64);
  const { context, page, tab, site } = await shop("big");
  // The content is the browser's affair once the response is there.
  await tab.evaluate(async () => {
    const w = /** @type {any} */ (window);
    w.response = await fetch("/large.bin");
  });
  assert.ok(await stopWorkers(browser, site));
  assert.equal(await tab.evaluate(async () => (await /** @type {any} */ (window).response.arrayBuffer()).byteLength), 64 << 20);

  // The page is busy, so that these wait for it.
  const worker = page.workers().find((w) => w.url().endsWith("/folders.js"));
  const busy = "for (const end = Date.now() + 3000; Date.now() < end; );";
  worker?.evaluate(busy).catch(() => {});
  page.evaluate(busy).catch(() => {});
  await wait(300);
  const waiting = Promise.all(Array.from({ length: 8 }, (_, i) => timed(tab, `/index.html?${i}`)));
  await until("a worker that can be killed", () => stopWorkers(browser, site));
  for (const { status, took } of await waiting) {
    assert.ok(status === 0 || status === 200, `status ${status}`);
    assert.ok(took < 15_000, `${took} ms`);
  }
  assert.equal((await get(tab, "/index.html")).text, "<h1>big</h1>");
  await context.close();
  await rm(big, { recursive: true });
});

test("the browser is closed and opened again: the site is there, and one drop or click serves it", async () => {
  const profile = join(folder, "profile");
  let context = await startProfile(profile);
  let page = await context.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  await until("the site to be written down", async () => (await savedSites(page)).length === 1);
  await context.close();

  context = await startProfile(profile);
  const tab = await context.newPage();
  const before = await tab.goto(site);
  assert.equal(before?.status(), 503);
  assert.match(await tab.content(), /tool's page is closed|tool&#39;s page is closed/);
  await shot(tab, "reopened-without-tool");
  page = await context.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await page.getByRole("button", { name: "Grant again" }).waitFor();
  await shot(page, "reopened");
  const asked = await tab.goto(site);
  assert.equal(asked?.status(), 503);
  assert.match(await tab.content(), /wants a click before it reads shop again/);
  await drop(page, [join(folder, "shop")]);
  assert.equal(await siteURL(page, "shop"), site);
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  await tab.reload();
  assert.equal(await tab.textContent("h1"), "shop");
  await context.close();
});

test("the tool's storage is deleted while it is open: it goes on, and writes the sites down again", async () => {
  const { context, page, tab } = await shop();
  await until("the site to be written down", async () => (await savedSites(page)).length === 1);
  await evict(page, serve.tool);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))); // back from the browser's settings
  await page.locator("#notices", { hasText: "The browser deleted what this page had kept" }).waitFor();
  assert.equal((await get(tab, "/ten.txt")).text, "0123456789");
  await shot(page, "evicted-open");
  await until("the site to be written down again", async () => (await savedSites(page)).length === 1);
  await page.reload();
  await ready(page);
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  await context.close();
});

test("the tool's storage is deleted between two visits: it starts empty, and a site says what to do", async () => {
  const { context, page, tab, site } = await shop();
  await page.goto("about:blank");
  await evict(page, serve.tool);
  await page.goto(serve.tool);
  await ready(page);
  assert.equal(await page.locator("#tabs .tab").count(), 0);
  await shot(page, "evicted-between");
  const response = await tab.goto(site);
  assert.equal(response?.status(), 503);
  assert.match(await tab.content(), /not open there any more[\s\S]*the folder of this site if it is not there/);
  await shot(tab, "evicted-between-site");
  await drop(page, [join(folder, "shop")]);
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  await context.close();
});

test("a site's storage is deleted, its worker with it: the next load installs it again", async () => {
  const { context, page, tab, site } = await shop();
  for (const what of ["cache_storage", "indexeddb", "all"]) {
    await evict(tab, site, what);
    await tab.goto(`${site}ten.txt`).catch(() => {});
    await tab.goto(site);
    await tab.locator("h1", { hasText: "shop" }).waitFor();
    assert.ok(await stopWorkers(browser, site));
    assert.equal((await get(tab, `/ten.txt?${what}`)).text, "0123456789");
    await row(page, `/ten.txt?${what}`).waitFor();
  }
  await context.close();
});

test("the folder is deleted, or its drive unplugged, while it is open: the page says so, and it comes back", async () => {
  const path = join(folder, "drive");
  await write(path, { "index.html": "<h1>drive</h1>", "a.txt": "a" });
  const { context, page, tab } = await shop("drive");
  assert.equal((await get(tab, "/a.txt")).text, "a");
  await rename(path, join(folder, "unplugged"));
  for (const target of ["/a.txt", "/"]) {
    const { status, took } = await timed(tab, target);
    assert.equal(status, 404);
    assert.ok(took < 5000, `${took} ms`);
  }
  await page.locator("#notices", { hasText: "The folder drive is not where it was" }).waitFor();
  assert.match(await page.locator("#notices").innerText(), /Put it back, or drop it from where it is now/);
  await shot(page, "folder-gone");
  await rename(join(folder, "unplugged"), path);
  assert.equal((await get(tab, "/a.txt")).text, "a");
  await page.locator("#notices", { hasText: "not where it was" }).waitFor({ state: "hidden" });
  await rm(path, { recursive: true });
  assert.equal((await get(tab, "/a.txt")).status, 404);
  await mkdir(path);
  await write(path, { "index.html": "<h1>another</h1>" });
  await tab.reload();
  assert.equal(await tab.textContent("h1"), "another");
  await context.close();
});

// Chromium has no way for a test to revoke a folder's permission: its side is
// played here, in the page and in its worker.
const revoked = `
  FileSystemHandle.prototype.queryPermission = async () => "prompt";
  for (const name of ["getFile", "getFileHandle", "getDirectoryHandle"]) {
    for (const { prototype } of [FileSystemFileHandle, FileSystemDirectoryHandle]) {
      if (name in prototype) prototype[name] = async () => { throw new DOMException("not any more", "NotAllowedError"); };
    }
  }
  FileSystemDirectoryHandle.prototype.values = FileSystemDirectoryHandle.prototype.entries = () => { throw new DOMException("not any more", "NotAllowedError"); };`;

test("the permission is revoked while the folder is open: the page asks for it, nothing is lost", async () => {
  const { context, page, tab, site } = await shop();
  await get(tab, "/ten.txt");
  await page.evaluate(revoked);
  await until("the page's worker", () => page.workers().find((w) => w.url().endsWith("/folders.js"))).then((w) => w.evaluate(revoked));
  const { status, text, took } = await timed(tab, "/late.txt");
  assert.equal(status, 503);
  assert.match(text, /wants a click before it reads shop again/);
  assert.ok(took < 5000, `${took} ms`);
  await page.getByRole("button", { name: "Grant again" }).waitFor();
  await shot(page, "revoked");
  await page.reload(); // the permission is back
  assert.equal(await siteURL(page, "shop"), site);
  await until("the site", async () => (await get(tab, "/ten.txt")).text === "0123456789");
  await context.close();
});

test("a private window: a reload keeps the site, the end of the window nothing", async () => {
  const { context, page, tab, site } = await shop();
  await page.reload();
  await ready(page);
  assert.equal(await siteURL(page, "shop"), site);
  assert.equal((await get(tab, "/ten.txt")).text, "0123456789");
  await context.close();
  const { context: next, page: empty } = await openTool(browser, serve.tool);
  assert.equal(await empty.locator("#tabs .tab").count(), 0);
  const tab2 = await next.newPage();
  await tab2.goto(site);
  await tab2.waitForFunction(() => /This site is not being served now/.test(document.body.innerText));
  await shot(tab2, "private-site");
  await next.close();
});

test("two tabs of the tool: the last serves, the other says so and takes the site back", async () => {
  const { context, page: first, tab, site } = await shop();
  await row(first, "/").first().waitFor();
  const second = await context.newPage();
  await second.goto(serve.tool);
  await ready(second);
  assert.equal(await siteURL(second, "shop"), site, "a site of one tab is in the next");
  await first.getByText("another tab of Vitrine serves it").waitFor();
  assert.equal((await get(tab, "/ten.txt?second")).text, "0123456789");
  await row(second, "/ten.txt?second").waitFor();
  assert.equal(await row(first, "/ten.txt?second").count(), 0);
  await shot(first, "two-tabs");

  await first.getByRole("button", { name: "Serve it here" }).click();
  await second.getByText("another tab of Vitrine serves it").waitFor();
  await until("the first to serve", async () => {
    assert.equal((await get(tab, "/ten.txt?first")).text, "0123456789");
    return row(first, "/ten.txt?first").count();
  });
  assert.equal(await first.getByText("another tab of Vitrine serves it").count(), 0);

  // A worker that was stopped asks both: one has it, the other says so.
  await stopWorkers(browser, site);
  const { status, took } = await timed(tab, "/ten.txt?stopped");
  assert.equal(status, 200);
  assert.ok(took < 5000, `${took} ms`);
  await until("one of them to serve", async () => (await first.getByText("another tab of Vitrine serves it").count()) + (await second.getByText("another tab of Vitrine serves it").count()) === 1);

  // The one that serves is closed.
  await second.bringToFront();
  const here = second.getByRole("button", { name: "Serve it here" });
  if (await here.count()) await here.click();
  await first.getByText("another tab of Vitrine serves it").waitFor();
  await second.close();
  assert.equal((await get(tab, "/ten.txt?alone")).text, "0123456789");
  await row(first, "/ten.txt?alone").waitFor();
  assert.equal(await first.getByText("another tab of Vitrine serves it").count(), 0);

  // A folder opened in one is there in another after a reload, and a site that is removed is gone.
  const third = await context.newPage();
  await third.goto(serve.tool);
  await ready(third);
  await write(join(folder, "more"), { "index.html": "<h1>more</h1>" });
  await drop(first, [join(folder, "more")], BAR);
  await siteURL(first, "more");
  await until("both to be written down", async () => (await savedSites(first)).length === 2);
  await third.reload();
  await ready(third);
  await siteURL(third, "more");
  await context.close();
});

test("a second tab of the tool that may not read the folder leaves it to the first", async () => {
  const { context, page: first, tab, site } = await shop();
  const second = await context.newPage();
  await second.addInitScript('FileSystemHandle.prototype.queryPermission = async () => "prompt"');
  await second.goto(serve.tool);
  await ready(second);
  await second.getByRole("button", { name: "Grant again" }).waitFor();
  await siteURL(second, "shop");
  await second.getByText("worker serves for another tab").waitFor();
  for (const path of ["/ten.txt?1", "/ten.txt?2"]) {
    assert.equal((await get(tab, path)).text, "0123456789");
    await row(first, path).waitFor();
    await stopWorkers(browser, site); // it asks both tabs
  }

  // The first goes without a word. Its worker may still think that it is there.
  assert.equal((await get(tab, "/ten.txt?4")).text, "0123456789");
  const devtools = await context.newCDPSession(first);
  devtools.send("Page.crash").catch(() => {});
  await wait(500);
  const { status, text, took } = await timed(tab, "/late.txt");
  assert.equal(status, 503);
  assert.match(text, /wants a click before it reads shop again/);
  assert.ok(took < 15_000, `${took} ms`);
  await context.close();
});

test("the page's own worker dies, or its program does: the site's worker serves", async () => {
  for (const [how, fault] of [
    ["dies", "self.close()"],
    ["program", "program.then((program) => program.open())"],
  ]) {
    const { context, page, tab } = await shop();
    await get(tab, "/ten.txt");
    const worker = await until("the page's worker", () => page.workers().find((w) => w.url().endsWith("/folders.js")));
    await worker.evaluate(fault).catch(() => {});
    for (const path of [`/ten.txt?${how}`, `/ten.txt?${how}2`]) {
      const { status, text, took } = await timed(tab, path);
      assert.deepEqual([status, text], [200, "0123456789"], how);
      assert.ok(took < 5000, `${how}: ${took} ms`);
      await row(page, path).waitFor();
    }
    await context.close();
  }
});

test("a page's own worker that is newer than the page leaves the folder to the page", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await context.route("**/contract.js", async (route) => {
    if (new URL(route.request().url()).hostname !== "vitrine.localhost") return route.continue();
    const script = await readFile(new URL("../contract.js", import.meta.url), "utf8");
    return route.fulfill({ contentType: "text/javascript", body: script.replace(/portVersion: \d+/, "portVersion: 999") });
  });
  await drop(page, [join(folder, "shop")]);
  const tab = await openTab(context, await siteURL(page, "shop"));
  assert.equal((await get(tab, "/ten.txt?old")).text, "0123456789");
  await row(page, "/ten.txt?old").waitFor();
  await until("the worker to be closed", () => page.workers().every((w) => !w.url().endsWith("/folders.js")));
  await context.close();
});
