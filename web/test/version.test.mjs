// @ts-check
// A page and a worker of different builds meet: a worker outlives the page that
// installed it. When they find that they do not speak the same messages, the
// page has the worker updated, and the site is served without a reload.
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before } from "node:test";
import { test } from "./bounded.mjs";
import { fileURLToPath } from "node:url";
import { get, newFolder, openTab, openTool, siteURL, until, write } from "./engine.mjs";
import { drop, startChromium } from "./harness.mjs";
import { HAND_OVER, MESSAGES } from "./versions.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html;charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let folder;

before(async () => {
  folder = await newFolder();
  browser = await startChromium();
  await write(join(folder, "shop"), { "index.html": "<h1>shop", "ten.txt": "0123456789" });
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Runs before the worker's script, and makes it a worker whose messages have
 * another version, in both directions. What hands the port over stays as it is.
 */
const otherMessages = `
{
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...more) {
    return post.call(this, { ...message, vitrine: ${MESSAGES - 1} }, ...more);
  };
  const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    set(receive) { set.call(this, receive && (({ data }) => receive({ data: { ...data, vitrine: data.vitrine + 1 } }))); },
  });
}
`;

/**
 * A host of the tool, as serve --app is one. It sends a worker of other
 * messages until update says otherwise.
 */
async function startHost() {
  let updated = false;
  const server = createServer(async (request, response) => {
    const { hostname, pathname } = new URL(request.url ?? "/", `http://${request.headers.host}`);
    let name = pathname === "/" ? "index.html" : pathname.slice(1);
    if (hostname !== "vitrine.localhost") name = pathname.startsWith("/.vitrine/") ? pathname.slice("/.vitrine/".length) : "boot-site.html";
    const content = await readFile(join(DIST, name)).catch(() => undefined);
    response.statusCode = content ? 200 : 404;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
    if (name === "sw.js") {
      response.setHeader("Service-Worker-Allowed", "/");
      if (!updated) response.write(otherMessages);
    }
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(0)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    tool: `http://vitrine.localhost:${address.port}/`,
    update: () => void (updated = true),
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

test("a worker whose messages are of another version is updated by the page", async () => {
  assert.notEqual(MESSAGES, HAND_OVER, "the two versions are told apart only where they differ");
  const host = await startHost();
  try {
    // The browser may look for a newer worker by itself: count what the bridge
    // was told.
    const { context, page } = await openTool(
      browser,
      host.tool,
      `{
        const update = ServiceWorkerRegistration.prototype.update;
        ServiceWorkerRegistration.prototype.update = function () {
          self.updates = (self.updates ?? 0) + 1;
          return update.call(this);
        };
      }`,
    );
    await drop(page, [join(folder, "shop")]);
    const site = await siteURL(page, "shop");
    // The page says what is wrong, and the bridge was told to have it cured.
    await page.locator("#notices", { hasText: "of another version than this page" }).waitFor();
    const bridge = await until("the bridge", () => page.frames().find((f) => f.url().includes("/.vitrine/bridge.html")));
    await until("the bridge to look for a newer worker", () => bridge.evaluate(() => /** @type {any} */ (self).updates > 0));

    // From here on there is a newer worker. What the old one says next has it
    // fetched; the page is not reloaded.
    host.update();
    const tab = await openTab(context, site);
    await page.locator("#notices", { hasText: "was replaced by a newer one" }).waitFor();
    await until("the newer worker", async () => {
      const { status, text } = await get(tab, "/ten.txt");
      return status === 200 && text === "0123456789";
    });
    await page.locator('#tbody tr[id^=r]:has(td.t[title="/ten.txt"])').first().waitFor();
    // The preview showed the 503 of the old worker.
    await page.frameLocator("iframe.shown").locator("h1", { hasText: "shop" }).waitFor();
    await context.close();
  } finally {
    await host.stop();
  }
});
