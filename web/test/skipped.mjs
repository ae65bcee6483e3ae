// @ts-check
// A reporter of node --test: one line for each test that was skipped, with the
// reason, as core/internal/skipped has them for the last lines of make test.
import { relative } from "node:path";

/**
 * @param {AsyncIterable<{type: string, data: any}>} events
 * @returns {AsyncGenerator<string>}
 */
export default async function* skipped(events) {
  for await (const { type, data } of events) {
    if (type === "test:pass" && data.skip !== undefined) {
      yield `${relative(".", data.file)} ${data.name}: ${typeof data.skip === "string" ? data.skip : "no reason given"}\n`;
    }
  }
}
