// @ts-check
// The versions of what page and worker say, from where they are set: tests
// that speak to either need them.
import { readFileSync } from "node:fs";

/** @param {string} file */
const versionIn = (file) => {
  const found = /^const Version = (\d+)$/m.exec(readFileSync(new URL(`../../wasm/${file}`, import.meta.url), "utf8"));
  if (!found) throw new Error(`${file} sets no version`);
  return Number(found[1]);
};

/** Of messages over a port. */
export const MESSAGES = versionIn("remotefs/doc.go");
/** Of the hand-over of the port itself. */
export const HAND_OVER = versionIn("contract/contract.go");
