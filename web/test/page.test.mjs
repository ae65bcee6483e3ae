// @ts-check
// The page as a person uses it: every test drives the real page, the real
// worker and the built-in sample or a folder on disk, in a real Chromium.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { clickInside } from "./engine.mjs";
import { drop, startChromium, startServe } from "./harness.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof startServe>>} */
let serve;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-page-"));
  serve = await startServe(folder);
  browser = await startChromium();
});

after(async () => {
  await browser?.close();
  await serve?.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * A page of its own, in a context of its own. Faults of the program end the
 * test.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {(page: Page) => Promise<unknown>} [prepare] before the page is loaded
 */
async function open(options = {}, prepare) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("console", (m) => m.type() === "error" && /panic|Content Security Policy|Trusted Types|TrustedHTML/.test(m.text()) && faults.push(m.text()));
  await prepare?.(page);
  await page.goto(serve.tool);
  return { page, faults, close: () => context.close() };
}

/** @param {Page} page */
const started = (page) => page.waitForFunction(() => !document.querySelector("[data-act=sample]")?.matches(":disabled"));

/** Opens the sample and waits until its script has fetched the catalogue. @param {Page} page */
async function sample(page) {
  await started(page);
  await page.click(".welcome [data-act=sample]");
  await row(page, "/data/objects.json");
}

/** The first row whose target is this one. @param {Page} page @param {string} target */
async function row(page, target) {
  const found = page.locator(`#tbody tr[id^=r]:has(td.t[title="${target}"])`).first();
  await found.waitFor({ state: "attached" });
  return found;
}

/** The address of the site that is shown. @param {Page} page */
const siteOf = (page) => page.locator("#frames iframe.shown").getAttribute("src").then((src) => src ?? "");

/** Waits until an element is in sight in the exchange. @param {Page} page @param {string} selector */
const inSight = (page, selector) =>
  page.waitForFunction((selector) => {
    const box = document.getElementById("xbody")?.getBoundingClientRect();
    const at = document.querySelector(selector)?.getBoundingClientRect();
    return box && at && at.top >= box.top && at.bottom <= box.bottom;
  }, selector);

/** @param {Page} page */
const rows = (page) => page.locator("#tbody tr[id^=r]").count();

/** Which they are: a record keeps its row's id. @param {Page} page */
const rowIDs = (page) => page.locator("#tbody tr[id^=r]").evaluateAll((all) => all.map((row) => row.id));

/** The frame that shows the site. @param {Page} page */
async function site(page) {
  const handle = await page.waitForSelector("#frames iframe.shown");
  const frame = await handle.contentFrame();
  assert.ok(frame);
  return frame;
}

test("the sample site is shown and every request has its row", async () => {
  const { page, faults, close } = await open();
  await sample(page);
  const frame = await site(page);
  await frame.waitForSelector("#objects h3");
  assert.equal(await frame.locator("#objects li").count(), 6);
  for (const target of ["/", "/css/site.css", "/js/main.js", "/js/catalogue.js", "/img/cabinet.svg"]) await row(page, target);
  const css = await row(page, "/css/site.css");
  assert.match((await css.locator(".n").textContent()) ?? "", /^rebuilt\d+$/);
  assert.equal(await css.locator(".s .st").textContent(), "200 OK");
  assert.equal(await css.locator(".t").textContent(), "GET/css/site.css");
  assert.equal(await css.locator(".in").textContent(), "style");
  assert.equal(await css.locator(".y").textContent(), "css");
  assert.match((await css.locator(".z").textContent()) ?? "", /^[\d.]+ kB$/);
  assert.match((await css.locator(".e").textContent()) ?? "", /^[\d.]+ ms$/);
  assert.equal(await css.getAttribute("aria-level"), "2");
  // They stand below the page that asked for them.
  assert.match((await page.locator("#tbody tr.load").first().textContent()) ?? "", /^ Page \/  .*\d requests/);
  assert.deepEqual(faults, []);
  await close();
});

test("what was rebuilt says so: in each row, in the block, in the transcript", async () => {
  const { page, close } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await sample(page);
  const marks = await page.locator("#tbody td.n .rebuilt").allTextContents();
  assert.equal(marks.length, await rows(page));
  for (const mark of marks) assert.equal(mark, "rebuilt");
  await (await row(page, "/css/site.css")).click();
  assert.equal(await page.textContent("#x-bytes .tag"), "rebuilt");
  const lines = page.locator("#x-bytes .bytes > li.l");
  assert.ok((await lines.count()) >= 4);
  assert.deepEqual(await page.locator("#x-bytes li.rebuilt").allTextContents(), ["GET /css/site.css HTTP/1.1", `Host: ${new URL(await siteOf(page)).host}`]);
  assert.equal(await page.locator("#x-response li.rebuilt").count(), 0);
  // Line ends are in sight, said once for all lines, and in no copied text.
  assert.match((await page.getAttribute("#x-bytes .bytes", "aria-label")) ?? "", /^Request, \d+ lines, each ended by CR LF$/);
  assert.match(await lines.first().locator(".crlf").evaluate((e) => getComputedStyle(e, "::after").content), /CR LF/);
  await page.click(".jump [data-to=decision]");
  await inSight(page, "#x-decision h3");
  assert.equal(await page.locator("#x-decision .ladder .take").count(), 1);
  await page.click("#copy-as");
  await page.click("#copy");
  await page.waitForFunction(() => document.getElementById("polite")?.textContent === "Transcript copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^>rebuilt GET \/css\/site\.css HTTP\/1\.1\\r\\n$/m);
  assert.match(copied, /^<rebuilt HTTP\/1\.0 200 OK\\r\\n$/m);
  await close();
});

test("what is copied has no credentials unless they are asked for", async () => {
  const { page, close } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await sample(page);
  const secret = "Zm94OmhlbmhvdXNlLWtleQ==";
  const frame = await site(page);
  await frame.locator("body").evaluate((_, secret) => fetch("/data/secret", { headers: { Authorization: `Basic ${secret}`, "X-Note": "kept" } }), secret);
  await (await row(page, "/data/secret")).click();
  assert.match((await page.locator("#xbody").textContent()) ?? "", new RegExp(secret), "the log itself shows what happened");
  const copied = async (/** @type {string} */ button) => {
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await page.click("#copy-as");
    await page.click(button);
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const without = await copied("#copy");
  assert.doesNotMatch(without, new RegExp(secret));
  assert.match(without, /^>redacted authorization: Basic \[redacted 24 bytes\]/m);
  assert.match(without, /x-note: kept/);
  assert.match(await copied("#copy-all"), new RegExp(secret));
  await (await row(page, "/css/site.css")).click();
  await page.click("#copy-as");
  assert.ok(await page.locator("#copy-all").isHidden(), "there is nothing to ask for");
  await close();
});

test("the address bar goes, follows and reloads", async () => {
  const { page, close } = await open();
  await sample(page);
  const frame = await site(page);
  await clickInside(frame.locator("a[href='/about']"));
  await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.getElementById("path")).value === "/about/");
  assert.equal(await (await row(page, "/about")).locator("td.s .st").textContent(), "301 Moved Permanently");
  await page.fill("#path", "letters/"); // without its slash
  await page.press("#path", "Enter");
  await frame.waitForSelector("text=No. 7 # final.txt");
  await clickInside(frame.locator("text=No. 7 # final.txt"));
  await row(page, "/letters/No.%207%20%23%20final.txt");
  await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.getElementById("path")).value.endsWith("final.txt"));
  const href = await page.getAttribute("#newtab", "href");
  assert.match(href ?? "", /\/letters\/No\.%207%20%23%20final\.txt$/);
  const before = await rows(page);
  await page.click("[data-act=reload]");
  await page.waitForFunction((n) => document.querySelectorAll("#tbody tr[id^=r]").length > n, before);
  await close();
});

