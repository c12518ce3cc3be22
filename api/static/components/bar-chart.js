// Bars with their values written on them, one a row; with `before` two a row, the earlier one hollow.
import { s } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { fitted, lettersWide, linear } from "../lib/scale.js";
import { chartFrame } from "./chart-card.js";

const [WIDTH, BAR, GAP, MOST_NAME] = [340, 12, 10, 128];

class BarChart extends HTMLElement {
  /**
   * `bars` of `{label, value, text, before, beforeText, tone}`; a value of null reads 자료 없음; `goal`
   * is `{value, label}` for a line that all are held against, or null.
   */
  set chart({ title, unit = "", bars, goal = null }) {
    const paired = bars.some((one) => one.before !== undefined);
    const height = paired ? 44 : 28;
    const most = Math.max(...bars.flatMap((one) => [one.value ?? 0, one.before ?? 0]), goal?.value ?? 0, 1e-9);
    // Names and values take the room that they need, the bars what is left.
    const names = bars.map((one) => fitted(one.label, MOST_NAME));
    const left = Math.ceil(Math.max(...names.map(lettersWide))) + GAP;
    const right = Math.ceil(Math.max(...bars.flatMap((one) => [one.text, one.beforeText ?? ""]).map(lettersWide))) + GAP;
    const x = linear([0, most], [left, WIDTH - right]);
    // A value whose text would cross the line of the goal is written behind that line.
    const beside = (value) => (goal && value <= goal.value && x(value) + 48 > x(goal.value) ? x(goal.value) : x(value)) + 6;
    const bar = (kind, value, text, y) =>
      value === null || value === undefined
        ? s("text", { class: "tick", x: left + 2, y: y + 10 }, t("figure.none"))
        : [
            s("rect", { class: kind, x: left, y, width: Math.max(x(value) - left, 1), height: BAR, rx: 2 }),
            s("text", { class: "value", x: beside(value), y: y + 10 }, text),
          ];
    const rows = bars.map((one, i) => [
      s("text", { class: "name", x: left - GAP, y: i * height + (paired ? 24 : 18), "text-anchor": "end" }, names[i]),
      paired && bar("hollow", one.before, one.beforeText, i * height + 5),
      bar(one.tone === "short" ? "bar short" : "bar", one.value, one.text, i * height + (paired ? 22 : 8)),
    ]);
    const tall = bars.length * height + (goal ? 18 : 4);
    const line = goal && [
      s("line", { class: "goal", x1: x(goal.value), x2: x(goal.value), y1: 0, y2: tall - 16 }),
      s("text", { class: "tick", x: x(goal.value), y: tall - 3, "text-anchor": "middle" }, goal.label),
    ];
    const told = bars.map((one) => `${one.label} ${one.text || t("figure.none")}`).join(", ");
    const label = `${title}: ${told}`;
    const frame = { viewBox: `0 0 ${WIDTH} ${tall}`, role: "img", "aria-label": label, class: "chart" };
    const picture = s("svg", frame, s("title", {}, label), rows.flat().filter(Boolean), line);
    const none = t("figure.none");
    const head = [t("chart.item"), ...(paired ? [t("chart.before")] : []), unit || t("chart.value")];
    const table = bars.map((one) => [one.label, ...(paired ? [one.beforeText || none] : []), one.text || none]);
    chartFrame(this, { title, unit, picture, head, rows: table });
  }
}
customElements.define("bar-chart", BarChart);
