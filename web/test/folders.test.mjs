// @ts-check
// The page's own worker: it watches folders, and serves what the workers of
// sites relay, above all when these were just started. Where it cannot, the
// program of the site's worker does, and nobody notices.
import assert from "node:assert/strict";
import { link, mkdir, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, siteURL, stopWorkers, until } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

const OLD = new Date(Date.now() - 60_000);
const QUIET = 2300; // after which a watch is a proof

/** @param {string} name @param {string} text */
async function write(name, text, time = OLD) {
  await writeFile(join(folder, "site", name), text);
  await utimes(join(folder, "site", name), time, time);
}

setUp(async () => {
  await mkdir(join(folder, "site", "sub"), { recursive: true });
  await write("index.html", "<h1>Folders</h1>");
  await write("a.txt", "the first content");
  await write("sub/b.txt", "below");
  await write("sub/COM1.txt", "a name that handles hide");
});

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The tool with the folder open, and a tab of the site. @param {(context: import("playwright-core").BrowserContext) => Promise<unknown>} [prepare] */
async function openSite(prepare) {
  const { context, page } = await openTool(browser, serve.tool);
  await prepare?.(context);
  await drop(page, [join(folder, "site")]);
  const url = await siteURL(page, "site");
  const tab = await openTab(context, url);
  return { context, page, tab, url };
}

/**
 * Whether the program of a site's worker runs, and whether the page's worker
 * is asked.
 * @param {import("playwright-core").BrowserContext} context @param {string} url
 */
async function stateOf(context, url) {
  const worker = await until("the worker", () => context.serviceWorkers().filter((w) => w.url().startsWith(url)).pop());
  return worker.evaluate(`({ runs: running !== undefined, relays: [...sites.values()].some((site) => site.relay.channel) })`);
}

/** The exchange with this target that came last, as the page shows it. @param {import("playwright-core").Page} page @param {string} target */
async function exchange(page, target) {
  const row = page.locator("#tbody tr[id^=r]").filter({ has: page.locator(`.t[title="${target}"]`) }).last();
  await row.dispatchEvent("click"); // to click takes seconds in a page that is not in front
  return (await page.locator("#xbody").textContent()) ?? "";
}

test("a worker that was just started responds without its program", async () => {
  const { context, page, tab, url } = await openSite();
  await get(tab, `${url}a.txt?before`);
  assert.ok((await stopWorkers(browser, url)) > 0, "the worker was stopped");
  const got = await get(tab, `${url}sub/b.txt?cold`);
  assert.deepEqual([got.status, got.text, got.fields["content-type"]], [200, "below", "text/plain"]);
  assert.match(await exchange(page, "/sub/b.txt?cold"), /GET \/sub\/b\.txt\?cold HTTP\/1\.1/);
  assert.deepEqual(await stateOf(context, url), { runs: false, relays: true });

  // Not found, the directory without its slash, HEAD: all decided by the core.
  assert.equal((await get(tab, `${url}none`)).status, 404);
  assert.equal((await get(tab, `${url}sub`)).url, `${url}sub/`);
  const head = await get(tab, `${url}a.txt`, { method: "HEAD" });
  assert.deepEqual([head.status, head.text, head.fields["content-length"]], [200, "", "17"]);
  await context.close();
});

test("what the page's worker leaves aside, the program of the site's worker does", async () => {
  const { context, page, tab, url } = await openSite();
  assert.equal((await get(tab, `${url}a.txt`, { method: "POST", body: "x" })).status, 501);
  const hidden = await get(tab, `${url}sub/COM1.txt`);
  assert.deepEqual([hidden.status, hidden.text], [200, "a name that handles hide"]);
  assert.match((await get(tab, `${url}sub/`)).text, /b\.txt[\s\S]*COM1\.txt/);
  assert.deepEqual(await stateOf(context, url), { runs: true, relays: true });
  await until("all four in the log", async () => (await page.locator("#tbody tr[id^=r]").filter({ hasText: "/sub/COM1.txt" }).count()) === 1);
  await context.close();
});

test("without the page's worker all is as before", async () => {
  const { context, page, tab, url } = await openSite((context) => context.route("**/folders.js", (route) => route.abort()));
  const got = await get(tab, `${url}a.txt?alone`);
  assert.deepEqual([got.status, got.text], [200, "the first content"]);
  assert.match(await exchange(page, "/a.txt?alone"), /200 OK/);
  assert.deepEqual(await stateOf(context, url), { runs: true, relays: false });
  await context.close();
});