test("the filter narrows, says how, and keeps what it had when it is wrong", async () => {
  const { page, close } = await open();
  await sample(page);
  await page.fill("#path", "/nothing");
  await page.press("#path", "Enter");
  await row(page, "/nothing");
  await page.fill("#filter", "status:4xx");
  assert.equal(await rows(page), 1);
  assert.equal(await page.textContent("#filter-words"), "Showing: status 4xx");
  await page.fill("#filter", "status:4xx colour:red");
  assert.equal(await rows(page), 1);
  assert.match((await page.textContent("#filter-words")) ?? "", /“colour:red”: keys are/);
  assert.equal(await page.getAttribute("#filter", "aria-invalid"), "true");
  await page.fill("#filter", "zzz");
  await page.waitForSelector("#nothing:text-is('No request fits the filter.')");
  await page.fill("#filter", "");
  assert.ok((await rows(page)) > 5);
  await close();
});

test("pause holds the display, not the log; clear empties both", async () => {
  const { page, close } = await open();
  await sample(page);
  const before = await rows(page);
  await page.click("#pause");
  await page.fill("#path", "/about/");
  await page.press("#path", "Enter");
  await page.waitForFunction(() => /^Resume \(\d+ new\)$/.test(document.querySelector("#pause span")?.textContent ?? ""));
  assert.equal(await rows(page), before);
  await page.click("#pause");
  assert.ok((await rows(page)) > before);
  // What the page still asks for would be a row behind the clearing.
  for (let seen = -1, now = await rows(page); seen !== now; now = await rows(page)) {
    seen = now;
    await page.waitForTimeout(1000);
  }
  await page.click("[data-act=clear]");
  await page.waitForSelector("#nothing:has-text('No requests yet')");
  assert.equal(await rows(page), 0);
  assert.equal(await page.textContent("#exchange-title"), "Exchange");
  await page.click("[data-act=undo]");
  assert.ok((await rows(page)) > before, "undone");
  await page.click("[data-act=clear]");
  await page.waitForSelector("[data-act=undo]", { state: "detached" });
  assert.equal(await rows(page), 0);
  // Cleared again before that is final: what was cleared first stays away.
  // What the page asks for behind the clearing has rows of its own.
  /** @type {Set<string>} */
  const cleared = new Set();
  for (const path of ["/about/", "/"]) {
    await page.fill("#path", path);
    await page.press("#path", "Enter");
    await page.waitForFunction(() => document.querySelectorAll("#tbody tr[id^=r]").length > 0);
    for (const id of await rowIDs(page)) cleared.add(id);
    await page.click("[data-act=clear]");
    assert.deepEqual((await rowIDs(page)).filter((id) => cleared.has(id)), [], path);
  }
  await close();
});

