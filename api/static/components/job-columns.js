// The columns of a table over many files, and how each of its cells looks.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

const NUMERIC = ["number", "won", "percent"];
const WIDTHS = { passage: "18rem", won: "8.5rem", percent: "5rem", number: "6rem", date: "7.5rem", choice: "8rem" };

/** A cell: found is plain, inferred has a ring, not stated is faint, conflicting is red, corrected has a pencil. */
export function cellNodes(row, column) {
  const cell = row.cells[column.name];
  if (!cell) return row.state === "running" ? "…" : "";
  if (cell.is_corrected) {
    const mark = icon("pencil", 14, cell.is_outdated ? "wa" : "t3");
    return [h("span", {}, cell.display || t("cell.not_stated")), mark];
  }
  if (cell.status === "not_stated") return h("span", { class: "t3" }, t("cell.not_stated"));
  if (cell.status === "conflicting")
    return h("span", { class: "cell-conflict" }, icon("git-compare-arrows", 14), cell.display);
  if (cell.status === "inferred")
    return [cell.display, h("span", { class: "ring", role: "img", "aria-label": t("cell.inferred") })];
  return cell.display;
}

/** How many cells of a row a person should look at. */
export const doubts = (row) =>
  Object.values(row.cells).filter(
    (cell) => (!cell.is_corrected && ["conflicting", "inferred"].includes(cell.status)) || cell.is_outdated,
  ).length;

export const conflicts = (row) =>
  Object.values(row.cells).filter((cell) => cell.status === "conflicting" && !cell.is_corrected).length;

function stateNodes(row) {
  if (row.confirmation) return badge("ok", "check", t("row.confirmed"));
  if (row.state === "running") return badge("info", "busy", t("row.running"));
  if (row.state === "waiting") return h("span", { class: "t3" }, t("row.waiting"));
  if (row.state === "cancelled") return h("span", { class: "t3" }, t("row.cancelled"));
  const n = doubts(row);
  return n ? badge("warn", null, t("row.doubts", { n })) : badge("plain", null, t("row.read"));
}

function papersNodes(row, papers) {
  if (row.state !== "done") return row.state === "running" ? "…" : "";
  const missing = row.missing_papers.length;
  const share = `${papers.length - missing}/${papers.length}`;
  if (!missing) return [icon("check", 14, "ok"), h("span", { class: "papers" }, share)];
  return h("b", { class: "wa", title: row.missing_papers.join(", ") }, share);
}

// A row goes by what it is about; the title of a form says nothing of it.
const NAMES = [["product", "product_name"], ["company", "company_name"]];

/** The product and the firm of a row, or its file. */
export function nameOf(row) {
  const told = NAMES.map((names) => names.map((name) => row.cells[name]?.display).find(Boolean) ?? "");
  return told[0] || told[1] ? told : [row.file.file_name, ""];
}

function nameNodes(row) {
  const [first, second] = nameOf(row);
  return [h("span", { class: "row-name" }, first), h("span", { class: "row-of" }, second || row.file.file_name)];
}

/** All columns of `table`, fixed ones first; `chosen` are the names of those that are shown, in order. */
export function columnsOf(table, chosen) {
  const own = chosen.map((name) => table.columns.find((one) => one.name === name)).filter(Boolean);
  return [
    { key: "#name", label: t("sheet.file"), width: "17rem", sortable: true, cell: nameNodes },
    ...own.map((column) => ({
      key: column.name,
      label: column.unit ? `${column.label}(${column.unit})` : column.label,
      width: WIDTHS[column.type] ?? "10rem",
      align: NUMERIC.includes(column.type) ? "end" : "",
      sortable: true,
      cell: (row) => cellNodes(row, column),
    })),
    ...(table.papers.length ? [{ key: "#papers", label: t("sheet.papers"), width: "6rem", sortable: true, cell: (row) => papersNodes(row, table.papers) }] : []),
    { key: "#state", label: t("sheet.state"), width: "9rem", sortable: true, cell: stateNodes },
  ];
}

/** What a column is sorted by: numbers as numbers, the rest as text, empty ones last. */
export function sortValue(table, key) {
  if (key === "#name") return (row) => nameOf(row).join(" ");
  if (key === "#papers") return (row) => (row.state === "done" ? -row.missing_papers.length : null);
  if (key === "#state") return (row) => (row.state === "done" ? doubts(row) : null);
  const column = table.columns.find((one) => one.name === key);
  const isNumber = NUMERIC.includes(column?.type);
  return (row) => {
    const value = row.cells[key]?.value;
    if (!value) return null;
    return isNumber ? Number.parseFloat(value) : value;
  };
}
