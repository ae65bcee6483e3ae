// @ts-check
// The console as a person uses it: requests are typed by real keys, read step by
// step, sent whole and by segments.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { test } from "./bounded.mjs";
import { bringAxe, violations } from "./axe.mjs";
import { startNative } from "./harness.mjs";
import { until } from "./engine.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Page} Page */

setUp();

/**
 * A page that shows the console, in a context of its own.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {string} [script] runs before the page's
 */
async function open(options = {}, script = "") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
  await page.addInitScript(script);
  await page.goto(serve.tool);
  await page.waitForFunction(() => !document.querySelector(".welcome [data-act=type]")?.matches(":disabled"));
  await page.click(".welcome [data-act=type]");
  await page.waitForSelector("#starters details", { state: "attached" });
  return {
    page,
    faults,
    close: async () => {
      assert.deepEqual(faults, []);
      await context.close();
    },
  };
}

/** The bytes that are typed, as the view of escapes has them. @param {Page} page */
async function typed(page) {
  await page.click("[data-act=typed-view][data-to=escapes]");
  const text = await page.inputValue("#typed");
  await page.click("[data-act=typed-view][data-to=text]");
  return text.replaceAll("\n", "");
}

/** Puts bytes into the editor. @param {Page} page @param {string} escapes */
async function put(page, escapes) {
  await page.click("[data-act=typed-view][data-to=escapes]");
  await page.fill("#typed", escapes);
  await page.click("[data-act=typed-view][data-to=text]");
}

/** The steps: bytes, and what each column says. @param {Page} page */
const steps = (page) =>
  page.locator("#parse-rows tr").evaluateAll((rows) => rows.map((r) => Array.from(r.querySelectorAll("td"), (td) => td.textContent?.trim() ?? "").slice(1)));

/** Waits until the parser has read so many steps, or some that fit. @param {Page} page @param {RegExp} text of the last row */
const read = (page, text) =>
  page.waitForFunction((source) => new RegExp(source).test(document.querySelector("#parse-rows tr:last-child")?.textContent ?? ""), text.source);

/** A response by its profile. @param {Page} page @param {string} profile */
const response = (page, profile) => page.locator(`#responses section[aria-label="${profile}"]`);

/** Chooses a starter. @param {Page} page @param {string} group @param {string} title */
async function starter(page, group, title) {
  const choose = page.locator(".console .choose");
  if ((await choose.isVisible()) && (await choose.getAttribute("aria-expanded")) !== "true") await choose.click();
  const details = page.locator("#starters details", { hasText: group });
  if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
  await details.locator("button", { hasText: title }).first().click();
}

test("a request is typed, read step by step, forward and back, and sent", async () => {
  const { page, close } = await open();
  await page.keyboard.type("GET /hello.txt HTTP/1.1");
  await read(page, /waiting for the end of the request-line/);
  await page.keyboard.press("Enter");
  await read(page, /waiting for the empty line that ends the field section/);
  await page.keyboard.type("Host: museum.example");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await read(page, /waiting for a request/);
  assert.equal(await typed(page), "GET /hello.txt HTTP/1.1\\r\\nHost: museum.example\\r\\n\\r\\n");
  const rows = await steps(page);
  assert.deepEqual(rows.slice(0, 3), [["GET 0–2", "both: Method."], ["SP 3", "both: Separator."], ["/hello.txt 4–13", "both: Request-target."]]);
  // The chosen step lights the same bytes in text, numbers and trace.
  await page.locator("#parse-at").fill("1");
  await page.locator("#typed").focus();
  for (const [lit, hex] of [[" ", "20"], ["/hello.txt", "2f 68 65 6c 6c 6f 2e 74 78 74"]]) {
    await page.keyboard.press("F8");
    assert.equal(await page.locator("#typed-layer .at").textContent(), lit);
    assert.deepEqual((await page.locator("#typed-strip .at").allTextContents()).join(" "), hex);
  }
  assert.match((await page.textContent("#parse-rows tr.on")) ?? "", /Request-target/);
  assert.match((await page.getAttribute("#parse-at", "aria-valuetext")) ?? "", /^step 3 of \d+: Request-target\. RFC 9112 §3\.2/);
  await page.keyboard.press("Shift+F8");
  assert.equal(await page.locator("#typed-layer .at").textContent(), " ");
  await page.locator("#typed").press("Control+Enter");
  for (const profile of ["http.server", "strict"]) {
    await response(page, profile).locator(".st", { hasText: "200 OK" }).waitFor();
    assert.match(await response(page, profile).innerText(), /Hello, you who type HTTP by hand!/);
    assert.match(await response(page, profile).innerText(), /Ended by Content-Length: 34\./);
  }
  assert.match(await response(page, "http.server").innerText(), /closes the connection: the server speaks HTTP\/1\.0/);
  assert.match(await response(page, "strict").innerText(), /c2: open, the server waits for a request/);
  // Both are in the log, marked.
  await response(page, "strict").locator("[data-act=typed-open]").waitFor();
  await close();
});

