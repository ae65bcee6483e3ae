// @ts-check
// `serve --live` with a real browser: style sheets are swapped in the page,
// everything else loads the page again, also error pages and listings.
import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { startChromium, startNative } from "./harness.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof startNative>>} */
let server;

const PAGE = `<!DOCTYPE html><title>one</title><link rel="stylesheet" href="css/site.css"><h1>A heading</h1>`;

before(async () => {
  browser = await startChromium();
  folder = await mkdtemp(join(tmpdir(), "live-"));
  await mkdir(join(folder, "css"));
  await mkdir(join(folder, "empty"));
  await writeFile(join(folder, "index.html"), PAGE);
  await writeFile(join(folder, "css", "site.css"), "h1 { color: rgb(1, 1, 1) }");
  await writeFile(join(folder, "css", "part.css"), "");
  server = await startNative(folder, "--live", "--log-format", "off");
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a page and waits until it listens. @param {string} path */
async function open(path) {
  const page = await browser.newPage();
  const listens = page.waitForRequest((request) => request.url().includes("/.vitrine/live?") || request.url().endsWith("/.vitrine/live"));
  await page.goto(server.url + path);
  await (await listens).response();
  return page;
}

test("a style sheet is swapped, and the page stays", async () => {
  const page = await open("");
  await page.evaluate(() => Object.assign(window, { here: true }));
  for (const shade of [2, 3]) {
    await writeFile(join(folder, "css", "site.css"), `h1 { color: rgb(${shade}, 0, 0) }`);
    await page.waitForFunction((want) => getComputedStyle(document.querySelector("h1") ?? document.body).color === want, `rgb(${shade}, 0, 0)`);
  }
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).here), true, "the page was loaded again");
  assert.equal(await page.locator("link").count(), 1, "old style sheets stay behind");
  await page.close();
});

test("a style sheet that no link names loads the page again", async () => {
  const page = await open("");
  const loaded = page.waitForEvent("load");
  await writeFile(join(folder, "css", "part.css"), "p { margin: 0 }");
  await loaded;
  await page.close();
});

test("a page, a listing and an error page are loaded again", async () => {
  const pages = [await open(""), await open("empty/"), await open("later.html")];
  assert.equal(await pages[2].title(), "Error response");
  await writeFile(join(folder, "index.html"), PAGE.replace("one", "two"));
  await writeFile(join(folder, "empty", "new.txt"), "");
  await writeFile(join(folder, "later.html"), "<title>there</title>");
  await pages[0].waitForFunction(() => document.title === "two");
  await pages[1].waitForFunction(() => document.querySelector("a")?.textContent === "new.txt");
  await pages[2].waitForFunction(() => document.title === "there");
  for (const page of pages) await page.close();
});

test("a page that was out of sight hears what it has missed", async () => {
  const page = await open("");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await writeFile(join(folder, "index.html"), PAGE.replace("one", "three"));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.notEqual(await page.title(), "three", "a page out of sight is not loaded");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: false, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.waitForFunction(() => document.title === "three");
  await page.close();
});
