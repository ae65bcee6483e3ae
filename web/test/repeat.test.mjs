// @ts-check
// Responses that the worker gives again: they are those of the core, the log
// says so, and no file that changed is ever given stale or broken.
import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, rename, rm, truncate, unlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { ready } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;
/** @type {import("playwright-core").Page} */
let page;
/** @type {import("playwright-core").Locator} */
let site;

/** A time that is settled. */
const OLD = new Date(Date.now() - 60_000);

/** @param {string} name @param {string | Buffer} text */
async function write(name, text, time = OLD) {
  await writeFile(join(folder, name), text);
  await utimes(join(folder, name), time, time);
}

before(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "repeat-")), "site");
  await mkdir(folder);
  await write("index.html", "<h1>Repeated</h1>");
  await write("a.txt", "the first content");
  await write("range.bin", Buffer.from("0123456789"));
  await write("empty.txt", "");
  serve = await startServe(folder);
  browser = await startChromium();
  page = await browser.newPage();
  await page.goto(serve.tool);
  await ready(page);
  await drop(page, [folder]);
  site = page.frameLocator("iframe.shown").locator("h1");
  await site.waitFor();
  await page.locator("#live").click(); // what a test edits must not load its page again
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(join(folder, ".."), { recursive: true, force: true });
});

/** Fetches from within the site. @param {string} path @param {RequestInit} [init] */
function get(path, init) {
  return site.evaluate(
    async (_, [path, init]) => {
      try {
        const response = await fetch(path, init);
        const headers = Object.fromEntries(response.headers);
        return { status: response.status, reason: response.statusText, headers, text: await response.text() };
      } catch (error) {
        return { status: 0, reason: String(error), headers: {}, text: "" };
      }
    },
    /** @type {const} */ ([path, init]),
  );
}

/** The transcript of the newest exchange with this target. @param {string} target */
async function exchange(target) {
  const row = page.locator("#tbody tr[id^=r]").filter({ has: page.locator(`.t[title="${target}"]`) }).last();
  await row.click();
  return (await page.locator("#xbody").textContent()) ?? "";
}

/** Fetches until the response is one that was given before. @param {string} path @param {RequestInit} [init] */
async function kept(path, init) {
  const first = await get(path, init);
  await new Promise((resolve) => setTimeout(resolve, 100)); // the core's record comes first
  return first;
}

test("a response is given again, with a date of its own, and the log says so", async () => {
  const first = await kept("/a.txt");
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const second = await get("/a.txt?second");
  const date = (/** @type {{headers: Record<string, string>}} */ r) => Date.parse(r.headers.date);
  assert.ok(date(second) > date(first), `${first.headers.date}, then ${second.headers.date}`);
  delete first.headers.date;
  delete second.headers.date;
  assert.deepEqual(second, first);
  const text = await exchange("/a.txt?second");
  assert.match(text, /The response of exchange \d+, given again/);
  assert.match(text, /GET \/a\.txt\?second HTTP\/1\.1/);
  assert.match(text, /The last byte of the file was read|watches the folder/);
  assert.doesNotMatch(text, /media type|looked at/); // reasons of the core, which was not asked
});

test("a part is given again", async () => {
  const init = { headers: { Range: "bytes=-3" } };
  await kept("/range.bin", init);
  const again = await get("/range.bin?part", init);
  assert.deepEqual([again.status, again.text, again.headers["content-range"]], [206, "789", "bytes 7-9/10"]);
  assert.match(await exchange("/range.bin?part"), /given again/);
});

test("what cannot be proved is not given again", async () => {
  for (const [path, init] of /** @type {[string, RequestInit][]} */ ([
    ["/empty.txt", {}],
    ["/fresh.txt", {}],
    ["/none.txt", {}],
    ["/a.txt", { headers: { "If-None-Match": '"x"' } }],
    ["/a.txt", { method: "HEAD" }],
    ["/range.bin", { headers: { Range: "bytes=0-0,2-2" } }],
  ])) {
    if (path === "/fresh.txt") await write("fresh.txt", "written just now", new Date());
    await kept(path, init);
    await get(`${path}?proof`, init);
    assert.doesNotMatch(await exchange(`${path}?proof`), /given again/, path);
  }
});