test("a request is sent by segments, and the parser waits at each", async () => {
  const { page, close } = await open();
  await page.click("[data-act=parse-profile][data-to=strict]");
  await starter(page, "Connection", "A request in three segments");
  await read(page, /waiting for a request/);
  const waits = (await steps(page)).filter(([bytes]) => bytes.startsWith("segment")).map((r) => r.join(": "));
  assert.deepEqual(waits, [
    "segment 1 ended: waiting for the end of the request-line",
    "segment 2 ended: waiting for the end of a field line",
    "segment 3 ended: waiting for a request",
  ]);
  for (const [n, waits] of [["1", "the rest of a header section"], ["2", "the rest of a header section"], ["3", "a request"]]) {
    assert.equal(await page.textContent("#typed-send"), `Send segment ${n} of 3`);
    await page.click("#typed-send");
    await page.locator("#responses small", { hasText: `open, the server waits for ${waits}` }).waitFor();
  }
  await response(page, "strict").locator(".st", { hasText: "200 OK" }).waitFor();
  // A segment is put in and taken away by a key.
  await put(page, "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
  await page.locator("#typed").focus();
  await page.evaluate(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("typed")).setSelectionRange(5, 5));
  await page.keyboard.press("Control+Shift+Enter");
  await until("the segment", async () => /^GET \/\\\| HTTP/.test(await typed(page)));
  await close();
});

