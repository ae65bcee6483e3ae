// @ts-check
// From single figures to the result: medians over blocks, ratios to the
// yardstick of the same block, and whether a goal is met.

/** @typedef {import("./measurements.mjs").Row} Row */
/** Row, arm, block → figure. @typedef {Map<string, Map<string, (number | undefined)[]>>} Figures */
/** @typedef {{median: number, min: number, max: number}} Summary */
/** @typedef {{values: (number | undefined)[], value?: Summary, ratio?: Summary, met?: boolean}} Result */

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** @param {(number | undefined)[]} values @returns {Summary | undefined} */
function summary(values) {
  const known = values.filter((v) => v !== undefined);
  if (known.length === 0) return undefined;
  return { median: median(known), min: Math.min(...known), max: Math.max(...known) };
}

/**
 * @param {Row} row @param {Figures} figures @param {string} arm
 * @param {string} yardstick @returns {Result}
 */
export function result(row, figures, arm, yardstick) {
  const values = figures.get(row.key)?.get(arm) ?? [];
  const other = figures.get(row.key)?.get(yardstick) ?? [];
  const ratio = summary(
    values.map((v, block) => {
      const yard = other[block];
      return v === undefined || yard === undefined ? undefined : v / yard;
    }),
  );
  const met = ratio && row.goal ? (row.more ? ratio.median >= row.goal : ratio.median <= row.goal) : undefined;
  return { values, value: summary(values), ratio, met };
}

/** @param {number} n */
const short = (n) => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));

/** @param {Summary | undefined} s */
const spread = (s) => (s ? short(s.median) + (s.max > s.min ? ` (${short(s.min)}–${short(s.max)})` : "") : "failed");

/**
 * The result as a table: median and range over blocks, of the figure and of
 * its ratio. What was not measured at all has no line.
 * @param {Row[]} rows @param {Figures} figures
 * @param {{yardstick: string, judged: string, peer: string}} arms
 */
export function table(rows, figures, { yardstick, judged, peer }) {
  const lines = [["", "unit", yardstick, judged, "ratio", "goal", "met", peer, "ratio"]];
  for (const row of rows) {
    if (!figures.has(row.key)) continue;
    const yard = result(row, figures, yardstick, yardstick);
    const own = result(row, figures, judged, yardstick);
    const other = result(row, figures, peer, yardstick);
    const measuredForPeer = figures.get(row.key)?.has(peer);
    lines.push([
      row.name,
      row.unit,
      spread(yard.value),
      spread(own.value),
      own.ratio ? spread(own.ratio) : "",
      row.goal ? `${row.more ? "≥" : "≤"} ${row.goal}` : "",
      own.met === undefined ? "" : own.met ? "yes" : "no",
      measuredForPeer ? spread(other.value) : "",
      measuredForPeer && other.ratio ? spread(other.ratio) : "",
    ]);
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}