test("no change goes unnoticed: edited, replaced, truncated, deleted, touched, made again", async () => {
  const name = join(folder, "changing.txt");
  /** @type {[string, () => Promise<unknown>, string | null][]} */
  const changes = [
    ["edited", () => write("changing.txt", "another content", new Date(OLD.getTime() + 1)), "another content"],
    ["shorter under the same time", () => write("changing.txt", "shorter", new Date(OLD.getTime() + 1)), "shorter"],
    ["edited in the same length", () => write("changing.txt", "Another Content", new Date(OLD.getTime() + 5)), "Another Content"],
    ["edited under the same time and length", () => write("changing.txt", "ANOTHER CONTENT", new Date(OLD.getTime() + 5)), "ANOTHER CONTENT"],
    ["replaced", async () => (await write("new.txt", "replaced", new Date(OLD.getTime() + 9)), rename(join(folder, "new.txt"), name)), "replaced"],
    ["truncated", () => truncate(name, 3), "rep"],
    ["deleted", () => unlink(name), null],
    ["made again", () => write("changing.txt", "made again"), "made again"],
    ["touched", () => utimes(name, new Date(OLD.getTime() + 77), new Date(OLD.getTime() + 77)), "made again"],
    ["appended", () => write("changing.txt", "made again, longer", new Date(OLD.getTime() + 90)), "made again, longer"],
  ];
  await write("changing.txt", "the first content");
  for (const [title, change, want] of changes) {
    await kept("/changing.txt");
    await get("/changing.txt");
    await change();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const got = await get("/changing.txt");
    assert.deepEqual([got.status, want === null ? null : got.text], [want === null ? 404 : 200, want], title);
  }
});

test("under load nothing is stale or broken", async () => {
  await write("load.txt", "0".padStart(100));
  await kept("/load.txt");
  // 8 fetches at a time in the page, each checked against what the file was.
  const loading = site.evaluate(async () => {
    /** @type {{at: number, until: number, text: string}[]} */
    const seen = [];
    Object.assign(window, { stop: false });
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!(/** @type {any} */ (window).stop)) {
          const at = Date.now();
          let text;
          try {
            const response = await fetch("/load.txt", { signal: AbortSignal.timeout(5000) });
            text = response.status === 200 ? await response.text() : `status ${response.status}`;
          } catch (error) {
            text = String(error);
          }
          seen.push({ at, until: Date.now(), text });
        }
      }),
    );
    return seen;
  });
  // What was the content when: from before a change was begun to after it was over.
  const states = [{ begun: 0, over: 0, text: "0".padStart(100) }];
  for (let i = 1; i <= 40; i++) {
    await new Promise((resolve) => setTimeout(resolve, i % 4 ? 20 : 700));
    const text = String(i).padStart(100);
    const temporary = join(folder, "load.tmp");
    await writeFile(temporary, text);
    await utimes(temporary, new Date(OLD.getTime() + i), new Date(OLD.getTime() + i));
    const begun = Date.now();
    await rename(temporary, join(folder, "load.txt"));
    states.push({ begun, over: Date.now(), text });
  }
  await site.evaluate(() => Object.assign(window, { stop: true }));
  const seen = await loading;
  let quiet = 0;
  for (const { at, until, text } of seen) {
    // A fetch gets what was there 10 ms before it began, or came after; only
    // while the file is changed may it fail.
    let from = states.length - 1;
    while (states[from].over > at - 10) from--;
    const since = states.slice(from).filter((s) => s.begun <= until);
    if (since.length === 1) quiet++;
    const fits = since.some((s) => s.text === text) || (since.length > 1 && !/^ *\d+$/.test(text));
    assert.ok(fits, `from ${at} to ${until}: ${JSON.stringify(text)}; the content since then: ${JSON.stringify(since)}`);
  }
  assert.ok(quiet > 20, `only ${quiet} fetches without a change during them`);
});
