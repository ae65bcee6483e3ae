// @ts-check
// Responses of the core that can be given again, without asking it.
//
// Why that is right. What the core responds to a GET depends on the request
// and on the file, and on nothing else: not on a clock, a cookie or what was
// asked before. So an equal request for the same file has an equal response,
// except for Date, which repeat.js writes afresh, in the core's format. What
// counts as equal is strict: method, path and every field line that a service
// worker sees. The query is left out, because the core cuts it off before it
// looks for a file, and says in the log which file it opened.
//
// That the file is the same is proved each time, by the browser: a File is a
// snapshot of size and time, and reading it fails when the file on the disk is
// not that one any more, or too short. The last byte is read, of a slice that is
// made once; a new slice costs a call to the browser's main process. (To read all
// of a small file, and to give what was read, is no faster.) Requests of one
// moment share a proof. If it fails, the response is forgotten and the core is
// asked. Where the browser reads what is there now, the page is asked for size
// and time of the file, as the core would ask it.
//
// Where the folder is watched, and nothing in it changed for QUIET, the watch is
// the proof, and small content is given from memory: the browser reads a file at
// each Response, and a watch sees what a read does not, other bytes of the same
// size and time. After a change elsewhere a file is read once more before the
// watch is its proof again: it may have several names, and the watch tells of one.
//
// What cannot be proved is never kept: listings, redirects and errors, empty
// files, which never fail to be read, an index page that another could take
// the place of, and a file that was written less than two seconds before it
// was opened, whose time a second change might not move. The core and the page
// say which file can be (see add); what was under way while something changed
// is not kept either.
//
// There are two kinds of such tables. That of the page's worker lives as long as
// the page, and the watch is at hand. That of a service worker needs no message
// to give a response, but is lost when the browser stops the worker, half a
// minute after its last fetch.
/// <reference lib="webworker" />

/**
 * A response that can be given again. The name is that of its file, "" if it is
 * not known; sure says that the file was opened or read since the last change.
 * @typedef {{
 *   serial: number,
 *   status: number,
 *   statusText: string,
 *   headers: Record<string, string>,
 *   file: Blob,
 *   body: Blob,
 *   name: string,
 *   sure: boolean,
 *   asked?: Asked,
 *   proof?: Blob,
 *   proving?: Promise<boolean>,
 *   reserved: number,
 *   memory?: Blob,
 * }} Kept
 */

/**
 * What proved that a response stands: its file was read, its folder is watched,
 * or the page was asked.
 * @typedef {"read" | "watched" | "asked"} Proof
 */

/**
 * One that stands, what proved it, and its content.
 * @typedef {{kept: Kept, by: Proof, content: Blob}} Proved
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

/** The responses of one site. */
class Responses {
  /** @type {Map<string, Kept>} */
  kept = new Map();
  /**
   * The highest serials that were given, by the page's worker and here: the page
   * knows a record by its serial.
   */
  newest = { shared: 0, own: 0 };
  /** Content in memory, and how much of it there may be, in bytes. */
  memory = 0;
  room = MAX_MEMORY;
  /** How often something changed. */
  changes = 0;
  /** Whether the folder is watched, and since when nothing changed there. */
  watched = false;
  quietSince = 0;
  /** When who watches was heard of last, and what has it say something. */
  heard = 0;
  askWatcher = () => {};
  /** Asks the page whether a file is the same; false if it does not say so within PROOF_TIMEOUT. @type {(file: Asked) => Promise<boolean>} */
  askPage = () => Promise.resolve(false);

  /**
   * Takes what is said of the folder. A watch is older than a service worker that
   * was started just now: quiet is for how many ms nothing has changed. What
   * changed has names, as io/fs has them, or it may be anything.
   * @param {{type?: string, on?: boolean, quiet?: number, names?: string[]}} message
   */
  told({ type, on, quiet = 0, names }) {
    switch (type) {
      case CONTRACT.bye:
        this.watched = false;
        this.forget();
        break;
      case CONTRACT.changed:
        if (names) this.forgetFiles(names);
        else this.forget();
        this.quietSince = performance.now();
        break;
      case CONTRACT.watched:
        if (this.watched === on) break;
        this.watched = on === true;
        for (const kept of this.kept.values()) {
          this.release(kept);
          kept.sure = false;
        }
        this.quietSince = performance.now() - quiet;
        break;
    }
  }

  forget() {
    this.changes++;
    this.kept.clear();
    this.memory = 0;
  }

