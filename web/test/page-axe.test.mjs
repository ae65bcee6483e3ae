// @ts-check
// axe-core over the states of the page, in both colours and at four sizes. A
// state is brought about once, in a wide window; then the window changes, and
// with each its colours.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { bringAxe, violations } from "./axe.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-axe-"));
  await writeFile(join(folder, "index.html"), "<h1>first");
  serve = await startServe(folder);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @param {Page} page */
const started = (page) => page.waitForFunction(() => !document.querySelector("[data-act=sample]")?.matches(":disabled"));

/** @param {Page} page */
async function sample(page) {
  await started(page);
  await page.click(".welcome [data-act=sample]");
  await page.waitForFunction(() => document.querySelectorAll("#tbody tr[id^=r]").length >= 7);
}

/** The pane that a state is about, where only one is in sight. @type {Record<string, string>} */
const panes = { log: "log", exchange: "exchange", "an explanation": "exchange", notes: "exchange", content: "exchange", "something undone": "log", "by page": "log" };

/** Shows it. @param {Page} page @param {string} state */
async function pane(page, state) {
  const button = page.locator(`.bottom [data-pane=${panes[state] ?? "preview"}]`);
  if (panes[state] && (await button.isVisible())) await button.click();
}

/** @type {Record<string, (page: Page) => Promise<unknown>>} */
const states = {
  empty: started,
  "dragged over": async (page) => {
    await started(page);
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(["x"], "x.txt"));
      document.body.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await page.waitForSelector("#over", { state: "visible" });
  },
  preview: sample,
  log: async (page) => {
    await sample(page);
    await page.fill("#filter", "colour:red");
  },
  exchange: async (page) => {
    await sample(page);
    await page.locator("#tbody tr[id^=r]").nth(1).click();
    await page.waitForSelector("#x-decision .ladder");
    for (const open of await page.locator("#xbody details > summary").all()) await open.click();
  },
  "an explanation": async (page) => {
    await sample(page);
    await page.locator("#tbody tr[id^=r]", { hasText: "206" }).click();
    await page.click("#x-bytes .tok[data-name=range]");
    await page.waitForSelector("#xbody .slip");
  },
  notes: async (page) => {
    await sample(page);
    await page.locator("#frames iframe.shown").contentFrame().locator("body").evaluate(() => fetch("/x", { method: "POST", body: "a=1" }));
    await page.locator("#tbody tr[id^=r]", { hasText: "501" }).click();
    await page.waitForSelector("#x-notes .notes");
  },
  content: async (page) => {
    await sample(page);
    await page.locator("#tbody tr[id^=r]", { hasText: "objects.json" }).click();
    await page.click("[data-act=read-content]");
    await page.waitForSelector("#content .json");
  },
  "something undone": async (page) => {
    await sample(page);
    await page.click("[data-act=clear]");
    await page.waitForSelector("[data-act=undo]");
  },
  "copy menu": async (page) => {
    await sample(page);
    await page.locator("#tbody tr[id^=r]").first().click();
    await page.click("#copy-as");
  },
  menu: async (page) => {
    await sample(page);
    await page.click("[popovertarget=menu]");
  },
  help: async (page) => {
    await sample(page);
    await page.click("[popovertarget=menu]");
    await page.click("[data-act=help]");
  },
  "a folder that is followed": async (page) => {
    await started(page);
    await drop(page, [folder]);
    await page.waitForSelector("#live[aria-pressed=true]");
    await page.frameLocator("iframe.shown").locator("h1").waitFor();
    // An application that changes its address, and says so with a request.
    const frame = page.frames().find((f) => f.parentFrame() === page.mainFrame() && !f.url().includes("/.vitrine/"));
    await frame?.evaluate(() => (history.pushState({}, "", "/users/7"), fetch("/data.json")));
    await page.waitForSelector("#as-of", { state: "visible" });
  },
  "as it will be hosted": async (page) => {
    await sample(page);
    await page.click("#bar-hosting");
    await page.check("#hosting [value='index.html']");
    await page.click("[data-preset=isolation]");
    await page.locator("#hosting .main").click();
    await page.waitForSelector("#hosting", { state: "hidden" });
    await page.waitForFunction(() => document.getElementById("site-bar")?.textContent?.includes("as hosted:"));
  },
  "the hosting dialog": async (page) => {
    await sample(page);
    await page.click("#bar-hosting");
    await page.fill("#hosting-fields", "Cross-Origin-Opener-Policy: same-origin\nContent-Length: 3");
    await page.locator("#hosting .main").click();
    await page.waitForFunction(() => document.getElementById("hosting-problem")?.textContent);
  },
  held: async (page) => {
    await sample(page);
    // What a page that stopped leaves behind.
    const site = await page.evaluate(() => localStorage.getItem("vitrine.site"));
    await page.goto("about:blank");
    await page.addInitScript((site) => localStorage.setItem("vitrine.loading", site ?? ""), site);
    await page.goto(serve.tool);
    await page.waitForSelector("#overlay-load");
  },
  "asked about a second site": async (page) => {
    const shared = new URL(serve.tool);
    shared.hostname = "localhost";
    shared.search = "?one-origin";
    await page.goto(shared.href);
    await started(page);
    await page.setInputFiles("#folder-input", folder);
    await page.locator("#tabs .tab").waitFor();
    await page.locator("#menu [data-act=sample]").evaluate((b) => /** @type {HTMLElement} */ (b).click());
    await page.waitForSelector("#ask[open]");
  },
  halted: async (page) => {
    await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
  },
};

const sizes = /** @type {const} */ ([[1440, 900], [390, 844], [844, 390], [320, 640]]);

for (const [name, bring] of Object.entries(states)) {
  test(`axe finds nothing: ${name}`, async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    if (name === "halted") await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
    await page.goto(serve.tool);
    await bring(page);
    await bringAxe(page);
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await pane(page, name);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `at ${width} the page is wider than its window`);
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name} ${width} ${colorScheme}.png`) });
        assert.deepEqual(await violations(page, colorScheme === "light" ? "all" : "colours"), [], `${width} ${colorScheme}`);
      }
    }
    await context.close();
  });
}
