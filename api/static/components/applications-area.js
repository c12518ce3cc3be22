// Tables over many files: the jobs, or one job with the pane of a cell beside it.
import { h, skeleton } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { JobDesk } from "../lib/job-desk.js";
import { onKey, pushLayer } from "../lib/keyboard.js";
import * as router from "../lib/router.js";
import { notThere } from "./job-list.js";
import "./job-page.js";
import "./job-pane.js";
import "./split-view.js";

const PANE = ["cell", "aids"];

class ApplicationsArea extends HTMLElement {
  #split = h("split-view", { class: "jobs" });
  #holder = h("div", { class: "jobs-main" });
  #main = h("main", { id: "main", "aria-label": t("area.applications") }, this.#holder);
  #pane = h("job-pane");
  #list = h("job-list");
  #page = h("job-page");
  #desk = new JobDesk();
  #place = { item: "", params: new URLSearchParams() };
  #wait = h("div", { class: "jobs-wait" }, skeleton());
  #led = "";
  #pop = null;
  #off = null;

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = onKey("/", () => this.#place.item && this.#page.focusSearch());
  }

  disconnectedCallback() {
    this.#off();
    this.#desk.leave();
    this.#pop?.();
    this.#pop = null;
  }

  #build() {
    this.#split.parts = { main: this.#main, pane: this.#pane };
    this.append(this.#split);
    this.#desk.addEventListener("change", () => this.#draw());
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    const ofCell = (action) => (detail) => action(...this.#cell, detail);
    on("new-job", () => this.#desk.begin());
    on("filter", (changes) => router.update(changes, { replace: true }));
    on("steer", ({ how }) => this.#desk.steer(how));
    on("run-again", (body) => this.#desk.runAgain(body));
    on("add-rest", () => this.#desk.addRest());
    on("add-files", ({ files }) => this.#desk.addFiles(this.#place.item, files));
    on("make-report", () => this.#desk.report());
    on("remove-job", () => this.#desk.remove());
    on("choose-columns", ({ names }) => this.#desk.choose(names));
    on("new-column", () => this.#desk.newColumn(this.#cell[0]));
    on("show-aids", () => this.#toggle({ cell: "", aids: "1" }));
    on("export", ({ address }) => location.assign(address));
    on("cell-open", ({ id, key, confirm }) => this.#open(id, key, confirm));
    on("cell-move", ({ id, key }) => this.#cell[0] && this.#go(id, key));
    on("cell-edit", ({ id, key }) => this.#desk.correct(id, key));
    on("show-row", ({ id, column }) => this.#page.show(id, column));
    on("close-pane", () => router.closeLayer(PANE));
    on("walk-cell", ({ step }) => this.#walk(step));
    on("correct-cell", ofCell((id, key) => this.#desk.correct(id, key)));
    on("withdraw-cell", ofCell((id, key) => this.#desk.withdraw(id, key)));
    on("take-value", ofCell((id, key, { value }) => this.#desk.take(id, key, value)));
    on("cell-again", ofCell((id, key) => this.#desk.cellAgain(id, key)));
    on("confirm-row", ofCell((id, _, { on: isOn }) => this.#desk.confirm(id, isOn)));
  }

  /** The open cell as row id and column, or two empty texts. */
  get #cell() {
    const [id = "", column = ""] = (this.#place.params.get("cell") ?? "").split("!");
    return [id, column];
  }

  #open(id, key, isConfirm = false) {
    const row = this.#desk.sheet.row(id);
    if (isConfirm) this.#desk.confirm(id, !row.confirmation);
    else if (row?.state === "failed") this.#page.focusFailure(id);
    else if (this.#cell[0] === id && this.#cell[1] === key) this.#pane.enter();
    else this.#go(id, key);
  }

  #go(id, key) {
    this.#toggle({ cell: `${id}!${key}`, aids: "" });
  }

  #toggle(changes) {
    const isOpen = PANE.some((name) => this.#place.params.get(name));
    router.update(changes, { layer: !isOpen, replace: isOpen });
  }

  #walk(step) {
    const [id, column] = this.#cell;
    const at = this.#page.shown.findIndex((row) => row.item_id === id);
    const next = this.#page.shown[at + step];
    if (next) this.#go(next.item_id, column);
  }

  set facts(facts) {
    this.#desk.facts = facts;
  }

  /** The place in the address: a job with its filters and what is open beside it, or the list of jobs. */
  set route(place) {
    const was = this.#cell;
    this.#place = place;
    this.#desk.open(place.item);
    const isOpen = Boolean(place.item) && PANE.some((name) => place.params.get(name));
    const inside = this.#pane.contains(document.activeElement) || document.activeElement === document.body;
    this.#split.paneOpen = isOpen;
    if (isOpen) this.#pop ??= pushLayer(() => router.closeLayer(PANE));
    else {
      this.#pop?.();
      this.#pop = null;
    }
    this.#draw();
    if (!isOpen && was[0] && inside && place.item) this.#page.focusCell(...was);
  }

  #draw() {
    const { sheet, jobs, error } = this.#desk;
    const { item, params } = this.#place;
    const show = (node) => this.#holder.firstElementChild !== node && this.#holder.replaceChildren(node);
    if (!item) {
      show(this.#list);
      document.title = t("title.of", { title: t("area.applications") });
      this.#list.content = { jobs, error, retry: () => this.#desk.readJobs() };
      return;
    }
    if (!sheet.job) return show(sheet.error ? notThere(sheet) : this.#wait);
    show(this.#page);
    document.title = t("title.of", { title: sheet.job.title || sheet.job.table.title });
    const filters = Object.fromEntries(["query", "chip", "sort", "only"].map((name) => [name, params.get(name) ?? ""]));
    this.#page.content = { sheet, chosen: this.#desk.chosen, filters, open: this.#cell, rest: this.#desk.rest };
    // An address leads to its cell once, when the rows are there.
    if (sheet.isLoaded && this.#led !== item) {
      this.#led = item;
      if (this.#page.has(...this.#cell)) this.#page.focusCell(...this.#cell);
    }
    if (params.get("aids")) this.#pane.aids = sheet;
    else if (this.#cell[0]) this.#pane.follow(this.#desk, this.#cell, this.#page.around(this.#cell[0]));
  }
}
customElements.define("applications-area", ApplicationsArea);