test("the log survives a reload when it is asked to, and only then", async () => {
  const { page, faults, close } = await open();
  await sample(page);
  await page.click("[popovertarget=menu]");
  await page.check("#keep-log");
  await page.keyboard.press("Escape");
  const before = await rows(page);
  await page.reload();
  await started(page);
  await page.waitForSelector("body[data-view=work]");
  await page.waitForFunction((n) => document.querySelectorAll("#tbody tr[id^=r]").length > n, before);
  await (await row(page, "/sound/glass%20bell.wav")).click();
  assert.match((await page.textContent("#xbody .say")) ?? "", /asked for bytes/);
  assert.equal(await page.textContent("#x-bytes .tag"), "rebuilt");
  await page.click("[popovertarget=menu]");
  await page.uncheck("#keep-log");
  await page.keyboard.press("Escape");
  await page.reload();
  await started(page);
  await row(page, "/");
  assert.ok((await rows(page)) <= before);
  assert.deepEqual(faults, []);
  await close();
});

test("the log is worked by keys", async () => {
  const { page, close } = await open();
  await sample(page);
  await page.keyboard.press("Alt+Shift+Digit2");
  const focused = () => page.evaluate(() => document.activeElement?.id);
  const at = async () => Number((await focused())?.slice(1));
  await page.keyboard.press("Home");
  assert.equal(await focused(), "l1", "the row of the page");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.locator("#tbody tr[id^=r]:visible").count(), 0, "folded");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const first = await at();
  await page.keyboard.press("ArrowDown");
  assert.equal(await at(), first + 1);
  assert.match((await page.textContent("#exchange-title")) ?? "", new RegExp(`${first + 1} GET`));
  assert.equal(await page.locator("#tbody [tabindex='0']").count(), 1, "one tab stop");
  assert.equal(await page.locator("#tbody tr[id^=r][aria-selected=true]").getAttribute("id"), `r${first + 1}`);
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "exchange");
  await page.keyboard.press("Escape");
  assert.equal(await at(), first + 1);
  await page.keyboard.press("End");
  assert.equal(await at(), await page.evaluate(() => Number(document.querySelector("#tbody tr[id^=r]:last-child")?.id.slice(1))));
  await close();
});

test("dividers move by keys and are remembered", async () => {
  const { page, close } = await open();
  await sample(page);
  const width = () => page.evaluate(() => Math.round(document.getElementById("exchange")?.getBoundingClientRect().width ?? 0));
  const before = await width();
  assert.equal(before, 552);
  await page.focus("#split-exchange");
  await page.keyboard.press("ArrowRight");
  assert.equal(await width(), before - 24);
  assert.equal(await page.getAttribute("#split-exchange", "aria-valuenow"), String(before - 24));
  await page.keyboard.press("Enter");
  assert.ok((await width()) <= 2, "only its edge is left");
  await page.keyboard.press("Enter");
  assert.equal(await width(), before - 24);
  await page.reload();
  await started(page);
  await page.waitForSelector("body[data-view=work]");
  assert.equal(await width(), before - 24);
  await close();
});

