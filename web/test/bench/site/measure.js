// @ts-check
// A page of the site that measures what its own fetches take.
{
  /** @param {string} url @param {RequestInit} [init] */
  const get = async (url, init) => {
    const response = await fetch(url, init);
    const content = await response.arrayBuffer();
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return content;
  };

  /** @param {() => Promise<unknown>} f */
  const time = async (f) => {
    const start = performance.now();
    await f();
    return performance.now() - start;
  };

  /** @param {number[]} values sorted @param {number} share */
  const quantile = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))];

  /** @param {number} n @param {() => Promise<unknown>} f */
  const repeat = async (n, f) => {
    const times = [];
    for (let i = 0; i < n; i++) times.push(await time(f));
    times.sort((a, b) => a - b);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  };

  /** A worker that was idle for long has been stopped: starting it again is not what is measured. */
  const wake = () => get("1k.txt");

  /** @type {Record<string, (options: any) => Promise<Record<string, number>>>} */
  const measurements = {
    /** A file, one fetch after another. */
    async fetches({ url, n }) {
      for (let i = 0; i < 10; i++) await get(url);
      return repeat(n, () => get(url));
    },

    /** A file, several fetches in flight. */
    async inFlight({ url, loops, each }) {
      await wake();
      const took = await time(() =>
        Promise.all(
          Array.from({ length: loops }, async () => {
            for (let i = 0; i < each; i++) await get(url);
          }),
        ),
      );
      return { perSecond: (loops * each * 1000) / took };
    },

    /** A large file, read to its end. */
    async read({ url, size }) {
      await wake();
      const start = performance.now();
      const reader = (await fetch(url)).body?.getReader();
      if (!reader) throw new Error(`${url}: no content`);
      let firstByte = 0;
      let length = 0;
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        firstByte ||= performance.now() - start;
        length += part.value.length;
      }
      if (length !== size) throw new Error(`${url}: ${length} bytes of ${size}`);
      return { firstByte, megabytesPerSecond: length / 1000 / (performance.now() - start) };
    },

    /** The last bytes of a large file. */
    async range({ url, n }) {
      await wake();
      return repeat(n, async () => {
        const { byteLength } = await get(url, { headers: { Range: "bytes=-1024" } });
        if (byteLength !== 1024) throw new Error(`${url}: ${byteLength} bytes instead of a range`);
      });
    },

    /** A page that imports many modules, until all have run. */
    async modules({ url }) {
      await wake();
      const frame = document.createElement("iframe");
      const ran = new Promise((resolve) => {
        addEventListener("message", function listen({ source, data }) {
          if (source !== frame.contentWindow) return;
          removeEventListener("message", listen);
          resolve(data);
        });
      });
      frame.src = url;
      const took = await time(() => {
        document.body.append(frame);
        return ran;
      });
      frame.remove();
      return { took };
    },

    /** One fetch, whatever its status. */
    async once({ url }) {
      const start = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      return { took: performance.now() - start, status: response.status };
    },
  };

  addEventListener("message", async ({ source, origin, data }) => {
    if (origin !== "__BENCH__") return;
    /** @param {object} answer */
    const send = (answer) => /** @type {Window} */ (source).postMessage(answer, "__BENCH__");
    try {
      send({ value: await measurements[data.name](data.options) });
    } catch (error) {
      send({ error: String(error) });
    }
  });
}
