// @ts-check
import { readdirSync, readFileSync } from "node:fs";

/**
 * What a process and all below it hold, in MiB: the sum of their proportional
 * set sizes, in which a page shared by n processes counts one n-th in each.
 * @param {number} root
 */
export function memoryOf(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  let kib = 0;
  /** @param {number} pid */
  const add = (pid) => {
    kib += Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
    for (const child of children.get(pid) ?? []) add(child);
  };
  add(root);
  if (kib === 0) throw new Error("the kernel does not tell what the browser's processes hold");
  return kib / 1024;
}

/** A file of a process, which may have ended by now. @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
