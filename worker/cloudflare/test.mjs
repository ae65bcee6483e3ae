// @ts-check
// Builds the worker and asks it the same questions twice: in Node, where the
// program runs beside the test, and in workerd, the run-time of Cloudflare.
//
//	node worker/cloudflare/test.mjs
//
// workerd comes with miniflare: npm ci --prefix worker/cloudflare
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const sample = fileURLToPath(new URL("../../web/sample/", import.meta.url));
const built = "Wed, 01 Jul 2026 00:00:00 GMT";

execFileSync("./build.sh", { cwd: here, stdio: "inherit", env: { ...process.env, BUILT: String(Date.parse(built) / 1000) } });

/**
 * @typedef {{ status: number, headers: Headers, body: Buffer }} Read
 * @typedef {(method: string, target: string, headers?: Record<string, string>, content?: string) => Promise<Read>} Ask
 */

/** @param {Response} r @returns {Promise<Read>} */
async function read(r) {
  return { status: r.status, headers: r.headers, body: Buffer.from(await r.arrayBuffer()) };
}

const file = (/** @type {string} */ name) => readFileSync(sample + name);
const css = file("css/site.css");

/** @param {Ask} ask */
function cases(ask) {
  test("GET", async () => {
    const a = await ask("GET", "/css/site.css");
    assert.equal(a.status, 200);
    assert.deepEqual(a.body, css);
    assert.equal(a.headers.get("content-type"), "text/css");
    assert.equal(a.headers.get("content-length"), String(css.length));
    assert.equal(a.headers.get("last-modified"), built);
    assert.match(a.headers.get("etag") ?? "", /^"[^"]+"$/);
    assert.equal(a.headers.get("accept-ranges"), "bytes");
    assert.match(a.headers.get("server") ?? "", /^Vitrine\//);
    assert.ok(Date.parse(a.headers.get("date") ?? ""));
  });

  test("the index page", async () => {
    const a = await ask("GET", "/");
    assert.equal(a.status, 200);
    assert.deepEqual(a.body, file("index.html"));
    assert.equal(a.headers.get("content-type"), "text/html");
  });

  test("HEAD has the same fields and no content", async () => {
    const a = await ask("HEAD", "/css/site.css");
    assert.equal(a.status, 200);
    assert.equal(a.body.length, 0);
    assert.equal(a.headers.get("content-length"), String(css.length));
    assert.equal(a.headers.get("content-type"), "text/css");
  });

  test("404", async () => {
    const a = await ask("GET", "/nothere");
    assert.equal(a.status, 404);
    assert.match(a.body.toString(), /<p>Message: File not found\.<\/p>/);
    assert.equal(a.headers.get("content-type"), "text/html;charset=utf-8");
    const head = await ask("HEAD", "/nothere");
    assert.equal(head.status, 404);
    assert.equal(head.body.length, 0);
  });

  test("methods without a response", async () => {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const a = await ask(method, "/", {}, method === "DELETE" ? undefined : "content");
      assert.equal(a.status, 501);
      assert.match(a.body.toString(), new RegExp(`Unsupported method \\('${method}'\\)`));
    }
  });

  test("ranges", async () => {
    const a = await ask("GET", "/css/site.css", { Range: "bytes=5-9" });
    assert.equal(a.status, 206);
    assert.deepEqual(a.body, css.subarray(5, 10));
    assert.equal(a.headers.get("content-range"), `bytes 5-9/${css.length}`);
    assert.equal(a.headers.get("content-length"), "5");
    const two = await ask("GET", "/css/site.css", { Range: "bytes=0-0, -2" });
    assert.equal(two.status, 206);
    assert.match(two.headers.get("content-type") ?? "", /^multipart\/byteranges; boundary=/);
    assert.ok(two.body.includes(`Content-Range: bytes 0-0/${css.length}\r\n`));
    const none = await ask("GET", "/css/site.css", { Range: "bytes=99999999-" });
    assert.equal(none.status, 416);
    assert.equal(none.headers.get("content-range"), `bytes */${css.length}`);
  });

  test("304, also with a date, which has a comma", async () => {
    const etag = (await ask("GET", "/css/site.css")).headers.get("etag") ?? "";
    for (const headers of [{ "If-None-Match": `"other", ${etag}` }, { "If-Modified-Since": built }]) {
      const a = await ask("GET", "/css/site.css", headers);
      assert.equal(a.status, 304, JSON.stringify(headers));
      assert.equal(a.body.length, 0);
      assert.equal(a.headers.get("etag"), etag);
    }
    const newer = await ask("GET", "/css/site.css", { "If-Modified-Since": "Tue, 30 Jun 2026 23:59:59 GMT" });
    assert.equal(newer.status, 200);
  });

  test("a listing and its links", async () => {
    const a = await ask("GET", "/letters/");
    assert.equal(a.status, 200);
    assert.equal(a.headers.get("content-type"), "text/html; charset=utf-8");
    const page = a.body.toString();
    assert.match(page, /<title>Directory listing for \/letters\/<\/title>/);
    const links = [...page.matchAll(/<li><a href="([^"]*)">/g)].map((m) => m[1]);
    assert.ok(links.length >= 4, page);
    for (const link of links) {
      const letter = await ask("GET", "/letters/" + link);
      assert.equal(letter.status, 200, link);
      assert.deepEqual(letter.body, file("letters/" + decodeURIComponent(link)));
    }
  });

  test("a directory without its slash", async () => {
    const a = await ask("GET", "/letters?x=1");
    assert.equal(a.status, 301);
    assert.equal(a.headers.get("location"), "/letters/?x=1");
    assert.equal(a.body.length, 0);
  });

  test("odd targets", async () => {
    for (const [target, status] of /** @type {const} */ ([
      ["/%zz", 404], ["/%", 404], ["/letters/100%%20glass.txt", 200], ["/%00", 404], ["/%2e%2e%2fgo.mod", 404],
      ["/..%2f..%2fgo.mod", 404], ["/css%2fsite.css", 200], ["/?a=%zz", 200],
    ])) {
      const a = await ask("GET", target);
      assert.equal(a.status, status, target);
    }
    const a = await ask("GET", "//evil.example/%2e%2e%2fletters");
    assert.equal(a.status, 301);
    assert.equal(a.headers.get("location"), "/evil.example/%2e%2e%2fletters/");
  });

  test("one program serves many, at once and one after the other", async () => {
    for (let i = 0; i < 20; i++) {
      const responses = await Promise.all(Array.from({ length: 25 }, (_, n) =>
        ask(n % 5 === 0 ? "HEAD" : "GET", n % 2 ? "/css/site.css" : "/nothere")));
      responses.forEach((a, n) => {
        assert.equal(a.status, n % 2 ? 200 : 404);
        if (n % 2 && n % 5) assert.deepEqual(a.body, css);
      });
    }
  });
}

