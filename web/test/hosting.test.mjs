// @ts-check
// A site is served as it will be hosted: by the rules of its dialog, which the
// log names, in both modes, also by a worker that was just started.
import assert from "node:assert/strict";
import { unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, siteURL, stopWorkers, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** A time that is settled. */
const OLD = new Date(Date.now() - 60_000);

setUp();

/** A site of files of its own, dropped. @param {string} name @param {boolean} [oneOrigin] */
async function opened(name, oneOrigin) {
  const site = await write(join(folder, name), {
    "index.html": "<h1>the application</h1>",
    "about.html": "<h1>about</h1>",
    "404.html": "<h1>lost</h1>",
    "a.txt": "a",
  });
  for (const file of ["index.html", "about.html", "404.html", "a.txt"]) await utimes(join(site, file), OLD, OLD);
  const tool = new URL(serve.tool);
  if (oneOrigin) {
    tool.hostname = "localhost";
    tool.search = "?one-origin";
  }
  const { context, page } = await openTool(browser, tool.href);
  await drop(page, [site]);
  const root = await siteURL(page, name);
  await page.frameLocator("iframe.shown").locator("h1").waitFor();
  return { context, page, site, root, tab: await openTab(context, root) };
}

/**
 * Says in the dialog how the site in front will be hosted.
 * @param {Page} page @param {{unknown?: string, clean?: boolean, fields?: string}} options
 */
async function host(page, { unknown = "", clean = false, fields = "" }) {
  await page.bringToFront();
  await page.locator("#bar-hosting").click();
  await page.locator(`#hosting [name=unknown][value="${unknown}"]`).check();
  await page.locator("#hosting-clean").setChecked(clean);
  await page.locator("#hosting-fields").fill(fields);
  await page.getByRole("button", { name: "Serve like this" }).click();
  await page.locator("#hosting").waitFor({ state: "hidden" });
  await page.waitForTimeout(150); // on the way to the worker
}

/** The reasons that the log has of the newest exchange with this target. @param {Page} page @param {string} target */
async function exchange(page, target) {
  await page.locator("#tbody tr[id^=r]").filter({ has: page.locator(`.t[title="${target}"]`) }).last().click();
  await page.locator("#exchange-title", { hasText: target }).waitFor();
  return (await page.locator("#x-decision").textContent()) ?? "";
}

for (const oneOrigin of [false, true]) {
  test(`${oneOrigin ? "sites below the tool" : "a site on an origin of its own"}: each rule decides, and the log says which`, async () => {
    const { context, page, root, tab } = await opened(oneOrigin ? "shared" : "own", oneOrigin);
    /** @type {[Parameters<typeof host>[1], string, number, RegExp, RegExp][]} */
    const cases = [
      [{}, "users/7", 404, /Error code: 404/, /users\/7 cannot be opened/],
      [{ unknown: "index.html" }, "users/7", 200, /the application/, /index\.html is sent, the page of an application/],
      [{ unknown: "index.html" }, "app.js", 404, /Error code: 404/, /stands in for pages only/],
      [{ clean: true }, "about", 200, /about/, /one with \.html behind it: about\.html is sent/],
      [{ clean: true }, "users", 404, /Error code: 404/, /./],
      [{ clean: true, unknown: "404.html" }, "users", 404, /lost/, /404\.html is the site’s own page for 404/],
      [{ clean: true, unknown: "404.html" }, "about", 200, /about/, /about\.html is sent/],
    ];
    let n = 0;
    for (const [options, path, status, text, reason] of cases) {
      await host(page, options);
      const target = `/${path}?case=${++n}`;
      const r = await get(tab, root + target.slice(1));
      assert.equal(r.status, status, target);
      assert.match(r.text, text);
      await page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`).waitFor();
      assert.match(await exchange(page, target), reason);
    }
    await page.locator("#site-bar", { hasText: "as hosted: name.html, 404.html" }).waitFor();
    await context.close();
  });
}

test("the options outlive the page and the worker", async () => {
  // Nobody is asked again for the sample site.
  const { context, page } = await openTool(browser, serve.tool);
  await page.click(".welcome [data-act=sample]");
  const root = await siteURL(page, "sample");
  await page.frameLocator("iframe.shown").locator("h1").waitFor();
  const tab = await openTab(context, root);
  await host(page, { unknown: "index.html", clean: true, fields: "X-Own: yes\nLink: </a>; rel=preload\nLink: </b>; rel=preload" });
  let n = 0;
  const check = async () => {
    for (const path of ["index", "users/7"]) {
      const r = await get(tab, `${root}${path}?${++n}`);
      assert.deepEqual([r.status, r.fields["x-own"], r.fields.link], [200, "yes", "</a>; rel=preload, </b>; rel=preload"], path);
    }
  };
  await check();
  assert.ok((await stopWorkers(browser, root)) > 0);
  await check();
  await page.reload();
  await page.locator("#site-bar", { hasText: "as hosted: name.html, index.html, 3 fields of its own" }).waitFor();
  await check();
  await stopWorkers(browser, root);
  await check();
  await context.close();
});

test("no response that other options made is given again", async () => {
  const { context, page, site, root, tab } = await opened("again");
  const text = async (/** @type {string} */ path) => (await get(tab, root + path)).text;
  for (let i = 0; i < 3; i++) assert.equal((await get(tab, `${root}a.txt`)).fields["x-own"], undefined);
  await host(page, { clean: true, fields: "X-Own: 1" });
  assert.equal((await get(tab, `${root}a.txt`)).fields["x-own"], "1");
  // What stands in for a missing file gives way to the file.
  for (let i = 0; i < 3; i++) assert.equal(await text("about"), "<h1>about</h1>");
  await writeFile(join(site, "about"), "the file");
  assert.equal(await text("about"), "the file");
  await unlink(join(site, "about"));
  assert.equal(await text("about"), "<h1>about</h1>");
  await host(page, {});
  assert.match(await text("about"), /Error code: 404/);
  assert.equal((await get(tab, `${root}a.txt`)).fields["x-own"], undefined);
  await context.close();
});

test("the fields for isolation isolate a tab; the log says what has no effect", async () => {
  const { context, page, root, tab } = await opened("isolated");
  await tab.evaluate(() => localStorage.setItem("kept", "yes"));
  await page.locator("#bar-hosting").press("Enter");
  await page.getByRole("button", { name: "Cross-origin isolation" }).click();
  await page.getByRole("button", { name: "CORS for every origin" }).click();
  await page.getByRole("button", { name: "CORS for every origin" }).click();
  assert.equal(
    await page.inputValue("#hosting-fields"),
    "Cross-Origin-Opener-Policy: same-origin\nCross-Origin-Embedder-Policy: require-corp\nAccess-Control-Allow-Origin: *\n",
  );
  await page.locator("#hosting-fields").press("End");
  await page.keyboard.type("Set-Cookie: a=b\nClear-Site-Data: \"storage\"");
  await page.getByRole("button", { name: "Serve like this" }).press("Enter");
  await page.waitForTimeout(500);
  await tab.goto(`${root}?again`);
  assert.equal(await tab.evaluate(() => crossOriginIsolated), true);
  // As the log says.
  assert.equal(await tab.evaluate(() => localStorage.getItem("kept")), "yes");
  assert.equal(await tab.evaluate(() => document.cookie), "");
  const frame = await until("the preview", () => page.frames().find((f) => f.parentFrame() === page.mainFrame() && f.url() === root));
  assert.equal(await frame.evaluate(() => crossOriginIsolated), false);
  await page.bringToFront();
  const inTab = await exchange(page, "/?again");
  assert.match(inTab, /Clear-Site-Data has no effect here/);
  assert.match(inTab, /Access-Control-Allow-Origin has no effect here: requests of other origins/);
  assert.match(inTab, /Set-Cookie has no effect/);
  assert.match(inTab, /Cross-Origin-Opener-Policy is about a page in a tab of its own: in a frame, such as the preview, it has no effect/);
  await context.close();
});

test("a page that is not to be in a frame says why, and comes back", async () => {
  const { context, page, root } = await opened("framed");
  await host(page, { fields: "X-Frame-Options: DENY" });
  await page.locator("#overlay", { hasText: "X-Frame-Options" }).waitFor();
  assert.equal(await page.locator("#overlay a").getAttribute("href"), root);
  await host(page, {});
  await page.frameLocator("iframe.shown").locator("h1", { hasText: "the application" }).waitFor();
  await page.locator("#overlay").waitFor({ state: "hidden" });
  await context.close();
});

test("the dialog works by keyboard and says what cannot be sent", async () => {
  const { context, page } = await opened("keys");
  await page.locator("#bar-hosting").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "keys, as it will be hosted" });
  await dialog.waitFor();
  const fields = page.getByLabel("Response fields of its own");
  for (const [text, problem] of [
    ["Content-Length: 3", /Content-Length says how a response is framed/],
    ["ETag: \"x\"", /ETag is made by the server/],
    ["X-A: 1\nnonsense", /Line 2 has no colon/],
    ["two words: x", /“two words” is no field name/],
  ]) {
    await fields.fill(/** @type {string} */ (text));
    await page.getByRole("button", { name: "Serve like this" }).press("Enter");
    await page.locator("#hosting-problem", { hasText: problem }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "hosting-fields");
    assert.equal(await fields.getAttribute("aria-invalid"), "true");
  }
  await page.keyboard.type("x");
  assert.equal(await page.locator("#hosting-problem").innerText(), "");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.id), "bar-hosting");
  // What was typed is gone with the dialog.
  await page.keyboard.press("Enter");
  assert.equal(await fields.inputValue(), "");
  assert.equal(await page.locator("#site-bar", { hasText: "as hosted:" }).count(), 0);
  await context.close();
});
