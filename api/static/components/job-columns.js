// The columns of a table over many files, and how each of its cells looks.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { doubts } from "./job-filters.js";
import { badge } from "./state-badge.js";

const NUMERIC = ["number", "won", "percent"];
const WIDTHS = { passage: 18, won: 9, percent: 5, number: 5, date: 7, choice: 8, item_code: 7.5, product_code: 7.5, patent: 8.5, business_number: 8 };
const WIDTH = 10;

// The head names the unit of a column once.
function shown({ display }, { unit, type }) {
  return unit && NUMERIC.includes(type) ? display.split(unit).join("") : display;
}

// One value with how many others there are; all of them stand in the pane.
function conflictNodes(display) {
  const [first, ...others] = display.split(" ≠ ");
  const more = others.length ? h("span", { class: "cell-more" }, ` ${t("cell.others", { n: others.length })}`) : "";
  return h("span", { class: "cell-conflict", title: display }, icon("git-compare-arrows", 14), first, more);
}

/** A cell: found is plain, inferred has a ring, not stated is faint, conflicting is red, corrected has a pencil. */
export function cellNodes(row, column) {
  const cell = row.cells[column.name];
  if (!cell) return row.state === "running" ? "…" : "";
  if (cell.is_corrected) {
    const mark = icon("pencil", 14, cell.is_outdated ? "wa" : "t3");
    return [h("span", {}, shown(cell, column) || t("cell.not_stated")), mark];
  }
  if (cell.status === "not_stated") return h("span", { class: "t3" }, t("cell.not_stated"));
  if (cell.status === "conflicting") return conflictNodes(shown(cell, column));
  if (cell.status === "inferred")
    return [shown(cell, column), h("span", { class: "ring", role: "img", "aria-label": t("cell.inferred") })];
  return shown(cell, column);
}

function stateNodes(row) {
  if (row.confirmation) return badge("ok", "check", t("row.confirmed"));
  if (row.state === "running") return badge("info", "busy", t("row.running"));
  if (row.state === "waiting") return h("span", { class: "t3" }, t("row.waiting"));
  if (row.state === "cancelled") return h("span", { class: "t3" }, t("row.cancelled"));
  const n = doubts(row);
  return n ? badge("warn", null, t("row.doubts", { n })) : badge("plain", null, t("row.read"));
}

function papersNodes(row) {
  if (row.state !== "done") return row.state === "running" ? "…" : "";
  const { papers_present: present, papers_expected: expected, missing_papers: missing } = row;
  const share = `${present}/${expected}`;
  if (missing.length) return h("b", { class: "wa", title: missing.join(", ") }, share);
  if (present < expected) return h("span", { class: "t3", title: t("paper.not_mentioned") }, share);
  return [icon("check", 14, "ok"), h("span", { class: "papers" }, share)];
}

// A row goes by what it is about; the title of a form says nothing of it.
const NAMES = [["product", "product_name"], ["company", "company_name"]];

/** The product and the firm of a row, or its file. */
export function nameOf(row) {
  const told = NAMES.map((names) => names.map((name) => row.cells[name]?.display).find(Boolean) ?? "");
  return told[0] || told[1] ? told : [row.file.file_name, ""];
}

function nameNodes(row) {
  const [product, firm] = nameOf(row);
  const names = [h("span", { class: "row-name" }, product), h("span", { class: "row-of" }, firm)];
  return [h("span", { class: "row-no" }, row.position + 1), h("span", { class: "row-names" }, names)];
}

/** A head: the short form of a label that gives one in brackets, with the whole label for hover and screen readers. */
function headOf({ label, unit }) {
  const [, short] = /\(([A-Z]{2,5})\)$/.exec(label) ?? [];
  if (short) return h("abbr", { title: label }, short);
  return unit ? `${label}(${unit})` : label;
}

// Hangul is wider than letters and figures; the mark of the order needs its place as well.
const lettersOf = (text) => [...text].reduce((sum, one) => sum + (one > "\u00ff" ? 0.84 : 0.5), 2.25);

function columnOf(column) {
  const label = headOf(column);
  const width = Math.max(WIDTHS[column.type] ?? WIDTH, Math.min(lettersOf(label.textContent ?? label), 12));
  return {
    ...{ key: column.name, label, width: `${width}rem`, sortable: true },
    align: NUMERIC.includes(column.type) ? "end" : "",
    cell: (row) => cellNodes(row, column),
  };
}

/** All columns of `table`, fixed ones first; `chosen` are the names of those that are shown, in order. */
export function columnsOf(table, chosen) {
  const own = chosen.map((name) => table.columns.find((one) => one.name === name)).filter(Boolean);
  const papers = { key: "#papers", label: t("sheet.papers"), width: "5rem", sortable: true, cell: (row) => papersNodes(row) };
  return [
    { key: "#name", label: t("sheet.file"), width: "var(--name-w)", sortable: true, cell: nameNodes },
    ...own.map(columnOf),
    ...(table.papers.length ? [papers] : []),
    { key: "#state", label: t("sheet.state"), width: "7.5rem", sortable: true, cell: stateNodes },
  ];
}

/** The least width of a table with these columns. */
export const widthOf = (columns) => `calc(${columns.map((one) => one.width).join(" + ")})`;

// Shown at first: what a selection looks at, as far as the table has it; else what is required.
const FIRST = ["item_code", "trl", "patents", "price"];
const AT_FIRST = 6;

/** The names of the columns of `table` that are shown before anyone has chosen. */
export function firstColumns(table) {
  const names = NAMES.flat();
  const rest = table.columns.filter((one) => !names.includes(one.name) && one.type !== "passage");
  const first = FIRST.filter((name) => rest.some((one) => one.name === name));
  if (first.length > 2) return first;
  const inOrder = [...rest.filter((one) => one.required), ...rest.filter((one) => !one.required)];
  return inOrder.slice(0, AT_FIRST).map((one) => one.name);
}

/** What a column is sorted by: numbers as numbers, the rest as text, empty ones last. */
export function sortValue(table, key) {
  if (key === "#name") return (row) => nameOf(row).join(" ");
  if (key === "#papers") return (row) => (row.state === "done" ? row.papers_present - row.papers_expected : null);
  if (key === "#state") return (row) => (row.state === "done" ? doubts(row) : null);
  const column = table.columns.find((one) => one.name === key);
  const isNumber = NUMERIC.includes(column?.type);
  return (row) => {
    const value = row.cells[key]?.value;
    if (!value) return null;
    return isNumber ? Number.parseFloat(value) : value;
  };
}
