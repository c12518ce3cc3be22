// The pilots: the portfolio, two of them compared, or one pilot.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { onKey } from "../lib/keyboard.js";
import { complain } from "../lib/notify.js";
import * as api from "../lib/pilots.js";
import * as router from "../lib/router.js";
import { openDialog } from "./confirm-dialog.js";
import { askPerson } from "./person-dialog.js";
import { figureCell } from "./pilot-columns.js";
import "./pilot-page.js";
import "./pilot-portfolio.js";

class PilotsArea extends HTMLElement {
  #main = h("main", { id: "main", "aria-label": t("area.pilots") });
  #list = h("pilot-portfolio");
  #page = h("pilot-page");
  #place = { item: "", params: new URLSearchParams() };
  #pilots = null;
  #error = null;
  #off = null;

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = onKey("/", () => !this.#place.item && this.#list.focusSearch());
  }

  disconnectedCallback() {
    this.#off();
  }

  #build() {
    this.append(this.#main);
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("filter", (changes) => router.update(changes, { replace: true }));
    on("open-pilot", ({ id }) => router.go({ area: "pilots", item: id }));
    on("new-pilot", () => this.#make());
    on("compare-pilots", ({ ids }) => this.#compare(ids));
    on("portfolio-report", () => this.#report());
  }

  set facts(_) {
    // Nothing of the server's state matters here.
  }

  /** The place in the address: a pilot and its view, or the filters of the portfolio. */
  set route(place) {
    this.#place = place;
    const shown = place.item ? this.#page : this.#list;
    if (this.#main.firstElementChild !== shown) {
      this.#main.replaceChildren(shown);
      if (!place.item) this.#read();
    }
    if (place.item) return void (this.#page.route = place);
    document.title = t("title.of", { title: t("area.pilots") });
    this.#draw();
  }

  async #read() {
    try {
      this.#pilots = (await api.portfolio()).pilots;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.#draw();
  }

  #draw() {
    const { params } = this.#place;
    const filters = { query: params.get("query") ?? "", track: params.get("track") ?? "", late: params.get("late") ?? "" };
    filters.sort = params.get("sort") || "due.ascending";
    this.#list.content = { pilots: this.#pilots, error: this.#error, retry: () => this.#read(), filters };
  }

  async #make() {
    const name = h("input", { class: "input", name: "title", required: true, maxlength: 300, autocomplete: "off" });
    const body = [h("p", {}, t("pilot.new.text")), h("label", { class: "field" }, t("pilot.new.title"), name)];
    const values = await openDialog({ title: t("pilot.new"), body, submit: t("pilot.create") });
    if (!values?.title.trim()) return;
    try {
      const by = await askPerson();
      if (!by) return;
      const made = await api.create({ title: values.title.trim(), by });
      router.go({ area: "pilots", item: made.pilot_id, params: { view: "files" } });
    } catch (error) {
      complain(error);
    }
  }

  async #report() {
    try {
      const by = await askPerson();
      if (!by) return;
      const { paper_id: paper } = await api.portfolioReport(by);
      router.go({ area: "drafts", item: paper });
    } catch (error) {
      complain(error);
    }
  }

  async #compare([one, other]) {
    try {
      const both = await api.compare(one, other);
      const head = [t("compare.figure"), both.one.product || both.one.title, both.other.product || both.other.title];
      const rows = both.figures.map((row) => h("tr", {}, h("th", { scope: "row" }, row.name), h("td", {}, figureCell(row.one)), h("td", {}, figureCell(row.other))));
      const table = h("table", { class: "chart-table compare-table" }, h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows));
      const frame = h("div", { class: "table-frame tall", tabindex: "0", role: "region", "aria-label": t("compare.title") }, table);
      await openDialog({ title: t("compare.title"), wide: true, body: [h("p", { class: "helper" }, icon("calculator", 14), ` ${t("compare.text")}`), frame] });
    } catch (error) {
      complain(error);
    }
  }
}
customElements.define("pilots-area", PilotsArea);
