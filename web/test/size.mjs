// @ts-check
// Prints raw, gzip and brotli size of each file named, in bytes.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

console.log(["file", "raw", "gzip -9", "brotli -11"].map((s) => s.padStart(14)).join(""));
for (const path of process.argv.slice(2)) {
  const raw = readFileSync(path);
  const sizes = [
    raw.length,
    gzipSync(raw, { level: 9 }).length,
    brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }).length,
  ];
  console.log([path, ...sizes].map((s) => String(s).padStart(14)).join(""));
}
