// @ts-check
// What web/proofs.js takes of the messages of a site's worker, and what it
// leaves to the program.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { test } from "./bounded.mjs";

const read = (/** @type {string} */ name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const scope = vm.createContext({});
vm.runInContext(`${read("contract.js")}\n${read("proofs.js")}\nglobalThis.contract = CONTRACT;`, scope);
/** @type {{contract: any, withProofs: (root: object, program: (event: object) => void) => (event: object) => void}} */
const { contract, withProofs } = /** @type {any} */ (scope);
const vitrine = contract.portVersion;
const proof = contract.firstShared + 1;

/** A folder whose files wait until they are let go. */
function folder() {
  /** @type {(() => void)[]} */
  const waiting = [];
  return {
    waiting,
    root: {
      getFile(/** @type {string} */ name, /** @type {object} */ _, /** @type {(entry: object) => void} */ ok, /** @type {() => void} */ failed) {
        if (name === "missing") return failed();
        const file = (/** @type {(file: object) => void} */ ok, /** @type {() => void} */ failed) =>
          waiting.push(() => (name === "gone" ? failed() : ok({ size: 12, lastModified: 34 })));
        ok({ file });
      },
    },
  };
}

test("a proof is for here, all else for the program", () => {
  const { root, waiting } = folder();
  /** @type {object[]} */
  const said = [];
  /** @type {object[]} */
  const left = [];
  const take = withProofs(root, (event) => left.push(event));
  const target = { postMessage: (/** @type {object} */ message) => said.push(message) };
  const ask = (/** @type {any} */ data) => take({ data, target });
  for (const name of ["a/b.txt", "gone", "missing"]) ask({ vitrine, type: contract.look, number: proof, name });
  for (const go of waiting.splice(0)) go();
  const found = (/** @type {object} */ node) => ({ vitrine, type: contract.found, number: proof, node });
  assert.deepEqual(JSON.parse(JSON.stringify(said)), [found({}), found({ size: 12, time: 34 }), found({})]);
  assert.deepEqual(left, []);

  for (const data of [
    null,
    "text",
    { vitrine: vitrine + 1, type: contract.look, number: proof, name: "a" },
    { vitrine, type: contract.look, number: 7, name: "a" }, // the program's own question, about more
    { vitrine, type: contract.look, number: proof, name: 7 },
    { vitrine, type: contract.look, number: proof },
    { vitrine, type: contract.record, number: proof, name: "a" },
  ]) {
    ask(data);
    assert.equal(/** @type {any} */ (left.at(-1)).data, data);
  }
  assert.equal(left.length, 7);
  assert.equal(said.length, 3);
});

test("a site that asks for too much at once comes to the program, which counts it", () => {
  const { root, waiting } = folder();
  let left = 0;
  const take = withProofs(root, () => left++);
  const ask = () => take({ data: { vitrine, type: contract.look, number: proof, name: "a" }, target: { postMessage() {} } });
  for (let i = 0; i < 1000; i++) ask();
  assert.equal(waiting.length, 64);
  assert.equal(left, 1000 - 64);
  for (const go of waiting.splice(0)) go();
  ask();
  assert.equal(waiting.length, 1);
});
