// @ts-check
// The address box says where the preview is, as far as that can be known: also
// in an application that changes its address, not for downloads, and readable.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { clickInside, openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp(async () => {
  await write(join(folder, "app"), {
    "index.html": `<meta charset="utf-8"><h1>app</h1>
<button onclick="history.pushState({}, '', '/users/7?tab=2'); fetch('/data.json')">users</button>
<button onclick="history.pushState({}, '', '/'); fetch('/data.json')">home</button>
<a href="things.zip">things</a> <a href="résumé%20%C3%A9.html">résumé</a>`,
    "quiet.html": `<meta name="referrer" content="origin"><h1>quiet</h1><button onclick="history.pushState({}, '', '/elsewhere'); fetch('/data.json')">go</button>`,
    "style.html": `<link rel="stylesheet" href="css/a.css"><h1>styled</h1>`,
    "css/a.css": "h1 { background: url(../mark.svg) }",
    "mark.svg": `<svg xmlns="http://www.w3.org/2000/svg"/>`,
    "data.json": "{}",
    "résumé é.html": `<meta charset="utf-8"><h1>résumé</h1>`,
  });
  await writeFile(join(folder, "app", "things.zip"), Buffer.from("504b0506000000000000000000000000000000000000", "hex"));
});

async function opened(oneOrigin = false) {
  const tool = new URL(serve.tool);
  if (oneOrigin) {
    tool.hostname = "localhost";
    tool.search = "?one-origin";
  }
  const { context, page } = await openTool(browser, tool.href);
  await drop(page, [join(folder, "app")]);
  const root = await siteURL(page, "app");
  const preview = page.frameLocator("iframe.shown");
  await preview.locator("h1").waitFor();
  const shows = (/** @type {string} */ path) => until(`the address ${path}`, async () => (await page.inputValue("#path")) === path);
  const load = async (/** @type {string} */ path, /** @type {string} */ text) => {
    await page.fill("#path", path);
    await page.press("#path", "Enter");
    await preview.locator("h1", { hasText: text }).waitFor();
  };
  return { context, page, root, preview, shows, load };
}

for (const oneOrigin of [false, true]) {
  test(`${oneOrigin ? "sites below the tool" : "a site on an origin of its own"}: an application that changes its address is followed, as of its last request`, async () => {
    const { context, page, root, preview, shows } = await opened(oneOrigin);
    await clickInside(preview.getByRole("button", { name: "users" }));
    // Below the tool the application would leave its folder.
    if (oneOrigin) {
      await page.locator('#tbody tr[id^=r]:has(td.t[title="/data.json"])').waitFor();
      assert.equal(await page.inputValue("#path"), "/");
      return context.close();
    }
    await shows("/users/7?tab=2");
    await page.locator("#as-of", { hasText: "as of the last request" }).waitFor();
    assert.equal(await page.getAttribute("#path", "aria-describedby"), "as-of");
    assert.equal(await page.getAttribute("#newtab", "href"), `${root}users/7?tab=2`);
    await clickInside(preview.getByRole("button", { name: "home" }));
    await shows("/");
    // Sent there by hand, it is certain again.
    await page.press("#path", "Enter");
    await page.locator("#as-of").waitFor({ state: "hidden" });
    assert.equal(await page.getAttribute("#path", "aria-describedby"), null);
    await context.close();
  });
}

test("a page that tells its origin only, and a style sheet, lead nowhere", async () => {
  const { context, page, preview, load } = await opened();
  await load("/quiet.html", "quiet");
  await clickInside(preview.getByRole("button", { name: "go" }));
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/data.json"])').waitFor();
  assert.equal(await page.inputValue("#path"), "/quiet.html");
  await load("/style.html", "styled");
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/mark.svg"])').waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.inputValue("#path"), "/style.html");
  assert.equal(await page.locator("#as-of").isVisible(), false);
  await context.close();
});

test("a download leaves the address as it is", async () => {
  const { context, page, preview } = await opened();
  const download = page.waitForEvent("download");
  await clickInside(preview.getByRole("link", { name: "things" }));
  assert.equal((await download).suggestedFilename(), "things.zip");
  await page.locator('#tbody tr[id^=r]:has(td.t[title="/things.zip"])').waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.inputValue("#path"), "/");
  await preview.locator("h1", { hasText: "app" }).waitFor();
  await context.close();
});

test("what is typed in letters of any language stays readable, and is loaded as it is", async () => {
  const { context, page, root, preview, shows, load } = await opened();
  const target = "/r%C3%A9sum%C3%A9%20%C3%A9.html";
  await load("/résumé é.html", "résumé");
  await page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`).waitFor();
  await shows("/résumé%20é.html");
  assert.equal(await page.getAttribute("#newtab", "href"), root + target.slice(1));
  // A link that writes it otherwise, and the same again by Enter.
  await load("/", "app");
  await clickInside(preview.getByRole("link", { name: "résumé" }));
  await shows("/résumé%20é.html");
  await page.press("#path", "Enter");
  await until("two more requests", async () => (await page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`).count()) === 3);
  await shows("/résumé%20é.html");
  await context.close();
});
