// @ts-check
// Sites that attack the tool they are previewed by (SECURITY.md), dropped on
// the real page in a real Chromium. Beside each lies a site that has nothing
// to do with it, and must not notice.
import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { fileURLToPath } from "node:url";
import { clickInside, get, openTab, openTool, ready, siteURL, stopWorkers, until, write } from "./engine.mjs";
import { drop, startServe } from "./harness.mjs";
import { MESSAGES } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

const SITES = fileURLToPath(new URL("hostile", import.meta.url));

/** @typedef {import("playwright-core").Page} Page */

setUp(async () => {
  await cp(SITES, folder, { recursive: true });
  // What is of another version is never read: the attacks would try nothing.
  assert.match(await readFile(join(SITES, "talk.js"), "utf8"), new RegExp(`MESSAGES = ${MESSAGES};`));
  for (const site of ["bigint", "leave", "forge", "flood"]) await cp(join(SITES, "talk.js"), join(folder, site, "talk.js"));
  await write(join(folder, "victim"), { "index.html": "<h1>victim", "secret.txt": "secret" });
});

/**
 * The tool with the victim and a hostile site in it, that one in front.
 * @param {string} name @param {string} [tool]
 */
async function attacked(name, tool = serve.tool) {
  const opened = await openTool(browser, tool);
  /** @type {string[]} */
  const faults = [];
  opened.page.on("console", (m) => /panic|fatal error/.test(m.text()) && faults.push(m.text()));
  await drop(opened.page, [join(folder, "victim")]);
  const victim = await siteURL(opened.page, "victim");
  await drop(opened.page, [join(folder, name)]);
  const site = await siteURL(opened.page, name);
  return { ...opened, victim, site, faults };
}

/** The preview of the site in front. @param {Page} page @param {string} site */
const preview = (page, site) => until("the preview", () => page.frames().find((f) => f.url().startsWith(site) && !f.url().includes("/.vitrine/")));

/** Waits for what the script of a site puts into its title. @param {Page} page @param {string} site @param {RegExp} title */
async function titled(page, site, title) {
  const frame = await preview(page, site);
  return until(`the title ${title}`, async () => {
    const is = await frame.title().catch(() => "");
    return title.test(is) && is;
  });
}

/**
 * The tool does its work: the page obeys, and the victim is served.
 * @param {Awaited<ReturnType<typeof attacked>>} on
 */
async function goesOn({ context, page, victim, faults }) {
  assert.equal(await page.evaluate(() => document.body.dataset.view), "work");
  const tab = await openTab(context, victim);
  assert.equal((await get(tab, "/secret.txt")).text, "secret");
  await tab.close();
  await page.locator("#tabs .tab").filter({ hasText: /^victim/ }).click();
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/secret.txt"])').first().waitFor();
  assert.deepEqual(faults, []);
}

test("finding 1: BigInts at every door stop nothing", async () => {
  const on = await attacked("bigint");
  await titled(on.page, on.site, /^sent$/);
  await goesOn(on);
  await on.context.close();
});

test("finding 1: what was being loaded when the page stopped is not loaded again by itself", async () => {
  const { context, page, site } = await attacked("loop");
  await preview(page, site);
  const devtools = await context.newCDPSession(page);
  devtools.send("Page.crash").catch(() => {});
  await new Promise((resolve) => page.once("crash", resolve));

  for (const visit of ["the first visit after that", "the second"]) {
    const again = await context.newPage();
    await again.goto(serve.tool);
    await ready(again);
    await again.locator("#tabs .tab").filter({ hasText: /^loop\s*, not loaded/ }).click();
    await again.getByRole("heading", { name: "This site is not loaded by itself" }).waitFor();
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual(again.frames().filter((f) => f.url().startsWith(site)), [], `${visit}: no frame of the site`);
    await again.locator("#tabs .tab").filter({ hasText: /^victim\s*, ready/ }).click();
    await again.frameLocator("iframe.shown").locator("h1", { hasText: "victim" }).waitFor();
    if (visit !== "the second") {
      await again.close();
      continue;
    }
    // It is loaded when asked, and can be removed.
    await again.locator("#tabs .tab").filter({ hasText: /^loop/ }).click();
    await again.locator("#overlay-load").click();
    await preview(again, site);
    await again.locator(".site.on [data-act=remove]").click();
    await until("the site to go", async () => (await again.locator("#tabs .tab").filter({ hasText: /^loop/ }).count()) === 0);
  }
  await context.close();
});

test("a page that is well for a while, or left in order, holds nothing back", async () => {
  const { context, page } = await attacked("store");
  await page.reload();
  await ready(page);
  await page.locator("#tabs .tab").filter({ hasText: /^store\s*, ready/ }).waitFor();
  await until("the mark to go", () => page.evaluate(() => localStorage.getItem("vitrine.loading") === null), 15_000);
  await context.close();
});

test("finding 3: the bridge does not lead the tool's window away", async () => {
  const on = await attacked("leave");
  const frame = await preview(on.page, on.site);
  await clickInside(frame.locator("h1"));
  await titled(on.page, on.site, /^tried$/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(on.page.url(), serve.tool);
  await goesOn(on);
  await on.context.close();
});

test("finding 4: an endless loop in a site leaves the tool alone", async () => {
  const { context, page, site } = await attacked("loop");
  await preview(page, site);
  await new Promise((resolve) => setTimeout(resolve, 1500)); // the loop has begun
  const start = Date.now();
  await page.locator(".site.on [data-act=remove]").click();
  await until("the site to go", async () => (await page.locator("#tabs .tab").filter({ hasText: /^loop/ }).count()) === 0);
  assert.ok(Date.now() - start < 5000, `Remove took ${Date.now() - start} ms`);
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "victim" }).waitFor();
  await context.close();
});

