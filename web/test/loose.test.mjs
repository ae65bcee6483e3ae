// @ts-check
// Files that are dropped without their folder: what their site is called, and
// what the page says when they ask for what was left behind.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp(async () => {
  await write(folder, {
    "page.html": `<link rel="stylesheet" href="css/site.css?v=1"><h1>A page</h1><img src="a.png">`,
    "alone.HTM": "<h1>Needs nothing</h1>",
    "notes.txt": "notes",
    "css/site.css": "h1 { color: red }",
    "whole/page.html": `<link rel="stylesheet" href="gone.css"><h1>In a folder</h1>`,
  });
});

const noHandles = "delete DataTransferItem.prototype.getAsFileSystemHandle;";

/** Goes to a path in the preview. @param {Page} page @param {string} path */
async function load(page, path) {
  await page.locator("iframe.shown").waitFor();
  await page.fill("#path", path);
  await page.press("#path", "Enter");
  await page.frameLocator("iframe.shown").locator("h1").first().waitFor();
  await page.locator(`#tbody tr[id^=r]:has(td.t[title="${path}"])`).first().waitFor();
}

const drops = /** @type {const} */ ([
  [["notes.txt"], "notes.txt"],
  [["notes.txt", "page.html"], "notes.txt and 1 more"],
  [["page.html", "css", "notes.txt"], "page.html and 2 more"],
  [["css"], "css"],
]);

for (const [how, script] of [["with handles", ""], ["without handles", noHandles]]) {
  test(`${how}: sites of files are called for them`, async () => {
    for (const [names, want] of drops) {
      const { context, page } = await openTool(browser, serve.tool, script);
      await drop(page, names.map((name) => join(folder, name)));
      await page.locator("#site-bar").getByText(want, { exact: true }).waitFor();
      assert.equal(await page.locator("#tabs .tab").getAttribute("title"), want);
      await context.close();
    }
  });

  test(`${how}: a lone page that misses its parts says to drop the folder`, async () => {
    const { context, page } = await openTool(browser, serve.tool, script);
    await drop(page, [join(folder, "page.html")]);
    await load(page, "/page.html");
    await page.locator("#notices > *", { hasText: /^page\.html was opened alone, .* \/(css\/site\.css|a\.png) for one\. Drop the folder/ }).waitFor();
    assert.equal(await page.locator("#notices > *").count(), 1, "once for all of its parts");
    await context.close();
  });
}

test("no other page says so", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "alone.HTM")]);
  await load(page, "/alone.HTM");
  await load(page, "/typed.html"); // a page that is not there is no part of one
  await drop(page, [join(folder, "whole")], { x: 300, y: 20 });
  await page.locator("iframe.shown[title='Preview of whole']").waitFor();
  await load(page, "/page.html");
  await page.locator(`#tbody tr[id^=r]:has(td.t[title="/gone.css"])`).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.locator("#notices > *").count(), 0);
  await context.close();
});
