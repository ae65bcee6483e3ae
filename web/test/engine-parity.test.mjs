// @ts-check
// Parity: what of the corpus a fetch can express is served by the real
// worker in a real Chromium as by plain serve on a socket: status, reason,
// fields and content. core/internal/conformance makes testdata/fetch.json, and runs
// the same corpus over a socket and in Node.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { test } from "./bounded.mjs";
import { openTab, openTool, siteURL, until } from "./engine.mjs";
import { drop } from "./harness.mjs";
import { browser, folder, serve, setUp } from "./stage.mjs";

/**
 * @typedef {{name: string, mod: number, text?: string, fill?: number}} Entry
 * @typedef {{title: string, method: string, target: string, fields?: [string, string][], content?: string,
 *   status: number, reason: string, response: [string, string][], length: number, sha256: string}} Fetch
 * @typedef {{tree: Entry[], fetches: Fetch[], differences: {what: string, why: string}[]}} Manifest
 */

/** @type {Manifest} */
const manifest = JSON.parse(await readFile(new URL("../../core/internal/conformance/testdata/fetch.json", import.meta.url), "utf8"));

setUp(async () => {
  for (const { name, mod, text, fill } of manifest.tree) {
    const path = join(folder, "cabinet", name);
    if (name.endsWith("/")) {
      await mkdir(path, { recursive: true });
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text ?? Uint8Array.from({ length: fill ?? 0 }, (_, i) => i % 251));
    await utimes(path, mod, mod);
  }
});

/** @param {import("playwright-core").Page} tab @param {Fetch} fetch */
const fetched = (tab, { method, target, fields, content }) =>
  tab.evaluate(
    async ({ method, target, fields, content }) => {
      const body = content === undefined ? undefined : Uint8Array.from(content, (c) => c.charCodeAt(0));
      const r = await fetch(location.origin + target, { method, headers: fields, body });
      const bytes = await r.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return {
        url: r.url,
        status: r.status,
        reason: r.statusText,
        fields: [...r.headers],
        length: bytes.byteLength,
        sha256: Array.from(hash, (b) => b.toString(16).padStart(2, "0")).join(""),
      };
    },
    { method, target, fields, content },
  );

// In each of the ways that a response can go: through the page's worker, given
// again where that is possible, asked for anew after the folder was changed,
// and through the program of the site's worker alone.
for (const { way, alone } of [
  { way: "the page's worker", alone: false },
  { way: "the site's worker alone", alone: true },
]) {
  test(`${manifest.fetches.length} requests get the responses of plain serve from ${way}`, async (t) => {
    assert.ok(manifest.fetches.length >= 150, "enough of them");
    const { context, page } = await openTool(browser, serve.tool);
    if (alone) await context.route("**/folders.js", (route) => route.abort());
    await drop(page, [join(folder, "cabinet")]);
    const site = await siteURL(page, "cabinet");
    const tab = await openTab(context, site);
    const worker = await until("the worker", () => context.serviceWorkers().filter((w) => w.url().startsWith(site)).pop());
    const kept = () => worker.evaluate("[...sites.values()].reduce((n, site) => n + site.repeater.responses.kept.size, 0)");
    for (const round of ["first", "again", "after an edit"]) {
      if (round === "again") assert.ok(Number(await kept()) > 40, "many can be given again");
      if (round === "after an edit") await edited();
      for (const want of manifest.fetches) {
        const got = await fetched(tab, want);
        await t.test(`${round}: ${want.title}: ${want.method} ${want.target}`, () => compare(got, want, site));
      }
    }
    assert.equal(await worker.evaluate("[...sites.values()].some((site) => site.relay.channel)"), !alone);
    await context.close();
  });
}

/** Changes each file and has it again as it was: what was kept does not stand. */
async function edited() {
  for (const { name, mod, text, fill } of manifest.tree) {
    if (name.endsWith("/")) continue;
    const path = join(folder, "cabinet", name);
    await writeFile(path, "something else");
    await writeFile(path, text ?? Uint8Array.from({ length: fill ?? 0 }, (_, i) => i % 251));
    await utimes(path, mod, mod);
  }
}

/**
 * The differences that the manifest names are the only ones let pass.
 * @param {{url: string, status: number, reason: string, fields: [string, string][], length: number, sha256: string}} got
 * @param {Fetch} want @param {string} site
 */
function compare(got, want, site) {
  if (want.status === 301) {
    const location = want.response.find(([name]) => name === "Location")?.[1];
    assert.equal(got.url, new URL(location ?? "", site).href);
    return;
  }
  assert.deepEqual([got.status, got.reason], [want.status, want.reason]);
  const fields = Object.fromEntries(got.fields);
  const expected = Object.fromEntries(want.response.map(([name, value]) => [name.toLowerCase(), value]));
  assert.ok(Math.abs(Date.parse(fields.date) - Date.now()) < 600_000, `Date is ${fields.date}`);
  expected.date = fields.date;
  expected.server = fields.server.replace(/\/[\d.]+$/, "/VERSION") === expected.server ? fields.server : expected.server;
  assert.deepEqual(fields, expected);
  assert.deepEqual([got.length, got.sha256], [want.length, want.sha256]);
}
