// @ts-check
// Every door that takes a posted value gets thousands of generated ones, from
// whoever can reach it in Chromium. Nothing stops, and nothing is believed.
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { fileURLToPath } from "node:url";
import { get, openTab, openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { HAND_OVER, MESSAGES } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/** @typedef {import("playwright-core").Frame} Frame */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const VALUES = 5000;

setUp(async () => {
  await write(join(folder, "victim"), { "index.html": "<h1>victim", "secret.txt": "secret" });
  await write(join(folder, "fuzz"), { "index.html": `<h1>fuzz</h1><script src="talk.js"></script><script src="values.js"></script>`, "ten.txt": "0123456789" });
  await cp(join(HERE, "hostile/talk.js"), join(folder, "fuzz/talk.js"));
  await cp(join(HERE, "values.js"), join(folder, "fuzz/values.js"));
});

/**
 * A door: how a script of the site, with talk.js, posts to it. The script's
 * last value is a function of a value and its transferables.
 * @type {Record<string, string>}
 */
const doors = {
  "the tool's window, from the preview": `(v, t) => top.postMessage(v, "*", t)`,
  "the tool's window, from the bridge": `bridge().then((b) => b.eval("(v, t) => parent.postMessage(v, '*', t)"))`,
  "the page's end of a site's port": `stealPort().then((port) => (v, t) => port.postMessage(v, t))`,
  "the worker's end of a port": `bridge().then(async (b) => {
    const { port1, port2 } = new MessageChannel();
    const registration = await b.navigator.serviceWorker.getRegistration("/");
    b.eval("(worker, m, t) => worker.postMessage(m, t)")(registration.active, { vitrine: ${HAND_OVER}, type: "port", site: "x" }, [port2]);
    return (v, t) => port1.postMessage(v, t);
  })`,
  "the worker's script, from a page of the site": `(v, t) => navigator.serviceWorker.controller.postMessage(v, t)`,
  "the worker's script, from the bridge": `bridge().then(async (b) => {
    const registration = await b.navigator.serviceWorker.getRegistration("/");
    return b.eval("(w) => (v, t) => w.postMessage(v, t)")(registration.active);
  })`,
  "the bridge's window, from the preview": `bridge().then((b) => (v, t) => b.postMessage(v, "*", t))`,
};

/** @param {string} tool */
async function opened(tool) {
  const { context, page } = await openTool(browser, tool);
  /** @type {string[]} */
  const faults = [];
  page.on("console", (m) => /panic|fatal error|released function/.test(m.text()) && faults.push(m.text()));
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("dialog", (d) => (faults.push(`dialogue: ${d.message()}`), d.dismiss()));
  return { context, page, faults };
}

/** The preview in front, with the scripts it needs. @param {import("playwright-core").Page} page @param {string} site @returns {Promise<Frame>} */
const preview = (page, site) =>
  until("the preview", async () => {
    const frame = page.frames().find((f) => f.url() === site);
    const loaded = await frame?.evaluate(() => "postValues" in globalThis).catch(() => false);
    return loaded ? frame : undefined;
  });

let seed = 0;
for (const [title, door] of Object.entries(doors)) {
  seed += 7919;
  test(`${VALUES} values at ${title}`, async () => {
    const { context, page, faults } = await opened(serve.tool);
    await drop(page, [join(folder, "victim")]);
    const victim = await siteURL(page, "victim");
    await drop(page, [join(folder, "fuzz")]);
    const site = await siteURL(page, "fuzz");
    const frame = await preview(page, site);
    const posted = await frame.evaluate(
      async ({ door, n, seed, version }) => {
        const post = await (0, eval)(door);
        return /** @type {any} */ (globalThis).postValues(post, n, seed, version);
      },
      { door, n: VALUES, seed, version: title.includes(" port") ? MESSAGES : HAND_OVER },
    );
    assert.equal(posted, VALUES);

    // Nothing stopped: page, workers and bridges do their work, for this site
    // and the other.
    assert.equal(await page.evaluate(() => document.body.dataset.view), "work");
    assert.deepEqual(await page.locator("#tabs .tab .vh").allTextContents(), [", ready", ", ready"]);
    for (const [url, name, content] of [[victim, "secret.txt", "secret"], [site, "ten.txt", "0123456789"]]) {
      const tab = await openTab(context, url);
      assert.deepEqual(await get(tab, `/${name}`).then((r) => [r.status, r.text]), [200, content]);
      await tab.close();
    }
    await page.locator("#tabs .tab").filter({ hasText: /^victim/ }).click();
    await page.locator('#tbody tr[id^=r]:has(td.t[title="/secret.txt"])').waitFor();
    // Nothing was believed: the victim's log has the requests that were made,
    // no record claims to have passed a socket, nothing asks for anything.
    const targets = await page.locator("#tbody td.t").evaluateAll((cells) => [...new Set(cells.map((c) => c.getAttribute("title")))].sort());
    assert.deepEqual(targets.filter((t) => t !== "/favicon.ico"), ["/", "/secret.txt"]); // of the tab
    await page.locator("#scope").check();
    const marks = await page.locator("#tbody td.n .rebuilt").evaluateAll((cells) => [...new Set(cells.map((c) => c.textContent))]);
    assert.deepEqual(marks, ["rebuilt"]);
    assert.equal(page.url(), serve.tool);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test("values that throw when they are read, from a page of the tool's own origin", async () => {
  const shared = new URL(serve.tool);
  shared.hostname = "localhost";
  shared.search = "?one-origin";
  const { context, page, faults } = await opened(shared.href);
  await drop(page, [join(folder, "fuzz")]);
  const site = await siteURL(page, "fuzz");
  const frame = await preview(page, site);
  // Events that a script makes can carry what no clone can.
  const posted = await frame.evaluate(async ([n, handOver]) => {
    const thrower = () => { throw new Error("thrown"); };
    const traps = { get: thrower, has: thrower, ownKeys: thrower, getPrototypeOf: thrower, getOwnPropertyDescriptor: thrower };
    const made = [
      () => new Proxy({}, traps),
      () => new Proxy([], traps),
      () => ({ get vitrine() { throw 1n; } }),
      () => ({ vitrine: handOver, get type() { throw Symbol("thrown"); } }),
      () => ({ vitrine: handOver, type: "failed", get reason() { for (;;) throw null; } }),
      () => ({ vitrine: handOver, type: { toString: thrower, valueOf: thrower, [Symbol.toPrimitive]: thrower } }),
      () => Symbol("s"),
      () => ({ vitrine: Symbol("s") }),
      () => ({ vitrine: handOver, type: "need-port", updated: true }),
      () => ({ vitrine: handOver, type: "failed", reason: "believed" }),
      () => thrower,
    ];
    const w = /** @type {any} */ (window);
    const b = await w.bridge();
    const shapes = w.values(4711, handOver);
    let posted = 0;
    for (; posted < n; posted++) {
      const data = posted % 2 ? made[posted % made.length]() : shapes().value;
      for (const source of [b, window, top]) {
        top?.dispatchEvent(new MessageEvent("message", { data, source, origin: location.origin }));
      }
    }
    return posted;
  }, [VALUES, HAND_OVER]);
  assert.equal(posted, VALUES);
  assert.equal(await page.evaluate(() => document.body.dataset.view), "work");
  assert.doesNotMatch(await page.evaluate(() => document.body.innerText), /believed/);
  assert.deepEqual(await get(await openTab(context, site), `${site}ten.txt`).then((r) => r.text), "0123456789");
  assert.deepEqual(faults, []);
  await context.close();
});
