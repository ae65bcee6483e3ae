// @ts-check
// The bench's own server. It hosts the two service workers that files are
// handed to, takes reports of dropped folders, and passes orders to pages that
// measure. Nothing that is measured comes from here.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { within } from "./within.mjs";

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const HANDED = { "holder.html": at("handed/holder.html"), "holder.js": at("handed/holder.js"), "files.js": at("handed/files.js") };
/** @type {Record<string, Record<string, string>>} */
const WORKERS = {
  "js-limit": { ...HANDED, "sw.js": at("js-limit/sw.js") },
  peer: {
    ...HANDED,
    "sw.js": at("peer/sw.js"),
    "wasm_exec.js": at("../../../bin/bench/wasm_exec.js"),
    "wasmhttp.js": at("../../../bin/bench/wasmhttp.js"),
    "peer.wasm": at("../../../bin/bench/peer.wasm"),
  },
};
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** @typedef {Awaited<ReturnType<typeof startServer>>} BenchServer */
/** @typedef {{order: (text: string) => void, result?: (text: string) => void}} Page */

export async function startServer() {
  /** Pages that wait for an order, or carry one out. @type {Map<string, Page>} */
  const pages = new Map();
  /** @type {Map<string, () => void>} */
  const arriving = new Map();
  /** @type {Map<string, (report: {at: number, status: number}) => void>} */
  const reporting = new Map();

  /** @param {import("node:http").IncomingMessage} request */
  const contentOf = async (request) => {
    let text = "";
    for await (const part of request) text += part;
    return text;
  };

  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
      const id = url.search;
      switch (url.pathname) {
        case "/order": {
          pages.set(id, { order: (text) => response.end(text) });
          arriving.get(id)?.();
          return;
        }
        case "/result":
          pages.get(id)?.result?.(await contentOf(request));
          response.end();
          return;
        case "/report": {
          const { folder, ...report } = JSON.parse(await contentOf(request));
          reporting.get(folder)?.(report);
          response.end();
          return;
        }
      }
      const file = url.pathname === "/remote.html" ? at("remote.html") : fileOf(url);
      if (!file) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "Content-Type": TYPES[extname(file)], "Service-Worker-Allowed": "/" });
      response.end(await readFile(file));
    } catch (error) {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(0)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  let last = 0;

  return {
    url: `http://127.0.0.1:${port}`,

    /** The scope of a worker: an origin, or a path of one origin. @param {string} name @param {boolean} ownOrigin */
    scope: (name, ownOrigin) => (ownOrigin ? `http://${name}.localhost:${port}/` : `http://localhost:${port}/${name}/`),

    /** The next report of a folder. @param {string} folder @param {number} limit in ms */
    report: (folder, limit) =>
      within(
        limit,
        `the page of the folder "${folder}"`,
        new Promise((/** @type {(report: {at: number, status: number}) => void} */ resolve) => reporting.set(folder, resolve)),
      ),

    /**
     * Opens a page that measures and waits until it is there.
     * @param {(query: string) => Promise<string>} open
     */
    async openPage(open) {
      const id = `?${++last}`;
      const arrived = new Promise((resolve) => arriving.set(id, () => resolve(0)));
      const target = await open(id);
      await within(20_000, "the page that measures", arrived);
      return {
        target,
        /** @param {string} name @param {object} options @param {number} limit in ms @returns {Promise<Record<string, number>>} */
        async measure(name, options, limit) {
          const page = pages.get(id);
          if (!page) throw new Error("the page that measures is gone");
          const text = await within(
            limit,
            name,
            new Promise((/** @type {(text: string) => void} */ resolve) => {
              page.result = resolve;
              arriving.set(id, () => {});
              page.order(JSON.stringify({ name, options }));
            }),
          );
          const { value, error } = JSON.parse(text);
          if (error) throw new Error(error);
          // It takes a moment until the page asks for its next order.
          await within(5000, "the page that measures", new Promise((resolve) => (pages.get(id) !== page ? resolve(0) : arriving.set(id, () => resolve(0)))));
          return value;
        },
      };
    },

    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A file of a worker: WORKER.localhost/.bench/FILE or localhost/WORKER/.bench/FILE. @param {URL} url */
function fileOf({ hostname, pathname }) {
  const own = /^(.+)\.localhost$/.exec(hostname)?.[1];
  const match = /^(.*)\/\.bench\/([a-z_.]+)$/.exec(pathname);
  return match && WORKERS[own ?? match[1].slice(1)]?.[match[2]];
}
