// The queue of complaints: counts, search and filters, the table, drafting for what is picked.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import { QUEUE, columns } from "./complaint-columns.js";
import "./data-table.js";
import "./empty-state.js";
import { errorState } from "./error-state.js";
import "./page-header.js";
import "./queue-tiles.js";

const KINDS = ["query_law", "query_procedure", "suggestion", "other", "grievance", "statutory", "proposal", "disclosure"];
const VIEWS = ["open", "over", "all"];

class ComplaintQueue extends HTMLElement {
  #tiles = h("queue-tiles");
  #table = h("data-table", { class: "pinned" });
  #search = h("input", { type: "search", "aria-label": t("queue.search"), placeholder: t("queue.search") });
  #kind = h("select", { class: "chip", "aria-label": t("queue.kind") });
  #draft = button("", { icon: "sparkles", small: true, disabled: true, onclick: () => this.#draftPicked() });
  #place = h("div", { class: "queue-place" });
  #views = h("div", { class: "view-tabs", role: "group", "aria-label": t("queue.views") });
  #note = h("p", { class: "helper" });
  #queue = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    const option = (value) => h("option", { value }, value ? t(`kind.${value}`) : t("queue.any_kind"));
    this.#kind.append(option(""), ...KINDS.map(option));
    this.#table.setting = { ...QUEUE, label: t("area.complaints"), columns: columns() };
    const actions = [button(t("queue.take"), { icon: "plus", kind: "filled", onclick: () => tell(this, "take") })];
    const more = [{ text: t("queue.take_table"), icon: "upload", action: () => tell(this, "take-table") }];
    const header = h("page-header", { ".content": { title: t("area.complaints"), state: this.#views, actions, more } });
    const search = h("div", { class: "search" }, icon("search", 16), this.#search, h("kbd", { "aria-hidden": "true" }, "/"));
    const bar = h("div", { class: "queue-bar" }, search, this.#kind, h("span", { class: "grow" }), this.#draft);
    const page = h("div", { class: "queue-page" }, this.#tiles, bar, this.#place, this.#note);
    this.append(header, page);
    this.#listen();
  }

  #listen() {
    let timer = null;
    this.#search.addEventListener("input", (event) => {
      clearTimeout(timer);
      const query = this.#search.value.trim();
      timer = setTimeout(() => tell(this, "filter", { query }), isComposing(event) ? 400 : 200);
    });
    this.#kind.addEventListener("change", () => tell(this, "filter", { kind: this.#kind.value }));
    this.#table.addEventListener("pick", () => this.#pickedWords());
    this.#table.addEventListener("cell-open", ({ detail }) =>
      tell(this, detail.key === "due" ? "open-clock" : "open-case", { id: detail.id }),
    );
  }

  focusSearch() {
    this.#search.focus();
  }

  focusRow(id, key) {
    return this.#table.focusCell(id, key);
  }

  /** The queue and the filters of the address. */
  set content({ queue, filters }) {
    this.#queue = queue;
    if (document.activeElement !== this.#search) this.#search.value = filters.query;
    this.#kind.value = filters.kind;
    this.#tiles.content = { counts: queue.counts, which: filters.which };
    const view = (name) =>
      h(
        "button",
        {
          ...{ type: "button", class: "view-tab", "aria-pressed": String(filters.which === name) },
          onclick: () => tell(this, "filter", { which: name }),
        },
        t(`queue.view.${name}`),
        h("span", { class: "tabular" }, ` ${queue.counts[name] ?? ""}`),
      );
    const focused = [...this.#views.children].indexOf(document.activeElement);
    this.#views.replaceChildren(...VIEWS.map(view));
    if (focused >= 0) this.#views.children[focused].focus();
    this.#fill(filters);
    this.#pickedWords();
  }

  #fill(filters) {
    const { rows, error, isLoaded, total } = this.#queue;
    const isNarrow = filters.query || filters.kind || filters.which !== "open";
    this.#note.textContent = rows.length ? t("queue.note", { n: total }) : "";
    if (error && !isLoaded) {
      const retry = () => this.#queue.read();
      return this.#place.replaceChildren(errorState({ title: t("queue.failed"), error, retry }));
    }
    if (!isLoaded) return this.#place.replaceChildren(skeleton());
    if (!rows.length) {
      const take = button(t("queue.take"), { icon: "plus", onclick: () => tell(this, "take") });
      const all = button(t("queue.show_all"), { onclick: () => tell(this, "filter", { query: "", kind: "", which: "open" }) });
      const [title, text] = isNarrow ? [t("queue.nothing"), ""] : [t("queue.empty"), t("queue.empty.text")];
      return this.#place.replaceChildren(h("empty-state", { ".content": { title, text, action: isNarrow ? all : take } }));
    }
    if (this.#table.parentElement !== this.#place) this.#place.replaceChildren(this.#table);
    this.#table.content = { rows };
  }

  #pickedWords() {
    const n = this.#table.picked.size;
    this.#draft.disabled = n === 0;
    this.#draft.querySelector("span").textContent = n ? t("queue.draft_n", { n }) : t("queue.draft");
  }

  #draftPicked() {
    tell(this, "draft-many", { ids: [...this.#table.picked] });
  }
}
customElements.define("complaint-queue", ComplaintQueue);
