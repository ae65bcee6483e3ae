// @ts-check
// The versions of what page and worker say, from where they are set: tests
// that speak to either need them.
import { readFileSync } from "node:fs";

const contract = readFileSync(new URL("../../wasm/contract/contract.go", import.meta.url), "utf8");

/** @param {string} name */
const version = (name) => {
  const found = new RegExp(`^const ${name} = (\\d+)$`, "m").exec(contract);
  if (!found) throw new Error(`wasm/contract sets no ${name}`);
  return Number(found[1]);
};

/** Of messages over a port. */
export const MESSAGES = version("PortVersion");
/** Of the hand-over of the port itself. */
export const HAND_OVER = version("Version");
