// @ts-check
// What a site does without its server being asked is told, where the browser
// tells: from a cache, past the worker, within a page.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { clickInside, openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { HAND_OVER } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp();

const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/**
 * A site of these files, dropped, and what its bridge tells.
 * @param {string} name @param {Record<string, string | Uint8Array>} files @param {boolean} [oneOrigin]
 */
async function opened(name, files, oneOrigin = false) {
  const { context, page } = await openTool(browser, oneOrigin ? `http://localhost:${new URL(serve.tool).port}/?one-origin` : serve.tool);
  await page.evaluate(() => {
    const told = /** @type {string[]} */ ([]);
    Object.assign(window, { told });
    addEventListener("message", ({ data }) => (data?.type === "unasked" || data?.type === "past") && told.push(data.request.replace(/ \d{13} /, " ")));
  });
  await drop(page, [await write(join(folder, name), files)]);
  const preview = page.frameLocator("iframe.shown");
  await preview.locator("h1").waitFor();
  const told = () => page.evaluate(() => /** @type {{told: string[]}} */ (/** @type {unknown} */ (window)).told);
  // It is told, and has its row: dashed, without a number, and with the reason.
  const says = async (/** @type {string} */ what) => {
    await until(what, async () => (await told()).includes(what));
    const row = page.locator("#tbody tr.ghost").filter({ has: page.locator(`td.t[title="${what.slice(what.indexOf(" /") + 1)}"]`) }).last();
    await until(`the row of ${what}`, async () => (await row.count()) === 1);
    assert.equal(await row.locator(".n").textContent(), "");
    assert.match((await row.textContent()) ?? "", /not asked/);
    assert.match((await row.locator(".ghostsays").getAttribute("title")) ?? "", /\S \S.*\.$/);
  };
  return { context, page, preview, told, says };
}

const rows = (/** @type {Page} */ page, /** @type {string} */ target) => page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`);

for (const oneOrigin of [false, true]) {
  test(`what the browser has in its cache${oneOrigin ? ", of a site below the tool" : ""}`, async () => {
    const { context, page, preview, told, says } = await opened("cached", {
      "index.html": `<h1>one</h1><link rel=stylesheet href=a.css><img src=a.png><img src=a.png><a href=two.html>two</a>`,
      "two.html": `<h1>two</h1><link rel=stylesheet href=a.css><img src=a.png>`,
      "a.css": "h1 { color: green }",
      "a.png": PNG,
    }, oneOrigin);
    await rows(page, "/a.png").waitFor();
    // Each use of a file with no-cache is a request, so all of it is in the log.
    await clickInside(preview.locator("a"));
    await preview.locator("h1", { hasText: "two" }).waitFor();
    await until("the second row of a.png", async () => (await rows(page, "/a.png").count()) === 2);
    assert.deepEqual(await told(), []);

    // On the way back the browser shows what it has, unless it has dropped it.
    // Each use is a request or told.
    const uses = async (/** @type {string} */ target) =>
      (await rows(page, target).count()) + (await told()).filter((t) => t.startsWith("cache ") && t.endsWith(` ${target}`)).length;
    let visits = 2;
    await until("an image from the cache", async () => {
      const back = visits % 2 === 0;
      visits++;
      await preview.locator("h1").evaluate((_, by) => history.go(by), back ? -1 : 1);
      await preview.locator("h1", { hasText: back ? "one" : "two" }).waitFor();
      for (const target of ["/a.png", "/a.css"]) await until(`use ${visits} of ${target}`, async () => (await uses(target)) === visits);
      return (await told()).includes("cache img /a.png");
    });
    await says("cache img /a.png");
    await context.close();
  });
}

test("a response that is fresh for an hour", async () => {
  const { context, page, preview, says, told } = await opened("fresh", {
    "index.html": `<h1>one</h1><img src=a.png?x=1><a href=two.html>two</a>`,
    "two.html": `<h1>two</h1><img src=a.png?x=1><a href=index.html>one</a>`,
    "a.png": PNG,
  });
  await page.locator("#bar-hosting").click();
  await page.locator("#hosting-fields").fill("Cache-Control: max-age=3600, immutable");
  await page.locator("#hosting button.main").click();
  await until("the second row", async () => (await rows(page, "/a.png?x=1").count()) === 2);
  let visits = 2;
  await until("an image from the cache", async () => {
    const to = visits++ % 2 === 0 ? "two" : "one";
    await clickInside(preview.locator("a"));
    await preview.locator("h1", { hasText: to }).waitFor();
    await until(`use ${visits}`, async () => (await rows(page, "/a.png?x=1").count()) + (await told()).length === visits);
    return (await told()).includes("cache img /a.png?x=1");
  });
  await says("cache img /a.png?x=1");
  await context.close();
});

test("objects and embedded content go past the worker", async () => {
  const { context, page, says, told } = await opened("embeds", { "index.html": `<h1>embeds</h1><object data=o.png></object><embed src=e.png>`, "o.png": PNG, "e.png": PNG });
  await says("past object /o.png");
  await says("past embed /e.png");
  assert.equal((await told()).filter((t) => t === "past object /o.png").length, 1);
  assert.equal(await rows(page, "/o.png").count(), 0);
  await context.close();
});

test("an address that a script changes, and a fragment", async () => {
  const { context, page, preview, says, told } = await opened("router", { "index.html": "<h1>router</h1>", "a.html": "<h1>a</h1>" });
  await rows(page, "/").waitFor();
  const before = await page.locator("#tbody tr[id^=r]").count();
  // The bridge has to have seen the page as it came first.
  await until("a changed address", async () => {
    await preview.locator("h1").evaluate(() => history.pushState({}, "", `/user/${Date.now()}`));
    return (await told()).some((t) => t.startsWith("history history /user/"));
  });
  await preview.locator("h1").evaluate(() => history.pushState({}, "", "/user/42?tab=1"));
  await says("history history /user/42?tab=1");
  await preview.locator("h1").evaluate(() => (location.hash = "#top"));
  await says("history fragment /user/42?tab=1#top");
  assert.equal(await page.locator("#tbody tr[id^=r]").count(), before);
  await context.close();
});

test("what the host tells is one of these", async () => {
  const { context, preview, says } = await opened("host", {
    "index.html": `<h1>host</h1><a href="/d.bin" download>get</a><script>
      new WebSocket("/chat");
      navigator.serviceWorker.register("/own.js").catch(() => {});
    </script>`,
    "own.js": "1",
    "d.bin": "1",
  });
  await says("websocket /chat");
  await says("worker /own.js");
  await clickInside(preview.locator("a"));
  await says("download /d.bin");
  await context.close();
});

// Scripts of the site can make its bridge say anything.
test("what a site says of itself harms nothing", async () => {
  const { context, page } = await opened("sayer", { "index.html": "<h1>sayer</h1>", "a.txt": "a" });
  const site = await siteURL(page, "sayer");
  const bridge = await until("the bridge", () => page.frames().find((f) => f.url() === `${site}.vitrine/bridge.html`));
  await bridge.evaluate((version) => {
    for (const request of [1n, null, {}, "", "cache", "cache img 1 /", "cache img x /", `cache img 99999999999999999999 /${"x".repeat(10_000)}`, "made-up img 1 /", "cache <b> 1 /<script>"]) {
      parent.postMessage({ vitrine: version, type: "unasked", request }, "*");
    }
  }, HAND_OVER);
  const frame = page.frameLocator("iframe.shown");
  assert.equal(await frame.locator("h1").evaluate(async () => (await (await fetch("/a.txt")).text())), "a");
  await rows(page, "/a.txt").waitFor();
  await context.close();
});
