// @ts-check
// The engine in a real Chromium, each site on its own origin: real folders
// from disk, the real worker, the real core.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before } from "node:test";
import { test } from "./bounded.mjs";
import { get, openTab, openTool, ready, siteURL, stopWorkers, until, wav, write, writeLarge } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { HAND_OVER, MESSAGES } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

setUp(async () => {
  await write(join(folder, "shop"), {
    "index.html": `<!DOCTYPE html><link rel="stylesheet" href="/css/site.css">
<script type="module" src="/js/main.js"></script><h1>shop</h1><img src="/img/dot.svg"><a href="/docs/">docs</a>`,
    "css/site.css": `@import "/css/more.css"; @font-face { font-family: F; src: url(../font/f.woff2) } h1 { color: rgb(1, 2, 3); font-family: F }`,
    "css/more.css": "h1 { background: rgb(4, 5, 6) }",
    "js/main.js": `import { word } from "./deep/er/word.js"; document.body.dataset.word = word;`,
    "js/deep/er/word.js": `export const word = "works";`,
    "img/dot.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"></svg>`,
    "font/f.woff2": "no font, but asked for",
    "docs/a.txt": "A",
    "docs/sub/index.html": "<p>sub",
    "ten.txt": "0123456789",
    "empty.txt": "",
  });
});

/** Opens the tool and drops the folder shop. */
async function shop() {
  const tool = await openTool(browser, serve.tool);
  await drop(tool.page, [join(folder, "shop")]);
  const site = await siteURL(tool.page, "shop");
  return { ...tool, site, tab: await openTab(tool.context, site) };
}

test("a site works as on a server: root-relative CSS, modules, images, fonts", async () => {
  const { context, tab, site } = await shop();
  /** @type {Record<string, [number, string | undefined]>} */
  const seen = {};
  tab.on("response", (r) => (seen[new URL(r.url()).pathname] = [r.status(), r.headers()["content-type"]]));
  await tab.goto(site);
  await tab.waitForFunction(() => document.body.dataset.word === "works");
  const look = await tab.evaluate(() => {
    const style = getComputedStyle(/** @type {Element} */ (document.querySelector("h1")));
    const img = /** @type {HTMLImageElement} */ (document.querySelector("img"));
    return [style.color, style.backgroundColor, img.naturalWidth, img.naturalHeight];
  });
  assert.deepEqual(look, ["rgb(1, 2, 3)", "rgb(4, 5, 6)", 7, 5]);
  await until("the font", () => seen["/font/f.woff2"]);
  assert.deepEqual(seen, {
    "/": [200, "text/html"],
    "/css/site.css": [200, "text/css"],
    "/css/more.css": [200, "text/css"],
    "/js/main.js": [200, "text/javascript"],
    "/js/deep/er/word.js": [200, "text/javascript"],
    "/img/dot.svg": [200, "image/svg+xml"],
    "/font/f.woff2": [200, "font/woff2"],
  });
  await context.close();
});

test("listing, redirect, 404, HEAD, conditions and ranges come from the core", async () => {
  const { context, tab, site } = await shop();
  const listing = await get(tab, "/docs/");
  assert.match(listing.text, /<li><a href="a\.txt">a\.txt<\/a><\/li>\n<li><a href="sub\/">sub\/<\/a><\/li>/);
  assert.equal((await get(tab, "/docs")).url, `${site}docs/`);
  const missing = await get(tab, "/nothing/here");
  assert.deepEqual([missing.status, missing.reason], [404, "File not found"]);
  assert.match(missing.text, /<p>Error code: 404<\/p>/);
  assert.equal((await get(tab, "/docs/a.txt/")).status, 404);

  const head = await get(tab, "/ten.txt", { method: "HEAD" });
  assert.deepEqual([head.status, head.fields["content-length"], head.text], [200, "10", ""]);
  assert.equal((await get(tab, "/empty.txt")).text, "");
  const whole = await get(tab, "/ten.txt?query#fragment");
  assert.deepEqual([whole.status, whole.text, whole.fields["accept-ranges"]], [200, "0123456789", "bytes"]);

  const part = await get(tab, "/ten.txt", { headers: { Range: "bytes=2-4" } });
  assert.deepEqual([part.status, part.fields["content-range"], part.text], [206, "bytes 2-4/10", "234"]);
  const parts = await get(tab, "/ten.txt", { headers: { Range: "bytes=0-0,-1" } });
  assert.equal(parts.status, 206);
  assert.equal(parts.text.length, Number(parts.fields["content-length"]));
  assert.match(parts.text, /Content-Range: bytes 0-0\/10\r\n\r\n0\r\n--[0-9a-f]+\r\n.*Content-Range: bytes 9-9\/10\r\n\r\n9\r\n--[0-9a-f]+--\r\n$/s);
  const past = await get(tab, "/ten.txt", { headers: { Range: "bytes=10-" } });
  assert.deepEqual([past.status, past.fields["content-range"]], [416, "bytes */10"]);

  const same = await get(tab, "/ten.txt", { headers: { "If-None-Match": whole.fields.etag } });
  assert.deepEqual([same.status, same.text, same.fields.etag], [304, "", whole.fields.etag]);
  await context.close();
});

test("content of a request, other methods, more content than is taken", async () => {
  const { context, tab } = await shop();
  const post = await get(tab, "/ten.txt", { method: "POST", body: "x=1" });
  assert.deepEqual([post.status, post.reason], [501, "Unsupported method ('POST')"]);
  const brew = await get(tab, "/ten.txt", { method: "brew" });
  assert.deepEqual([brew.status, brew.reason], [501, "Unsupported method ('brew')"]);
  assert.equal((await get(tab, "/", { method: "PUT", body: "y".repeat(1 << 20) })).status, 501);
  const long = await tab.evaluate(async () => (await fetch("/", { method: "PUT", body: "y".repeat((1 << 20) + 1) })).status);
  assert.equal(long, 413);
  await context.close();
});

test("names with spaces, signs, quotes and letters of all kinds are reached from the listing", async () => {
  const names = ["a b.txt", "a#b.txt", "a?b.txt", "100%.txt", "%41.txt", "'single'.txt", '"double".txt', "a&b;c=d.txt", "ü ñ.txt", "日本.txt", "emoji 😀.txt", "a+b.txt", "[x]{y}.txt", "back\\slash.txt", "~tilde.txt", "trailing.", "UPPER.TXT", "..dots..", "<tag>.txt", "c:colon.txt", "tab\there.txt"];
  await write(join(folder, "odd"), Object.fromEntries(names.map((n) => [n, `content of ${n}`])));
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "odd")]);
  const tab = await openTab(context, await siteURL(page, "odd"));
  const links = await tab.$$eval("li a", (list) => list.map((a) => /** @type {const} */ ([a.textContent, /** @type {HTMLAnchorElement} */ (a).href])));
  assert.deepEqual(links.map(([text]) => text).sort(), [...names].sort(), "the listing has them all");
  for (const [text, href] of links) {
    const r = await get(tab, href);
    assert.deepEqual([r.status, Buffer.from(r.text, "latin1").toString()], [200, `content of ${text}`], `${text} at ${href}`);
  }
  await context.close();
});

test("3,000 files in 200 directories are usable at once", async () => {
  /** @type {Record<string, string>} */
  const files = { "index.html": "<h1>many" };
  for (let i = 0; i < 3000; i++) files[`dir${String(i % 200).padStart(3, "0")}/file${i}.txt`] = `number ${i}`;
  await write(join(folder, "many"), files);
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "many")]);
  const tab = await openTab(context, await siteURL(page, "many"));
  assert.equal(await tab.textContent("h1"), "many");
  for (const i of [0, 1, 199, 1500, 2999]) {
    const r = await get(tab, `/dir${String(i % 200).padStart(3, "0")}/file${i}.txt`);
    assert.deepEqual([r.status, r.text], [200, `number ${i}`]);
  }
  assert.equal((await get(tab, "/dir007/")).text.match(/<li>/g)?.length, 15);
  const all = await tab.evaluate(() => Promise.all(Array.from({ length: 300 }, (_, i) => fetch(`/dir${String(i % 200).padStart(3, "0")}/file${i}.txt`).then(async (r) => (await r.text()) === `number ${i}`))));
  assert.ok(all.every(Boolean), "300 at once, each its own content");
  await page.waitForFunction(() => /3,?001 files in 200 folders/.test(document.body.innerText));
  await context.close();
});

test("a file of 300 MB arrives whole, and the renderers stay small", async (t) => {
  await write(join(folder, "big"), { "index.html": `<a href="/large.bin">get</a>` });
  const want = await writeLarge(join(folder, "big", "large.bin"), 300);
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "big")]);
  const tab = await openTab(context, await siteURL(page, "big"));
  const before = await renderers();
  let most = before;
  const watch = setInterval(async () => (most = Math.max(most, await renderers())), 100);
  const started = tab.waitForEvent("download");
  await tab.click("a");
  const path = await (await started).path();
  clearInterval(watch);
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece);
  assert.equal(hash.digest("hex"), want);
  t.diagnostic(`renderers ${before >> 20} MiB before, at most ${most >> 20} MiB while it was sent`);
  assert.ok(most - before < 100 << 20, `renderers grew by ${(most - before) >> 20} MiB`);
  await context.close();
  await rm(join(folder, "big"), { recursive: true });
});

/** Memory of all renderers of the browser, in bytes; 0 where /proc does not tell. */
async function renderers() {
  if (!existsSync("/proc/self/status")) return 0;
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  let sum = 0;
  for (const { type, id } of processInfo) {
    if (type !== "renderer") continue;
    try {
      // Anonymous memory only: shared pages are counted elsewhere.
      sum += 1024 * Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      // it ended
    }
  }
  return sum;
}

test("a media element seeks by 206", async () => {
  await write(join(folder, "media"), { "index.html": `<audio src="/long.wav" preload="metadata"></audio>`, "long.wav": wav(3600) });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "media")]);
  const tab = await openTab(context, await siteURL(page, "media"));
  /** @type {string[]} */
  const ranges = [];
  tab.on("response", (r) => r.url().endsWith(".wav") && r.status() === 206 && ranges.push(r.headers()["content-range"]));
  await tab.reload();
  const at = await tab.evaluate(async () => {
    const audio = /** @type {HTMLAudioElement} */ (document.querySelector("audio"));
    if (audio.readyState < 1) await new Promise((resolve, reject) => ((audio.onloadedmetadata = resolve), (audio.onerror = reject)));
    audio.currentTime = 3500;
    await new Promise((resolve) => (audio.onseeked = resolve));
    return [audio.duration, audio.currentTime];
  });
  assert.deepEqual(at, [3600, 3500]);
  await until("a range from the middle", () => ranges.some((r) => Number(/^bytes (\d+)-/.exec(r)?.[1]) > 20e6));
  await context.close();
});

test("a fetch wakes a stopped worker and gets its file", async () => {
  const { context, tab, site } = await shop();
  for (let i = 0; i < 3; i++) {
    assert.equal(await stopWorkers(browser, site), 1);
    const r = await get(tab, "/ten.txt");
    assert.deepEqual([r.status, r.text], [200, "0123456789"]);
  }
  assert.equal(await stopWorkers(browser, site), 1);
  const many = await tab.evaluate(() => Promise.all(Array.from({ length: 40 }, () => fetch("/ten.txt").then((r) => r.text()))));
  assert.ok(many.every((text) => text === "0123456789"), "40 at once");
  assert.equal(await stopWorkers(browser, site), 1);
  await tab.goto(`${site}docs/`);
  assert.match(await tab.content(), /a\.txt/);
  await context.close();
});

test("the page is reloaded and the site is still there, while its tab is open", async () => {
  const { context, page, tab, site } = await shop();
  await page.reload();
  assert.equal(await siteURL(page, "shop"), site);
  assert.equal((await get(tab, "/ten.txt")).text, "0123456789");
  await stopWorkers(browser, site);
  await page.reload();
  await tab.reload();
  assert.equal(await tab.textContent("h1"), "shop");
  await context.close();
});

// Headless Chromium shows no prompt for a folder, so the browser's side of
// the permission is played here: "prompt" until a click asked.
test("where the browser demands permission again one click is enough", async () => {
  const { context, page } = await openTool(browser, serve.tool, `
    const granted = () => sessionStorage.getItem("granted") !== "no";
    FileSystemHandle.prototype.queryPermission = async () => granted() ? "granted" : "prompt";
    FileSystemHandle.prototype.requestPermission = async () => {
      if (!navigator.userActivation.isActive) throw new DOMException("no click", "SecurityError");
      sessionStorage.setItem("granted", "yes");
      return "granted";
    };`);
  await drop(page, [join(folder, "shop")]);
  const site = await siteURL(page, "shop");
  const tab = await openTab(context, site);
  await page.evaluate(() => sessionStorage.setItem("granted", "no"));
  await page.reload();
  const button = page.getByRole("button", { name: "Grant again" });
  await button.waitFor();
  const away = await get(tab, "/ten.txt");
  assert.equal(away.status, 503);
  assert.match(away.text, /wants a click before it reads shop again/);
  await button.click();
  await until("the site", async () => (await get(tab, "/ten.txt")).text === "0123456789");
  assert.equal(await siteURL(page, "shop"), site);
  await context.close();
});

test("a folder that needs permission can be dropped again: same site, same URL", async () => {
  const { context, page, tab, site } = await shop();
  await page.close();
  await new Promise((resolve) => setTimeout(resolve, 3000)); // until Chromium withdraws the permission
  const again = await context.newPage();
  await again.goto(serve.tool);
  await ready(again);
  await again.getByRole("button", { name: "Grant again" }).waitFor();
  assert.equal((await get(tab, "/ten.txt")).status, 503);
  await drop(again, [join(folder, "shop")]);
  await until("the site", async () => (await get(tab, "/ten.txt")).text === "0123456789");
  assert.equal(await siteURL(again, "shop"), site);
  await context.close();
});

test("without the tool's page a site says so at once", async () => {
  const { context, page, tab } = await shop();
  await page.close();
  const r = await get(tab, "/ten.txt");
  assert.equal(r.status, 503);
  assert.match(r.text, /the tool&#39;s page is closed|the tool's page is closed/);
  assert.match(r.text, new RegExp(`href="${serve.tool}"`));
  await context.close();
});

test("a worker that is started long after the tool's page was closed says the same, without its program", async () => {
  const { context, page, tab, site } = await shop();
  const said = async () => {
    const r = await get(tab, "/ten.txt");
    return [r.status, r.text];
  };
  await page.close();
  const [status, byProgram] = await said();
  assert.equal(status, 503);
  await new Promise((resolve) => setTimeout(resolve, 5000)); // it could have been reloaded
  assert.ok((await stopWorkers(browser, site)) > 0, "the worker was stopped");
  assert.deepEqual(await said(), [503, byProgram]);
  const worker = await until("the worker", () => context.serviceWorkers().filter((w) => w.url().startsWith(site)).pop());
  assert.equal(await worker.evaluate("running !== undefined"), false);
  await (await context.newPage()).goto(serve.tool);
  await until("the tool to be found again", async () => (await get(tab, "/ten.txt")).text !== byProgram);
  const noted = "caches.keys().then(async (names) => (await (await caches.open(names[0])).keys()).some(({ url }) => url.includes('gone?')))";
  assert.equal(await worker.evaluate(noted), false, "that it was closed is forgotten");
  await context.close();
});

test("two folders do not see each other", async () => {
  await write(join(folder, "left"), { "secret.txt": "left's" });
  await write(join(folder, "right"), { "secret.txt": "right's", "only.txt": "here" });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "left"), join(folder, "right")]);
  const [left, right] = [await siteURL(page, "left"), await siteURL(page, "right")];
  const tab = await openTab(context, left);
  const other = await openTab(context, right);
  assert.equal((await get(tab, "/secret.txt")).text, "left's");
  assert.equal((await get(other, "/secret.txt")).text, "right's");
  assert.equal((await get(tab, "/only.txt")).status, 404);
  const reach = (/** @type {string} */ url) => tab.evaluate((url) => fetch(url).then((r) => `status ${r.status}`, (e) => e.name), url);
  assert.equal(await reach(`${right}secret.txt`), "TypeError", "another site");
  assert.equal(await reach(serve.tool), "TypeError", "the tool");
  const up = await page.frames().find((f) => f.url().startsWith(left) && !f.url().includes("/.vitrine/"))?.evaluate(() => {
    try {
      return String(parent.document.title);
    } catch (e) {
      return /** @type {Error} */ (e).name;
    }
  });
  assert.ok(up === "SecurityError" || up === undefined, `a preview read the tool: ${up}`);
  await context.close();
});

// A site's script shares its origin with the bridge. It may get hold of it,
// but not of another site through it.
test("a site's script gets nothing through the bridge but its own files", async () => {
  await write(join(folder, "thief"), { "index.html": "<h1>thief", "mine.txt": "mine" });
  await write(join(folder, "victim"), { "secret.txt": "secret" });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "victim")]);
  const victim = await siteURL(page, "victim");
  await drop(page, [join(folder, "thief")]);
  const thief = await siteURL(page, "thief");
  const frame = await until("the thief's frame", () => page.frames().find((f) => f.url().startsWith(thief) && f.url().includes("/.vitrine/")));
  const loot = await frame.evaluate(
    ([victim, messages, handOver]) =>
      new Promise((resolve) => {
        // The frame's own element in the tool's page, and a message as of a worker.
        const got = /** @type {string[]} */ ([]);
        addEventListener("message", (e) => {
          const port = e.ports[0];
          if (!port) return;
          port.onmessage = (m) => {
            if (m.data.type === "found") got[m.data.number] = m.data.node.blob ? "file" : (m.data.node.reason ?? "nothing");
            if (Object.keys(got).length === 4) resolve(got);
          };
          ["mine.txt", "../victim/secret.txt", "secret.txt", victim].forEach((name, i) => port.postMessage({ vitrine: messages, type: "look", number: i, name, site: new URL(victim).hostname.split(".")[0] }));
        });
        parent.postMessage({ vitrine: handOver, type: "need-port", site: new URL(victim).hostname.split(".")[0] }, "*");
      }),
    /** @type {const} */ ([victim, MESSAGES, HAND_OVER]),
  );
  assert.equal(/** @type {string[]} */ (loot)[0], "file", "its own file");
  for (const other of /** @type {string[]} */ (loot).slice(1)) assert.match(other, /not exist|invalid/);
  await context.close();
});

test("a load that goes past the worker says so and goes on by a button", async () => {
  const { context, tab, site } = await shop();
  const devtools = await context.newCDPSession(tab);
  await devtools.send("Page.enable");
  await devtools.send("Page.reload", { ignoreCache: true }); // Shift+reload
  await tab.getByRole("heading", { name: "This load went past the server" }).waitFor();
  await tab.getByRole("button", { name: "Reload normally" }).click();
  await tab.getByRole("heading", { name: "shop" }).waitFor();
  assert.equal(tab.url(), site);
  await context.close();
});

test("a change on disk is seen at the next request", async () => {
  const path = join(folder, "live");
  await write(path, { "a.txt": "old", "dir/b.txt": "b" });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [path]);
  const tab = await openTab(context, await siteURL(page, "live"));
  assert.equal((await get(tab, "/a.txt")).text, "old");
  assert.equal((await get(tab, "/dir/b.txt")).text, "b");
  await writeFile(join(path, "a.txt"), "new and longer");
  await rename(join(path, "dir"), join(path, "moved"));
  assert.equal((await get(tab, "/a.txt")).text, "new and longer");
  assert.equal((await get(tab, "/dir/b.txt")).status, 404);
  assert.equal((await get(tab, "/moved/b.txt")).text, "b");
  await rm(join(path, "a.txt"));
  assert.equal((await get(tab, "/a.txt")).status, 404);
  await write(path, { "dir": "a file where a directory was" });
  assert.equal((await get(tab, "/dir")).text, "a file where a directory was");
  await rename(path, join(folder, "away"));
  assert.equal((await get(tab, "/dir")).status, 404);
  assert.equal((await get(tab, "/")).status, 404);
  await page.waitForFunction(() => /moved, renamed or deleted/.test(document.body.innerText));
  await context.close();
});

const noHandles = "delete DataTransferItem.prototype.getAsFileSystemHandle; delete window.showDirectoryPicker;";

test("a browser without handles: dropped entries, kept as a copy over a reload", async () => {
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  /** @type {Record<string, string>} */
  const files = { "index.html": "<h1>entries" };
  for (let i = 0; i < 250; i++) files[`sub/f${i}.txt`] = `${i}`; // more than one batch
  await write(join(folder, "entries"), files);
  await drop(page, [join(folder, "entries")]);
  const site = await siteURL(page, "entries");
  const tab = await openTab(context, site);
  assert.equal(await tab.textContent("h1"), "entries");
  assert.equal((await get(tab, "/sub/")).text.match(/<li>/g)?.length, 250);
  await until("the copy", () => page.evaluate(() => new Promise((resolve, reject) => {
    const open = indexedDB.open("vitrine");
    open.onblocked = open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const transaction = open.result.transaction(["files", "sites"]);
      const count = transaction.objectStore("files").count();
      const all = transaction.objectStore("sites").getAll();
      transaction.oncomplete = () => (resolve(count.result === 251 && all.result.some((s) => s.copied)), open.result.close());
    };
  })));
  await page.reload();
  await rm(join(folder, "entries"), { recursive: true });
  assert.equal(await siteURL(page, "entries"), site);
  assert.equal((await get(tab, "/sub/f77.txt")).text, "77", "from the copy");
  await context.close();
});

test("a browser without handles: a folder from the file dialogue", async () => {
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await page.setInputFiles("#folder-input", join(folder, "shop"));
  const site = await siteURL(page, "shop");
  const tab = await openTab(context, site);
  assert.equal(await tab.textContent("h1"), "shop");
  assert.equal((await get(tab, "/js/deep/er/word.js")).status, 200);
  assert.equal((await get(tab, "/ten.txt", { headers: { Range: "bytes=-2" } })).text, "89");
  await context.close();
});

test("a browser without handles: a dropped folder shows changes as long as the page is open", async () => {
  const path = join(folder, "fresh");
  await write(path, { "a.txt": "old", "b/c.txt": "c" });
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await drop(page, [path]);
  const tab = await openTab(context, await siteURL(page, "fresh"));
  assert.equal((await get(tab, "/a.txt")).text, "old");
  await write(path, { "a.txt": "new and longer", "b/d.txt": "d" });
  assert.equal((await get(tab, "/a.txt")).text, "new and longer");
  assert.match((await get(tab, "/b/")).text, /c\.txt.*d\.txt/s);
  await context.close();
});

test("files of a dialogue that changed on disk are an honest error", async () => {
  const path = join(folder, "stale");
  await write(path, { "a.txt": "as it was", "b.txt": "stays" });
  const { context, page } = await openTool(browser, serve.tool, noHandles);
  await page.setInputFiles("#folder-input", path);
  const tab = await openTab(context, await siteURL(page, "stale"));
  assert.equal((await get(tab, "/a.txt")).text, "as it was");
  await writeFile(join(path, "a.txt"), "changed since");
  assert.equal((await get(tab, "/a.txt")).status, 404);
  assert.equal((await get(tab, "/b.txt")).text, "stays");
  await page.waitForFunction(() => /changed, moved or deleted/.test(document.body.innerText));
  await context.close();
});

// Browsers send the request of <a download> past service workers: there is no
// server for it, and a page saved under the file's name would be a lie.
test("a download that goes past the worker fails instead of saving something else", async () => {
  await write(join(folder, "past"), { "index.html": `<a href="/file.bin" download>get</a>`, "file.bin": "bytes" });
  const { context, page } = await openTool(browser, serve.tool);
  await drop(page, [join(folder, "past")]);
  const tab = await openTab(context, await siteURL(page, "past"));
  const started = tab.waitForEvent("download");
  await tab.click("a");
  assert.notEqual(await (await started).failure(), null);
  await context.close();
});

test("loose files and folders together are one site", async () => {
  const path = join(folder, "loose");
  await write(path, { "index.html": `<link rel="stylesheet" href="/css/a.css"><h1>loose`, "css/a.css": "h1 { color: rgb(9, 9, 9) }", "docs/x/y.txt": "y" });
  for (const script of ["", noHandles]) {
    const { context, page } = await openTool(browser, serve.tool, script);
    await drop(page, [join(path, "index.html"), join(path, "css"), join(path, "docs")]);
    const tab = await openTab(context, await siteURL(page, "index-html-and-2-mor"));
    assert.equal(await tab.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector("h1"))).color), "rgb(9, 9, 9)");
    assert.equal((await get(tab, "/docs/x/y.txt")).text, "y");
    assert.match((await get(tab, "/docs/")).text, /x\//);
    await context.close();
  }
});

test("the built-in sample survives a reload under the same URL", async () => {
  const { context, page } = await openTool(browser, serve.tool);
  await page.click(".welcome [data-act=sample]");
  const site = await siteURL(page, "sample");
  const tab = await openTab(context, site);
  const first = await get(tab, "/");
  assert.equal(first.status, 200);
  await page.reload();
  assert.equal(await siteURL(page, "sample"), site);
  const again = await get(tab, "/");
  assert.deepEqual([again.text, again.fields.etag], [first.text, first.fields.etag]);
  await context.close();
});

test("a site that is removed is gone, its worker too", async () => {
  const { context, page, tab, site } = await shop();
  await page.locator(".site.on [data-act=remove]").click();
  await page.locator("[data-act=undo]").waitFor({ state: "detached" }); // until then it could come back
  // By the document: a frame that was just made, to forget the site, has no URL yet.
  await until("the frames of the site to go", () => page.evaluate((site) => !document.querySelector(`iframe[src^="${site}"]`), site));
  await page.reload();
  await ready(page);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(!page.frames().some((f) => f.url().startsWith(site)), "it came back");
  assert.equal(await tab.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  await context.close();
});
