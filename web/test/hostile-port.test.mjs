// @ts-check
// What the scripts of a previewed site can try against the tool. They share
// the origin of the bridge, a frame in the tool's page, and so get hold of
// the port to it. Whatever they send there, the tool and its other sites go on.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "./bounded.mjs";
import { clickInside, get, openTab, openTool, siteURL, until, write } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { HAND_OVER, MESSAGES } from "./versions.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

setUp(async () => {
  await write(join(folder, "thief"), { "index.html": "<h1>thief" });
  await write(join(folder, "victim"), { "index.html": "<h1>victim", "secret.txt": "secret" });
});

/** Scripts that run in the bridge, with the port to the tool's page. @type {Record<string, string>} */
const attacks = {
  "a node that contains itself": `const n = { dir: true, index: "a" }; n.indexNode = n; port.postMessage({ vitrine: ${MESSAGES}, type: "found", number: 1, node: n });`,
  "a record of 1.9 GB": `port.postMessage({ vitrine: ${MESSAGES}, type: "record", record: new Uint8Array(1900e6) });`,
  "names of 400 MB": `const name = "x".repeat(400e6); for (let i = 0; i < 3; i++) port.postMessage({ vitrine: ${MESSAGES}, type: "look", number: i, name });`,
  "an array of four billion names": `port.postMessage({ vitrine: ${MESSAGES}, type: "look", number: 1, name: ".", index: new Array(4e9), list: true });`,
  "objects of all shapes": `
    for (const m of [
      null, 1, "look", [], new Map([["vitrine", ${MESSAGES}]]), { vitrine: NaN, type: "ping" }, { vitrine: 1e300, type: [] }, { vitrine: ${MESSAGES}, type: { a: 1 } },
      { vitrine: ${MESSAGES}, type: "look", number: NaN, name: ".", index: new Date(), list: 1 }, { vitrine: ${MESSAGES}, type: "look", name: ".", index: { length: "x", 0: {} } },
      { vitrine: ${MESSAGES}, type: "look", name: "\\ud800/\\u0000/../.." }, { vitrine: ${MESSAGES}, type: "record", record: new Uint8Array(9).fill(255) },
      { vitrine: ${MESSAGES}, type: "record", record: new Uint8Array(100) }, { vitrine: ${MESSAGES}, type: "record", record: new DataView(new ArrayBuffer(8)) },
    ]) { port.postMessage(m); parent.postMessage(m, "*"); }`,
  "another version, often": `for (let i = 0; i < 500; i++) port.postMessage({ vitrine: ${MESSAGES + 1}, type: "ping" });`,
  "10,000 questions": `for (let i = 0; i < 10000; i++) port.postMessage({ vitrine: ${MESSAGES}, type: "look", number: i, name: "x" + i });`,
  "2,000 calls for a port": `for (let i = 0; i < 2000; i++) parent.postMessage({ vitrine: ${HAND_OVER}, type: "need-port" }, "*");`,
  "a failure with 60 MB of HTML": `parent.postMessage({ vitrine: ${HAND_OVER}, type: "failed", reason: "<img src=x onerror=alert(1)>".repeat(2e6) }, "*");`,
  "leading the window away": `top.location = "http://127.0.0.1:1/";`,
  "a dialogue and a window": `setTimeout(() => { open("about:blank"); alert("hello"); });`,
};

for (const [title, script] of Object.entries(attacks)) {
  test(`a site's script tries ${title}`, async () => {
    const { context, page } = await openTool(browser, serve.tool);
    /** @type {string[]} */
    const seen = [];
    page.on("dialog", (d) => (seen.push(`dialogue ${d.message()}`), d.dismiss()));
    context.on("page", () => seen.push("a window"));
    page.on("framenavigated", (f) => f === page.mainFrame() && seen.push(`the tool went to ${f.url()}`));
    await drop(page, [join(folder, "victim")]);
    const victim = await siteURL(page, "victim");
    await drop(page, [join(folder, "thief")]);
    const thief = await siteURL(page, "thief");
    const bridge = await until("the bridge", () => page.frames().find((f) => f.url().startsWith(thief) && f.url().includes("/.vitrine/")));
    await clickInside(page.frameLocator("iframe.shown").locator("h1", { hasText: "thief" })); // a click gives scripts more rights
    await bridge.evaluate(
      ({ script, messages, handOver }) =>
        new Promise((resolve) => {
          ServiceWorker.prototype.postMessage = (/** @type {any} */ _, /** @type {any} */ ports) => {
            /** @type {MessagePort} */
            const port = ports[0];
            port.onmessage = (m) => {
              if (m.data.type !== "pong") return;
              port.onmessage = null;
              resolve(0);
              setTimeout(() => new Function("port", script)(port));
            };
            port.postMessage({ vitrine: messages, type: "ping" });
          };
          parent.postMessage({ vitrine: handOver, type: "need-port" }, "*");
        }),
      { script, messages: MESSAGES, handOver: HAND_OVER },
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(seen, []);
    const tab = await openTab(context, victim);
    assert.equal((await get(tab, "/secret.txt")).text, "secret");
    assert.equal(await page.evaluate(() => document.body.dataset.view), "work");
    // The page still does what it is told.
    await page.locator("#tabs .tab").filter({ hasText: /^victim/ }).click();
    await page.locator('#tbody tr[id^=r]:has(td.t[title="/secret.txt"])').waitFor();
    assert.ok((await page.evaluate(() => document.body.innerText.length)) < 20_000, "the page is flooded");
    await context.close();
  });
}
