// The files of a collection in their states: where to put new ones, the table, and what is said
// while there are none.
import { button, h, skeleton } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./empty-state.js";
import "./error-state.js";
import "./file-drop.js";
import "./file-list.js";

class FileShelf extends HTMLElement {
  #drop = h("file-drop");
  #files = h("file-list");
  #below = h("div", { class: "below" });

  connectedCallback() {
    if (!this.firstElementChild) this.append(this.#drop, this.#files, this.#below);
  }

  get drop() {
    return this.#drop;
  }

  get files() {
    return this.#files;
  }

  /** The `shelf`, `uploads` of this page for it, whether it is `shared`, the search, the open one. */
  set content({ shelf, uploads, shared, query, selected }) {
    const { documents, cursor, error } = shelf;
    this.#drop.hidden = shared;
    this.#files.hidden = !documents?.length && !uploads.length;
    this.#files.content = { documents: documents ?? [], uploads, selected };
    const none = documents && !documents.length && !uploads.length;
    const more = () => button(t("documents.more"), { small: true, onclick: () => shelf.read(cursor) });
    if (error)
      this.#below.replaceChildren(
        h("error-state", { ".content": { title: t("documents.failed"), error, retry: () => shelf.read() } }),
      );
    else if (!documents) this.#below.replaceChildren(skeleton());
    else if (none) this.#below.replaceChildren(h("empty-state", { ".content": this.#empty(shared, query) }));
    else this.#below.replaceChildren(...(cursor ? [more()] : []));
  }

  #empty(shared, query) {
    if (query)
      return { symbol: "search-x", title: t("documents.none_found"), text: t("documents.none_found.text") };
    return {
      symbol: "folder-open",
      title: t("documents.empty"),
      text: t(shared ? "documents.empty.shared" : "documents.empty.text"),
    };
  }
}
customElements.define("file-shelf", FileShelf);
