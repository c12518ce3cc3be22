// One job: how far it is, filters, and the table of its files.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import { sorted } from "../lib/table.js";
import "./column-picker.js";
import "./data-table.js";
import "./empty-state.js";
import "./filter-chips.js";
import { columnsOf, nameOf, sortValue, widthOf } from "./job-columns.js";
import { CHIPS, textOf } from "./job-filters.js";
import { jobActions } from "./job-actions.js";
import "./job-progress.js";
import "./page-header.js";

class JobPage extends HTMLElement {
  #header = h("page-header");
  #progress = h("job-progress", { class: "job-head" });
  #search = h("input", { type: "search", "aria-label": t("sheet.search"), placeholder: t("sheet.search") });
  #chips = h("filter-chips", { class: "sheet-chips", role: "group", "aria-label": t("sheet.filters") });
  #summary = h("span", { class: "helper tabular" });
  #table = h("data-table", { class: "dense pinned job-table" });
  #picker = h("column-picker");
  #place = h("div", { class: "sheet-place" });
  #files = h("input", { type: "file", multiple: true, hidden: true, "aria-label": t("job.add") });
  #looks = "";
  #sort = "";
  #timer = null;
  #rows = [];
  #columns = [];

  connectedCallback() {
    if (this.firstElementChild) return;
    const search = h("div", { class: "search" }, icon("search", 16), this.#search, h("kbd", { "aria-hidden": "true" }, "/"));
    const ring = h("span", { class: "helper" }, h("span", { class: "ring" }), t("cell.inferred.legend"));
    const legend = h("div", { class: "sheet-legend" }, ring, this.#summary);
    this.append(this.#header, this.#progress, h("div", { class: "sheet-bar" }, search, this.#chips, legend), this.#place, this.#files);
    this.#files.addEventListener("change", () => {
      tell(this, "add-files", { files: [...this.#files.files] });
      this.#files.value = "";
    });
    this.#chips.addEventListener("chip", ({ detail }) => this.#filter(detail));
    this.#search.addEventListener("input", (event) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#filter({}), isComposing(event) ? 400 : 120);
    });
    // The third press of a head gives the order of the files back.
    this.#table.addEventListener("sort", ({ detail: { key, direction } }) =>
      this.#filter({ sort: this.#sort === `${key}.descending` ? "" : `${key}.${direction}` }),
    );
  }

  /** Tell of changed filters, with what stands in the search field by now. */
  #filter(changes) {
    clearTimeout(this.#timer);
    tell(this, "filter", { query: this.#search.value.trim(), ...changes });
  }

  focusSearch() {
    this.#search.focus();
  }

  /** The rows as they are shown now, for walking through them. */
  get shown() {
    return this.#rows;
  }

  /** The rows before and after the one with `id`. */
  around(id) {
    const at = this.#rows.findIndex((row) => row.item_id === id);
    return at < 0 ? [] : [this.#rows[at + 1], this.#rows[at - 1]].filter(Boolean);
  }

  /** Whether the table shows this cell now. */
  has(id, column) {
    const isShown = this.#columns.some((one) => one.key === column);
    return isShown && this.#rows.some((row) => row.item_id === id);
  }

  focusCell(id, column) {
    this.#table.focusCell(id, column);
  }

  /** Bring a row to the eye, also one that the filters leave out. */
  show(id, column) {
    if (!this.#rows.some((row) => row.item_id === id)) tell(this, "filter", { query: "", chip: "", only: "" });
    this.#table.focusCell(id, column);
  }

  focusFailure(id) {
    this.#table.querySelector(`[data-row="${CSS.escape(id)}"] .row-failure button`)?.focus();
  }

  /** `{sheet, chosen, filters, open}`: the job with its rows, the shown columns, filters, the open row and column, files that wait. */
  set content({ sheet, chosen, filters, open: [open], rest }) {
    const { job, rows } = sheet;
    this.#look(job, chosen);
    this.#progress.content = { job, rest, hasModel: !rows.some((row) => row.notices.some(({ code }) => code === "no_model")) };
    if (document.activeElement !== this.#search) this.#search.value = filters.query;
    this.#chips.content = { rows, chip: filters.chip, only: filters.only };
    this.#summary.textContent = t("sheet.confirmed", { n: job.counts.confirmed, total: job.counts.total });
    const query = filters.query.toLowerCase();
    const only = filters.only ? new Set(filters.only.split(".")) : null;
    const keep = CHIPS[filters.chip] ?? CHIPS.all;
    const kept = rows.filter((row) => (!only || only.has(row.item_id)) && keep(row) && (!query || textOf(row).includes(query)));
    const [key, direction] = filters.sort.split(".");
    this.#sort = filters.sort;
    this.#rows = key ? sorted(kept, sortValue(job.table, key), direction) : kept;
    if (!sheet.isLoaded && !rows.length) return this.#place.replaceChildren(skeleton());
    if (!this.#rows.length) {
      const words = rows.length ? t("sheet.nothing") : t("sheet.empty");
      return this.#place.replaceChildren(h("empty-state", { ".content": { symbol: "table-2", title: words } }));
    }
    if (this.#table.parentElement !== this.#place) this.#place.replaceChildren(this.#table);
    this.#table.content = { rows: this.#rows, sort: key ? { key, direction } : null, picked: new Set(open ? [open] : []) };
  }

  #look(job, chosen) {
    const looks = JSON.stringify([job.job_id, job.title, job.table.reference, chosen]);
    if (looks === this.#looks) return;
    this.#looks = looks;
    const columns = (this.#columns = columnsOf(job.table, chosen));
    const title = job.title || job.table.title;
    this.#table.setting = {
      ...{ key: (row) => row.item_id, name: (row) => nameOf(row)[0], label: title, columns },
      wide: (row) => (row.state === "failed" ? { from: columns[1].key, nodes: this.#failure(row) } : null),
    };
    this.#table.style.setProperty("--grid-min", widthOf(columns));
    this.#picker.content = { columns: job.table.columns, chosen };
    const state = h("span", { class: "badge line" }, t("sheet.table", { title: job.table.title, n: job.table.columns.length }));
    const actions = jobActions(this, { job, picker: this.#picker, choose: () => this.#files.click() });
    this.#header.content = { title, state, actions, back: { label: t("sheet.back"), href: "#/applications" } };
  }

  #failure(row) {
    const again = button(t("row.again"), { small: true, onclick: () => tell(this, "run-again", { item_ids: [row.item_id] }) });
    const symbol = row.error?.reason === "encrypted" ? "lock" : "circle-x";
    return h("span", { class: "row-failure" }, icon(symbol, 16), h("span", {}, row.error?.detail ?? t("row.failed")), again);
  }
}
customElements.define("job-page", JobPage);
