// @ts-check
// Has a fetch served by the program in the tool's page.
//
// The page's worker (folders.js) runs the same program as this service worker
// and has the folder at hand. So what it responds is what the program here
// would, and it is running already when this worker was just started: the
// program is large, and the browser stops a service worker after half a minute.
//
// It serves what is simple: GET and HEAD of what a folder has or has not. For
// all else it says so, and the program here is asked. If it says nothing for
// too long, it is not asked again before the page sends another port.
//
// Few values cross: each Blob and each array in a message costs time.
/// <reference lib="webworker" />

/** How long nothing may come, in ms, before the program here is asked. */
const RELAY_TIMEOUT = 2000;
/** How many fetches are in the page's hands at once; it serves CONTRACT.maxFetches at a time. */
const MAX_RELAYED = CONTRACT.maxRelayed;

/** How many records wait for a port to the page, which comes a moment after that to its worker. */
const MAX_UNSENT = 200;

/**
 * A fetch that waits for its response.
 * @typedef {{
 *   key: string,
 *   request: Request,
 *   to: Route,
 *   start: number,
 *   changes: number,
 *   resolve: (response: Response | undefined) => void,
 *   timer?: ReturnType<typeof setTimeout>,
 * }} Waiting
 */

/** One port to the page's worker, and what was relayed over it. */
class Channel {
  /** @type {Map<number, Waiting>} */
  waiting = new Map();
  last = 0;
  /** When something came. */
  heard = 0;
  asked = 0;

  /** @param {MessagePort} port @param {Relay} relay */
  constructor(port, relay) {
    this.port = port;
    this.relay = relay;
    port.onmessage = ({ data }) => {
      if (data?.vitrine !== CONTRACT.portVersion) return this.end();
      this.heard = performance.now();
      if (relay.channel === this) relay.repeater.responses.heard = this.heard;
      switch (data.type) {
        case CONTRACT.served:
          return this.served(data);
        case CONTRACT.bye:
          return this.end();
        default:
          if (relay.channel === this) relay.repeater.responses.told(data);
      }
    };
  }

  /** Nothing comes over this port any more: what waits goes to the program here. */
  end() {
    this.port.close();
    if (this.relay.channel === this) this.relay.drop();
    for (const { resolve, timer } of this.waiting.values()) {
      clearTimeout(timer);
      resolve(undefined);
    }
    this.waiting.clear();
  }

  /** Has the other end say whether it watches the folder. */
  ask() {
    if (performance.now() - this.asked < RELAY_TIMEOUT) return;
    this.asked = performance.now();
    this.port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.watched });
  }

  /** @param {string} key @param {Request} request @param {string} headers @param {Route} to @returns {Promise<Response | undefined>} */
  serve(key, request, headers, to) {
    const { port } = this;
    const number = ++this.last;
    port.postMessage({
      vitrine: CONTRACT.portVersion,
      type: CONTRACT.serve,
      number,
      to,
      method: request.method,
      url: request.url,
      headers,
      mode: request.mode,
      destination: request.destination,
      cache: request.cache,
      redirect: request.redirect,
      referrer: request.referrer,
    });
    request.signal.addEventListener("abort", () => port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.abort, number }));
    return new Promise((resolve) => {
      const start = performance.now();
      /** @type {Waiting} */
      const waiting = { key, request, to, start, changes: this.relay.repeater.responses.changes, resolve };
      const wait = () => {
        const silent = performance.now() - Math.max(this.heard, start);
        if (silent >= RELAY_TIMEOUT) this.end();
        else waiting.timer = setTimeout(wait, RELAY_TIMEOUT - silent);
      };
      wait();
      this.waiting.set(number, waiting);
    });
  }

  /** @param {Served} served */
  served({ number, status = 0, statusText = "", headers = [], content = null, record, serial = 0, file, name = "", by }) {
    const waiting = this.waiting.get(number);
    if (!waiting) return;
    this.waiting.delete(number);
    clearTimeout(waiting.timer);
    const { key, request, to, start, changes, resolve } = waiting;
    const { repeater } = this.relay;
    if (by && content) { // what it was given before stands
      const kept = { serial, status, statusText, headers: Object.fromEntries(headers) };
      resolve(repeater.again({ kept, by, content }, request, to, start));
    } else if (record) {
      resolve(new Response(content, { status, statusText, headers }));
      this.relay.record(record, serial);
    } else {
      return resolve(undefined);
    }
    if (!file || !(content instanceof Blob)) return;
    repeater.responses.add(key, { status, statusText, headers }, serial, file, content, name, this.relay.channel === this ? changes : -1);
  }
}

/** The way from one site to the page's worker. */
class Relay {
  /** @type {Channel | undefined} */
  channel;
  /** Records and their serials, while there is no port to the page. @type {[Uint8Array<ArrayBuffer>, number][]} */
  unsent = [];

  /** @param {Repeater} repeater of the same site */
  constructor(repeater) {
    this.repeater = repeater;
    repeater.responses.askWatcher = () => this.channel?.ask();
  }

  /**
   * Takes a port. What was relayed over the one before is still responded to
   * there.
   * @param {MessagePort} port
   */
  connect(port) {
    this.drop();
    this.channel = new Channel(port, this);
  }

  /** Sends a record to the page, or keeps it until there is a port. @param {Uint8Array<ArrayBuffer>} record @param {number} serial */
  record(record, serial) {
    const { port } = this.repeater;
    if (port) port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.record, record, lost: this.repeater.takeLost(), serial }, [record.buffer]);
    else if (this.unsent.length < MAX_UNSENT) this.unsent.push([record, serial]);
    else this.repeater.lost++;
  }

  /** Sends what was kept, now that there is a port. */
  flush() {
    for (const [record, serial] of this.unsent.splice(0)) this.record(record, serial);
  }

  /** Relays nothing until the page sends another port. */
  drop() {
    this.channel = undefined;
    this.repeater.responses.told({ type: CONTRACT.watched, on: false });
  }

  /**
   * Has a fetch served; undefined if the program here has to be asked.
   * @param {string} key under which the response may be kept
   * @param {Request} request @param {string} headers its field lines, as fieldsOf has them
   * @param {Route} to
   */
  serve(key, request, headers, to) {
    const { channel } = this;
    const plain = request.method === "GET" || request.method === "HEAD";
    return plain && channel && channel.waiting.size < MAX_RELAYED ? channel.serve(key, request, headers, to) : undefined;
  }
}
