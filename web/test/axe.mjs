// @ts-check
// What axe-core finds on a page, as lines.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** @typedef {import("playwright-core").Page} Page */

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules of these standards that look at colours. */
const aboutColours = ["color-contrast", "link-in-text-block"];

/** Puts axe into the page: through the protocol, its policy lets no script in. @param {Page} page */
export const bringAxe = (page) => page.evaluate(axe);

/**
 * What is wrong with the page as it is.
 * @param {Page} page
 * @param {"all" | "colours"} rules "colours" for a page of which only the colours changed
 * @returns {Promise<string[]>}
 */
export function violations(page, rules = "all") {
  return page.evaluate(async (runOnly) => {
    const found = await /** @type {any} */ (window).axe.run(document, { iframes: false, runOnly });
    return found.violations.map((/** @type {any} */ v) => `${v.id}: ${v.help}: ${v.nodes.map((/** @type {any} */ n) => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
  }, rules === "all" ? { type: "tag", values: standards } : { type: "rule", values: aboutColours });
}
