// @ts-check
// The main path in WebKitGTK, which Safari shares its page and worker code
// with, and what is another way there: a private session stores no Files, and a
// site in a tab of its own is another one than in the tool.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, afterEach, before, beforeEach, describe } from "node:test";
import { test } from "./bounded.mjs";
import { newFolder, until } from "./engine.mjs";
import { startServe } from "./harness.mjs";
import { noWebKit, startWebKit } from "./webkit.mjs";

/** @type {Awaited<ReturnType<typeof startWebKit>>} */
let webkit;
/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {string} */
let folder;

const ready = () => until("the page's program", () => webkit.run(() => !document.querySelector("[data-act=sample]")?.matches(":disabled")).catch(() => false));

/** The URL of the site in front, once it is shown. @param {string} text of its page */
const shown = (text) =>
  until(`a preview with ${text}`, () => webkit.inFrame((text) => (document.readyState === "complete" && document.body.innerText.includes(text) ? location.href : ""), text).catch(() => ""));

/** @param {string} url @param {RequestInit} [init] */
const get = (url, init) =>
  webkit.inFrame(
    async (url, init) => {
      const r = await fetch(url, init ?? {});
      return { status: r.status, reason: r.statusText, fields: Object.fromEntries(r.headers), text: await r.text() };
    },
    url,
    init ?? null,
  );

/** Waits for the row of a target. @param {string} target */
const row = (target) =>
  until(`the row of ${target}`, () =>
    webkit.run((target) => {
      const found = /** @type {HTMLElement | null} */ (document.querySelector(`#tbody td.t[title="${target}"]`));
      const rows = /** @type {HTMLElement} */ (document.getElementById("rows"));
      if (found) rows.scrollTop = found.offsetTop - rows.clientHeight / 2; // out from under the table's head
      return found !== null;
    }, target),
  );

/** Waits until the page has a text. @param {string} id of the element @param {RegExp} text */
const says = (id, text) => until(`${text} in #${id}`, async () => text.exec((await webkit.run((id) => document.getElementById(id)?.innerText, id)) ?? ""));

describe("WebKit", { skip: noWebKit }, () => {
  before(async () => {
    folder = await newFolder();
    webkit = await startWebKit();
  });
  after(async () => {
    await webkit?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    serve = await startServe(folder);
  });
  afterEach(() => serve.stop());

  test("the sample site, its log and an exchange", async () => {
    await webkit.open(serve.tool);
    await ready();
    await webkit.click(".welcome [data-act=sample]");
    await shown("The cabinet");
    const missing = await get("/nothing");
    assert.deepEqual([missing.status, missing.reason], [404, "File not found"]);
    const part = await get("/css/site.css", { headers: { Range: "bytes=0-3" } });
    assert.deepEqual([part.status, part.text.length], [206, 4]);
    assert.equal((await get("/", { method: "POST", body: "x=1" })).status, 501);
    for (const target of ["/css/site.css", "/img/cabinet.svg", "/data/objects.json", "/nothing", "/js/main.js"]) await row(target);
    // A row that moves as others arrive can be missed by the mouse.
    await until("the exchange", async () => {
      await webkit.click('#tbody td.t[title="/js/main.js"]');
      return webkit.run(() => /GET \/js\/main\.js HTTP\/1\.1[^]*200 OK/.test(document.getElementById("xbody")?.textContent ?? ""));
    });
  });

  test("a new tab is offered only where it is served", async () => {
    const tab = () => webkit.run(() => document.getElementById("newtab")?.offsetParent !== null);
    await webkit.open(serve.tool);
    await ready();
    await webkit.click(".welcome [data-act=sample]");
    const apart = await shown("The cabinet");
    assert.equal(await tab(), false);
    await webkit.click("[popovertarget=menu]");
    await webkit.click("#menu [data-act=help]");
    await says("shows", /A site in a tab of its own is not served/);
    await webkit.open(apart);
    await until("why not", () => webkit.run(() => document.body.innerText.includes("Safari keeps a site in a tab of its own apart from the one in the tool")));

    await webkit.open(`http://localhost:${new URL(serve.tool).port}/?one-origin`);
    await ready();
    await says("notices", /share one origin/); // which moves what is below it
    await webkit.click(".welcome [data-act=sample]");
    const site = await shown("The cabinet");
    assert.equal(await tab(), true);
    await webkit.open(site);
    await until("the site by itself", () => webkit.run(() => document.body.innerText.includes("The cabinet")));
  });

  test("files are copied for a reload, by their bytes if need be", async () => {
    await webkit.open(serve.tool);
    await ready();
    // The driver can choose no folder: what the input has then is made here.
    await webkit.run(() => {
      const data = new DataTransfer();
      data.items.add(new File(["<h1>chosen</h1>"], "index.html", { lastModified: 1.6e12 }));
      data.items.add(new File(["0123456789"], "ten.txt", { lastModified: 1.6e12 }));
      const input = /** @type {HTMLInputElement} */ (document.getElementById("folder-input"));
      input.files = data.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const site = await shown("chosen");
    const before = await get("/ten.txt");
    await until("the copy", () => webkit.run(copied));
    await webkit.reload();
    await ready();
    assert.equal(await shown("chosen"), site);
    await says("site-bar", /a copy, made/);
    const after = await get("/ten.txt");
    assert.deepEqual([after.text, after.fields.etag, after.fields["last-modified"]], ["0123456789", before.fields.etag, before.fields["last-modified"]]);
  });
});

/** Whether the only site has a copy. */
function copied() {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open("vitrine");
    open.onblocked = open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction("sites").objectStore("sites").getAll();
      all.onsuccess = () => (resolve(all.result[0]?.copied > 0), open.result.close());
    };
  });
}