test("two requests go over one connection, until it is half-closed", async () => {
  const { page, close } = await open();
  await page.click("[data-act=parse-profile][data-to=strict]");
  await put(page, "GET /hello.txt HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
  await page.click("#typed-all");
  await page.locator("#responses .ends").nth(0).waitFor();
  await put(page, "HEAD /hello.txt HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n");
  await page.click("#typed-all");
  await page.locator("#responses .ends").nth(1).waitFor();
  assert.equal(await page.textContent("#typed-name"), "c1");
  assert.match(await response(page, "strict").innerText(), /Ended by the empty line: by rule there is no content/);
  await page.click("#typed-end");
  await page.locator("#responses small", { hasText: "c1: The client closes the connection: no further request comes." }).waitFor();
  assert.ok(await page.isDisabled("#typed-close"));
  await page.click("#typed-all");
  await page.locator("#typed-name", { hasText: "c2" }).waitFor();
  await close();
});

test("a broken request parts the profiles at its byte, and both say why", async () => {
  const { page, close } = await open();
  await starter(page, "Broken start lines", "Two spaces before the target");
  await read(page, /The server closes the connection/);
  assert.equal(await page.textContent("#ans-part"), "they part at byte 4");
  const row = (await steps(page))[2];
  assert.deepEqual(row, ["SP 4", "More or other white space, skipped: words are parted at any of it.", "refused: Expected three words with one SP between two, found SP."]);
  await page.locator("#parse-rows tr").nth(2).click();
  assert.equal(await page.locator("#typed-layer .at.bad").textContent(), " ");
  assert.match(await page.innerText("#parse-detail"), /strict: refused: The request-line is not method, target and version\. .* The response is 400, and the connection is closed\. RFC 9112 §3/);
  await page.click("#typed-all");
  await response(page, "http.server").locator(".st", { hasText: "200 OK" }).waitFor();
  await response(page, "strict").locator(".st", { hasText: "400" }).waitFor();
  // A step for each byte, and one profile alone.
  await page.click("[data-act=parse-by][data-to=byte]");
  assert.deepEqual((await steps(page)).slice(0, 3).map((r) => r[0]), ["G 0", "E 1", "T 2"]);
  await page.click("[data-act=parse-profile][data-to=compat]");
  assert.equal(await page.textContent("#ans-part"), "");
  assert.equal((await steps(page))[0].length, 2);
  await close();
});

test("bytes stay what they are: pasted, copied, in every view, taken back", async () => {
  const { page, close } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate(() => navigator.clipboard.writeText("GET / HTTP/1.0\nX: y\n\n"));
  await page.keyboard.press("Control+V");
  await page.getByText("3 line ends are LF alone.").waitFor();
  assert.equal(await typed(page), "GET / HTTP/1.0\\nX: y\\n\\n");
  await page.locator("#typed").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+V");
  await page.getByRole("button", { name: "Make them CR LF" }).click();
  assert.equal(await typed(page), "GET / HTTP/1.0\\r\\nX: y\\r\\n\\r\\n");
  await page.locator("#typed").press("Control+Z");
  assert.equal(await typed(page), "GET / HTTP/1.0\\nX: y\\n\\n");
  const all = "\\0\\x01\\t\\\\\\x7f\\x80\\xc3\\xa9\\r\\r\\n\\n ";
  await put(page, all);
  assert.equal(await page.inputValue("#typed"), "NUL\\x01TAB\\\\x7f\\x80éCRCRLF\nLF\n ");
  assert.equal(await typed(page), all);
  await page.click("[data-act=typed-view][data-to=hex]");
  assert.equal(await page.inputValue("#typed"), "00 01 09 5c 7f 80 c3 a9\n0d 0d 0a 0a 20 ");
  await page.fill("#typed", "47 45 5z");
  assert.match((await page.textContent("#typed-note")) ?? "", /character 7/);
  await page.click("[data-act=typed-view][data-to=text]");
  assert.equal(await page.inputValue("#typed"), "GE");
  // Names go as a whole, and what is copied is bytes.
  await put(page, "A\\r\\nB");
  await page.locator("#typed").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "A\r\nB");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  assert.equal(await typed(page), "AB");
  // Nothing is added unasked, and what is asked for can be taken back.
  await put(page, "GET / HTTP/1.1");
  await read(page, /waiting for the end of the request-line/);
  await page.click("[data-act=typed-complete]");
  assert.equal(await typed(page), "GET / HTTP/1.1\\r\\nHost: museum.example\\r\\n\\r\\n");
  await page.click("#typed-undo");
  assert.equal(await typed(page), "GET / HTTP/1.1");
  await close();
});

test("the console goes to any open site, and an exchange is edited and sent again", async () => {
  const { page, close } = await open();
  await page.click("[data-act=view][data-to=work]");
  await page.click(".welcome [data-act=sample]");
  const row = page.locator('#tbody tr[aria-selected]', { hasText: "/css/site.css" }).first();
  await row.click();
  await page.evaluate(() => {
    const b = document.createElement("button"); // the page has its own
    b.dataset.act = "resend";
    document.body.append(b);
    b.click();
    b.remove();
  });
  await page.locator("#typed-note", { hasText: "These bytes were rebuilt" }).waitFor();
  assert.match(await typed(page), /^GET \/css\/site\.css HTTP\/1\.1\\r\\n/);
  assert.equal(await page.locator("#typed-site").evaluate((s) => /** @type {HTMLSelectElement} */ (s).selectedOptions[0].textContent), "sample");
  await page.click("#typed-all");
  for (const profile of ["http.server", "strict"]) await response(page, profile).locator(".st", { hasText: "200 OK" }).waitFor();
  assert.match(await response(page, "strict").innerText(), /text\/css/);
  await response(page, "strict").locator("[data-act=typed-open]").click();
  await page.waitForFunction(() => document.body.dataset.view === "work");
  assert.match(await page.locator("#exchange").innerText(), /typed/i);
  await close();
});

