// @ts-check
// Gives a response of the core again, without asking the core or the page.
//
// Why that is right. What the core responds to a GET depends on the request
// and on the file, and on nothing else: not on a clock, a cookie or what was
// asked before. So an equal request for the same file has an equal response,
// but for Date, which is written here as the core writes it. What is equal is
// decided strictly: method, path and every field line that a service worker
// sees. The query is left out, because the core cuts it off before it looks
// for a file, and says in the log which file it opened.
//
// That the file is the same is proved each time, by the browser: a File is a
// snapshot of size and time, and reading it fails when the file on the disk is
// not that one any more, or too short. The last byte is read, of a slice that is
// made once; a new slice costs a call to the browser's main process. Requests of
// one moment share a proof. If it fails, the response is forgotten and the core is
// asked. Where the tool's page watches the folder, and nothing in it changed
// for QUIET, the watch is the proof, and small content is given from memory: the
// browser reads a file at each Response, and a watch sees what a read does not,
// other bytes of the same size and time.
//
// What cannot be proved is never kept: listings, redirects and errors, empty
// files, which never fail to be read, an index page that another could take
// the place of, and a file that was written less than two seconds before it
// was opened, whose time a second change might not move. The core and the page
// say which file can be (see keep); all is forgotten when the page goes or
// sends another port.
/// <reference lib="webworker" />

/**
 * A response that can be given again.
 * @typedef {{
 *   serial: number,
 *   status: number,
 *   statusText: string,
 *   headers: Record<string, string>,
 *   file: Blob,
 *   body: Blob,
 *   proof?: Blob,
 *   proving?: Promise<boolean>,
 *   reserved: number,
 *   memory?: Blob,
 * }} Kept
 */

/**
 * How many responses are kept, the newest. The page keeps as many records and
 * those of all fetches under way, so that each repeated exchange finds the
 * record it is a copy of.
 */
const MAX_KEPT = CONTRACT.maxKept - CONTRACT.maxFetches;
/** How long nothing may have changed before a watch is a proof, in ms. */
const QUIET = 2000;
/** How long ago the page's worker, which has the watch, was heard of at most, in ms: it may be gone. */
const HEARD = 5000;
/** How long a proof may take, in ms: the core knows how to wait for a slow disk. */
const PROOF_TIMEOUT = 500;
/** Content up to this size is kept in memory while the folder is watched, and how much of it, in bytes. */
const MAX_SMALL = 64 << 10;
const MAX_MEMORY = 16 << 20;
/** How long records of repeated responses wait for more of them, in ms, and how many go together. */
const FLUSH = 50;
const MAX_BATCH = CONTRACT.maxBatch;
const MAX_CHARACTERS = 200_000; // after which a batch goes as well

/** The responses of one site. */
class Repeater {
  /** @type {Map<string, Kept>} */
  kept = new Map();
  /** The highest serial of a response: the page knows its record by it. */
  newest = 0;
  /** Content in memory, in bytes. */
  memory = 0;
  /** To the page, which gets the records. @type {MessagePort | undefined} */
  port;
  /** Whether the page watches the folder, and since when nothing changed there. */
  watched = false;
  quietSince = 0;
  /** When who watches was heard of last, and what has it say something. */
  heard = 0;
  askWatcher = () => {};
  /** @type {string[]} */
  records = [];
  characters = 0;
  flushing = false;

  /**
   * Takes what the page or its worker says of the folder. A watch is older than
   * this worker, which may have been started just now: quiet is for how many ms
   * nothing has changed.
   * @param {{type?: string, on?: boolean, quiet?: number}} message
   */
  told({ type, on, quiet = 0 }) {
    switch (type) {
      case CONTRACT.bye:
        this.watched = false;
        this.forget();
        break;
      case CONTRACT.changed:
        this.forget();
        this.quietSince = performance.now();
        break;
      case CONTRACT.watched:
        if (this.watched === on) break;
        this.watched = on === true;
        for (const kept of this.kept.values()) this.release(kept);
        this.quietSince = performance.now() - quiet;
        break;
    }
  }

  forget() {
    this.kept.clear();
    this.memory = 0;
  }

  /** @param {Kept} kept */
  release(kept) {
    this.memory -= kept.reserved;
    kept.reserved = 0;
    kept.memory = undefined;
  }

  /** @param {string} key @param {Kept} kept */
  remove(key, kept) {
    this.release(kept);
    this.kept.delete(key);
  }

