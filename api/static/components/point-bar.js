// How many points of a case are answered: filled, outlined, grey, and the count in words.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const MARKS = { answered: "full", other_body: "full", partly: "part", no_basis: "part", untouched: "none" };
const MOST = 8;

/** Nodes for `counts` of `{status, count}`. */
export function pointBar(counts) {
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  if (!total) return [h("span", { class: "helper" }, t("points.none"))];
  const settled = counts.filter((one) => MARKS[one.status] === "full").reduce((sum, one) => sum + one.count, 0);
  const marks = counts.flatMap((one) => Array.from({ length: one.count }, () => MARKS[one.status]));
  const bar = h(
    "span",
    { class: "point-bar", "aria-hidden": "true" },
    marks.slice(0, MOST).map((mark) => h("i", { class: mark })),
  );
  return [bar, h("span", { class: "point-count tabular" }, t("points.settled", { settled, total }))];
}
