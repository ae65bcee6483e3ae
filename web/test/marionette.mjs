// @ts-check
// Marionette, by which Firefox is driven: JSON behind its length over TCP, a
// command and its response told apart by a number. It is part of every
// Firefox, so that the tests need no other driver.
import { connect } from "node:net";

/** How long a command may take, in ms. */
const TIMEOUT = 60_000;

export class Marionette {
  /** @type {import("node:net").Socket} */
  #socket;
  #buffer = Buffer.alloc(0);
  #last = 0;
  /** Commands under way. @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  /** @type {(value: unknown) => void} */
  #greeted = () => {};

  /** @param {number} port @returns {Promise<Marionette>} */
  static async connect(port) {
    const socket = connect(port, "127.0.0.1");
    const m = new Marionette(socket);
    await new Promise((resolve, reject) => {
      m.#greeted = resolve; // the browser speaks first
      socket.once("error", reject);
    });
    return m;
  }

  /** @param {import("node:net").Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (data) => this.#receive(data));
    socket.on("close", () => this.#fail(new Error("Firefox closed the connection")));
    socket.on("error", (e) => this.#fail(e));
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** @param {Buffer} data */
  #receive(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString());
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString());
      this.#buffer = this.#buffer.subarray(end);
      if (!Array.isArray(message)) {
        this.#greeted(message);
        continue;
      }
      const [, number, error, result] = message;
      const command = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error) command?.reject(new Error(`${error.error}: ${error.message}`));
      else command?.resolve(result);
    }
  }

  /**
   * Sends a command and waits for its response.
   * @param {string} name @param {object} [parameters]
   * @returns {Promise<any>}
   */
  send(name, parameters = {}) {
    const number = ++this.#last;
    const text = JSON.stringify([0, number, name, parameters]);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(number);
        reject(new Error(`${name} had no response in ${TIMEOUT} ms`));
      }, TIMEOUT);
      const done = (/** @type {(value: any) => void} */ f) => (/** @type {any} */ value) => {
        clearTimeout(timer);
        f(value);
      };
      this.#waiting.set(number, { resolve: done(resolve), reject: done(reject) });
      this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  close() {
    this.#socket.destroy();
  }
}
