// One job: how far it is, filters, the table, and the pane of a cell.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import { exportAddress } from "../lib/jobs.js";
import { sorted } from "../lib/table.js";
import "./column-picker.js";
import "./data-table.js";
import "./empty-state.js";
import { columnsOf, conflicts, doubts, nameOf, sortValue } from "./job-columns.js";
import "./job-progress.js";
import "./page-header.js";

const CHIPS = {
  all: () => true,
  doubts: (row) => doubts(row) > 0,
  conflicts: (row) => conflicts(row) > 0,
  papers: (row) => row.missing_papers.length > 0,
  failed: (row) => row.state === "failed",
  open: (row) => row.state === "done" && !row.confirmation,
};
const FORMATS = ["xlsx", "csv", "json", "hwpx", "docx"];

class JobPage extends HTMLElement {
  #header = h("page-header");
  #progress = h("job-progress", { class: "job-head" });
  #search = h("input", { type: "search", "aria-label": t("sheet.search"), placeholder: t("sheet.search") });
  #chips = h("div", { class: "sheet-chips", role: "group", "aria-label": t("sheet.filters") });
  #summary = h("span", { class: "helper tabular" });
  #table = h("data-table", { class: "dense pinned job-table" });
  #picker = h("column-picker");
  #place = h("div", { class: "sheet-place" });
  #looks = "";
  #rows = [];

  connectedCallback() {
    if (this.firstElementChild) return;
    const search = h("div", { class: "search" }, icon("search", 16), this.#search, h("kbd", { "aria-hidden": "true" }, "/"));
    const ring = h("span", { class: "helper" }, h("span", { class: "ring" }), t("cell.inferred.legend"));
    this.append(this.#header, this.#progress, h("div", { class: "sheet-bar" }, search, this.#chips, h("span", { class: "grow" }), ring, this.#summary), this.#place);
    let timer = null;
    this.#search.addEventListener("input", (event) => {
      clearTimeout(timer);
      const query = this.#search.value.trim();
      timer = setTimeout(() => tell(this, "filter", { query }), isComposing(event) ? 400 : 120);
    });
    this.#table.addEventListener("sort", ({ detail }) => tell(this, "filter", { sort: `${detail.key}.${detail.direction}` }));
  }

  focusSearch() {
    this.#search.focus();
  }

  /** The rows as they are shown now, for walking through them. */
  get shown() {
    return this.#rows;
  }

  get table() {
    return this.#table;
  }

  /** `{sheet, chosen, filters}`: the job with its rows, the names of the shown columns, the filters of the address. */
  set content({ sheet, chosen, filters }) {
    const { job, rows } = sheet;
    this.#look(job, chosen);
    this.#progress.content = job;
    if (document.activeElement !== this.#search) this.#search.value = filters.query;
    this.#drawChips(rows, filters.chip);
    this.#summary.textContent = t("sheet.confirmed", { n: job.counts.confirmed, total: job.counts.total });
    const query = filters.query.toLowerCase();
    const keep = CHIPS[filters.chip] ?? CHIPS.all;
    const kept = rows.filter((row) => keep(row) && (!query || this.#text(row).includes(query)));
    const [key, direction] = filters.sort.split(".");
    this.#rows = key ? sorted(kept, sortValue(job.table, key), direction) : kept;
    if (!sheet.isLoaded && !rows.length) return this.#place.replaceChildren(skeleton());
    if (!this.#rows.length) {
      const words = rows.length ? t("sheet.nothing") : t("sheet.empty");
      return this.#place.replaceChildren(h("empty-state", { ".content": { symbol: "table-2", title: words } }));
    }
    if (this.#table.parentElement !== this.#place) this.#place.replaceChildren(this.#table);
    this.#table.content = { rows: this.#rows, sort: key ? { key, direction } : null };
  }

  #text(row) {
    return [row.title, row.file.file_name, ...Object.values(row.cells).map((cell) => cell.display)].join(" ").toLowerCase();
  }

  #look(job, chosen) {
    const looks = JSON.stringify([job.job_id, job.title, job.table.reference, chosen]);
    if (looks === this.#looks) return;
    this.#looks = looks;
    const columns = columnsOf(job.table, chosen);
    this.#table.setting = {
      ...{ key: (row) => row.item_id, name: (row) => nameOf(row)[0], label: job.title || job.table.title, columns },
      wide: (row) => (row.state === "failed" ? { from: columns[1].key, nodes: this.#failure(row) } : null),
    };
    this.#table.style.setProperty("--grid-min", `${20 + 9.5 * (columns.length - 1)}rem`);
    this.#picker.content = { columns: job.table.columns, chosen };
    const state = h("span", { class: "badge line" }, t("sheet.table", { title: job.table.title, n: job.table.columns.length }));
    const files = h("select", { class: "button outlined", "aria-label": t("sheet.export") }, h("option", { value: "" }, t("sheet.export")), FORMATS.map((one) => h("option", { value: one }, one.toUpperCase())));
    files.addEventListener("change", () => {
      if (files.value) tell(this, "export", { address: exportAddress(job.job_id, files.value) });
      files.value = "";
    });
    const aids = button(t("aids.title"), { icon: "list-checks", onclick: () => tell(this, "show-aids") });
    const back = h("a", { class: "icon-button", href: "#/applications", "aria-label": t("sheet.back"), "data-tip": t("sheet.back") }, icon("arrow-left", 18));
    this.#header.content = { title: job.title || job.table.title, state, actions: [back, aids, this.#picker, files] };
  }

  #failure(row) {
    const again = button(t("row.again"), { small: true, onclick: () => tell(this, "run-again", { item_ids: [row.item_id] }) });
    return h("span", { class: "row-failure" }, icon("circle-x", 16), h("span", {}, row.error?.detail ?? t("row.failed")), again);
  }

  #drawChips(rows, on) {
    const focused = this.#chips.contains(document.activeElement) ? document.activeElement.dataset.chip : null;
    const chip = ([name, test]) => {
      const n = rows.filter(test).length;
      if (!n && name !== "all" && name !== on) return null;
      const press = () => tell(this, "filter", { chip: name === on ? "" : name });
      const pressed = String(name === (on || "all"));
      return h("button", { type: "button", class: "chip", "data-chip": name, "aria-pressed": pressed, onclick: press }, t(`sheet.chip.${name}`), h("span", { class: "tabular" }, ` ${n}`));
    };
    this.#chips.replaceChildren(...Object.entries(CHIPS).map(chip).filter(Boolean));
    if (focused) this.#chips.querySelector(`[data-chip="${focused}"]`)?.focus();
  }
}
customElements.define("job-page", JobPage);
