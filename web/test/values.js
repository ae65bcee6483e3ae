// Generates values to post: all that structured cloning carries, and messages
// of ours with parts of them exchanged. Runs in the page that posts them.

/**
 * @param {number} seed
 * @param {number} version of the messages of ours
 * @returns {() => {value: any, transfer: Transferable[]}} the next value
 */
globalThis.values = (seed, version) => {
  let x = seed | 1;
  const random = (n) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % n;
  };
  const pick = (list) => list[random(list.length)];
  let transfer = [];
  const transferred = (v) => (transfer.push(v), v);

  /** Makes a property of its own, __proto__ included. */
  const own = (o, key, value) => Object.defineProperty(o, key, { value, enumerable: true, writable: true, configurable: true });

  const numbers = [0, -0, 1, -1, 2, 0.5, 255, 4294967295, -2147483648, 2 ** 53, -(2 ** 53), 1e308, 5e-324, NaN, Infinity, -Infinity];
  const texts = ["", "x", ".", "..", "/", "../../etc/passwd", "index.html", "ten.txt", "\0", "\ud800", "\udc00x", "é日😀", "<img src=x onerror=alert(1)>", "__proto__", "constructor", "toString", "x".repeat(70_000), "look", "record", "1"];
  const bytes = (n) => Uint8Array.from({ length: n }, () => random(256));
  const leaves = [
    () => undefined,
    () => null,
    () => pick([true, false]),
    () => pick(numbers),
    () => pick(texts),
    () => pick([1n, -1n, 0n, 2n ** 64n, 2n ** 2000n]),
    () => Object(pick([1n, 1, "text", true])),
    () => new Date(pick(numbers)),
    () => /x/g,
    () => pick([new Error("e"), new RangeError("r"), new DOMException("d", "AbortError")]),
    () => bytes(random(300)),
    () => bytes(random(300)).buffer,
    () => transferred(bytes(random(300)).buffer),
    () => new DataView(new ArrayBuffer(8)),
    () => pick([new Float64Array([NaN]), new BigInt64Array([1n]), new Int8Array(3), new Uint8Array(100_000)]),
    () => new Blob([pick(texts)], { type: pick(texts.slice(0, 5)) }),
    () => new File(["x"], "name", { lastModified: pick(numbers) || 0 }),
    () => transferred(new MessageChannel().port1),
    () => transferred(new ReadableStream()),
    () => new Array(random(4) ? random(9) : 4_000_000_000),
    () => new ImageData(1, 1),
    () => new DOMRect(1, 2, 3, 4),
  ];
  const keys = ["vitrine", "type", "number", "name", "index", "list", "record", "lost", "node", "code", "reason", "dir", "indexNode", "entries", "size", "time", "blob", "site", "updated", "then", "length", "__proto__", "0"];

  const value = (depth) => {
    const n = depth > 3 ? 0 : random(8);
    switch (n) {
      case 1: // an object with fields of ours
        return Object.fromEntries(Array.from({ length: random(6) }, () => [pick(keys), value(depth + 1)]));
      case 2:
        return Array.from({ length: random(5) }, () => value(depth + 1));
      case 3:
        return new Map([[value(depth + 1), value(depth + 1)], ["vitrine", version]]);
      case 4:
        return new Set([value(depth + 1)]);
      case 5: { // one that contains itself
        const o = { vitrine: version, type: pick(texts) };
        own(o, pick(keys), o);
        return o;
      }
      case 6: { // a deep one
        let o = value(depth + 4);
        for (let i = random(2000); i > 0; i--) o = own({}, pick(keys), o);
        return o;
      }
    }
    return pick(leaves)();
  };

  const node = () => ({ size: 1, time: 1, blob: new Blob(["x"]) });
  const messages = [
    () => ({ vitrine: version, type: "look", number: random(9), name: pick(texts), index: ["index.html"], list: true }),
    () => ({ vitrine: version, type: "found", number: random(9), node: node() }),
    () => ({ vitrine: version, type: "found", number: random(9), node: { dir: true, index: "index.html", indexNode: node(), entries: "fa/db" } }),
    () => ({ vitrine: version, type: "found", number: random(9), node: { code: 1, reason: "no" } }),
    () => ({ vitrine: version, type: "record", record: bytes(random(200)), lost: 0 }),
    () => ({ vitrine: version, type: "record", record: bytes(random(200)), lost: 0, serial: random(9) }),
    () => ({ vitrine: version, type: "repeats", list: Array.from({ length: 12 * random(4) }, () => pick([...texts, "7", "-1", "9e99", "Sun, 29 Nov 2026 12:01:01 GMT"])).join("\n") }),
    () => ({ vitrine: version, type: pick(["changed", "watched", "bye"]), on: pick([true, false, 1, "yes"]) }),
    () => ({ vitrine: version, type: "hosting", options: pick([...texts, "clean index.html\n", "\nX: y\n", "\nConnection: close\n"]) }),
    () => ({ vitrine: version, type: "refresh", styles: pick([undefined, [], "a.css", ["a.css"], [7, null]]) }),
    () => ({ vitrine: version, type: pick(["hello", "ping", "pong", "need-port", "update", "forget", "port", "failed"]), site: "site", updated: true, reason: "because" }),
  ];
  // A message of ours, whole or with a part exchanged. What closes or breaks a
  // connection when it is whole ("bye", another version) is not among them:
  // whoever has the port may say it.
  const almost = () => {
    const m = pick(messages)();
    const at = pick([m, m.node].filter(Boolean));
    const key = pick(Object.keys(at));
    const v = value(1);
    if (key === "vitrine" && typeof v === "number") return m;
    if (random(5)) own(at, key, v);
    return m;
  };

  return () => {
    transfer = [];
    const v = random(2) ? almost() : value(0);
    return { value: v, transfer: [...new Set(transfer)] };
  };
};

/**
 * Posts n values to a door and says how many of them passed the cloning.
 * @param {(value: any, transfer: Transferable[]) => void} post
 * @param {number} n @param {number} seed @param {number} version
 */
globalThis.postValues = async (post, n, seed, version) => {
  const next = values(seed, version);
  let posted = 0;
  for (let tries = 0; posted < n && tries < 3 * n; tries++) {
    const { value, transfer } = next();
    try {
      post(value, transfer);
      posted++;
    } catch {
      // cannot be cloned, or is too large
    }
    if (posted % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 30)); // no flood
  }
  return posted;
};
