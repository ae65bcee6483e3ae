// @ts-check
// The preview follows the files of a dropped folder: style sheets are swapped
// in the page, everything else loads the page again, and only what the preview
// was given counts.
import assert from "node:assert/strict";
import { mkdir, rm, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

const PAGE = `<!DOCTYPE html><title>one</title>
<link rel="stylesheet" href="css/site.css"><link rel="stylesheet" href="/css/r%C3%A9sum%C3%A9.css">
<h1>A heading</h1><p>A paragraph</p><iframe src="inner.html"></iframe>`;

setUp();

/** A site of files of its own, dropped. @param {string} name @param {boolean} [oneOrigin] */
async function opened(name, oneOrigin) {
  const site = await write(join(folder, name), {
    "index.html": PAGE,
    "inner.html": `<link rel="stylesheet" href="css/inner.css"><h2>Within</h2>`,
    "other.html": "<script src=other.js></script><h1>Another page</h1>",
    "other.js": "",
    "css/site.css": `@import "part.css"; h1 { color: rgb(1, 1, 1) }`,
    "css/résumé.css": "p { color: rgb(1, 1, 1) }",
    "css/part.css": "h1 { margin: 1px }",
    "css/inner.css": "h2 { color: rgb(1, 1, 1) }",
    "list/a.txt": "a",
  });
  const tool = new URL(serve.tool);
  if (oneOrigin) {
    tool.hostname = "localhost";
    tool.search = "?one-origin";
  }
  const { context, page } = await openTool(browser, tool.href);
  await drop(page, [site]);
  const root = await siteURL(page, name);
  const heading = page.frameLocator("iframe.shown").locator("h1");
  await heading.waitFor();
  const marked = async () => {
    const frame = await until("the preview", () => page.frames().find((f) => f.parentFrame() === page.mainFrame() && f.url().startsWith(root) && !f.url().includes("/.vitrine/")));
    await frame.evaluate(() => Object.assign(window, { here: true }));
    return frame;
  };
  return { context, page, site, root, heading, frame: await marked(), marked };
}

/** Whether the page is the one that was marked. @param {import("playwright-core").Frame} frame */
const stays = (frame) => frame.evaluate(() => /** @type {any} */ (window).here === true).catch(() => false);

/** @param {import("playwright-core").Frame} frame @param {string} selector @param {string} want */
const coloured = (frame, selector, want) =>
  frame.waitForFunction(([selector, want]) => getComputedStyle(document.querySelector(selector) ?? document.body).color === want, [selector, want]);

for (const oneOrigin of [false, true]) {
  const mode = oneOrigin ? "sites below the tool" : "a site on an origin of its own";
  test(`${mode}: style sheets are swapped, and the page stays`, async () => {
    const { context, page, site, frame } = await opened(oneOrigin ? "shared" : "own", oneOrigin);
    for (const shade of [2, 3]) {
      await writeFile(join(site, "css/site.css"), `@import "part.css"; h1 { color: rgb(${shade}, 0, 0) }`);
      await coloured(frame, "h1", `rgb(${shade}, 0, 0)`);
    }
    await writeFile(join(site, "css/résumé.css"), "p { color: rgb(2, 0, 0) }");
    await coloured(frame, "p", "rgb(2, 0, 0)");
    // Also in a frame within the page.
    const inner = await until("the inner frame", () => frame.childFrames()[0]);
    await inner.evaluate(() => Object.assign(window, { here: true }));
    await writeFile(join(site, "css/inner.css"), "h2 { color: rgb(2, 0, 0) }");
    await coloured(inner, "h2", "rgb(2, 0, 0)");
    assert.ok(await stays(inner), "the inner page was loaded again");
    assert.ok(await stays(frame), "the page was loaded again");
    assert.equal(await frame.locator("link").count(), 2, "old style sheets stay behind");
    // The log has them as what they are: ordinary requests.
    await page.locator('#tbody tr[id^=r]:has(td.t[title^="/css/site.css?vitrine="])').first().waitFor();
    await context.close();
  });

  test(`${mode}: what is no style sheet of a link loads the page again, where it was`, async () => {
    const { context, site, frame, heading, marked } = await opened(oneOrigin ? "shared2" : "own2", oneOrigin);
    await writeFile(join(site, "index.html"), PAGE.replace("A heading", "Another heading").replace("<p>", `<p style="height: 5000px">`));
    await heading.filter({ hasText: "Another heading" }).waitFor();
    assert.equal(await stays(frame), false);
    let now = await marked();
    await now.evaluate(() => scrollTo(0, 1000));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await writeFile(join(site, "css/part.css"), "h1 { margin: 2px }"); // that a style sheet imports
    await until("the page to be loaded again", async () => !(await stays(now)));
    now = await marked();
    await now.waitForFunction(() => scrollY === 1000);
    await now.waitForFunction(() => getComputedStyle(document.querySelector("h1") ?? document.body).marginTop === "2px");
    await context.close();
  });
}

test("an error page and a listing are loaded again when files appear", async () => {
  const { context, page, site } = await opened("appear");
  const inPreview = page.frameLocator("iframe.shown");
  for (const [path, name, text] of [["/later.html", "later.html", "there"], ["/list/", "list/b.txt", "b.txt"]]) {
    await page.fill("#path", path);
    await page.press("#path", "Enter");
    await inPreview.locator("h1").first().waitFor();
    await page.locator(`#tbody tr[id^=r]:has(td.t[title="${path}"])`).waitFor();
    await writeFile(join(site, name), text);
    await inPreview.getByText(text).waitFor();
  }
  await unlink(join(site, "list/b.txt"));
  await inPreview.getByText("b.txt").waitFor({ state: "detached" });
  await context.close();
});

test("the switch is remembered, and nothing happens while it is off", async () => {
  const { context, page, site, frame } = await opened("off");
  const live = page.getByRole("button", { name: "Live" });
  assert.equal(await live.getAttribute("aria-pressed"), "true");
  await live.click();
  await page.locator("#live[aria-pressed=false]").waitFor();
  await writeFile(join(site, "css/site.css"), "h1 { color: rgb(9, 0, 0) }");
  await writeFile(join(site, "index.html"), PAGE.replace("A heading", "Not seen"));
  await page.waitForTimeout(2500);
  assert.ok(await stays(frame));
  assert.notEqual(await frame.evaluate(() => getComputedStyle(document.querySelector("h1") ?? document.body).color), "rgb(9, 0, 0)");
  await page.reload();
  await page.locator("iframe.shown").waitFor();
  assert.equal(await page.locator("#live").getAttribute("aria-pressed"), "false");
  await page.locator("#live").press("Enter");
  await page.locator("#live[aria-pressed=true]").waitFor();
  await context.close();
});

test("what only a tab was given, or nobody, loads nothing again", async () => {
  const { context, page, site, root, frame } = await opened("tabs");
  // What is old is repeated, and its record waits for more of them; the script
  // is empty, and is not.
  const old = new Date(Date.now() - 60_000);
  await utimes(join(site, "other.html"), old, old);
  const tab = await context.newPage();
  await tab.goto(`${root}other.html`);
  await tab.reload();
  await tab.locator("h1", { hasText: "Another page" }).waitFor();
  await page.bringToFront();
  await writeFile(join(site, "other.html"), "<h1>Edited</h1>");
  await writeFile(join(site, "other.js"), "'edited'");
  await mkdir(join(site, "new"));
  await writeFile(join(site, "new/file.css"), "");
  await page.waitForTimeout(2500);
  assert.ok(await stays(frame));
  await context.close();
});

test("the count of a folder follows the disk, with the switch off as well", async () => {
  const { context, page, site } = await opened("count");
  const bar = page.locator("#site-bar");
  await bar.getByText(/^9 files in 2 folders/).waitFor();
  await page.getByRole("button", { name: "Live" }).click();
  await page.evaluate(() => {
    const said = /** @type {string[]} */ ((Object.assign(window, { said: [] })).said);
    new MutationObserver(() => said.push(document.getElementById("site-bar")?.innerText ?? "")).observe(document.getElementById("site-bar") ?? document, { subtree: true, childList: true, characterData: true });
  });
  await mkdir(join(site, "deep/er"), { recursive: true });
  for (let i = 0; i < 20; i++) await writeFile(join(site, `deep/er/${i}.txt`), "x");
  // Before the browser watches the folder, which it does after a while, this is
  // noticed when it begins to.
  await bar.getByText(/^29 files in 4 folders/).waitFor();
  await rm(join(site, "deep"), { recursive: true });
  await unlink(join(site, "index.html"));
  await bar.getByText(/^8 files in 2 folders/).waitFor();
  await bar.getByText("no index page").waitFor();
  const said = await page.evaluate(() => /** @type {any} */ (window).said);
  assert.deepEqual(said.filter((/** @type {string} */ text) => /\b0 files|Cancel|Stop/.test(text)), [], "what was counted stands until there is a new count");
  await context.close();
});

test("a site whose files stay as they were has no switch", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await page.click(".welcome [data-act=sample]");
  await page.locator("iframe.shown").waitFor();
  assert.equal(await page.locator("#live").isVisible(), false);
  await drop(page, [await write(join(folder, "plain"), { "index.html": "<h1>plain" })], { x: 300, y: 20 }); // a frame that has the focus would keep it
  await page.locator("#live").waitFor();
  await context.close();
});