describe("in Node", async () => {
  const module = await WebAssembly.compile(readFileSync(here + "build/app.wasm"));
  const { respond } = await import("./program.mjs");
  console.log = console.error = () => {}; // the access log

  cases(async (method, target, headers, body) => {
    const url = "http://site.example" + target;
    return read(await respond(module, new Request(url, { method, headers, body }), {}));
  });

  test("bytes past ASCII in a field are no end of the program", async () => {
    const a = await respond(module, new Request("http://site.example/é?ü", { headers: { "X-A": "\xe9" } }), {});
    assert.equal(a.status, 404);
  });

  test("a program that ends is started again", async () => {
    const empty = await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const fresh = await import("./program.mjs?fresh");
    const request = () => new Request("http://site.example/css/site.css");
    const failed = await fresh.respond(empty, request(), {}); // exports no run
    assert.equal(failed.status, 500);
    const good = await fresh.respond(module, request(), {});
    assert.equal(good.status, 200);
    assert.deepEqual(Buffer.from(await good.arrayBuffer()), css);
  });
});

describe("in workerd", async () => {
  const { Miniflare, Log, LogLevel } = await import("miniflare").catch(() => {
    throw new Error("miniflare is missing: npm ci --prefix worker/cloudflare");
  });
  /** @type {import("miniflare").Miniflare} */
  let worker;
  /** @type {URL} */
  let url;
  before(async () => {
    worker = new Miniflare({
      log: new Log(LogLevel.NONE),
      handleRuntimeStdio: () => {}, // the access log
      host: "127.0.0.1",
      port: 0,
      compatibilityDate: "2026-07-01",
      modulesRoot: here,
      modules: [
        { type: "ESModule", path: here + "worker.mjs" },
        { type: "ESModule", path: here + "program.mjs" },
        { type: "ESModule", path: here + "build/wasm_exec.js" },
        { type: "CompiledWasm", path: here + "build/app.wasm" },
      ],
    });
    url = await worker.ready;
  });
  after(() => worker.dispose());

  // Over a socket, so that what workerd makes of a response is seen.
  cases((method, target, headers, content) => new Promise((resolve, reject) => {
    const request = http.request({ host: url.hostname, port: url.port, agent: false, method, path: target, headers }, (response) => {
      /** @type {Buffer[]} */
      const pieces = [];
      response.on("data", (p) => pieces.push(p));
      response.on("error", reject);
      response.on("end", () => resolve({
        status: response.statusCode ?? 0,
        headers: new Headers(/** @type {[string, string][]} */ (Object.entries(response.headers))),
        body: Buffer.concat(pieces),
      }));
    });
    request.on("error", reject);
    request.end(content);
  }));
});
