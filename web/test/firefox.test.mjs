// @ts-check
// The main path in a real Firefox, and what is another way there: it has no
// handles, so a folder is a list of files from the dialogue, or entries of a
// drop.
import assert from "node:assert/strict";
import { rm, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe } from "node:test";
import { test } from "./bounded.mjs";
import { newFolder, until, write } from "./engine.mjs";
import { noFirefox, startFirefox } from "./firefox.mjs";
import { startServe } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof startFirefox>>} */
let firefox;
/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {string} */
let folder;

/** Waits until the page has a text. @param {string} id of the element @param {RegExp} text */
const says = (id, text) => until(`${text} in #${id}`, async () => text.exec((await firefox.run((id) => document.getElementById(id)?.innerText, id)) ?? ""));

/** Opens the tool and waits until it takes folders. @param {string} [url] */
async function open(url = serve.tool) {
  await firefox.open(url);
  await ready();
}

const ready = () => until("the page's program", () => firefox.run(() => !document.querySelector("[data-act=sample]")?.matches(":disabled")));

/** The URL of the root of the site in front, once it is shown. @param {string} text of its page */
const shown = (text) =>
  until(`a preview with ${text}`, () => firefox.inFrame((text) => (document.readyState === "complete" && document.body.innerText.includes(text) ? `${location.origin}/` : ""), text).catch(() => ""));

/** What f does makes the preview load again. @param {() => Promise<unknown>} f */
async function loadsAgain(f) {
  await firefox.inFrame(() => void (document.body.dataset.old = ""));
  await f();
  await until("another load of the preview", () => firefox.inFrame(() => document.readyState === "complete" && document.body.dataset.old === undefined).catch(() => false));
}

/**
 * Fetches in the preview's page.
 * @param {string} url @param {RequestInit} [init]
 */
const get = (url, init) =>
  firefox.inFrame(
    async (url, init) => {
      const r = await fetch(url, init ?? {});
      const text = await r.text().catch((/** @type {Error} */ e) => e.name);
      return { status: r.status, reason: r.statusText, url: r.url, fields: Object.fromEntries(r.headers), text };
    },
    url,
    init ?? null,
  );

/** Waits for the row of a target, and gives what selects its cell: a row itself cannot be clicked by WebDriver. @param {string} target */
async function row(target) {
  const cell = `#tbody td.t[title="${target}"]`;
  await until(`the row of ${target}`, () =>
    firefox.run((cell) => {
      const found = /** @type {HTMLElement | null} */ (document.querySelector(cell));
      const rows = /** @type {HTMLElement} */ (document.getElementById("rows"));
      if (found) rows.scrollTop = found.offsetTop - rows.clientHeight / 2; // out from under the table's head
      return found !== null;
    }, cell),
  );
  return cell;
}

/** How many sites are open. */
const sites = () => firefox.run(() => document.querySelectorAll("#tabs .tab").length);

/** @param {string} name */
const shop = (name) =>
  write(join(folder, name), {
    "index.html": `<!DOCTYPE html><link rel="stylesheet" href="/css/site.css"><h1>${name}</h1>`,
    "css/site.css": "h1 { color: rgb(1, 2, 3) }",
    "docs/a.txt": "A",
    "ten.txt": "0123456789",
    "gone.txt": "soon gone",
    "large.bin": Buffer.alloc(100_000, "x"),
  });

