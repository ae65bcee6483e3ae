// @ts-check
// The tool without its host, after one visit: it opens, and its sites are
// served. What it opens with is of one build, and a newer one replaces it as a
// whole.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { fileURLToPath } from "node:url";
import { get, newFolder, openTab, openTool, ready, siteURL, stopWorkers, until, write } from "./engine.mjs";
import { drop, startChromium, startProfile, startServe } from "./harness.mjs";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html;charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };
const SERVICE_WORKERS = ["sw.js", "tool.js"];

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await newFolder();
  browser = await startChromium();
  await write(join(folder, "shop"), { "index.html": "<h1>shop</h1>", "ten.txt": "0123456789" });
  await write(join(folder, "later"), { "index.html": "<h1>later</h1>" });
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is kept on the origin of a page, by its URL. @param {import("playwright-core").Page | import("playwright-core").Frame} page */
const kept = (page) =>
  page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
    return urls.sort();
  });

/** Waits until the tool can do without its host. @param {import("playwright-core").Page} page */
const canGo = async (page) => {
  const files = (await readdir(DIST)).length - SERVICE_WORKERS.length;
  await until("all files to be kept", async () => (await kept(page)).length === files);
  await until("their worker", () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated"));
};

/** The builds that a page and its style sheet are of. @param {import("playwright-core").Page} page */
const builds = (page) =>
  page.evaluate(() => [
    document.querySelector('meta[name="vitrine-build"]')?.getAttribute("content"),
    getComputedStyle(document.documentElement).getPropertyValue("--build"),
  ]);

/** Another build of the same sources: its style sheet and pages name it. @param {string} dist @param {string} build */
async function rebuild(dist, build) {
  await writeFile(join(dist, "style.css"), `${await readFile(join(DIST, "style.css"))}\n:root { --build: ${build}; }\n`);
  const names = await readdir(dist);
  for (const name of ["index.html", "bridge.html", ...SERVICE_WORKERS]) {
    const text = await readFile(join(DIST, name), "utf8");
    await writeFile(join(dist, name), text.replace(/(name="vitrine-build" content="|const BUILD = "|CACHES\}|CACHES \+ ")[0-9a-f]{16}/, `$1${build}`));
  }
  const sums = await Promise.all(names.filter((name) => !SERVICE_WORKERS.includes(name)).map(async (name) => [name, createHash("sha256").update(await readFile(join(dist, name))).digest("hex")]));
  const files = `const FILES = Object.freeze(${JSON.stringify(Object.fromEntries(sums))});`;
  for (const name of SERVICE_WORKERS) {
    const text = await readFile(join(dist, name), "utf8");
    await writeFile(join(dist, name), text.replace(/const FILES = Object\.freeze\(\{[^}]*\}\);/, () => files));
  }
}

/** A host of the tool that can fall silent. @param {string} dist */
async function startHost(dist) {
  let silent = false;
  const server = createServer(async (request, response) => {
    if (silent) return;
    const { hostname, pathname } = new URL(request.url ?? "/", `http://${request.headers.host}`);
    let name = pathname === "/" ? "index.html" : pathname.slice(1);
    if (hostname !== "vitrine.localhost") name = pathname.startsWith("/.vitrine/") ? pathname.slice("/.vitrine/".length) : "boot-site.html";
    const content = await readFile(join(dist, name)).catch(() => undefined);
    response.statusCode = content ? 200 : 404;
    response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
    response.setHeader("Service-Worker-Allowed", "/");
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(0)));
  return {
    tool: `http://vitrine.localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`,
    silence: () => void (silent = true),
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

test("with serve stopped the tool opens, and a folder of before is served", async () => {
  const serve = await startServe(folder);
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  const tab = await openTab(context, site);
  await canGo(page);
  const bridge = await until("the bridge", () => page.frames().find((f) => f.url().startsWith(site) && f.url().includes("/.vitrine/")));
  await until("the bridge to be kept", async () => (await kept(bridge)).includes("/.vitrine/bridge.js"));
  assert.deepEqual(await kept(bridge), ["bridge.html", "bridge.js", "contract.js", "refresh.js", "sw.wasm", "unasked.js"].map((name) => `/.vitrine/${name}`));
  await serve.stop();

  await page.reload();
  await ready(page);
  assert.equal(await siteURL(page, "shop"), site);
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  assert.ok(await stopWorkers(browser, site), "the worker was stopped");
  assert.deepEqual([(await get(tab, "/ten.txt?without")).text], ["0123456789"]);
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/ten.txt?without"])').waitFor();
  assert.ok(page.workers().some((w) => w.url().endsWith("/folders.js")), "the page's own worker is there, too");

  // The origin of a new site has nothing yet.
  await drop(page, [join(folder, "later")], { x: 700, y: 20 }); // not on the preview
  await page.locator("#overlay", { hasText: "comes from this page’s host, which does not respond now" }).waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/no-host.png` });
  await page.locator("#tabs .tab").filter({ hasText: /shop/ }).click();
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
  await context.close();
});

test("with the static host of a shared origin gone the tool opens, and a folder is served", async () => {
  await cp(DIST, join(folder, "host/below"), { recursive: true });
  const serve = await startServe(join(folder, "host"));
  const tool = `${serve.native}below/`;
  const { context, page } = await openTool(browser, tool);
  await canGo(page);
  await serve.stop();
  await page.reload();
  await ready(page);
  await drop(page, [join(folder, "shop")]);
  const tab = await openTab(context, await siteURL(page, "shop"));
  assert.equal((await get(tab, "/ten.txt")).text, "0123456789");
  // What is kept there can be rewritten by scripts of a site: that is not opened.
  await tab.evaluate(async (url) => {
    for (const name of await caches.keys()) await (await caches.open(name)).put(url, new Response("<h1>mine"));
  }, `${tool}?one-origin`);
  await assert.rejects(page.reload());
  await context.close();
});

test("a newer build is taken at the next load, as a whole, and is what is kept", async () => {
  const dist = join(folder, "dist");
  await cp(DIST, dist, { recursive: true });
  await rebuild(dist, "1111111111111111");
  const host = await startHost(dist);
  const { context, page } = await openTool(browser, host.tool);
  await canGo(page);
  const names = () => page.evaluate(() => caches.keys());
  const [before] = await names();
  assert.match(before, / 1{16}$/);
  await rebuild(dist, "2222222222222222");
  await page.reload();
  await ready(page);
  assert.deepEqual(await builds(page), ["2".repeat(16), "2".repeat(16)]);
  await until("the newer one to be kept alone", async () => (await names()).join() === before.replace(/1{16}$/, "2".repeat(16)));
  await canGo(page);

  // A host that is there but says nothing is waited for, not long.
  host.silence();
  const begun = Date.now();
  await page.reload();
  await ready(page);
  assert.ok(Date.now() - begun < 15_000, `took ${Date.now() - begun} ms`);
  assert.deepEqual(await builds(page), ["2".repeat(16), "2".repeat(16)]);
  await host.stop();
  await page.reload();
  await ready(page);
  assert.deepEqual(await builds(page), ["2".repeat(16), "2".repeat(16)]);
  await context.close();
});

test("what the browser deleted is kept again at the next load", async () => {
  const serve = await startServe(folder);
  const { context, page } = await openTool(browser, serve.tool);
  await canGo(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await page.reload();
  await ready(page);
  await canGo(page);
  await serve.stop();
  await page.reload();
  await ready(page);
  await context.close();
});

test("a site whose program was deleted while its host says nothing: a page says why, in time", async () => {
  const host = await startHost(DIST);
  const { context, page } = await openTool(browser, host.tool);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  const tab = await openTab(context, site);
  host.silence();
  await until("the page's worker", () => page.workers().find((w) => w.url().endsWith("/folders.js"))).then((w) => w.evaluate("self.close()").catch(() => {}));
  await tab.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await stopWorkers(browser, site);
  const begun = Date.now();
  const response = await tab.goto(`${site}ten.txt`);
  assert.equal(response?.status(), 504);
  assert.match(await tab.content(), /did not come from .* within 20 seconds/);
  assert.ok(Date.now() - begun < 28_000, `took ${Date.now() - begun} ms`);
  if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/no-program.png` });
  await context.close();
  await host.stop();
});

test("Chromium finds nothing that keeps it from being installed", async () => {
  const serve = await startServe(folder);
  const context = await startProfile(join(folder, "profile")); // nothing is installed from a private window
  const page = await context.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await canGo(page);
  const devtools = await context.newCDPSession(page);
  const { errors, url, data } = await devtools.send("Page.getAppManifest");
  assert.deepEqual([url, errors], [`${serve.tool}manifest.webmanifest`, []]);
  const manifest = JSON.parse(data ?? "");
  assert.deepEqual([manifest.display, new URL(manifest.start_url, url).href], ["standalone", serve.tool]);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  assert.equal((await get(page, "manifest.webmanifest")).fields["content-type"], "application/manifest+json");
  await context.close();
  await serve.stop();
});
