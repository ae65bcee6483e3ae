// @ts-check
// What the page copies for other tools: each format says that the request was
// rebuilt and has no credentials in it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

setUp();

test("a request is copied in every format, with its marks", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drop(page, [await write(join(folder, "copied"), { "index.html": "<h1>copied</h1>" })]);
  const preview = page.frameLocator("iframe.shown");
  await preview.locator("h1").waitFor();
  await preview.locator("h1").evaluate(() => fetch("/it's?q=$(id)&`id`", { headers: { Authorization: "Basic c2VjcmV0c2VjcmV0", "X-Note": "kept" } }));
  await page.locator("#tbody tr[id^=r]", { hasText: "/it's" }).click();
  await page.locator("#exchange-title code", { hasText: "/it's" }).waitFor();
  const formats = await page.locator("#copy-menu [data-format]").evaluateAll((all) => all.map((b) => b.getAttribute("data-format") ?? ""));
  assert.deepEqual(formats, ["markdown", "raw", "curl", "fetch", "python", "nc"]);
  for (const format of formats) {
    await page.evaluate(async () => {
      await navigator.clipboard.writeText("");
      document.getElementById("copy-menu")?.showPopover();
    });
    await page.click(`#copy-menu [data-format=${format}]`);
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /ebuilt from a Request object, not bytes that passed/, format);
    assert.match(text, /redentials/, format);
    assert.doesNotMatch(text, /c2VjcmV0c2VjcmV0/, format);
    assert.match(text, /x-note.+kept/, format);
    assert.match(text, /^[\n -~]*$/, format);
    assert.ok(await page.locator("#copy-menu").isHidden(), `${format}: the menu stays open`);
  }
  await context.close();
});