  /**
   * What makes two requests equal; "" for one that is never repeated.
   * @param {Request} request
   */
  key(request) {
    if (request.method !== "GET") return "";
    const url = request.url;
    const end = url.search(/[?#]/);
    let key = end < 0 ? url : url.slice(0, end);
    for (const [name, value] of request.headers) {
      if (name.startsWith("if-")) return "";
      key += `\n${name}:${value}`;
    }
    return key;
  }

  /**
   * The response that was given to an equal request, at once or when it is
   * proved; undefined if there is none.
   * @param {string} key @param {Request} request @param {Route} to
   * @returns {Response | Promise<Response | undefined> | undefined}
   */
  repeat(key, request, to) {
    const kept = key && this.port ? this.kept.get(key) : undefined;
    if (!kept) return undefined;
    const start = performance.now();
    if (this.watched && start - this.quietSince >= QUIET) {
      if (start - this.heard < HEARD) {
        this.load(key, kept);
        return this.again(kept, request, to, start, "watched");
      }
      this.askWatcher();
    }
    kept.proof ??= kept.file.slice(kept.file.size - 1);
    kept.proving ??= Promise.race([
      kept.proof.arrayBuffer().then(
        (byte) => byte.byteLength === 1,
        () => false,
      ),
      new Promise((resolve) => setTimeout(resolve, PROOF_TIMEOUT, false)),
    ]);
    return kept.proving.then((same) => {
      kept.proving = undefined;
      if (same && this.kept.get(key) === kept) return this.again(kept, request, to, start, "read");
      if (this.kept.get(key) === kept) this.remove(key, kept);
      return undefined;
    });
  }

  /** Reads small content into memory, for the next time. @param {string} key @param {Kept} kept */
  load(key, kept) {
    const { size } = kept.body;
    if (kept.reserved > 0 || size > MAX_SMALL || this.memory + size > MAX_MEMORY) return;
    this.memory += size;
    kept.reserved = size;
    kept.body.arrayBuffer().then(
      (bytes) => {
        // Whatever changed in between had this response forgotten.
        if (this.kept.get(key) === kept && kept.reserved > 0 && bytes.byteLength === size) kept.memory = new Blob([bytes]);
      },
      () => {}, // the next request finds out why
    );
  }

  /**
   * @param {Kept} kept @param {Request} request @param {Route} to
   * @param {number} start @param {"read" | "watched"} proof
   */
  again(kept, request, to, start, proof) {
    const date = dateNow();
    const body = proof === "watched" ? (kept.memory ?? kept.body) : kept.body;
    const response = new Response(body, { status: kept.status, statusText: kept.statusText, headers: { ...kept.headers, date } });
    this.record([
      kept.serial,
      Math.round((performance.timeOrigin + start) * 1000),
      Math.round((performance.now() - start) * 1000),
      proof,
      date,
      targetOf(request.url, to.prefix),
      request.mode,
      request.destination,
      request.cache,
      request.redirect,
      request.referrer === "about:client" ? "" : request.referrer,
      to.client,
    ]);
    return response;
  }

  /**
   * Keeps a response that the core gave, and returns the number under which
   * the page is to know its record; 0 if there is no page. The program says that
   * it can be proved, which file it is of, and what of the file it has.
   * @param {string} key @param {Response | Promise<Response>} response
   * @param {Blob} file @param {Blob} body
   */
  keep(key, response, file, body) {
    if (!this.port || !key) return 0;
    const serial = ++this.newest;
    const { port } = this;
    // The program may call this before its promise has brought the response.
    Promise.resolve(response).then(
      (response) => {
        if (port === this.port) this.add(key, response, serial, file, body);
      },
      () => {},
    );
    return serial;
  }

  /** @param {string} key @param {Response} response @param {number} serial @param {Blob} file @param {Blob} body */
  add(key, response, serial, file, body) {
    /** @type {Record<string, string>} */
    const headers = {};
    for (const [name, value] of response.headers) if (name !== "date") headers[name] = value;
    const old = this.kept.get(key);
    if (old) this.remove(key, old); // the newest is last
    this.kept.set(key, {
      serial,
      status: response.status,
      statusText: response.statusText,
      headers,
      file,
      body,
      reserved: 0,
      proof: old?.file === file ? old.proof : undefined,
    });
    for (const [oldest, kept] of this.kept) {
      if (kept.serial > this.newest - MAX_KEPT) break;
      this.remove(oldest, kept);
    }
  }

  /** Has the page told of a repeated exchange, together with others. @param {(string | number)[]} fields */
  record(fields) {
    const lines = fields.join("\n");
    this.records.push(lines);
    this.characters += lines.length;
    if (this.records.length >= MAX_BATCH || this.characters > MAX_CHARACTERS) this.flush();
    if (this.flushing) return;
    this.flushing = true;
    setTimeout(() => {
      this.flushing = false;
      this.flush();
    }, FLUSH);
  }

  flush() {
    if (this.records.length === 0) return;
    this.port?.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.repeats, list: this.records.join("\n") });
    this.records = [];
    this.characters = 0;
  }
}

/** The request-target of a URL, as the core has it. @param {string} url @param {string} prefix */
function targetOf(url, prefix) {
  const path = url.slice(url.indexOf("/", url.indexOf("://") + 3));
  const hash = path.indexOf("#");
  return (hash < 0 ? path : path.slice(0, hash)).slice(prefix.length) || "/";
}

let dateText = "";
let dateSecond = 0;

/** The value of Date now (RFC 9110 §5.6.7), made once a second. */
function dateNow() {
  const now = Date.now();
  const second = Math.floor(now / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(now).toUTCString();
  }
  return dateText;
}
