// @ts-check
// What the tests of the engine share: folders on disk, the tool in a context
// of its own, and the sites it serves.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */

/** A folder of this test run, not below /dev, of which browsers give no handles. @returns {Promise<string>} */
export const newFolder = () => mkdtemp(join(tmpdir(), "vitrine-engine-"));

/**
 * Writes files, path to content, below a folder.
 * @param {string} folder @param {Record<string, string | Uint8Array>} files
 */
export async function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/**
 * A file of n MiB that no compression or hole makes smaller.
 * @param {string} path @param {number} n
 * @returns {Promise<string>} its SHA-256
 */
export async function writeLarge(path, n) {
  const hash = createHash("sha256");
  const out = createWriteStream(path);
  const piece = Buffer.alloc(1 << 20);
  let x = 0x2545f491;
  for (let i = 0; i < n; i++) {
    for (let at = 0; at < piece.length; at += 4) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      piece.writeInt32LE(x, at);
    }
    hash.update(piece);
    if (!out.write(Buffer.from(piece))) await new Promise((resolve) => out.once("drain", () => resolve(0)));
  }
  await new Promise((resolve) => out.end(() => resolve(0)));
  return hash.digest("hex");
}

/** Uncompressed sound, one byte a sample: seconds of it at 8 kHz. @param {number} seconds */
export function wav(seconds) {
  const n = 8000 * seconds;
  const b = Buffer.alloc(44 + n, 128);
  b.write("RIFF", 0);
  b.writeUInt32LE(36 + n, 4);
  b.write("WAVEfmt ", 8);
  b.writeUInt32LE(16, 16);
  b.writeUInt16LE(1, 20); // PCM
  b.writeUInt16LE(1, 22); // one channel
  b.writeUInt32LE(8000, 24);
  b.writeUInt32LE(8000, 28);
  b.writeUInt16LE(1, 32);
  b.writeUInt16LE(8, 34);
  b.write("data", 36);
  b.writeUInt32LE(n, 40);
  return b;
}

/**
 * Waits until f gives something true, and gives that.
 * @template T @param {string} what @param {() => T | Promise<T>} f @param {number} [limit] in ms
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, f, limit = 30_000) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`waited ${limit} ms for ${what}`)), limit)));
  try {
    for (;;) {
      const value = await Promise.race([late, f()]); // f may ask a frame that never responds
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Clicks what is in the preview. The browser hands the mouse to a frame of
 * another process only when it has drawn that frame, which may be after its
 * content is there: a click before that is lost.
 * @param {import("playwright-core").Locator} target
 */
export async function clickInside(target) {
  const reached = await target.evaluateHandle((element) => {
    const mouse = { came: false };
    element.addEventListener("mousemove", () => (mouse.came = true), { once: true });
    return mouse;
  });
  await until("the preview to take the mouse", async () => {
    await target.hover();
    return reached.evaluate((mouse) => mouse.came);
  });
  await target.click();
}

/**
 * The tool in a context of its own.
 * @param {Browser} browser @param {string} url
 * @param {string} [script] runs in every page before its own scripts
 */
export async function openTool(browser, url, script) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(30_000);
  if (script) await context.addInitScript(script);
  const page = await context.newPage();
  await page.goto(url);
  await ready(page);
  return { context, page };
}

/** Waits until the page's program takes drops. @param {Page} page */
export const ready = (page) => page.waitForFunction(() => !document.querySelector("[data-act=sample]")?.matches(":disabled"));

/**
 * The URL of the root of the site of that name, told by the frame that leads
 * to its worker.
 * @param {Page} page @param {string} name as it is in the site's ID
 */
export function siteURL(page, name) {
  return until(`the site of ${name}`, () => {
    for (const frame of page.frames()) {
      const own = /^(http:\/\/([a-z0-9-]+)-[a-z0-9]{4}\.vitrine\.localhost(?::\d+)?\/)\.vitrine\/bridge\.html$/.exec(frame.url());
      if (own?.[2] === name) return own[1];
      const shared = /^(http:\/\/.*\/)bridge\.html\?site=(([a-z0-9-]+)-[a-z0-9]{4})$/.exec(frame.url());
      if (shared?.[3] === name) return `${shared[1]}s/${shared[2]}/`;
    }
  });
}

/**
 * What the page has written down of its sites.
 * @param {Page} page
 * @returns {Promise<any[]>}
 */
export const savedSites = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open("vitrine");
        open.onblocked = open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction("sites").objectStore("sites").getAll();
          all.onsuccess = () => (resolve(all.result), open.result.close());
        };
      }),
  );

/**
 * A tab of a site at a path. The first load may be the page that installs the
 * worker; it goes on by itself.
 * @param {BrowserContext} context @param {string} url
 */
export async function openTab(context, url) {
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.waitForFunction(() => navigator.serviceWorker.controller && document.readyState === "complete" && !document.getElementById("starting"));
  return tab;
}

/**
 * Fetches in a page.
 * @param {Page} page @param {string} url @param {RequestInit} [init]
 */
export const get = (page, url, init) =>
  page.evaluate(
    async ([url, init]) => {
      const r = await fetch(url, init);
      const bytes = new Uint8Array(await r.arrayBuffer());
      let text = "";
      for (const b of bytes) text += String.fromCharCode(b);
      return { status: r.status, reason: r.statusText, url: r.url, fields: Object.fromEntries(r.headers), text };
    },
    /** @type {const} */ ([url, init]),
  );

/**
 * Stops the workers whose script is below a URL, as the browser does with
 * idle ones, and waits until they have stopped. A fetch may start them again
 * at once.
 * @param {Browser} browser @param {string} url
 * @returns {Promise<number>} how many were stopped
 */
export async function stopWorkers(browser, url) {
  let n = 0;
  for (const context of browser.contexts()) {
    const [page] = context.pages();
    if (!page) continue;
    const devtools = await context.newCDPSession(page);
    /** @type {Set<string>} */
    const running = new Set();
    /** @type {Set<string>} */
    const stopped = new Set();
    let known = false;
    devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      known = true;
      for (const { versionId, runningStatus, scriptURL } of versions) {
        if (runningStatus === "stopped") {
          running.delete(versionId);
          stopped.add(versionId);
        } else if (scriptURL.startsWith(url)) running.add(versionId);
      }
    });
    await devtools.send("ServiceWorker.enable");
    await until("the browser to say what runs", () => known);
    const workers = [...running];
    stopped.clear();
    for (const versionId of workers) await devtools.send("ServiceWorker.stopWorker", { versionId });
    await until("the workers to stop", () => workers.every((id) => stopped.has(id)));
    await devtools.detach();
    n += workers.length;
  }
  return n;
}
