// Two versions of a text: in one with what was put in and taken out, or side by side.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const TAGS = { inserted: "ins", removed: "del", equal: "span" };

const shown = (spans, without) =>
  spans.filter(({ kind }) => kind !== without).map(({ kind, text }) => h(TAGS[kind], {}, text));

class TextDiff extends HTMLElement {
  #comparison = null;
  #mode = "one";
  #at = 0;

  /** What the server says of two versions. */
  set comparison(comparison) {
    this.#comparison = comparison;
    this.#at = 0;
    this.#draw();
  }

  /** `one` text, or `two` side by side. */
  set mode(mode) {
    this.#mode = mode;
    if (this.#comparison) this.#draw();
  }

  #draw() {
    const { rows, old, new: now } = this.#comparison;
    this.className = `sheet diff ${this.#mode}`;
    const head =
      this.#mode === "two"
        ? h(
            "div",
            { class: "diff-row diff-head" },
            h("span", {}),
            h("strong", {}, t("draft.version", { n: old.number })),
            h("strong", {}, t("draft.version", { n: now.number })),
          )
        : null;
    let seen = 0;
    const lines = rows.map((row) => {
      const isFirst = row.change > seen;
      seen = Math.max(seen, row.change);
      return this.#row(row, isFirst);
    });
    this.replaceChildren(...[head, ...lines].filter(Boolean));
    if (!this.#comparison.changes) this.append(h("p", { class: "helper" }, t("draft.compare.same")));
  }

  #row(row, isFirst) {
    const number = h("span", { class: "diff-number" }, isFirst ? String(row.change) : "");
    const tag = row.is_heading ? "h2" : "p";
    const text = (without, isThere) => {
      const marker = row.marker && isThere ? h("span", { class: "marker" }, row.marker) : null;
      return h("div", { class: "diff-text" }, marker, h(tag, {}, shown(row.spans, without)));
    };
    const texts =
      this.#mode === "one"
        ? [text("", true)]
        : [text("inserted", row.old !== ""), text("removed", row.new !== "")];
    const props = { class: `diff-row ${row.kind}`, "data-change": isFirst ? row.change : null };
    return h("div", props, number, texts);
  }

  /** Go to the next (or previous) change; returns false when there is none. */
  walk(step) {
    const { changes } = this.#comparison ?? { changes: 0 };
    if (!changes) return false;
    this.#at = ((this.#at - 1 + step + changes) % changes) + 1;
    if (this.#at < 1) this.#at = changes;
    for (const row of this.querySelectorAll(".at-item")) row.classList.remove("at-item");
    const row = this.querySelector(`[data-change="${this.#at}"]`);
    row.classList.add("at-item");
    row.tabIndex = -1;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    tell(this, "change-shown", { at: this.#at, of: changes });
    return true;
  }
}
customElements.define("text-diff", TextDiff);
