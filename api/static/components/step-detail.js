// What is known of one step of a pilot: whose it is, its limits with how they came about, the articles.
import { h } from "../lib/dom.js";
import { stateOf } from "../lib/course.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { articleWords } from "./clock-working.js";

function limitNodes({ name, due_on: due, done_on: done, is_late: isLate, why, article }) {
  const when = done ? t("step.done_on", { date: formatDate(done) }) : due && t("step.until", { date: formatDate(due, { weekday: true }) });
  const words = when && h("b", { class: isLate && !done ? "tabular danger" : "tabular" }, ` ${when}`);
  return h("li", {}, name, words, why && ` · ${why}`, " ", articleWords(article));
}

/** The details of a step of a course. */
export function stepDetail(step) {
  const state = [t(`step.${stateOf(step)}`), step.done_on && formatDate(step.done_on), step.who].filter(Boolean).join(" · ");
  const own = step.articles.filter((one) => !step.limits.some(({ article }) => JSON.stringify(article) === JSON.stringify(one)));
  return h(
    "div",
    { class: "note plain step-detail", role: "status" },
    h(
      "div",
      {},
      h("p", {}, h("strong", {}, step.name), ` ${state}`),
      step.why && h("p", {}, step.why),
      step.limits.length > 0 && h("ul", {}, step.limits.map(limitNodes)),
      own.length > 0 && h("p", {}, own.flatMap((one, at) => [at ? ", " : "", articleWords(one)])),
    ),
  );
}
