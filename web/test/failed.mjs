// @ts-check
// A reporter of node --test: the files in which a test failed, a line each.

/**
 * @param {AsyncIterable<{type: string, data: any}>} events
 * @returns {AsyncGenerator<string>}
 */
export default async function* failed(events) {
  const files = new Set();
  for await (const { type, data } of events) {
    const file = data?.file ?? data?.name;
    if (type !== "test:fail" || files.has(file)) continue;
    files.add(file);
    yield `${file}\n`;
  }
}