describe("Firefox", { skip: noFirefox }, () => {
  before(async () => {
    folder = await newFolder();
    firefox = await startFirefox();
  });
  after(async () => {
    await firefox?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    serve = await startServe(folder); // another port: an origin with nothing stored
  });
  afterEach(() => serve.stop());

  test("the sample site, its log and an exchange", async () => {
    await open();
    await firefox.click(".welcome [data-act=sample]");
    await shown("The cabinet");
    await loadsAgain(() => firefox.click("#bar [data-act=reload]"));
    for (const target of ["/", "/css/site.css", "/js/main.js", "/img/cabinet.svg", "/data/objects.json"]) await row(target);
    await firefox.click(await row("/css/site.css"));
    const request = await says("xbody", /GET \/css\/site\.css HTTP\/1\.1/);
    assert.match(request.input, /accept-language: /);
    assert.match(request.input, /200 OK/);

    await firefox.click("[popovertarget=menu]");
    await firefox.click("#menu [data-act=help]");
    const shows = (await says("shows", /Field lines of \d+ requests? for a page: (.*)\.\nField lines of \d+ requests for what pages load: (.*)\./)).slice(1);
    assert.deepEqual(shows, ["accept, accept-language, upgrade-insecure-requests", "accept, accept-language, range"]);
    await says("shows", /Folders are handed over as files.*does not tell this page when a file changes/s);
    await firefox.click("#help [aria-label=Close]");
    const said = (await firefox.console(serve.tool)).filter((message) => !message.startsWith("Layout was forced")); // by this test
    assert.deepEqual(said, [], "the console is clean");
  });

  test("a folder from the dialogue: before it opens, the page says what the browser will call it", async () => {
    await shop("picked");
    await open();
    assert.match(await firefox.run(() => document.body.innerText), /Your browser will call this an upload\. Nothing leaves this computer\./);
    const question = await firefox.choose(".welcome [data-act=open]", join(folder, "picked"));
    assert.match(question, /upload all files from “picked”/);
    const site = await shown("picked");
    await says("site-bar", /6 files in 2 folders.*list as of \d\d:\d\d.*index page found/s);
    assert.equal(await firefox.inFrame(() => getComputedStyle(/** @type {Element} */ (document.querySelector("h1"))).color), "rgb(1, 2, 3)");

    assert.equal(await firefox.inTab(site, () => document.body.innerText), "picked");

    const missing = await get("/nothing");
    assert.deepEqual([missing.status, missing.reason], [404, "File not found"]);
    assert.match((await get("/docs/")).text, /<a href="a\.txt">a\.txt<\/a>/);
    assert.equal((await get("/docs")).url, `${site}docs/`, "a redirect");
    const part = await get("/ten.txt", { headers: { Range: "bytes=2-4" } });
    assert.deepEqual([part.status, part.fields["content-range"], part.text], [206, "bytes 2-4/10", "234"]);
    const past = await get("/ten.txt", { headers: { Range: "bytes=10-" } });
    assert.deepEqual([past.status, past.fields["content-range"]], [416, "bytes */10"]);
    assert.equal((await get("/ten.txt", { method: "POST", body: "x=1" })).status, 501);
    await firefox.click(await row("/docs"));
    await says("xbody", /301 Moved Permanently/);
  });

  test("a list that is not the disk any more is never served as if it was, and is read again in its site", async () => {
    const path = await shop("stale");
    await open();
    await firefox.choose(".welcome [data-act=open]", path);
    const site = await shown("stale");
    await firefox.inFrame(() => localStorage.setItem("kept", "yes"));

    await writeFile(join(path, "ten.txt"), "01234"); // shorter
    assert.equal((await get("/ten.txt")).status, 404);
    await says("notices", /ten\.txt was changed, moved or deleted .* Press Read again and choose stale/);
    await writeFile(join(path, "css/site.css"), "h1 { color: rgb(1, 2, 3); font-style: italic }"); // longer
    assert.equal((await get("/css/site.css")).status, 404);
    await writeFile(join(path, "large.bin"), "short");
    assert.equal((await get("/large.bin")).status, 404);
    await unlink(join(path, "gone.txt"));
    assert.equal((await get("/gone.txt")).status, 404);
    const notice = await says("notices", /gone\.txt was changed, moved or deleted/);
    assert.doesNotMatch(notice.input, /AbortError| \./);

    await write(path, { "index.html": "<h1>stale no more</h1>", "new.txt": "new" });
    assert.match(await firefox.run(() => document.getElementById("bar-rescan")?.title ?? ""), /Nothing leaves this computer/);
    await firefox.choose("#bar-rescan", path);
    assert.equal(await shown("stale no more"), site, "the same origin, loaded again");
    assert.equal(await firefox.inFrame(() => localStorage.getItem("kept")), "yes");
    assert.deepEqual([(await get("/ten.txt")).text, (await get("/new.txt")).text, (await get("/gone.txt")).status], ["01234", "new", 404]);
    assert.equal(await sites(), 1);
    assert.equal(await firefox.run(() => document.getElementById("notices")?.innerText), "", "what was said of the list before is gone");
  });

  test("a dropped folder: as it is on the disk, in one site however often, and copied for a reload", async () => {
    const path = await shop("dropped");
    await open();
    await firefox.drop(path);
    const site = await shown("dropped");
    // The preview follows its style sheet; for the rest it stays as it is.
    await write(path, { "css/site.css": "h1 { color: rgb(4, 5, 6) }" });
    await until("the new style", async () => (await firefox.inFrame(() => getComputedStyle(/** @type {Element} */ (document.querySelector("h1"))).color)) === "rgb(4, 5, 6)");
    await firefox.click("#live");
    await write(path, { "ten.txt": "longer than before", "docs/b.txt": "B" });
    assert.equal((await get("/ten.txt")).text, "longer than before");
    assert.match((await get("/docs/")).text, /a\.txt.*b\.txt/s);

    await loadsAgain(() => firefox.drop(path));
    await says("notices", /A site of the name dropped was open/);
    assert.equal(await shown("dropped"), site);
    assert.equal(await sites(), 1);

    await until("the copy", async () => (await firefox.run(savedSite))?.copied > 0);
    await firefox.reload();
    await ready();
    assert.equal(await shown("dropped"), site);
    await says("site-bar", /a copy, made \d+ [A-Z][a-z]{2} \d\d:\d\d/);
    await writeFile(join(path, "ten.txt"), "newer than the copy");
    assert.equal((await get("/ten.txt")).text, "longer than before");
    await loadsAgain(() => firefox.choose("#bar-rescan", path));
    assert.equal((await get("/ten.txt")).text, "newer than the copy");
    assert.equal(await shown("dropped"), site);
    assert.equal(await sites(), 1);
  });

  test("what was given is given again once the page has looked at the file", async () => {
    const site = await shop("again");
    const at = (/** @type {number} */ seconds) => new Date(1_700_000_000_000 + seconds * 1000);
    await utimes(join(site, "ten.txt"), at(0), at(0));
    await open();
    await firefox.drop(site);
    const url = await shown("again");
    await firefox.click("#live"); // what is edited must not load the preview again
    const first = await get(`${url}ten.txt?1`);
    assert.equal(first.text, "0123456789");
    const second = await get(`${url}ten.txt?2`);
    assert.deepEqual([second.text, second.fields.etag], [first.text, first.fields.etag]);
    await firefox.click(await row("/ten.txt?2"));
    await until("the reason", () => firefox.run(() => document.getElementById("xbody")?.textContent?.includes("The page looked: the file has the size and the time that it had")));

    await writeFile(join(site, "ten.txt"), "9876543210");
    await utimes(join(site, "ten.txt"), at(1), at(1));
    const edited = await get(`${url}ten.txt?3`);
    assert.equal(edited.text, "9876543210");
    assert.notEqual(edited.fields.etag, first.fields.etag);
    await unlink(join(site, "ten.txt"));
    assert.equal((await get(`${url}ten.txt?4`)).status, 404);
  });

  test("a folder that is too large for a copy says so after a reload, and comes back to its site", async () => {
    const path = await write(join(folder, "many"), { "index.html": "<h1>many</h1>" });
    await writeFile(join(path, "large.bin"), Buffer.alloc((64 << 20) + 1));
    await open();
    await firefox.drop(path);
    const site = await shown("many");
    await until("a word on the copy", async () => (await firefox.run(savedSite))?.noCopy === 1);
    await firefox.reload();
    await ready();
    await says("overlay", /too many for a copy, which has up to 2,000 files and 64 MiB/);
    await firefox.drop(path);
    assert.equal(await shown("many"), site);
    assert.equal(await sites(), 1);
  });

  test("a fetch wakes a worker that was stopped", async () => {
    const path = await shop("woken");
    await open();
    await firefox.drop(path);
    const site = await shown("woken");
    for (let i = 0; i < 3; i++) {
      assert.equal(await firefox.stopWorkers(site), 1);
      const r = await get(`/ten.txt?${i}`);
      assert.deepEqual([r.status, r.text], [200, "0123456789"]);
      await row(`/ten.txt?${i}`);
    }
  });

  test("on one origin", async () => {
    const path = await shop("one");
    await open(`http://localhost:${new URL(serve.tool).port}/?one-origin`);
    await firefox.drop(path);
    await shown("one");
    assert.match(await firefox.inFrame(() => location.pathname), /^\/s\/one-[a-z0-9]{4}\/$/);
    assert.equal(await firefox.inFrame(() => getComputedStyle(/** @type {Element} */ (document.querySelector("h1"))).color), "rgb(1, 2, 3)");
    assert.equal((await get("/ten.txt")).text, "0123456789");
    assert.equal((await get("/nothing")).status, 404);
  });
});

/** The only site that is written down. @returns {Promise<any>} */
function savedSite() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("vitrine");
    open.onblocked = open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction("sites").objectStore("sites").getAll();
      all.onsuccess = () => (resolve(all.result[0]), open.result.close());
    };
  });
}