test("colours chosen by hand win over the system's", async () => {
  const { page, close } = await open({ colorScheme: "light" });
  await started(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await ground(), "rgb(233, 238, 236)");
  await page.click("[popovertarget=menu]");
  await page.check("input[value=dark]");
  assert.equal(await ground(), "rgb(9, 14, 13)");
  await page.reload();
  assert.equal(await ground(), "rgb(9, 14, 13)");
  await close();
});

test("on a telephone the exchange is a view of its own, and back leaves it", async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await sample(page);
  const shown = () => page.evaluate(() => [...document.querySelectorAll(".work > section")].filter((s) => s.checkVisibility()).map((s) => s.id));
  assert.deepEqual(await shown(), ["preview"]);
  await page.tap(".bottom [data-pane=log]");
  assert.deepEqual(await shown(), ["log"]);
  await (await row(page, "/css/site.css")).tap();
  assert.deepEqual(await shown(), ["exchange"]);
  await page.tap(".jump [data-to=decision]");
  assert.ok(await page.evaluate(() => /** @type {Element} */ (document.getElementById("xbody")).scrollTop > 0));
  assert.equal(await page.evaluate(() => scrollY + document.body.scrollTop), 0, "the page itself stays where it is");
  await page.goBack();
  assert.deepEqual(await shown(), ["log"]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `the page is ${wide} px wide`);
  await close();
});

test("two folders: each has its tab, its frame and its part of the log", async () => {
  const one = join(folder, "first");
  const two = join(folder, "second");
  for (const [dir, text] of [[one, "one"], [two, "two"]]) {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "index.html"), `<!doctype html><title>${text}</title><p id=p>${text}</p>`);
  }
  const { page, close } = await open();
  await started(page);
  await drop(page, [one]);
  await (await site(page)).waitForSelector("#p:text-is('one')");
  await drop(page, [two], { x: 700, y: 20 }); // the preview is another page
  await page.waitForFunction(() => document.querySelectorAll("#tabs .tab").length === 2);
  await page.waitForSelector("iframe.shown[title='Preview of second']");
  await (await site(page)).waitForSelector("#p:text-is('two')");
  await row(page, "/");
  const alone = await rows(page);
  await page.check("#scope");
  assert.ok((await rows(page)) > alone);
  const named = (await page.locator("#tbody tr.load").allTextContents()).map((s) => /(first|second) · /.exec(s)?.[1]);
  assert.deepEqual([...new Set(named)].sort(), ["first", "second"]);
  await page.click("#by-page");
  assert.equal(await page.locator("#tbody tr.load").count(), 0);
  assert.deepEqual([...new Set(await page.locator("#tbody .at").allTextContents())].map((s) => s.trim()).sort(), ["first", "second"]);
  await page.click("#grid [data-by=size]");
  const sizes = await page.locator("#tbody .z").allTextContents();
  const bytes = sizes.map((s) => parseFloat(s) * (s.endsWith("kB") ? 1000 : 1));
  assert.deepEqual(bytes, [...bytes].sort((a, b) => b - a), "the largest first");
  await page.click("#by-page");
  await page.uncheck("#scope");
  await page.focus("#tabs .tab[aria-current=true]");
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector("iframe.shown[title='Preview of first']");
  assert.match((await page.textContent("#xbody .facts")) ?? "", /Sitefirst$/, "the exchange of another site is not left beside the log");
  assert.equal(await page.locator("#tabs .tab[tabindex='0']").count(), 1);
  await close();
});

