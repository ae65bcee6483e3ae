// @ts-check
// The folders that are dropped.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { write, writeLarge } from "../engine.mjs";

const PAGES = fileURLToPath(new URL("site/", import.meta.url));
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

/**
 * @param {string} bench the URL of the bench's own server
 * @param {{largeMiB: number, manyFiles: number, modules: number, coldFiles: number}} size
 */
export async function writeFolders(bench, size) {
  const root = await mkdtemp(join(tmpdir(), "vitrine-bench-"));
  /** @param {string} page @param {Record<string, string | number>} values */
  const fill = (page, values = {}) =>
    Object.entries({ BENCH: bench, MODULES: size.modules, ...values }).reduce(
      (text, [key, value]) => text.replaceAll(`__${key}__`, String(value)),
      readFileSync(PAGES + page, "utf8"),
    );
  /** @param {string} folder @param {string} last */
  const index = (folder, last) => ({ "index.html": fill("index.html", { FOLDER: folder, LAST: last }) });
  const kib = "x".repeat(1024);
  /** @type {Record<string, string>} */
  const main = {
    ...index("main", "1k.txt"),
    "1k.txt": kib,
    "changed.txt": "0",
    "measure.html": fill("measure.html"),
    "measure.js": fill("measure.js"),
    "modules.html": fill("modules.html"),
  };
  for (let i = 0; i < size.modules; i++) main[`m/${i}.js`] = `window.ran = (window.ran ?? 0) + 1;\n`;
  for (let i = 0; i < size.coldFiles; i++) main[`cold/${i}.txt`] = kib;
  await write(join(root, "main"), main);
  await writeLarge(join(root, "main/large.bin"), size.largeMiB);
  await write(join(root, "small"), { ...index("small", "a.txt"), "a.txt": kib });
  /** @type {Record<string, string>} */
  const many = {};
  for (let i = 1; i < size.manyFiles; i++) many[`${Math.floor(i / 100)}/${i}.txt`] = kib;
  await write(join(root, "many"), { ...index("many", `${Math.floor((size.manyFiles - 1) / 100)}/${size.manyFiles - 1}.txt`), ...many });
  // Files that changed a moment ago may be treated with more care.
  for (const name of [...Object.keys(main), "large.bin"]) await utimes(join(root, "main", name), AN_HOUR_AGO, AN_HOUR_AGO);

  let changes = 0;
  return {
    main: join(root, "main"),
    small: join(root, "small"),
    many: join(root, "many"),

    /** Keeps changing a file of the main folder while use runs. @template T @param {() => Promise<T>} use @returns {Promise<T>} */
    async changing(use) {
      const change = () => writeFile(join(root, "main/changed.txt"), String(++changes));
      await change();
      const timer = setInterval(change, 500);
      try {
        return await use();
      } finally {
        clearInterval(timer);
      }
    },

    remove: () => rm(root, { recursive: true, force: true }),
  };
}
