// Texts of a file that a reader of the printed page does not see: memos, hidden text, guide text.
import { h } from "../lib/dom.js";
import { hasText, t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

const word = (kind) => (hasText(`aside.${kind}`) ? t(`aside.${kind}`) : kind);

class DocumentAsides extends HTMLElement {
  /** The first `asides` of `count`; nothing is shown when there are none. */
  set content({ asides, count }) {
    this.hidden = !asides.length;
    if (this.hidden) return;
    const rows = asides.map(({ kind, text, page }) =>
      h(
        "li",
        {},
        h("div", { class: "badges" }, badge("plain", null, word(kind)), this.#page(page)),
        h("p", { class: "line" }, text),
      ),
    );
    const left = count - asides.length;
    this.replaceChildren(
      h(
        "details",
        { class: "asides" },
        h("summary", {}, t("aside.title", { n: count })),
        h("p", { class: "helper" }, t("aside.text")),
        h("ul", { lang: "ko" }, rows),
        left > 0 && h("p", { class: "helper" }, t("aside.left", { n: left })),
      ),
    );
  }

  #page(page) {
    return page ? h("span", { class: "helper tabular" }, t("page_n", { n: page })) : null;
  }
}
customElements.define("document-asides", DocumentAsides);