test("names are text, whatever they look like", async () => {
  // Chromium hides files whose names Windows would refuse, but not the folder
  // that was dropped.
  const dir = join(folder, "<img src=x onerror=hit=1>&amp;");
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "&amp;'quoted'.txt"), "<script>parent.hit=1</script>");
  const { page, faults, close } = await open();
  await started(page);
  await drop(page, [dir]);
  assert.equal(await page.textContent("#tabs .tab .name"), "<img src=x onerror=hit=1>&amp;");
  assert.equal(await page.textContent("#site-bar b"), "<img src=x onerror=hit=1>&amp;");
  await row(page, "/"); // the first load is over
  await page.fill("#path", "/&amp;'quoted'.txt?<i>");
  await page.press("#path", "Enter");
  await (await row(page, "/&amp;'quoted'.txt?%3Ci%3E")).click();
  await page.waitForFunction(() => document.getElementById("exchange-title")?.textContent?.endsWith("/&amp;'quoted'.txt?%3Ci%3E"));
  assert.equal(await page.evaluate(() => Reflect.has(window, "hit")), false);
  assert.equal(await page.locator(".top img, #site-bar img, #tbody img, #xbody script").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test("no string becomes markup: neither the page nor its program takes one", async () => {
  const { page, close } = await open();
  await started(page);
  const said = await page.evaluate(() => {
    /** @type {Record<string, () => unknown>} */
    const attempts = {
      innerHTML: () => (document.body.innerHTML = "<b>"),
      insertAdjacentHTML: () => document.body.insertAdjacentHTML("beforeend", "<b>"),
      srcdoc: () => (document.createElement("iframe").srcdoc = "<b>"),
      src: () => (document.createElement("script").src = "boot.js"),
      policy: () => /** @type {any} */ (window).trustedTypes.createPolicy("another", { createHTML: String }),
      default: () => /** @type {any} */ (window).trustedTypes.createPolicy("default", { createHTML: String }),
      again: () => /** @type {any} */ (window).trustedTypes.createPolicy("scripts", { createHTML: String }),
      worker: () => new Worker("boot.js"),
    };
    // What fill.js must not do even if the program told it to.
    const fill = /** @type {any} */ (window).fill;
    const box = document.createElement("div");
    for (const list of ["<row\0=onclick hit()\0", "<row\0=style color:red\0", "<new-tab\0=href javascript:hit()\0", "<new-tab\0=href data:text/html,x\0", "<script\0", ".name\0", ">\0", "<b>\0", "html"]) {
      attempts[list] = () => fill(box, list, false);
    }
    return Object.entries(attempts).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: taken`;
      } catch (e) {
        return `${name}: ${/** @type {Error} */ (e).name}`;
      }
    });
  });
  for (const s of said) assert.match(s, /: TypeError$/);
  assert.equal(said.length, 17);
  const text = await page.evaluate(() => {
    const box = document.createElement("div");
    /** @type {any} */ (window).fill(box, '<tab\0.tab\0=title "><img src=x>\0:name <img src=x onerror=hit()>\0>\0', false);
    return [box.querySelectorAll("*").length, box.querySelector(".name")?.textContent, box.querySelector("button")?.title];
  });
  assert.deepEqual(text, [9, "<img src=x onerror=hit()>", '"><img src=x>']);
  await close();
});

test("a link that leads out is held back and explained", async () => {
  const dir = join(folder, "out");
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, "index.html"), "<!doctype html><a href='http://127.0.0.1:9/away'>away</a>");
  const { page, close } = await open();
  await started(page);
  await drop(page, [dir]);
  await clickInside((await site(page)).locator("text=away"));
  await page.waitForSelector("#overlay h3:text-is('This link leads out of the site')");
  await page.click("#overlay-reload");
  await page.waitForSelector("#overlay", { state: "hidden" });
  await (await site(page)).waitForSelector("text=away");
  await close();
});

test("when the program cannot run the page says why", async () => {
  /** @type {[string, RegExp, (page: Page) => Promise<unknown>][]} */
  const cases = [
    ["load", /The program did not arrive/, (page) => page.route("**/page.wasm", (r) => r.fulfill({ status: 404, body: "" }))],
    ["load", /The program did not arrive/, (page) => page.route("**/page.wasm", (r) => r.fulfill({ contentType: "application/wasm", body: "not wasm" }))],
    ["noworker", /offers no service workers/, (page) => page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"))],
    ["nowasm", /too old/, (page) => page.addInitScript(() => Reflect.set(window, "WebAssembly", undefined))],
    ["insecure", /cannot run a service worker/, (page) => page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }))],
  ];
  for (const [id, says, prepare] of cases) {
    const { page, close } = await open({}, prepare);
    await page.waitForSelector(`[data-halt=${id}]`);
    const shown = await page.locator("#halt").innerText();
    assert.match(shown, says);
    assert.equal(await page.locator("#halt section:visible").count(), 1);
    await close();
  }
});

test("a program that stops leaves no blank page", async () => {
  const { page, close } = await open();
  await sample(page);
  await page.evaluate(() => document.getElementById("pause")?.remove()); // a fault: the program counts on it
  await page.click("[data-act=clear]").catch(() => {});
  await page.waitForSelector("[data-halt=stopped]");
  await close();
});
