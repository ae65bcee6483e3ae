// @ts-check
// The engine on a plain static host with one origin: sites below a path,
// fetches told apart by who makes them.
import assert from "node:assert/strict";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { fileURLToPath } from "node:url";
import { get, newFolder, openTab, openTool, ready, siteURL, stopWorkers, until, write } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;
/** The tool at the root of an origin, and below a path. @type {{root: string, below: string}} */
let tool;
/** Its page is opened with this query, or `serve` leads to vitrine.localhost. */
const PAGE = "?one-origin";

before(async () => {
  folder = await newFolder();
  await cp(DIST, join(folder, "host/tools/vitrine"), { recursive: true });
  serve = await startServe(join(folder, "host"));
  tool = { root: `http://localhost:${new URL(serve.tool).port}/`, below: `${serve.native}tools/vitrine/` };
  browser = await startChromium();
  await write(join(folder, "shop"), {
    "index.html": `<!DOCTYPE html><link rel="stylesheet" href="/css/site.css"><script type="module" src="/js/main.js"></script>
<h1>shop</h1><img src="/img/dot.svg"><a id="root" href="/docs/a.html">docs</a><a id="relative" href="docs">docs</a>`,
    "css/site.css": "@import url(/css/more.css); h1 { color: rgb(1, 2, 3) }",
    "css/more.css": "h1 { background: rgb(4, 5, 6) }",
    "js/main.js": `import { word } from "/js/word.js"; document.body.dataset.word = word;`,
    "js/word.js": `export const word = "works";`,
    "js/worker.js": `onmessage = async (e) => postMessage(await (await fetch(e.data)).text());`,
    "img/dot.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"></svg>`,
    "docs/a.html": "<h1>docs</h1>",
    "ten.txt": "0123456789",
    "page.wasm": "the shop's own",
  });
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @param {string} url */
async function shop(url) {
  const opened = await openTool(browser, url + PAGE);
  await drop(opened.page, [join(folder, "shop")]);
  const site = await siteURL(opened.page, "shop");
  await until("the worker", () => opened.page.evaluate(() => navigator.serviceWorker.controller?.state === "activated"));
  return { ...opened, site, tab: await openTab(opened.context, site) };
}

for (const at of /** @type {const} */ (["root", "below"])) {
  test(`a site with root-relative links works, the tool at the ${at === "root" ? "root" : "path"}`, async () => {
    const { context, page, tab, site } = await shop(tool[at]);
    assert.ok(site.startsWith(`${tool[at]}s/shop-`), site);
    await tab.waitForFunction(() => document.body.dataset.word === "works");
    const look = await tab.evaluate(() => {
      const style = getComputedStyle(/** @type {Element} */ (document.querySelector("h1")));
      return [style.color, style.backgroundColor, /** @type {HTMLImageElement} */ (document.querySelector("img")).naturalWidth];
    });
    assert.deepEqual(look, ["rgb(1, 2, 3)", "rgb(4, 5, 6)", 7]);
    assert.equal((await get(tab, "/ten.txt")).text, "0123456789");
    assert.equal((await get(tab, "/page.wasm")).text, "the shop's own", "a name that the tool has, too");
    assert.equal((await get(tab, "/nothing")).status, 404);
    assert.equal((await get(tab, "/docs")).url, `${site}docs/`);
    await tab.click("#relative");
    await tab.waitForURL(`${site}docs/`);
    assert.match(await tab.content(), /a\.html/);
    assert.notEqual((await get(page, "page.wasm")).text, "the shop's own", "the tool keeps its own files");
    await context.close();
  });
}

test("a link to the root of the origin stays in the site", async () => {
  const { context, tab, site } = await shop(tool.root);
  await tab.click("#root");
  await tab.waitForURL(`${site}docs/a.html`);
  assert.equal(await tab.textContent("h1"), "docs");
  await context.close();
});

test("workers and srcdoc frames of a site are the site's, even after the service worker was stopped", async () => {
  const { context, tab } = await shop(tool.root);
  await tab.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.worker = new Worker("/js/worker.js");
    w.ask = (/** @type {string} */ url) => new Promise((resolve) => ((w.worker.onmessage = (/** @type {MessageEvent} */ e) => resolve(e.data)), w.worker.postMessage(url)));
  });
  const ask = () => tab.evaluate(() => /** @type {any} */ (window).ask("/ten.txt"));
  assert.equal(await ask(), "0123456789");
  assert.ok(await stopWorkers(browser, tool.root));
  assert.equal(await ask(), "0123456789", "the client map outlives the worker");
  const inFrame = await tab.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<p>";
    await new Promise((resolve) => ((frame.onload = resolve), document.body.append(frame)));
    return /** @type {any} */ (frame.contentWindow).fetch("/ten.txt").then((/** @type {Response} */ r) => r.text());
  });
  assert.equal(inFrame, "0123456789");
  await context.close();
});

test("folders dropped together are one site; a stopped worker; a reload forgets it", async () => {
  await write(join(folder, "left"), { "name.txt": "left" });
  await write(join(folder, "right"), { "name.txt": "right" });
  const { context, page } = await openTool(browser, tool.below);
  await drop(page, [join(folder, "left"), join(folder, "right")]);
  const site = await siteURL(page, "left-and-1-more");
  await until("the worker", () => page.evaluate(() => navigator.serviceWorker.controller?.state === "activated"));
  const tab = await openTab(context, site);
  const names = async () => [(await get(tab, "/left/name.txt")).text, (await get(tab, "/right/name.txt")).text];
  assert.deepEqual(await names(), ["left", "right"]);
  assert.ok(await stopWorkers(browser, tool.below));
  assert.deepEqual(await names(), ["left", "right"]);
  assert.match(await page.evaluate(() => document.body.innerText), /one origin/i, "the page says that the site shares its origin");
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("#tabs .tab").count(), 0);
  const r = await get(tab, "/left/name.txt");
  assert.equal(r.status, 503);
  assert.match(r.text, new RegExp(`href="${tool.below}\\?one-origin"`));
  await context.close();
});

test("a program that is not this build's is not installed", async () => {
  const path = join(folder, "host/cut");
  await cp(DIST, path, { recursive: true });
  const program = await readFile(join(path, "sw.wasm"));
  await writeFile(join(path, "sw.wasm"), program.subarray(0, 1000));
  const { context, page } = await openTool(browser, `${serve.native}cut/`);
  await drop(page, [join(folder, "shop")]);
  await page.locator("#overlay", { hasText: "could not be installed" }).waitFor();
  await context.close();
});

test("a program that does not start is a page that says why, and is tried again", async () => {
  const path = join(folder, "host/broken");
  await cp(DIST, path, { recursive: true });
  await rm(join(path, "folders.js")); // or the page's worker would respond
  const { context, page } = await openTool(browser, `${serve.native}broken/`);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  await until("the worker", () => page.evaluate(() => navigator.serviceWorker.controller?.state === "activated"));
  const tab = await openTab(context, site);
  const program = await readFile(join(path, "sw.wasm"));
  await writeFile(join(path, "sw.wasm"), program.subarray(0, 1000));
  await tab.evaluate(async () => {
    for (const name of await caches.keys()) if (name.includes("/broken/")) await caches.delete(name);
  });
  assert.ok(await stopWorkers(browser, `${serve.native}broken/`));
  const response = await tab.goto(site);
  assert.equal(response?.status(), 500);
  assert.match(await tab.content(), /The server could not respond[\s\S]*not the program that this service worker was built with/);
  await writeFile(join(path, "sw.wasm"), program);
  await tab.reload();
  await tab.waitForFunction(() => document.querySelector("h1")?.textContent === "shop");
  await context.close();
});

test("a new build takes over at the next load of the page", async () => {
  const path = join(folder, "host/renewed");
  await cp(DIST, path, { recursive: true });
  const { context, page } = await openTool(browser, `${serve.native}renewed/`);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  await until("the worker", () => page.evaluate(() => navigator.serviceWorker.controller?.state === "activated"));
  const tab = await openTab(context, site);
  const builds = () => tab.evaluate(async () => (await caches.keys()).filter((name) => name.includes("/renewed/")));
  const [before] = await builds();
  const script = await readFile(join(path, "sw.js"), "utf8");
  await writeFile(join(path, "sw.js"), script.replace(/const BUILD = "[^"]*"/, `const BUILD = "another"`));
  await page.reload();
  await until("the new worker's cache alone", async () => {
    const names = await builds();
    return names.length === 1 && names[0] !== before && names[0].endsWith(" another");
  });
  await drop(page, [join(folder, "shop")]);
  const again = await openTab(context, await siteURL(page, "shop"));
  assert.equal((await get(again, "/ten.txt")).text, "0123456789");
  await context.close();
});
