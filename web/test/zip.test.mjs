// @ts-check
// A zip archive that is dropped is a site, read where it lies.
import assert from "node:assert/strict";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { crc32, deflateRawSync } from "node:zlib";
import { openTool, ready, savedSites, siteURL, until } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "zip-"));
  serve = await startServe(folder);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Packs files: those with a .css name are deflated, others stored.
 * @param {Record<string, string | Buffer>} files
 */
function pack(files) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const deflated = name.endsWith(".css");
    const packed = deflated ? deflateRawSync(data) : data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(0x800, 2); // names in UTF-8
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), Buffer.from([20, 0]), common, entry, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, central, end]);
}

const INDEX = `<!DOCTYPE html><link rel="stylesheet" href="/css/site.css"><h1>From an archive</h1>`;

test("an archive is a site: stored, deflated, in parts, listed, missing, and packed again", async () => {
  const archive = join(folder, "site.zip");
  const large = Buffer.alloc(3 << 20, "0123456789abcdef");
  const files = { "my site/index.html": INDEX, "my site/css/site.css": "h1 { color: rgb(1, 2, 3) }", "my site/data/large.bin": large, "my site/data/ü.txt": "name" };
  await writeFile(archive, pack(files));
  const page = await browser.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [archive]);
  const site = page.frameLocator("iframe.shown").locator("h1");
  await site.waitFor();
  assert.equal(await site.evaluate((h1) => getComputedStyle(h1).color), "rgb(1, 2, 3)");
  assert.equal(await page.locator("#tabs .tab .name").textContent(), "site");

  const get = (/** @type {string} */ path, /** @type {Record<string, string>} */ headers = {}) =>
    site.evaluate(
      async (_, [path, headers]) => {
        const response = await fetch(path, { headers });
        return { status: response.status, range: response.headers.get("Content-Range"), text: await response.text() };
      },
      /** @type {const} */ ([path, headers]),
    );
  assert.deepEqual(await get("/data/large.bin", { Range: "bytes=-16" }), { status: 206, range: `bytes ${large.length - 16}-${large.length - 1}/${large.length}`, text: "0123456789abcdef" });
  assert.equal((await get("/css/site.css", { Range: "bytes=0-1" })).text, "h1");
  assert.equal((await get("/data/large.bin")).text.length, large.length);
  assert.match((await get("/data/")).text, /%C3%BC\.txt/);
  assert.equal((await get("/data/%C3%BC.txt")).text, "name");
  assert.equal((await get("/none")).status, 404);

  await writeFile(archive, pack({ ...files, "my site/css/site.css": "h1 { color: rgb(4, 5, 6) }" }));
  await utimes(archive, new Date(), new Date());
  // The preview follows by itself.
  await until("the new style", () => site.evaluate((h1) => getComputedStyle(h1).color === "rgb(4, 5, 6)").catch(() => false));
  assert.equal((await get("/css/site.css")).text, "h1 { color: rgb(4, 5, 6) }");

  // After a reload the handle is there again.
  await page.reload();
  await page.frameLocator("iframe.shown").locator("h1").or(page.getByRole("button", { name: "Grant again" })).first().waitFor();
  await page.close();
});

test("a browser without handles: an archive is copied as it is for a reload", async () => {
  const archive = join(folder, "kept.zip");
  await writeFile(archive, pack({ "index.html": INDEX, "css/site.css": "h1 { color: rgb(1, 2, 3) }" }));
  const { context, page } = await openTool(browser, serve.tool, "delete DataTransferItem.prototype.getAsFileSystemHandle; delete window.showDirectoryPicker;");
  await drop(page, [archive]);
  const site = page.frameLocator("iframe.shown").locator("h1");
  await site.waitFor();
  await page.locator("#site-bar").getByText(/^list as of \d\d:\d\d$/).waitFor();
  assert.equal(await page.locator("#bar-rescan").count(), 0, "no folder dialogue chooses an archive");
  const url = await siteURL(page, "kept");
  await until("the copy", async () => (await savedSites(page))[0]?.copied > 0);
  await rm(archive);
  await page.reload();
  await page.locator("#site-bar").getByText(/^a copy, made /).waitFor();
  assert.equal(await site.evaluate((h1) => getComputedStyle(h1).color), "rgb(1, 2, 3)");
  assert.equal(await siteURL(page, "kept"), url);
  await context.close();
});

test("an archive that is none says so", async () => {
  const archive = join(folder, "broken.zip");
  await writeFile(archive, "no archive");
  const page = await browser.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [archive]);
  await page.locator("#notices").getByText(/broken.*no zip archive/).waitFor();
  await page.close();
});

test("beside other files an archive is a file", async () => {
  const archive = join(folder, "download.zip");
  const index = join(folder, "index.html");
  await writeFile(archive, pack({ "a.txt": "a" }));
  await writeFile(index, "<h1>Download</h1>");
  const page = await browser.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [archive, index]);
  const site = page.frameLocator("iframe.shown").locator("h1");
  await site.waitFor();
  assert.equal(await site.evaluate(async () => (await fetch("/download.zip")).headers.get("Content-Type")), "application/zip");
  await page.close();
});

test("an archive of 60,000 entries is usable at once", async () => {
  /** @type {Record<string, string>} */
  const files = { "index.html": "<h1>Many</h1>" };
  for (let i = 0; i < 60_000; i++) files[`dir ${i % 50}/${i}.txt`] = String(i);
  await writeFile(join(folder, "many.zip"), pack(files));
  const page = await browser.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [join(folder, "many.zip")]);
  const preview = page.frameLocator("iframe.shown");
  await preview.locator("h1", { hasText: "Many" }).waitFor();
  const text = (/** @type {string} */ path) => preview.locator("h1").evaluate(async (_, path) => (await fetch(path)).text(), path);
  assert.equal(await text("/dir%2049/59999.txt"), "59999");
  assert.equal((await text("/dir%200/")).match(/<li>/g)?.length, 1200);
  await page.locator("#site-bar").getByText("counting stopped, there is more").waitFor(); // at 50,000
  await page.close();
});
