// Which rows of a table over many files a chip keeps, and the words that they are found by.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const seen = new WeakMap();

/** What is counted of a row, once for each state of it. */
function facts(row) {
  if (!seen.has(row)) {
    const cells = Object.values(row.cells);
    const conflicts = cells.filter((cell) => cell.status === "conflicting" && !cell.is_corrected).length;
    const inferred = cells.filter((cell) => cell.status === "inferred" && !cell.is_corrected).length;
    const outdated = cells.filter((cell) => cell.is_outdated).length;
    seen.set(row, { conflicts, doubts: conflicts + inferred + outdated, text: null });
  }
  return seen.get(row);
}

/** How many cells of a row a person should look at. */
export const doubts = (row) => facts(row).doubts;

/** How many cells of a row state two values of which none was chosen yet. */
export const conflicts = (row) => facts(row).conflicts;

/** All that is shown of a row, in small letters. */
export function textOf(row) {
  const known = facts(row);
  known.text ??= [row.title, row.file.file_name, ...Object.values(row.cells).map((cell) => cell.display)].join(" ").toLowerCase();
  return known.text;
}

/** The chips in their order: which rows each keeps. */
export const CHIPS = {
  all: () => true,
  doubts: (row) => doubts(row) > 0,
  conflicts: (row) => conflicts(row) > 0,
  papers: (row) => row.missing_papers.length > 0,
  failed: (row) => row.state === "failed",
  open: (row) => row.state === "done" && !row.confirmation,
};

function chip(name, isOn, n, press) {
  const props = { type: "button", class: "chip", "data-chip": name, "aria-pressed": String(isOn), onclick: press };
  return h("button", props, t(`sheet.chip.${name}`), h("span", { class: "tabular" }, ` ${n}`));
}

/** The chips of `rows`; `on` is the one in force, `only` the ids that the aids have picked; `filter` takes changes. */
export function chipButtons(rows, { chip: on, only }, filter) {
  const buttons = Object.entries(CHIPS).map(([name, test]) => {
    const n = rows.filter(test).length;
    if (!n && name !== "all" && name !== on) return null;
    return chip(name, !only && name === (on || "all"), n, () => filter({ chip: name === on ? "" : name, only: "" }));
  });
  const own = only && chip("only", true, only.split(".").length, () => filter({ only: "" }));
  return [...buttons, own].filter(Boolean);
}
