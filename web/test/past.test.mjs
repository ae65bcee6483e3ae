// @ts-check
// What a browser sends past the service worker of a site is told by a notice:
// downloads of links, a service worker of the site's own, a WebSocket.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { clickInside, get, openTab, openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { HAND_OVER } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp();

/** A site of these files, dropped. @param {string} name @param {Record<string, string>} files */
async function opened(name, files) {
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [await write(join(folder, name), files)]);
  await page.frameLocator("iframe.shown").locator("h1").waitFor();
  return { context, page, site: await siteURL(page, name), preview: page.frameLocator("iframe.shown") };
}

/** @param {Page} page @param {RegExp} text */
const noticed = (page, text) => page.locator("#notices > *", { hasText: text }).waitFor();

test("a download by a link, in the preview and in a tab", async () => {
  const { context, page, site, preview } = await opened("past", { "index.html": `<h1>past</h1><a href="/dir/fi%20le.bin?x" download>get</a>`, "dir/fi le.bin": "bytes" });
  const said = /^A link of past has “download”.* for \/dir\/fi%20le\.bin, .* the download failed/;
  await clickInside(preview.getByText("get"));
  await noticed(page, said);
  await page.locator("#notices button").click();
  await page.locator("#notices > *").waitFor({ state: "detached" });
  const tab = await openTab(context, site);
  const started = tab.waitForEvent("download");
  await tab.click("a");
  assert.notEqual(await (await started).failure(), null);
  await noticed(page, said);
  await context.close();
});

test("a service worker of the site's own is not installed, and does not take ours away", async () => {
  const { context, page, site } = await opened("owned", {
    "index.html": `<h1>owned</h1><script>
      navigator.serviceWorker.register("/own.js").then(() => (document.title = "installed"), (e) => (document.title = e.name));
    </script>`,
    "own.js": `addEventListener("fetch", (e) => e.respondWith(new Response("its own")))`,
    "a.txt": "a",
  });
  await noticed(page, /^owned wanted to install a service worker of its own, \/own\.js\. It was not installed/);
  const tab = await openTab(context, site);
  await tab.waitForFunction(() => document.title === "TypeError");
  assert.equal((await get(tab, "/a.txt")).text, "a");
  // Pages that clear away the workers of an older version of themselves.
  await tab.evaluate(async () => {
    for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
  });
  await tab.reload();
  // Chromium does not use ours then until the pages of before are gone: that is
  // said, and no page is loaded without end.
  await tab.getByRole("heading", { name: "The browser does not use the server" }).waitFor();
  await page.reload();
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "owned" }).waitFor();
  await tab.reload();
  await tab.waitForFunction(() => document.title === "TypeError");
  assert.equal((await get(tab, "/a.txt")).text, "a");
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/a.txt"])').waitFor();
  await context.close();
});

test("a WebSocket is refused with a sentence", async () => {
  const { context, page, site } = await opened("sockets", {
    "index.html": `<h1>sockets</h1><script>new WebSocket("/chat").onclose = (e) => (document.title = "closed " + e.code)</script>`,
  });
  await noticed(page, /^sockets wanted to open a WebSocket to \/chat\. .* refused with 501/);
  const tab = await openTab(context, site);
  await tab.waitForFunction(() => document.title === "closed 1006");
  await context.close();
});

// A site can make its bridge say so without a request: that is bounded, and text.
test("what a site says of such requests is text, and no more than is read", async () => {
  const { context, page, site } = await opened("liar", { "index.html": "<h1>liar</h1>" });
  const bridge = await until("the bridge", () => page.frames().find((f) => f.url() === `${site}.vitrine/bridge.html`));
  await bridge.evaluate((version) => {
    const say = (/** @type {unknown} */ request) => parent.postMessage({ vitrine: version, type: "past", request }, "*");
    for (const odd of [1n, null, {}, "", "unknown /x", "__proto__ /x"]) say(odd);
    say(`worker /<b>${"x".repeat(10_000)}`);
  }, HAND_OVER);
  await noticed(page, /own, \/<b>x/);
  const texts = await page.locator("#notices > *").allTextContents();
  assert.equal(texts.length, 1);
  assert.ok(texts[0].length < 1000, `${texts[0].length} characters`);
  await context.close();
});
