// @ts-check
// What a service worker knows of one site: the ports to the tool's page and to
// its worker, and what was given before. All of it can be lost at any time,
// because the browser stops the worker between any two fetches, and is asked
// for again.
/// <reference lib="webworker" />

/** How long a fetch waits for the page before the program here is started, in ms. */
const PORT_WAIT = 100;
/** How many messages wait for the program. */
const MAX_INBOX = 16;

class Site {
  repeater = new Repeater();
  relay = new Relay(this.repeater);
  /** To the page. @type {MessagePort | undefined} */
  port;
  /** Ends the wait for that page's lock. @type {AbortController | undefined} */
  waiting;
  /** Whether the program has the port, and what came over it before. */
  handed = false;
  /** @type {unknown[]} */
  inbox = [];
  /** Ends the wait for the page. @type {(() => void) | undefined} */
  connected;
  /** @type {Promise<boolean> | undefined} */
  calling;

  /** Who waits for what the page finds, by the number of the question. @type {Map<number, (found: Partial<Asked> | undefined) => void>} */
  asked = new Map();
  lastAsked = CONTRACT.firstShared; // above the numbers that the program gives its questions

  /** @param {string} name @param {string} bridge URL of the page that passes ports on */
  constructor(name, bridge) {
    this.repeater.responses.askPage = (file) => this.isSame(file);
    this.name = name;
    this.bridge = bridge;
  }

  /** Takes a port to the page's worker. @param {MessagePort} port */
  connectRelay(port) {
    this.relay.connect(port);
    this.connected?.();
  }

  /**
   * Takes the port to the page.
   * @param {MessagePort} port @param {Client} bridge that passed it on
   * @param {string} [lock] that the bridge holds as long as it is there
   */
  connect(port, bridge, lock) {
    // Another page has the site now, or the same one has renewed its port.
    if (this.port) this.leave(this.port);
    this.port = this.repeater.port = port;
    this.handed = false;
    this.inbox = [];
    this.repeater.responses.forget(); // what was of the page before
    this.relay.flush();
    this.repeater.flush();
    const gone = () => {
      if (port !== this.port) return;
      this.repeater.responses.told({ type: CONTRACT.bye });
      this.relay.channel?.end();
      this.port = this.repeater.port = undefined;
      noteGone(this);
    };
    // A page that is killed, or has no time to say that it goes, leaves its lock.
    this.waiting?.abort();
    this.waiting = new AbortController();
    if (lock) navigator.locks.request(lock, { signal: this.waiting.signal }, () => void isGone(bridge).then((is) => is && gone())).catch(() => {});
    port.addEventListener("message", ({ data }) => {
      if (port !== this.port) return;
      const asked = this.asked.get(data?.number);
      if (asked && data.type === CONTRACT.found) return asked(data.node);
      if (!this.handed && this.inbox.length < MAX_INBOX) this.inbox.push(data);
      if (data?.vitrine !== CONTRACT.portVersion) return;
      if (data.type === CONTRACT.bye) gone();
      else this.repeater.responses.told(data);
    });
    port.start();
    noteThere(this);
    if (running) this.hand(running);
    this.connected?.();
  }

  /** Tells a page that another one has the site. @param {MessagePort} port */
  leave(port) {
    port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.bye });
  }

  /** Gives the program the port, and what came over it. @param {Program} program */
  hand(program) {
    const { port, inbox } = this;
    if (!port || this.handed) return;
    this.handed = true;
    this.inbox = [];
    program.connect(this.name, this.bridge, port);
    for (const data of inbox) port.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** Asks the page whether a file is the same. @param {Asked} file @returns {Promise<boolean>} */
  isSame({ name, size, time }) {
    const { port } = this;
    const number = ++this.lastAsked;
    return new Promise((resolve) => {
      /** @param {Partial<Asked>} [found] */
      const done = (found) => {
        this.asked.delete(number);
        resolve(found?.size === size && found.time === time);
      };
      this.asked.set(number, done);
      setTimeout(done, PROOF_TIMEOUT);
      port?.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.look, number, name });
    });
  }

  /** Asks the page for ports, if it is there, and waits a moment for one. Resolves to whether the page is closed. */
  call() {
    this.calling ??= this.callBridge().finally(() => (this.calling = undefined));
    return this.calling;
  }

  async callBridge() {
    const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
    const bridges = windows.filter(({ url }) => url === this.bridge);
    if (this.port) return false;
    if (bridges.length === 0) return isClosed(this);
    await new Promise((resolve) => {
      this.connected = () => resolve(undefined);
      setTimeout(resolve, PORT_WAIT);
      for (const bridge of bridges) bridge.postMessage({ vitrine: CONTRACT.version, type: CONTRACT.needPort, site: this.name });
    });
    return false;
  }
}

/** How often it is looked whether a window is gone that has lost its lock, and how long after each other, in ms. */
const GONE_LOOKS = 5;
const GONE_EVERY = 200;

/**
 * Whether a window that has lost its lock is gone: where the browser deletes what
 * a site has stored, locks are lost, too.
 * @param {Client} window
 */
async function isGone({ id }) {
  for (let i = 0; i < GONE_LOOKS; i++) {
    if (!(await worker.clients.get(id))) return true;
    await new Promise((resolve) => setTimeout(resolve, GONE_EVERY));
  }
  return false;
}

/** @type {Map<string, Site>} */
const sites = new Map();

/** @param {string} name */
function siteNamed(name) {
  let site = sites.get(name);
  if (!site) sites.set(name, (site = new Site(name, route(name).bridge)));
  return site;
}
