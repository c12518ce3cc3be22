// The files of a collection with their states; rows that did not change are left alone.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { documentRow, uploadRow } from "./file-row.js";

class FileList extends HTMLElement {
  #rows = new Map();
  #body = h("tbody");

  connectedCallback() {
    if (this.firstElementChild) return;
    const head = ["name", "state", "date"].map((column) =>
      h("th", { scope: "col", class: `col-${column}` }, t(`documents.${column}`)),
    );
    const caption = h("caption", { class: "visually-hidden" }, t("documents.list"));
    const table = h(
      "table",
      { class: "data-table files" },
      caption,
      h("thead", {}, h("tr", {}, head)),
      this.#body,
    );
    this.append(h("div", { class: "table-card" }, table));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Documents of the server, uploads of this page, and the id of the open one. */
  set content({ documents, uploads, selected }) {
    const wanted = [
      ...uploads.map((item) => this.#row(item.key, item, () => uploadRow(item))),
      ...documents.map((one) => this.#row(one.document_id, one, () => documentRow(one))),
    ];
    for (const [key, { row }] of this.#rows)
      if (!wanted.includes(row)) {
        row.remove();
        this.#rows.delete(key);
      }
    wanted.forEach(
      (row, at) =>
        this.#body.children[at] !== row && this.#body.insertBefore(row, this.#body.children[at] ?? null),
    );
    for (const row of this.#body.children)
      row.classList.toggle("selected", row.dataset.document === selected);
    const openers = this.#openers();
    const tabbed =
      openers.find((one) => one === document.activeElement) ??
      openers.find((one) => one.closest("tr").dataset.document === selected) ??
      openers[0];
    for (const opener of openers) opener.tabIndex = opener === tabbed ? 0 : -1;
  }

  #row(key, source, draw) {
    const now = JSON.stringify(source, (name, value) => (name === "file" ? value.name : value));
    const known = this.#rows.get(key);
    if (known?.now === now) return known.row;
    const focused = known?.row.contains(document.activeElement);
    const row = draw();
    known?.row.replaceWith(row);
    this.#rows.set(key, { row, now });
    if (focused) row.querySelector("button")?.focus();
    return row;
  }

  #openers() {
    return [...this.#body.querySelectorAll("button.row-open")];
  }

  #key(event) {
    const openers = this.#openers();
    const at = openers.indexOf(event.target);
    if (at < 0) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: openers.length - 1 }[event.key];
    if (event.key === "Delete")
      tell(this, "delete-document", { id: event.target.closest("tr").dataset.document });
    else if (next === undefined || !openers[next]) return;
    else {
      event.target.tabIndex = -1;
      openers[next].tabIndex = 0;
      openers[next].focus();
    }
    event.preventDefault();
  }

  /** Focus the row of `id`; or, with `after`, the row that follows it. False when there is none. */
  focusRow(id, { after = false } = {}) {
    const openers = this.#openers();
    const at = openers.findIndex((one) => one.closest("tr").dataset.document === id);
    const wanted = after ? (openers[at + 1] ?? openers[at - 1]) : openers[at];
    wanted?.focus();
    return Boolean(wanted);
  }
}
customElements.define("file-list", FileList);
