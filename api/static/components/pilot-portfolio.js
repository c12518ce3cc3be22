// All pilots, one row each: filter, sort, pick two to compare, export.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import { exportAddress } from "../lib/pilots.js";
import { sorted } from "../lib/table.js";
import "./data-table.js";
import "./empty-state.js";
import { errorState } from "./error-state.js";
import "./page-header.js";
import { SORTS, columns } from "./pilot-columns.js";

const TRACKS = ["technology", "citizens", "social", "global"];

class PilotPortfolio extends HTMLElement {
  #table = h("data-table", { class: "pinned" });
  #search = h("input", { type: "search", "aria-label": t("pilot.search"), placeholder: t("pilot.search") });
  #track = h("select", { class: "chip", "aria-label": t("pilot.track") });
  #late = button(t("pilot.only_late"), { small: true, class: "chip", "aria-pressed": "false" });
  #compare = button(t("pilot.compare"), { icon: "git-compare", small: true, disabled: true });
  #place = h("div", { class: "queue-place" });
  #note = h("p", { class: "helper" });
  #content = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    const option = (value) => h("option", { value }, value ? t(`track.${value}`) : t("pilot.any_track"));
    this.#track.append(option(""), ...TRACKS.map(option));
    this.#table.setting = {
      ...{ key: (row) => row.pilot_id, name: (row) => row.product || row.title, picks: true },
      ...{ label: t("area.pilots"), columns: columns() },
    };
    const fresh = button(t("pilot.new"), { icon: "plus", kind: "filled", onclick: () => tell(this, "new-pilot") });
    const more = [
      { text: t("pilot.roll_up"), icon: "file-text", action: () => tell(this, "portfolio-report") },
      { text: t("pilot.export"), icon: "download", href: exportAddress("xlsx") },
    ];
    const header = h("page-header", { ".content": { title: t("area.pilots"), actions: [fresh], more } });
    const search = h("div", { class: "search" }, icon("search", 16), this.#search, h("kbd", { "aria-hidden": "true" }, "/"));
    const bar = h("div", { class: "queue-bar" }, search, this.#track, this.#late, h("span", { class: "grow" }), this.#compare);
    this.append(header, h("div", { class: "queue-page" }, bar, this.#place, this.#note));
    this.#listen();
  }

  #listen() {
    let timer = null;
    const filter = (changes) => tell(this, "filter", changes);
    this.#search.addEventListener("input", (event) => {
      clearTimeout(timer);
      const query = this.#search.value.trim();
      timer = setTimeout(() => filter({ query }), isComposing(event) ? 400 : 200);
    });
    this.#track.addEventListener("change", () => filter({ track: this.#track.value }));
    this.#late.addEventListener("click", () => filter({ late: this.#late.getAttribute("aria-pressed") === "true" ? "" : "1" }));
    this.#compare.addEventListener("click", () => tell(this, "compare-pilots", { ids: [...this.#table.picked] }));
    this.#table.addEventListener("pick", () => (this.#compare.disabled = this.#table.picked.size !== 2));
    this.#table.addEventListener("sort", ({ detail }) => filter({ sort: `${detail.key}.${detail.direction}` }));
    this.#table.addEventListener("cell-open", ({ detail }) => tell(this, "open-pilot", { id: detail.id }));
  }

  focusSearch() {
    this.#search.focus();
  }

  /** `{pilots, error, retry, filters}`; pilots null while they are loaded. */
  set content(content) {
    this.#content = content;
    const { pilots, error, retry, filters } = content;
    if (document.activeElement !== this.#search) this.#search.value = filters.query;
    this.#track.value = filters.track;
    this.#late.setAttribute("aria-pressed", String(Boolean(filters.late)));
    if (error && !pilots) return this.#place.replaceChildren(errorState({ title: t("pilot.list_failed"), error, retry }));
    if (!pilots) return this.#place.replaceChildren(skeleton());
    const rows = this.#rows();
    this.#note.textContent = t("pilot.count", { shown: rows.length, total: pilots.length });
    if (!rows.length) return this.#place.replaceChildren(this.#empty(pilots.length > 0));
    if (this.#table.parentElement !== this.#place) this.#place.replaceChildren(this.#table);
    const [key, direction] = filters.sort.split(".");
    this.#table.content = { rows, sort: { key, direction } };
  }

  #empty(isNarrow) {
    const all = button(t("queue.show_all"), { onclick: () => tell(this, "filter", { query: "", track: "", late: "" }) });
    const fresh = button(t("pilot.new"), { icon: "plus", onclick: () => tell(this, "new-pilot") });
    const words = isNarrow ? { title: t("pilot.nothing") } : { title: t("pilot.empty"), text: t("pilot.empty.text") };
    return h("empty-state", { ".content": { symbol: "flask-conical", ...words, action: isNarrow ? all : fresh } });
  }

  #rows() {
    const { pilots, filters } = this.#content;
    const query = filters.query.toLowerCase();
    const has = (row) => [row.title, row.product, row.supplier, row.institution, row.code].join(" ").toLowerCase().includes(query);
    const kept = pilots.filter(
      (row) => (!query || has(row)) && (!filters.track || row.track === filters.track) && (!filters.late || row.late.length),
    );
    const [key, direction] = filters.sort.split(".");
    return sorted(kept, SORTS[key] ?? SORTS.due, direction);
  }
}
customElements.define("pilot-portfolio", PilotPortfolio);
