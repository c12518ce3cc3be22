// The head of the Documents page: collection, grade, search, upload, menu of the collection.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import "./menu-button.js";
import "./page-header.js";
import { badge } from "./state-badge.js";

class DocumentsHeader extends HTMLElement {
  #search = h("input", {
    type: "search",
    placeholder: t("documents.search"),
    "aria-label": t("documents.search"),
    autocomplete: "off",
  });
  #drawn = null;

  connectedCallback() {
    let timer = null;
    const search = () => tell(this, "search-documents", { query: this.#search.value.trim() });
    this.#search.oninput = (event) => {
      clearTimeout(timer);
      timer = setTimeout(search, isComposing(event) ? 400 : 200);
    };
    this.#search.onkeydown = (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.preventDefault();
      this.#search.value = "";
      search();
    };
  }

  focusSearch() {
    this.#search.focus();
  }

  /** The collection shown and the search in the address. */
  set place({ collection, query }) {
    if (document.activeElement !== this.#search) this.#search.value = query;
    const key = JSON.stringify(collection);
    if (this.#drawn === key) return;
    this.#drawn = key;
    const own = collection && !collection.shared;
    const focused = document.activeElement === this.#search;
    const actions = [
      h(
        "div",
        { class: "search" },
        icon("search", 16),
        this.#search,
        h("kbd", { "aria-hidden": "true" }, "/"),
      ),
    ];
    if (own) {
      actions.push(
        button(t("documents.upload"), {
          icon: "upload",
          kind: "filled",
          onclick: () => tell(this, "choose-files"),
        }),
      );
      actions.push(
        h("menu-button", {
          ".menu": {
            label: t("collection.menu"),
            items: [
              {
                text: t("collection.delete"),
                icon: "trash-2",
                danger: true,
                action: () => tell(this, "delete-collection", { collection }),
              },
            ],
          },
        }),
      );
    }
    const state = collection ? badge("line", null, t("grade", { grade: collection.grade })) : null;
    this.replaceChildren(
      h("page-header", {
        ".content": {
          title: collection?.name ?? t("area.documents"),
          state,
          actions,
          list: t("documents.collections"),
        },
      }),
    );
    if (focused) this.#search.focus();
  }
}
customElements.define("documents-header", DocumentsHeader);
