// @ts-check
// Gives a response of the core again, with a Date of its own, and has the page
// told. Why that is right stands in responses.js.
/// <reference lib="webworker" />

/** How long records of repeated responses wait for more of them, in ms, and how many go together. */
const FLUSH = 50;
const MAX_BATCH = CONTRACT.maxBatch;
const MAX_CHARACTERS = 200_000; // after which a batch goes as well

class Repeater {
  responses = new Responses();
  /** To the page, which gets the records. @type {MessagePort | undefined} */
  port;
  /** @type {string[]} */
  records = [];
  characters = 0;
  flushing = false;
  /** Records that were neither sent nor kept. The next one that comes from the page's worker says so. */
  lost = 0;

  /**
   * The response that was given to an equal request, at once or when it is
   * proved; undefined if there is none.
   * @param {string} key @param {Request} request @param {Route} to
   * @returns {Response | Promise<Response | undefined> | undefined}
   */
  repeat(key, request, to) {
    if (!this.port) return undefined;
    const start = performance.now();
    const found = this.responses.find(key);
    if (!(found instanceof Promise)) return found && this.again(found, request, to, start);
    return found.then((proved) => proved && this.again(proved, request, to, start));
  }

  /**
   * @param {{kept: Pick<Kept, "serial" | "status" | "statusText" | "headers">, by: Proof, content: BodyInit}} proved
   * @param {Request} request @param {Route} to @param {number} start by this worker's clock, in ms
   */
  again({ kept, by, content }, request, to, start) {
    const date = dateNow();
    const response = new Response(content, { status: kept.status, statusText: kept.statusText, headers: { ...kept.headers, date } });
    this.record([
      kept.serial,
      Math.round((performance.timeOrigin + start) * 1000),
      Math.round((performance.now() - start) * 1000),
      by,
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
   * Keeps a response of the program here, and returns the number under which
   * the page is to know its record; 0 if there is no page. The program says that
   * it can be proved, which file it is of, and what of the file it has.
   * @param {string} key @param {Promise<Response>} response
   * @param {Blob} file @param {Blob} body @param {number} changes at the time when it was asked
   * @param {Asked} [asked] what the page finds, if to read the file does not prove that it is the same
   */
  keep(key, response, file, body, changes, asked) {
    if (!this.port || !key || (asked && !(file instanceof File))) return 0; // no content that is in memory
    const serial = this.responses.newest.own + 1;
    this.responses.newest.own = serial;
    const { port } = this;
    // The program calls this before its promise has brought the response.
    response.then(
      (response) => {
        if (port === this.port) this.responses.add(key, response, serial, file, body, asked?.name ?? "", changes, asked);
      },
      () => {},
    );
    return serial;
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

  /** Sends the records, or keeps a batch of them until there is a port. */
  flush() {
    if (this.records.length === 0) return;
    if (this.port) this.port.postMessage({ vitrine: CONTRACT.portVersion, type: CONTRACT.repeats, list: this.records.join("\n") });
    else if (this.records.length < MAX_BATCH && this.characters <= MAX_CHARACTERS) return;
    else this.lost += this.records.length;
    this.records = [];
    this.characters = 0;
  }

  /** How many records are lost that nothing was said of yet. */
  takeLost() {
    const { lost } = this;
    this.lost = 0;
    return lost;
  }
}

/** The field lines of a request, below each other, a comma between name and value. @param {Request} request */
const fieldsOf = (request) => Array.from(request.headers).join("\n");

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
