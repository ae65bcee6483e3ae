// @ts-check
// Tests that end. Much that a test waits for has no limit of its own: what a
// page evaluates, a browser that closes. A test that waits for ever would take
// the rest of its file with it, and no report would name it.
import { test as unbounded } from "node:test";

/** The longest that a test may take, in ms. */
const LIMIT = 240_000;

/**
 * node:test's test, failed when it takes longer than that.
 * @param {string} name
 * @param {import("node:test").TestFn} f
 */
export const test = (name, f) => unbounded(name, { timeout: LIMIT }, f);
