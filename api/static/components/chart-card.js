// A frame around a chart: title, unit, the picture, and the same numbers as a table on request.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

/**
 * The parts of a chart in `host`: `picture` is an SVG with its own name, `head` and `rows` are the
 * table of the same numbers.
 */
export function chartFrame(host, { title, unit = "", picture, head, rows }) {
  const cell = (tag) => (text, at) => h(at || tag === "th" ? tag : "th", { scope: tag === "th" ? "col" : at ? null : "row" }, text);
  const table = h(
    "table",
    { class: "chart-table tabular", hidden: true },
    h("caption", { class: "visually-hidden" }, title),
    h("thead", {}, h("tr", {}, head.map(cell("th")))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td"))))),
  );
  const swap = h("button", { type: "button", class: "link-button", "aria-pressed": "false" }, t("chart.table"));
  swap.addEventListener("click", () => {
    table.hidden = !table.hidden;
    picture.toggleAttribute("hidden", !table.hidden);
    swap.textContent = t(table.hidden ? "chart.table" : "chart.picture");
    swap.setAttribute("aria-pressed", String(!table.hidden));
  });
  const name = h("h2", {}, title, unit && h("span", { class: "helper" }, unit));
  host.replaceChildren(h("div", { class: "chart-head" }, name, swap), picture, table);
}
