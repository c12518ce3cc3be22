// The two axes of the 2026 plan: growth of the firm, and how the pilot leads on to purchases.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const fact = (name, value, change, missing) =>
  h("div", {}, h("dt", {}, name), h("dd", { class: missing ? "t3" : null }, value), change && h("dd", { class: "helper" }, change));

/** 기업 성장 as a card. */
export function growthCard({ rows }) {
  const labels = rows.find((row) => row.before_label || row.after_label);
  const span = labels && [labels.before_label, labels.after_label].filter(Boolean).join(" → ");
  const facts = rows.map((row) =>
    row.after === null
      ? fact(row.name, t("figure.none"), "", true)
      : fact(row.name, row.after_text, row.change_text, false),
  );
  return h(
    "section",
    { class: "card axis" },
    h("h2", {}, t("axis.growth"), span && h("span", { class: "helper" }, span)),
    h("dl", { class: "axis-facts" }, facts),
  );
}

/** 시범구매 연계성 as a card. */
export function relevanceCard({ goals, fit, institutions, amount }) {
  const facts = [goals, fit, institutions, amount].map((one) => fact(one.name, one.text, one.value === null ? one.note : "", one.value === null));
  return h("section", { class: "card axis" }, h("h2", {}, t("axis.relevance")), h("dl", { class: "axis-facts" }, facts));
}
