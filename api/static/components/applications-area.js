// Tables over many files: the jobs, or one job with the pane of a cell.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { JobDesk } from "../lib/job-desk.js";
import { onKey, pushLayer } from "../lib/keyboard.js";
import * as router from "../lib/router.js";
import "./cell-pane.js";
import { errorState } from "./error-state.js";
import { nameOf } from "./job-columns.js";
import "./job-list.js";
import "./job-page.js";

class ApplicationsArea extends HTMLElement {
  #main = h("main", { id: "main", "aria-label": t("area.applications") });
  #pane = h("cell-pane", { hidden: true, role: "complementary", "aria-label": t("cell.pane") });
  #list = h("job-list");
  #page = h("job-page");
  #desk = new JobDesk();
  #place = { item: "", params: new URLSearchParams() };
  #cell = "";
  #pop = null;
  #off = null;

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = onKey("/", () => this.#place.item && this.#page.focusSearch());
  }

  disconnectedCallback() {
    this.#off();
    this.#desk.leave();
    this.#closePane();
  }

  #build() {
    this.append(this.#main, this.#pane);
    this.#desk.addEventListener("change", () => this.#draw());
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("new-job", () => this.#desk.begin());
    on("filter", (changes) => router.update(changes, { replace: true }));
    on("steer", ({ how }) => this.#desk.steer(how));
    on("run-again", (body) => this.#desk.runAgain(body));
    on("choose-columns", ({ names }) => this.#desk.choose(names));
    on("new-column", () => this.#desk.newColumn());
    on("show-aids", () => this.#desk.showAids());
    on("export", ({ address }) => location.assign(address));
    on("cell-open", ({ id, key }) => this.#open(id, key));
    on("cell-move", ({ id, key }) => this.#cell && this.#open(id, key));
    on("cell-edit", ({ id, key }) => this.#desk.correct(id, key));
    on("close-pane", () => router.closeLayer(["cell"]));
    on("walk-cell", ({ step }) => this.#walk(step));
    on("correct-cell", () => this.#desk.correct(...this.#cell.split("!")));
    on("withdraw-cell", () => this.#desk.withdraw(...this.#cell.split("!")));
    on("take-value", ({ value }) => this.#desk.take(...this.#cell.split("!"), value));
    on("cell-again", () => this.#desk.cellAgain(...this.#cell.split("!")));
    on("confirm-row", ({ on: isOn }) => this.#desk.confirm(this.#cell.split("!")[0], isOn));
  }

  #open(id, key) {
    const column = key.startsWith("#") ? this.#desk.chosen[0] : key;
    if (!column || this.#desk.sheet.row(id)?.state === "failed") return;
    router.update({ cell: `${id}!${column}` }, { layer: !this.#cell, replace: Boolean(this.#cell) });
  }

  #walk(step) {
    const [id, column] = this.#cell.split("!");
    const at = this.#page.shown.findIndex((row) => row.item_id === id);
    const next = this.#page.shown[at + step];
    if (next) this.#open(next.item_id, column);
  }

  set facts(facts) {
    this.#desk.facts = facts;
  }

  /** The place in the address: a job with its filters and open cell, or the list of jobs. */
  set route(place) {
    this.#place = place;
    this.#desk.open(place.item);
    this.#cell = place.item ? (place.params.get("cell") ?? "") : "";
    if (!this.#cell) this.#closePane();
    else this.#pop ??= pushLayer(() => router.closeLayer(["cell"]));
    this.#draw();
  }

  #draw() {
    const { sheet, jobs, error } = this.#desk;
    const { item, params } = this.#place;
    const show = (node) => this.#main.firstElementChild !== node && this.#main.replaceChildren(node);
    if (!item) {
      show(this.#list);
      document.title = t("title.of", { title: t("area.applications") });
      this.#list.content = { jobs, error, retry: () => this.#desk.readJobs() };
      return;
    }
    if (!sheet.job) {
      if (sheet.error) show(errorState({ title: t("job.failed_to_load"), error: sheet.error, retry: () => sheet.read() }));
      return;
    }
    show(this.#page);
    document.title = t("title.of", { title: sheet.job.title || sheet.job.table.title });
    const filters = { query: params.get("query") ?? "", chip: params.get("chip") ?? "", sort: params.get("sort") ?? "" };
    this.#page.content = { sheet, chosen: this.#desk.chosen, filters };
    this.#drawPane();
  }

  async #drawPane() {
    if (!this.#cell) return;
    const [id, name] = this.#cell.split("!");
    const { sheet } = this.#desk;
    const column = sheet.job.table.columns.find((one) => one.name === name);
    const row = sheet.row(id);
    if (!column || !row) return;
    this.#pane.hidden = false;
    const content = { job: sheet.id, column, title: nameOf(row)[0] };
    this.#pane.content = { ...content, item: this.#desk.known(row) };
    const item = await this.#desk.item(row);
    if (item && this.#cell === `${id}!${name}`) this.#pane.content = { ...content, item };
  }

  #closePane() {
    const [id, name] = this.#cell.split("!");
    this.#pop?.();
    this.#pop = null;
    if (this.#pane.hidden) return;
    const inside = this.#pane.contains(document.activeElement);
    this.#pane.hidden = true;
    if (inside && id) this.#page.table.focusCell(id, name);
  }
}
customElements.define("applications-area", ApplicationsArea);
