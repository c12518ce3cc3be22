// Collections: shared ones, then those of the institution.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./error-state.js";

// Those that come with Gongmun are known by what they hold; the others are folders.
const SYMBOLS = new Map([
  ["rules", "scale"],
  ["guides", "book-open"],
  ["dossiers", "package"],
  ["pilots", "flask-conical"],
]);

class CollectionList extends HTMLElement {
  /** `collections` (null while loading), the `active` id, the institution's name. */
  set content({ collections, active, institution }) {
    const group = (name, members) =>
      members.length
        ? h(
            "section",
            {},
            h("h3", {}, name),
            h(
              "ul",
              {},
              members.map((one) => this.#item(one, active)),
            ),
          )
        : null;
    const all = collections ?? [];
    const body = collections
      ? [
          group(
            t("documents.shared"),
            all.filter((one) => one.shared),
          ),
          group(
            institution || t("documents.own"),
            all.filter((one) => !one.shared),
          ),
        ]
      : [skeleton()];
    const focused = this.contains(document.activeElement) ? document.activeElement.dataset.collection : null;
    this.replaceChildren(
      h(
        "nav",
        { class: "side-list", "aria-label": t("documents.collections") },
        h(
          "div",
          { class: "list-head" },
          h("h2", { class: "list-title" }, t("area.documents")),
          button(t("collection.new"), {
            icon: "folder-plus",
            small: true,
            onclick: () => tell(this, "new-collection"),
          }),
        ),
        h("div", { class: "list-body" }, body.filter(Boolean)),
        h(
          "div",
          { class: "list-foot" },
          ["documents.grades", "documents.grades.own"].map((text) => h("p", {}, t(text))),
        ),
      ),
    );
    if (focused) this.querySelector(`[data-collection="${CSS.escape(focused)}"]`)?.focus();
  }

  #item({ collection_id: id, name, document_count: count, shared }, active) {
    const current = id === active;
    const symbol = (shared && SYMBOLS.get(id)) || (current ? "folder-open" : "folder");
    return h(
      "li",
      { class: "list-item" },
      h(
        "a",
        {
          href: `#/documents/${encodeURIComponent(id)}`,
          "aria-current": current ? "page" : null,
          "data-collection": id,
        },
        icon(symbol, 18),
        h("span", { class: "list-name" }, name),
        h("span", { class: "helper tabular" }, formatNumber(count)),
      ),
    );
  }
}
customElements.define("collection-list", CollectionList);
