// @ts-check
// What the app's server tells a browser, seen from a browser: which name the
// tool is under, who may frame it, what cookies cannot do, and how a site's
// storage is removed.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { get, newFolder, openTab, openTool, ready, siteURL, until, write } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await newFolder();
  await write(join(folder, "shop"), { "index.html": "<!DOCTYPE html><h1>shop</h1>", "a.txt": "a" });
  await write(join(folder, "evil"), { "index.html": "<!DOCTYPE html><h1>evil</h1>" });
  serve = await startServe(folder);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Two sites, each in a tab of its own. */
async function twoSites() {
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "shop"), join(folder, "evil")]);
  const urls = { shop: await siteURL(page, "shop"), evil: await siteURL(page, "evil") };
  return { context, page, urls, shop: await openTab(context, urls.shop), evil: await openTab(context, urls.evil) };
}

test("localhost leads to the tool's own host, and one-origin stays", async () => {
  const { context, page } = await openTool(browser, serve.tool.replace("vitrine.localhost", "localhost"));
  assert.equal(page.url(), serve.tool);
  const stays = `${serve.tool.replace("vitrine.localhost", "localhost")}?one-origin`;
  await page.goto(stays);
  await ready(page);
  assert.equal(page.url(), stays);
  await context.close();
});

test("a site frames neither the tool nor another site's bridge; the tool frames both preview and bridge", async () => {
  const { context, page, urls, evil } = await twoSites();
  const framed = (/** @type {string} */ url) =>
    evil.evaluate(async (url) => {
      const frame = document.createElement("iframe");
      frame.src = url;
      await new Promise((resolve) => ((frame.onload = resolve), document.body.append(frame)));
    }, url);
  for (const url of [serve.tool, `${urls.shop}.vitrine/bridge.html`, `${urls.shop}.vitrine/index.html`]) await framed(url);
  const shown = () => evil.frames().slice(1).map((f) => f.url());
  await until("all frames to be told of", () => shown().every(Boolean)); // which may be after they were loaded
  assert.deepEqual(shown(), Array(3).fill("chrome-error://chromewebdata/"));
  await until("preview and bridge", () => page.frames().filter((f) => f.url().startsWith(urls.shop) || f.url().startsWith(urls.evil)).length >= 3);
  assert.ok(!page.frames().some((f) => f.url().startsWith("chrome-error:")));
  await context.close();
});

test("an endless loop in a site does not stop the tool", async () => {
  await write(join(folder, "loop"), { "index.html": "<!DOCTYPE html><h1>loop</h1><script>setTimeout(() => { for (;;); }, 1000)</script>" });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "loop")]);
  const site = await siteURL(page, "loop");
  const preview = await until("the preview", () => page.frames().find((f) => f.url() === site));
  await preview.waitForSelector("h1");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const stuck = new Promise((resolve) => setTimeout(() => resolve("stuck"), 10_000));
  assert.equal(await Promise.race([page.evaluate(() => document.title), stuck]), "Vitrine");
  await page.close();
  await context.close();
});

test("cookies of a site for the whole domain lock nothing out, and the tool has them dropped", async () => {
  const { context, page, urls, evil } = await twoSites();
  const cookies = async () => (await context.cookies([serve.tool])).length;
  await evil.evaluate(() => {
    for (let i = 0; i < 180; i++) document.cookie = `b${i}=${"x".repeat(4000)}; domain=vitrine.localhost; path=/; max-age=31536000`;
    document.cookie = `__Secure-b=1; secure; domain=vitrine.localhost; path=/; max-age=31536000`;
    document.cookie = `secure=1; secure; domain=vitrine.localhost; path=/; max-age=31536000`;
    document.cookie = `alone; domain=vitrine.localhost; path=/; max-age=31536000`;
    return document.cookie.length; // read behind all that was set
  });
  await until("the browser to have them", async () => (await cookies()) > 100);
  const bridge = await fetchInside(evil, `${urls.evil}.vitrine/bridge.html`);
  assert.equal(bridge, 200);
  const response = await page.reload();
  assert.equal(response?.status(), 200);
  await ready(page);
  await until("the browser to have dropped them", async () => (await cookies()) === 0);
  await context.close();
});

/** @param {import("playwright-core").Page} tab @param {string} url */
const fetchInside = (tab, url) => tab.evaluate(async (url) => (await fetch(url)).status, url);

test("a site's storage is removed, and that of another is not", async () => {
  const { context, urls, shop, evil } = await twoSites();
  for (const tab of [shop, evil]) {
    await tab.evaluate(async () => {
      localStorage.setItem("kept", "1");
      document.cookie = "kept=1; path=/; max-age=31536000";
      await (await caches.open("kept")).put("/kept", new Response("kept"));
      await new Promise((resolve) => (indexedDB.open("kept", 1).onsuccess = resolve));
    });
  }
  const stored = (/** @type {import("playwright-core").Page} */ tab) =>
    tab.evaluate(async () => [localStorage.length, (await caches.keys()).includes("kept"), (await indexedDB.databases()).length > 0, document.cookie]);
  // Another site cannot ask for it.
  const foreign = await evil.evaluate((url) => fetch(url, { method: "POST", mode: "no-cors" }).then(String, String), `${urls.shop}.vitrine/forget`);
  assert.match(foreign, /Failed to fetch/, "not even the response is read");
  assert.deepEqual(await stored(shop), [1, true, true, "kept=1"]);
  const begin = Date.now();
  const response = await get(shop, "/.vitrine/forget", { method: "POST" });
  assert.equal(response.status, 204);
  console.log(`# forget took ${Date.now() - begin} ms`);
  await until("the storage to be empty", async () => (await stored(shop)).every((v) => !v));
  assert.equal(await shop.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  assert.deepEqual(await stored(evil), [1, true, true, "kept=1"]);
  await context.close();
});