  /** Forgets what is of these files, or of files in these directories. @param {string[]} names */
  forgetFiles(names) {
    this.changes++;
    const changed = new Set(names.map(folded));
    for (const [key, kept] of this.kept) {
      kept.sure = false;
      const name = folded(kept.name);
      let end = name.length;
      while (end > 0 && !changed.has(name.slice(0, end))) end = name.lastIndexOf("/", end - 1);
      if (end > 0 || !name || changed.has("")) this.remove(key, kept);
    }
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
   * The response that was given to an equal request, at once or when it is
   * proved; undefined if there is none.
   * @param {string} key
   * @returns {Proved | Promise<Proved | undefined> | undefined}
   */
  find(key) {
    const kept = key ? this.kept.get(key) : undefined;
    if (!kept) return undefined;
    if (kept.serial <= this.newest[kindOf(kept.serial)] - MAX_KEPT) {
      this.remove(key, kept);
      return undefined;
    }
    const now = performance.now();
    if (this.watched && kept.sure && now - this.quietSince >= QUIET) {
      if (now - this.heard < HEARD) {
        this.load(key, kept);
        return { kept, by: "watched", content: kept.memory ?? kept.body };
      }
      this.askWatcher();
    }
    return this.prove(kept).then((same) => {
      if (this.kept.get(key) !== kept) return undefined;
      if (same) return { kept, by: kept.asked ? "asked" : "read", content: kept.body };
      this.remove(key, kept);
      return undefined;
    });
  }

  /** Finds out whether a file is the same, once for all requests of a moment. @param {Kept} kept @returns {Promise<boolean>} */
  prove(kept) {
    const { changes } = this;
    kept.proving ??= (kept.asked ? this.askPage(kept.asked) : this.read(kept)).then((same) => {
      kept.proving = undefined;
      if (same && changes === this.changes) kept.sure = true;
      return same;
    });
    return kept.proving;
  }

  /** Reads the last byte of a file. @param {Kept} kept @returns {Promise<boolean>} whether that is possible, in time */
  read(kept) {
    kept.proof ??= kept.file.slice(kept.file.size - 1);
    return Promise.race([
      kept.proof.arrayBuffer().then(
        (byte) => byte.byteLength === 1,
        () => false,
      ),
      new Promise((resolve) => setTimeout(resolve, PROOF_TIMEOUT, false)),
    ]);
  }

  /** Reads small content into memory, for the next time. @param {string} key @param {Kept} kept */
  load(key, kept) {
    const { size } = kept.body;
    if (kept.reserved > 0 || size > MAX_SMALL || this.memory + size > this.room) return;
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
   * Keeps a response that the core says can be proved.
   * @param {string} key @param {{status: number, statusText: string, headers: Iterable<[string, string]>}} head
   * @param {number} serial of its record
   * @param {Blob} file all that it depends on but the request @param {Blob} body what of that it has
   * @param {string} name of the file @param {number} changes at the time when the core was asked
   * @param {Asked} [asked] what the page finds, if to read the file does not prove that it is the same
   */
  add(key, { status, statusText, headers }, serial, file, body, name, changes, asked) {
    const kind = kindOf(serial);
    this.newest[kind] = Math.max(this.newest[kind], serial);
    if (!key || changes !== this.changes) return;
    const old = this.kept.get(key);
    if (old) this.remove(key, old); // the newest is last
    /** @type {Kept} */
    const kept = { serial, status, statusText, headers: {}, file, body, name, sure: true, asked, reserved: 0, proof: old?.file === file ? old.proof : undefined };
    for (const [name, value] of headers) if (name !== "date") kept.headers[name] = value;
    this.kept.set(key, kept);
    for (const [oldest, first] of this.kept) {
      if (this.kept.size <= MAX_KEPT) break;
      this.remove(oldest, first);
    }
  }
}

/** A name as any file system may have it: some do not tell letters apart. @param {string} name */
const folded = (name) => name.normalize().toLowerCase();

/** Who gave a serial. @param {number} serial */
const kindOf = (serial) => (serial >= CONTRACT.firstShared ? "shared" : "own");

/**
 * What makes two requests equal; "" for one that is never repeated. The field
 * lines stand below each other, a comma between name and value.
 * @param {string} method @param {string} url @param {string} fields
 */
function keyOf(method, url, fields) {
  if (method !== "GET" || /^if-/m.test(fields)) return "";
  const end = url.search(/[?#]/);
  return `${end < 0 ? url : url.slice(0, end)}\n${fields}`;
}
