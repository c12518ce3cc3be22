// A course over time: one line with direct labels, and a dashed line for what it was before.
import { s } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { linear, short, ticks } from "../lib/scale.js";
import { chartFrame } from "./chart-card.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [340, 150, 34, 14, 14, 22];

class LineChart extends HTMLElement {
  /** `points` of `{label, value}` in order, at least one; `before` is `{label, value}` or null. */
  set chart({ title, unit = "", points, before = null }) {
    const values = [...points.map((one) => one.value), ...(before ? [before.value] : [])];
    const marks = ticks(Math.min(...values), Math.max(...values));
    const y = linear([marks[0], marks.at(-1)], [HEIGHT - BOTTOM, TOP]);
    const x = linear([0, Math.max(points.length - 1, 1)], [LEFT + 14, WIDTH - RIGHT - 14]);
    const grid = marks.map((mark) => [
      s("line", { class: "axis", x1: LEFT, x2: WIDTH - RIGHT, y1: y(mark), y2: y(mark) }),
      s("text", { class: "tick", x: LEFT - 6, y: y(mark) + 4, "text-anchor": "end" }, short(mark)),
    ]);
    const was = before && [
      s("line", { class: "before", x1: LEFT, x2: WIDTH - RIGHT, y1: y(before.value), y2: y(before.value) }),
      s(
        "text",
        { class: "tick", x: WIDTH - RIGHT, y: y(before.value) + 14, "text-anchor": "end" },
        `${before.label} ${short(before.value)}`,
      ),
    ];
    const path = points.map((one, i) => `${i ? "L" : "M"}${x(i)} ${y(one.value)}`).join("");
    const dots = points.map((one, i) => [
      s("circle", { class: "dot", cx: x(i), cy: y(one.value), r: 3.5 }),
      s("text", { class: "tick", x: x(i), y: HEIGHT - 4, "text-anchor": "middle" }, one.label),
    ]);
    const last = points.at(-1);
    const end = s(
      "text",
      { class: "value", x: x(points.length - 1), y: y(last.value) - 10, "text-anchor": "middle" },
      short(last.value),
    );
    const label = t("chart.course", {
      title,
      first: `${points[0].label} ${short(points[0].value)}`,
      last: `${last.label} ${short(last.value)}`,
    });
    const frame = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, class: "chart" };
    const picture = s("svg", frame, s("title", {}, label), grid, was, s("path", { class: "course", d: path }), dots, end);
    const rows = [...(before ? [[before.label, short(before.value)]] : []), ...points.map((one) => [one.label, short(one.value)])];
    chartFrame(this, { title, unit, picture, head: [t("chart.when"), unit || t("chart.value")], rows });
  }
}
customElements.define("line-chart", LineChart);
