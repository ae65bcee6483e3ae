// @ts-check
// What the tests of a file share, from before its first test until after its
// last: a folder on disk, serve with the tool, and a browser.
import { rm } from "node:fs/promises";
import { after, before } from "node:test";
import { newFolder } from "./engine.mjs";
import { startChromium, startServe } from "./harness.mjs";

// Importers see the values that setUp gives them.
/** @type {Awaited<ReturnType<typeof startServe>>} */
export let serve;
/** @type {import("playwright-core").Browser} */
export let browser;
/** @type {string} */
export let folder;

/**
 * Has all three there for the tests of this file.
 * @param {() => Promise<unknown>} [prepare] is called when they are there
 */
export function setUp(prepare) {
  before(async () => {
    folder = await newFolder();
    serve = await startServe(folder);
    browser = await startChromium();
    await prepare?.();
  });
  after(async () => {
    await browser?.close();
    await serve?.stop();
    await rm(folder, { recursive: true, force: true });
  });
}
