// The columns of the portfolio of pilots.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

/** A figure in a cell: its text, or 자료 없음 with the reason. */
export function figureCell(figure) {
  if (!figure) return h("span", { class: "t3" }, t("figure.none"));
  const missing = figure.value === null;
  return h("span", { class: missing ? "t3" : "tabular", title: figure.note || figure.working || null }, missing ? t("figure.none") : figure.text);
}

function dueCell({ due, is_cancelled: isCancelled }) {
  if (isCancelled) return badge("plain", "ban", t("pilot.cancelled"));
  if (!due) return h("span", { class: "t3" }, t("pilot.nothing_due"));
  const { act, days, is_late: isLate } = due;
  if (isLate) return [badge("danger", "clock-alert", t("due.late", { days })), h("span", { class: "due-date" }, act)];
  const words = h("b", { class: days <= 7 ? "due due-warn" : "due" }, `D-${days}`);
  return [words, h("span", { class: "due-date" }, act)];
}

/** Number of a figure for sorting, null when it is missing. */
export const numberOf = (figure) => (figure && figure.value !== null ? Number(figure.value) : null);

/** What a column is sorted by. */
export const SORTS = {
  title: (row) => row.title,
  step: (row) => row.step_number,
  due: (row) => (row.due ? (row.due.is_late ? -row.due.days : row.due.days) : null),
  fulfilment: (row) => numberOf(row.fulfilment),
  score: (row) => numberOf(row.score),
  growth: (row) => numberOf(row.growth),
  relevance: (row) => numberOf(row.relevance[0]),
  late: (row) => row.late.length || null,
};

/** What a pilot is called, and who tries whose product for which purpose. */
function titleCell(row) {
  const told = [row.institution, row.supplier, row.track ? t(`track.${row.track}`) : ""].filter(Boolean).join(" · ");
  return [h("span", { class: "case-title", title: row.title }, row.product || row.title), h("span", { class: "due-date" }, told)];
}

export const columns = () => [
  { key: "title", label: t("pilot.title"), sortable: true, cell: titleCell },
  { key: "step", label: t("pilot.step"), width: "9.5rem", sortable: true, cell: (row) => row.step_name || "–" },
  { key: "due", label: t("pilot.due"), width: "12.5rem", sortable: true, cell: dueCell },
  { key: "fulfilment", label: t("pilot.fulfilment"), width: "5.5rem", align: "end", sortable: true, cell: (row) => figureCell(row.fulfilment) },
  { key: "score", label: t("pilot.score"), width: "5.75rem", align: "end", sortable: true, cell: (row) => figureCell(row.score) },
  { key: "growth", label: t("pilot.growth"), width: "8rem", align: "end", sortable: true, cell: (row) => figureCell(row.growth) },
  { key: "relevance", label: t("pilot.relevance"), width: "6.5rem", align: "end", sortable: true, cell: (row) => figureCell(row.relevance[0]) },
  {
    key: "late",
    label: t("pilot.late_steps"),
    width: "5.5rem",
    align: "end",
    sortable: true,
    cell: (row) => (row.late.length ? h("b", { class: "danger" }, String(row.late.length)) : "0"),
  },
];
