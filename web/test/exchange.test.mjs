// @ts-check
// An exchange taken apart: what decided, in one sentence, and every word of the
// messages that can be explained, by pointer and by keys alone.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { openTool, ready, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp();

/** Opens a folder and waits for its page. @param {string} name @param {Record<string, string | Buffer>} files */
async function open(name, files) {
  const { context, page } = await openTool(browser, serve.tool);
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("console", (m) => m.type() === "error" && /panic|Content Security Policy|Trusted/.test(m.text()) && faults.push(m.text()));
  await ready(page);
  await drop(page, [await write(join(folder, name), files)]);
  const frame = page.frameLocator("iframe.shown");
  await frame.locator("h1").waitFor();
  const ask = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
    frame.locator("h1").evaluate((_, { path, init }) => fetch(path, init).then((r) => r.arrayBuffer()).then(() => null), { path, init });
  return { context, page, ask, faults };
}

/** The row with this target that came last, chosen. @param {Page} page @param {string} target */
async function choose(page, target) {
  const row = page.locator("#tbody tr[id^=r]").filter({ has: page.locator(`td.t[title="${target}"]`) }).last();
  await row.click();
  await until("the exchange", async () => (await page.getAttribute("#exchange-title code", "class")) && (await page.locator("#tbody tr[aria-selected=true] td.t").getAttribute("title")) === target);
}

/** @param {Page} page */
const said = async (page) => (await page.locator("#xbody .say").textContent()) ?? "";

test("each exchange has its verdict, and its words lead to what they speak of", async () => {
  const { context, page, ask, faults } = await open("verdicts", { "index.html": "<h1>verdicts</h1>", "sub/x.txt": "0123456789", "with/index.html": "<h1>with</h1>" });
  for (const [path, init, status, want] of /** @type {[string, RequestInit, string, RegExp][]} */ ([
    ["/sub/x.txt", {}, "200", /^The file sub\/x\.txt is there, and all of it is sent\. RFC 9110 §15\.3\.1$/],
    ["/sub/x.txt", { headers: { Range: "bytes=7-" } }, "206", /^The browser asked for bytes 7 on, and the file has them\. RFC 9110 §14\.2$/],
    ["/sub/x.txt", { headers: { Range: "bytes=70-" } }, "416", /^The browser asked for bytes that the file does not have/],
    ["/sub/x.txt", { headers: { "If-None-Match": "*" }, cache: "no-store" }, "304", /^The client has this very file: its entity tag fits/],
    ["/sub/x.txt", { method: "HEAD" }, "200", /^HEAD asks for the fields alone/],
    ["/sub/", {}, "200", /^\/sub\/ is a directory without an index page, so its 1 entries are listed/],
    ["/with", { redirect: "manual" }, "301", /^\/with is a directory, but does not end in a slash/],
    ["/none.txt", {}, "404", /^There is no file none\.txt here\. RFC 9110 §15\.5\.5$/],
    ["/sub/x.txt", { method: "POST", body: "a=1" }, "501", /^This server has no method POST, as http\.server has none/],
  ])) {
    await ask(path, init).catch(() => {});
    await choose(page, path);
    await until(`${status} for ${path}`, async () => {
      await choose(page, path);
      return (await page.textContent("#xbody .big b")) === status && want.test(await said(page));
    });
    assert.equal(await page.locator("#x-decision .ladder .take").count(), 1, `${path}: one rung is taken`);
  }
  // The same bytes as numbers, and back.
  await page.click("#x-response [data-act=as-hex]");
  assert.match((await page.textContent("#x-response .dump")) ?? "", /^0000 {2}48 54 54 50 2f 31 2e 30 {2}HTTP\/1\.0/);
  assert.ok(await page.locator("#x-response > .bytes").isHidden());
  await page.click("#x-response [data-act=as-hex]");
  assert.ok(await page.locator("#x-response > .bytes").isVisible());
  // A word of the verdict leads to the bytes, and lights them.
  await ask("/sub/x.txt", { headers: { Range: "bytes=0-1" } });
  await until("its row", async () => (await choose(page, "/sub/x.txt"), /bytes 0 to 1/.test(await said(page))));
  await page.click("#xbody .say [data-to='in:Range']");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "range");
  await page.click("#xbody .say [data-to=path]");
  await until("the way to the file", () => page.locator("#x-path h3").evaluate((h) => h.getBoundingClientRect().top < 400));
  // An address of an application, asked for by a navigation: the way out opens.
  await page.fill("#path", "/user/42");
  await page.press("#path", "Enter");
  await until("the navigation", async () => (await choose(page, "/user/42"), /index\.html can stand in for it \(turn on\)/.test(await said(page))));
  await page.click("#xbody .say [data-to=hosting]");
  await page.waitForSelector("#hosting[open]");
  assert.deepEqual(faults, []);
  await context.close();
});

