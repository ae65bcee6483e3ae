// @ts-check
// Runs the test files once more in which a test failed (failed.mjs), each by
// itself: beside another browser some of what they wait for takes too long on a
// small machine. A fault fails twice. Many files at once are no matter of time,
// and stay failed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** How many files are given another try. */
const MAX_FILES = 3;

const files = readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean);
if (files.length === 0 || files.length > MAX_FILES || !files.every((file) => existsSync(file))) process.exit(1);
console.log(`\nFailed beside another file, and once more by itself: ${files.join(", ")}`);
const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", "--test-timeout=900000", "--test-reporter=spec", ...files], { stdio: "inherit" });
console.log(status === 0 ? "They pass by themselves." : "They fail again.");
process.exit(status ?? 1);
