// How a due date came about: each day counted or left out with its article, and what comes next.
import { h, icon } from "../lib/dom.js";
import { formatDate, formatTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";

/** 「민원 처리에 관한 법률」 제19조제2항, linked to the article where the corpus holds it. */
export function articleWords(article) {
  if (!article) return null;
  const words = `「${article.law}」 ${article.article}${article.paragraph}${article.subparagraph}`;
  return h("span", { class: "helper" }, words);
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function step({ kind, text, article }, at, all) {
  // The article stands at the first of the lines that rest on it.
  const told = at && same(article, all[at - 1].article) ? null : articleWords(article);
  return h("li", { class: `working-${kind}` }, h("span", {}, text), told);
}

function act({ text, on, at, article, is_done: isDone, is_late: isLate }) {
  const when = at ? `${formatDate(on, { weekday: true })} ${formatTime(at)}` : formatDate(on, { weekday: true });
  const symbol = isDone ? "check" : isLate ? "clock-alert" : "calendar";
  return h(
    "li",
    { class: isLate && !isDone ? "late" : null },
    icon(symbol, 16),
    h("span", {}, h("b", { class: "tabular" }, when), ` ${text} `, articleWords(article)),
  );
}

/** Nodes for the clock of a case; `clock` null while the published period is not known. */
export function clockWorking(clock) {
  if (!clock) return [h("p", {}, t("clock.needs_period"))];
  const due = `${formatDate(clock.due_on, { weekday: true })}${clock.due_at ? ` ${formatTime(clock.due_at)}` : ""}`;
  const findings = clock.findings.map((one) => h("li", {}, icon("triangle-alert", 16), one.text, " ", articleWords(one.article)));
  return [
    h("p", { class: "clock-due" }, h("b", {}, due), ` · ${clock.name} · ${clock.period.text}`),
    clock.is_provisional && h("p", { class: "helper" }, t("clock.provisional")),
    findings.length > 0 && h("ul", { class: "clock-findings" }, findings),
    h("h3", {}, t("clock.working")),
    h("ol", { class: "working" }, clock.working.map(step)),
    clock.acts.length > 0 && h("h3", {}, t("clock.next")),
    clock.acts.length > 0 && h("ul", { class: "acts" }, clock.acts.map(act)),
  ].filter(Boolean);
}