test("finding 5: cookies of a site lock out neither the tool nor other sites", async () => {
  const on = await attacked("cookies");
  await titled(on.page, on.site, /^set$/);
  const other = await startServe(folder); // another tool, on another port
  for (const url of [serve.tool, other.tool, on.victim]) {
    const tab = await on.context.newPage();
    assert.equal((await tab.goto(url))?.status(), 200, url);
    await tab.close();
  }
  await goesOn(on);
  const tab = await on.context.newPage();
  await tab.goto(serve.tool);
  await tab.goto(serve.tool);
  assert.deepEqual((await on.context.cookies(serve.tool)).map((c) => c.name), [], "the tool lets cookies expire");
  await other.stop();
  await on.context.close();
});

test("finding 8: a site cannot show the tool in a frame", async () => {
  const on = await attacked("frame");
  await titled(on.page, on.site, /^framed$/);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const inner = on.page.frames().filter((f) => f.url() === serve.tool && f !== on.page.mainFrame());
  for (const f of inner) assert.equal(await f.locator("#tabs").count(), 0, "no tool in the frame");
  await goesOn(on);
  await on.context.close();
});

test("finding 10: no record of a worker says more than rebuilt, none leads to another host", async () => {
  const on = await attacked("forge");
  await titled(on.page, on.site, /^sent$/);
  const { page, site } = on;
  const rows = page.locator('#tbody tr[id^=r]:has(td.t[title="/forged"])');
  await rows.nth(1).waitFor();
  assert.deepEqual(await rows.locator("td.n .rebuilt").allTextContents(), ["rebuilt", "rebuilt"]);
  await rows.first().click();
  assert.doesNotMatch((await page.locator("#xbody").textContent()) ?? "", /as it came over the connection|typed by hand/);
  assert.match((await page.locator("#xbody").textContent()) ?? "", /rebuilt/);
  await page.locator('#tbody tr[id^=r]:has(td.t[title="@evil.example/"])').waitFor();
  const link = await page.locator("#newtab").getAttribute("href");
  assert.ok(link?.startsWith(site), `${link} is below ${site}`);
  for (const href of await page.locator("a[href]").evaluateAll((list) => list.map((a) => /** @type {HTMLAnchorElement} */ (a).href))) {
    assert.doesNotMatch(new URL(href).host, /evil/);
  }
  await goesOn(on);
  await on.context.close();
});

test("a site's own program in the worker's cache is not started", async () => {
  const on = await attacked("squat");
  await titled(on.page, on.site, /^squatted$/);
  assert.ok(await stopWorkers(browser, on.site));
  const tab = await openTab(on.context, on.site);
  assert.equal(await tab.textContent("h1"), "squat", "the server's own program responds");
  await goesOn(on);
  await on.context.close();
});

test("Remove takes what the site's scripts stored", async () => {
  const { context, page, site } = await attacked("store");
  await titled(page, site, /^stored$/);
  await page.locator(".site.on [data-act=remove]").click();
  const tab = await context.newPage();
  await tab.goto(`${site}.vitrine/bridge.html`);
  const left = () =>
    tab.evaluate(async () => [
      localStorage.length,
      (await caches.keys()).length,
      (await indexedDB.databases()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]);
  await until("nothing to be left", async () => (await left()).every((n) => n === 0), 10_000).catch(async () => assert.deepEqual(await left(), [0, 0, 0, 0]));
  await context.close();
});

test("a site that floods its port is closed, and the tool goes on", async () => {
  const on = await attacked("flood");
  await on.page.locator("#tabs .tab").filter({ hasText: /^flood\s*, not loaded/ }).waitFor();
  await on.page.getByText("more messages than any server would").waitFor();
  await goesOn(on);
  await on.context.close();
});

test("finding 2: on one origin a site finds no other folder, and only one is open", async () => {
  const shared = new URL(serve.tool);
  shared.hostname = "localhost";
  shared.search = "?one-origin";
  const { context, page } = await openTool(browser, shared.href);
  await page.locator("#notices", { hasText: "could read every folder opened beside it" }).waitFor();
  await drop(page, [join(folder, "diary")]);
  const diary = await siteURL(page, "diary");
  await drop(page, [join(folder, "reader")]);
  await page.locator("#ask[open]", { hasText: "could read every file" }).waitFor();
  assert.equal(page.frames().filter((f) => f.url().includes("reader")).length, 0, "nothing is opened before the person agrees");
  await page.locator("#ask-no").click();
  await page.locator("#tabs .tab").filter({ hasText: /^diary\s*, ready/ }).waitFor();
  assert.equal(await page.locator("#tabs .tab").count(), 1);

  await drop(page, [join(folder, "reader")], { x: 700, y: 20 }); // the window is in front now, so its frames take drops
  await page.locator("#ask-yes").click();
  const reader = await siteURL(page, "reader");
  assert.equal(await titled(page, reader, /^found /), "found []");
  assert.deepEqual(await page.locator("#tabs .tab").allTextContents(), ["reader, ready"]);
  assert.equal(page.frames().filter((f) => f.url().startsWith(diary)).length, 0);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("#tabs .tab").count(), 0, "nothing is kept for the next visit");
  await context.close();
});