test("by keys alone: a row, its verdict, an explanation, a note and back", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await ready(page);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
  const tabTo = async (/** @type {RegExp} */ what) => {
    for (let i = 0; i < 40; i++) {
      if (what.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${what}`);
  };
  await tabTo(/^Use the sample site/);
  await page.keyboard.press("Enter");
  await page.locator('#tbody td.t[title="/data/objects.json"]').waitFor({ state: "attached" });
  await page.keyboard.press("Alt+Shift+Digit2");
  await page.keyboard.press("Home");
  for (let i = 0; i < 12 && !/bell\.wav/.test(await focused()); i++) await page.keyboard.press("ArrowDown");
  assert.match(await focused(), /206/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "exchange");
  assert.match(await said(page), /asked for bytes/);
  // Into the bytes: one tab stop, arrows within.
  await tabTo(/^GET$/);
  for (let i = 0; i < 12 && (await focused()) !== "range"; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#xbody .slip");
  assert.match((await page.textContent("#xbody .slip")) ?? "", /^Range field of a request\. .*Here: from byte 0 to the end/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#xbody .slip").count(), 0);
  assert.equal(await focused(), "range");
  // The note about the part that was sent: from its number to its words and back.
  await page.keyboard.press("n"); // there is no other
  assert.equal(await focused(), "range");
  await tabTo(/^1$/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "note1");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-act")), "bytes-of");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "pin");
  await page.keyboard.press("Escape");
  assert.match(await page.evaluate(() => document.activeElement?.id ?? ""), /^r\d+$/);
  await context.close();
});

test("content is shown by its type, read from the file when it is asked for", async () => {
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const { context, page, ask, faults } = await open("contents", {
    "index.html": "<h1>contents</h1>", "a.json": '{"list": [1, {"deep": "<img src=x onerror=hit=1>"}], "list": null}', "b.png": png, "c.txt": "line one\nline two\n", "d.bin": Buffer.from([0, 1, 2, 255]),
  });
  for (const [path, want] of /** @type {[string, RegExp][]} */ ([
    ["/a.json", /read from the file just now.*"list": \[ \].*"deep": "<img src=x onerror=hit=1>".*"list": null/s],
    ["/c.txt", /line oneLFline twoLF/],
    ["/d.bin", /0000 {2}00 01 02 ff/],
    ["/b.png", /89 50 4e 47/],
  ])) {
    await ask(path);
    await choose(page, path);
    await page.click("[data-act=read-content]");
    await until(`the content of ${path}`, async () => want.test((await page.textContent("#content")) ?? ""));
  }
  await page.waitForFunction(() => /** @type {HTMLImageElement | null} */ (document.querySelector("#content img"))?.naturalWidth === 1);
  // The file has changed since: that is said.
  await write(join(folder, "contents"), { "c.txt": "line three\n" });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await write(join(folder, "contents"), { "c.txt": "line four\n" });
  await choose(page, "/c.txt");
  await page.click("[data-act=read-content]");
  await until("the change", async () => /line four.*|changed since it was sent/s.test((await page.textContent("#content")) ?? ""));
  assert.match((await page.textContent("#content")) ?? "", /The file has changed since it was sent/);
  // What was sent with the request.
  await ask("/c.txt", { method: "PUT", body: '{"a": 1}', headers: { "Content-Type": "application/json" } });
  await page.locator("#tbody tr.e5").waitFor();
  await choose(page, "/c.txt");
  assert.match((await page.textContent("#content")) ?? "", /Of the request.*"a": 1/s);
  assert.equal(await page.evaluate(() => Reflect.has(window, "hit")), false);
  assert.deepEqual(faults, []);
  await context.close();
});

test("nothing that a site says is markup, in any view", async () => {
  const evil = "<img src=x onerror=parent.hit=1><script>hit=1</script>&lt;b>";
  const { context, page, ask, faults } = await open("evil <img src=x onerror=hit=1>", {
    "index.html": "<h1>evil</h1>", "e&lt;b>'\"`.json": JSON.stringify({ [evil]: evil }), "e.html": evil,
  });
  await ask(`/e&lt;b>'"\`.json?${evil}`, { headers: { "X-Evil": "<img src=x onerror=hit=1>", Accept: `text/html;q=2,"${"<b>"}"` } });
  await ask("/e.html", { method: "POST", body: evil, headers: { "Content-Type": 'text/html;charset="<img src=x>"' } });
  await ask(`/${evil}`);
  for (const row of await page.locator("#tbody tr[id^=r]").all()) {
    await row.click();
    for (const details of await page.locator("#xbody details").all()) await details.evaluate((d) => /** @type {HTMLDetailsElement} */ (d).open = true);
    for (const word of await page.locator("#xbody .tok:visible").all()) await word.click();
    const read = page.locator("[data-act=read-content]");
    if (await read.count()) await read.click();
  }
  await page.fill("#filter", "<img src=x onerror=hit=1>");
  await page.fill("#filter", "bad:<b>");
  await page.fill("#filter", "");
  assert.equal(await page.evaluate(() => Reflect.has(window, "hit")), false);
  assert.equal(await page.locator("#tabs img, #site-bar img, #tbody img, #xbody img, #xbody script, .notice img, .notice script").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("two thousand rows: what it takes to draw and to filter them", async (t) => {
  const { context, page } = await open("many rows", { "index.html": "<h1>many</h1>" });
  const frame = page.frameLocator("iframe.shown");
  await frame.locator("h1").evaluate(async () => {
    for (let i = 0; i < 2100; i += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => fetch(`/${i + k}${(i + k) % 7 ? "" : ".css"}`)));
  });
  const kept = async () => Number(/^([\d,]+) request/.exec((await page.textContent("#status-log")) ?? "")?.[1].replace(",", ""));
  await until("2,000 records", async () => (await kept()) >= 1990, 60_000);
  await page.waitForTimeout(2000);
  /** @type {Record<string, number>} */
  const took = {};
  for (const text of ["css", "status:404", ""]) {
    took[text || "all again"] = await page.evaluate((text) => {
      const field = /** @type {HTMLInputElement} */ (document.getElementById("filter"));
      field.value = text;
      const begun = performance.now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.getElementById("tbody")?.getBoundingClientRect();
      return performance.now() - begun;
    }, text);
  }
  // The newest are drawn; older ones when the person gets there, or asks for all.
  const drawn = () => page.locator("#tbody tr[id^=r]").count();
  const few = await drawn();
  assert.ok(few >= 200 && few <= 401, `${few} rows`);
  const first = await page.evaluate(() => {
    const row = /** @type {HTMLElement} */ (document.querySelector("#tbody tr[id^=r]"));
    row.focus(); // which scrolls there
    return row.id;
  });
  await until("older rows", async () => (await drawn()) >= few + 200);
  assert.equal(await page.locator("#tbody tr:focus").getAttribute("id"), first, "the focus stays where it is");
  assert.ok(await page.locator(`#${first}`).evaluate((row) => row.getBoundingClientRect().top < innerHeight), "what was in sight is in sight");
  await page.locator("#rows").evaluate((rows) => (rows.scrollTop = 0));
  await page.click("#older");
  const rows = await until("all rows", async () => {
    const rows = await drawn();
    return rows >= 1990 && rows;
  });
  t.diagnostic(`${rows} records: filter ${Object.entries(took).map(([text, ms]) => `${text} ${ms.toFixed(0)} ms`).join(", ")}`);
  await context.close();
});