test("everything is reached by keys, and Tab leads out of the editor", async () => {
  const { page, close } = await open();
  await page.keyboard.type("GET / HTTP/1.0");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await response(page, "http.server").locator(".st", { hasText: "200 OK" }).waitFor();
  /** @type {Set<string>} */
  const seen = new Set();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => document.activeElement?.getAttribute("data-act") ?? document.activeElement?.id ?? ""));
  }
  for (const act of ["typed-view", "typed-ends", "typed-complete", "typed-site", "typed-all", "parse-by", "parse-profile", "parse-scroll", "parse-back", "parse-at", "parse-on", "ans-scroll", "typed-open"]) {
    assert.ok(seen.has(act), `Tab does not lead to ${act}: ${Array.from(seen)}`);
  }
  await page.locator("#parse-at").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  assert.match((await page.textContent("#parse-step")) ?? "", /^step 2 of/);
  await close();
});

test("hostile bytes are text, wherever they are shown", async () => {
  const { page, close } = await open();
  const evil = "<img src=x onerror=document.title='gone'>";
  await put(page, `GET /${evil} HTTP/1.1\\r\\n${evil}: ${evil}\\r\\n\\r\\n`);
  await page.click("#typed-all");
  await response(page, "strict").locator(".st", { hasText: "400" }).waitFor();
  await read(page, /./);
  await page.click("[data-act=parse-end]");
  assert.equal(await page.locator("#console img").count(), 0);
  assert.equal(await page.title(), "Vitrine");
  assert.match(await page.innerText("#responses"), /&lt;img src=x/);
  await close();
});

test("without a worker the console says so, and nothing is lost", async () => {
  const { page, close } = await open({}, "Reflect.deleteProperty(globalThis, 'Worker')");
  await page.getByText("This browser starts no worker for the console").waitFor();
  await page.locator("#typed").fill("GET / HTTP/1.0\n");
  assert.equal(await page.inputValue("#typed"), "GET / HTTP/1.0CRLF\n");
  assert.ok(await page.isDisabled("#typed-all"));
  await close();
});

test("64 KiB are the most, and steps past 5,000 are folded", async (t) => {
  const { page, close } = await open();
  page.setDefaultTimeout(60_000);
  const chunks = `GET /hello.txt HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n${"1\\r\\nx\\r\\n".repeat(12_000)}`;
  await put(page, chunks);
  await page.waitForFunction(() => /^65,536 bytes, 5,0\d\d steps$/.test(document.getElementById("parse-count")?.textContent ?? ""));
  await page.click("[data-act=parse-end]");
  assert.match((await page.innerText("#parse-rows tr:nth-last-child(2)")) ?? "", /more steps, folded/);
  await page.locator("#parse-at").fill("2500");
  const took = await page.evaluate(async () => {
    const start = performance.now();
    document.getElementById("typed")?.dispatchEvent(new KeyboardEvent("keydown", { key: "F8", shiftKey: true, bubbles: true, cancelable: true }));
    document.getElementById("typed-layer")?.getBoundingClientRect();
    return performance.now() - start;
  });
  t.diagnostic(`a step in 64 KiB: ${took.toFixed(0)} ms`);
  await close();
});

/** What escapes of one letter stand for. */
const named = new Map([["r", "\r"], ["n", "\n"], ["t", "\t"], ["0", "\0"], ["\\", "\\"]]);

/** What comes back over a socket. @param {string} url @param {Buffer} bytes @returns {Promise<string>} */
function overSocket(url, bytes) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    /** @type {Buffer[]} */
    const parts = [];
    socket.on("data", (p) => parts.push(p)).on("close", () => resolve(Buffer.concat(parts).toString())).on("error", reject);
    socket.end(bytes);
  });
}

