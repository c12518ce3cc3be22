// A score with its formula and the parts it is made of; missing parts read 자료 없음, never 0.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

class ScoreCard extends HTMLElement {
  /**
   * `title`, `total` (text or null), `most`, `working` (the formula with its numbers) and `parts` of
   * `{label, text, share, most, note}`: `share` from 0 to 1, or null when data are missing.
   */
  set score({ title, total, most, working = "", parts }) {
    const rows = parts.map(({ label, text, share, most: of, note }) => {
      const known = share !== null && share !== undefined;
      const bar = h("progress", { max: 1, value: share ?? 0, "aria-label": `${label} ${text} / ${of}` });
      const value = h("span", { class: "score-value tabular" }, h("b", {}, text), ` / ${of}`);
      const missing = h("span", { class: "score-none", title: note || null }, t("figure.none"));
      return h("li", {}, h("span", {}, label), known ? [bar, value] : missing);
    });
    const made = h("span", { class: "badge" }, icon("calculator", 14), h("span", {}, t("kind.computed")));
    const whole = h(
      "p",
      { class: "score-total" },
      total === null ? h("span", { class: "score-none" }, t("figure.none")) : h("b", {}, total),
      total !== null && h("span", { class: "score-most" }, t("score.of", { most })),
      working && h("span", { class: "helper tabular" }, working),
    );
    this.replaceChildren(h("h2", {}, title, made), whole, h("ul", {}, rows));
  }
}
customElements.define("score-card", ScoreCard);