test("a page's worker that falls silent is not waited for long, nor asked again", async () => {
  const { context, page, tab, url } = await openSite();
  await get(tab, `${url}a.txt?warm`);
  const worker = page.workers().find((w) => w.url().endsWith("/folders.js"));
  assert.ok(worker, "the page's worker");
  worker.evaluate("for (const end = Date.now() + 8000; Date.now() < end; );").catch(() => {});
  await wait(500);
  const begun = Date.now();
  const got = await get(tab, `${url}sub/b.txt?silent`);
  const took = Date.now() - begun;
  assert.deepEqual([got.status, got.text], [200, "below"]);
  assert.ok(took > 1500 && took < 5000, `took ${took} ms`);
  const again = Date.now();
  assert.equal((await get(tab, `${url}sub/b.txt?silent2`)).text, "below");
  assert.ok(Date.now() - again < 1500, "the second at once");
  await context.close();
});

test("a watched folder: from memory after a quiet time, and no change goes unnoticed", async () => {
  const { context, page, tab, url } = await openSite();
  await get(tab, `${url}a.txt`);
  await until("the watch is the proof", async () => {
    await wait(QUIET);
    await get(tab, `${url}a.txt`); // who watches was not heard of for long, and is asked
    await wait(50);
    await get(tab, `${url}a.txt?watched`);
    return /watches the folder/.test(await exchange(page, "/a.txt?watched"));
  }, 90_000); // it is begun after 20 s, and takes some
  await get(tab, `${url}a.txt`);
  const worker = await until("the worker", () => context.serviceWorkers().filter((w) => w.url().startsWith(url)).pop());
  const inMemory = () => worker.evaluate("[...sites.values()].reduce((sum, site) => sum + site.repeater.responses.memory, 0)");
  assert.ok(Number(await inMemory()) >= 17, "content is in memory");

  const path = join(folder, "site", "a.txt");
  /** @type {[string, () => Promise<unknown>, string][]} */
  const changes = [
    ["edited under the same time and length", () => write("a.txt", "THE FIRST CONTENT"), "THE FIRST CONTENT"],
    ["replaced", async () => (await write("new.txt", "replaced", new Date(OLD.getTime() + 9)), rename(join(folder, "site", "new.txt"), path)), "replaced"],
    ["edited", () => write("a.txt", "the first content", new Date(OLD.getTime() + 20)), "the first content"],
  ];
  for (const [title, change, want] of changes) {
    await get(tab, `${url}a.txt`);
    await wait(QUIET);
    await get(tab, `${url}a.txt`);
    await wait(50);
    assert.ok(Number(await inMemory()) > 0, `${title}: in memory before`);
    await change();
    await wait(30); // the browser tells within a millisecond, the machine may be busy
    assert.equal((await get(tab, `${url}a.txt`)).text, want, title);
  }

  // Only what is of the changed file is forgotten, and a file that has another
  // name is read before the watch is its proof again.
  const kept = async () => JSON.parse(String(await worker.evaluate("JSON.stringify([...sites.values()].flatMap((site) => [...site.repeater.responses.kept.values()].map(({ name, sure }) => [name, sure])))")));
  await link(path, join(folder, "site", "sub", "linked.txt"));
  await wait(QUIET);
  for (const name of ["a.txt", "sub/b.txt", "sub/linked.txt", "index.html"]) await get(tab, `${url}${name}`);
  await write("a.txt", "through the other name", new Date(OLD.getTime() + 30));
  await wait(30);
  assert.deepEqual((await kept()).sort(), [["index.html", false], ["sub/b.txt", false], ["sub/linked.txt", false]]);
  assert.equal((await get(tab, `${url}sub/linked.txt`)).text, "through the other name");
  await get(tab, `${url}sub/b.txt`);
  assert.deepEqual((await kept()).find((/** @type {[string, boolean]} */ [name]) => name === "sub/b.txt"), ["sub/b.txt", true]);
  await rename(join(folder, "site", "sub"), join(folder, "site", "elsewhere"));
  await wait(30);
  assert.equal((await get(tab, `${url}sub/b.txt`)).status, 404);
  await context.close();
});