test("attacks on the framing get in the page what they get from serve", async () => {
  const { page, close } = await open();
  const text = await readFile(new URL("../../core/http1/testdata/attacks.txt", import.meta.url), "utf8");
  const attacks = text
    .split(/^# /m)
    .slice(1)
    .map((a) => ({ title: a.slice(0, a.indexOf("\n")), bytes: (a.match(/^> .*$/gm) ?? []).map((l) => l.slice(2)).join("") }))
    .filter((a) => a.bytes)
    .filter((_, i) => i % 25 === 0);
  assert.ok(attacks.length >= 8, `${attacks.length} attacks`);
  const natives = { "http.server": await startNative(folder, "--allow-host", "*"), strict: await startNative(folder, "--allow-host", "*", "--protocol", "HTTP/1.1") };
  /** Lines, without the one that tells the time. @param {string[]} all */
  const undated = (all) => all.map((line) => line.trimEnd()).filter((line) => line && !line.startsWith("Date: "));
  try {
    for (const { title, bytes } of attacks) {
      await page.click("[data-act=typed-new]");
      await put(page, bytes);
      await page.click("#typed-all");
      await page.locator("#responses section").nth(1).waitFor();
      await page.evaluate(() => document.getElementById("typed-end")?.click()); // nothing, if both are closed
      await page.waitForFunction(() => Array.from(document.querySelectorAll("#responses small")).every((s) => s.textContent?.includes("closes the connection")));
      const raw = Buffer.from(bytes.replace(/\\(x..|.)/g, (_, c) => named.get(c) ?? String.fromCharCode(parseInt(c.slice(1), 16))), "latin1");
      for (const [profile, native] of Object.entries(natives)) {
        const want = undated((await overSocket(native.url, raw)).split(/\r?\n/));
        const got = await response(page, profile).locator("ol.bytes li.l").evaluateAll((lines) =>
          lines.map((line) => {
            const copy = /** @type {Element} */ (line.cloneNode(true));
            if (copy.querySelector(".gl:last-child")?.textContent === "LF") copy.querySelector(".gl:last-child")?.remove();
            return copy.textContent ?? "";
          }),
        );
        assert.deepEqual(undated(got), want, `${title}, ${profile}`);
      }
    }
  } finally {
    for (const native of Object.values(natives)) await native.stop();
  }
  await close();
});

test("a step is painted in less than 30 ms", async (t) => {
  const { page, close } = await open();
  await starter(page, "Connection", "Two requests at once");
  await read(page, /waiting|closes/);
  await page.locator("#parse-at").fill("1");
  await page.locator("#typed").focus();
  const times = await page.evaluate(async () => {
    const times = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      document.getElementById("typed")?.dispatchEvent(new KeyboardEvent("keydown", { key: "F8", bubbles: true, cancelable: true }));
      document.getElementById("typed-layer")?.getBoundingClientRect(); // laid out
      times.push(performance.now() - start);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return times.sort((a, b) => a - b);
  });
  t.diagnostic(`a parser step, key to layout: median ${times[10].toFixed(1)} ms, worst ${times[19].toFixed(1)} ms`);
  await close();
});

for (const [width, height] of [[1440, 900], [390, 844], [844, 390], [320, 640]]) {
  test(`axe finds nothing in the console at ${width} px`, async () => {
    const { page, close } = await open({ viewport: { width, height }, colorScheme: "light" });
    await bringAxe(page);
    for (const state of ["empty", "a fault"]) {
      if (state === "a fault") {
        await starter(page, "Broken start lines", "Two spaces before the target");
        await page.click("#typed-all");
        await page.locator("#responses .ends").nth(1).waitFor();
        await page.click("[data-act=parse-on]");
      }
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page, colorScheme === "light" ? "all" : "colours"), [], `${state}, ${colorScheme}`);
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways");
    }
    await close();
  });
}
