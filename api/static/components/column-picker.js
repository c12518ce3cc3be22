// Which columns are shown and in which order; new ones can be made from here.
import { button, h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { popup } from "../lib/popup.js";

class ColumnPicker extends HTMLElement {
  #opener = button(t("columns.choose"), { icon: "columns-3" });
  #panel = h("div", { class: "menu form-menu column-menu", role: "group", "aria-label": t("columns.choose") });
  #search = h("input", { class: "input", type: "search", placeholder: t("columns.search"), "aria-label": t("columns.search") });
  #list = h("ul", { class: "column-list" });
  #count = h("span", { class: "helper" });
  #order = [];
  #chosen = new Set();
  #columns = [];
  #popup = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    const fresh = button(t("columns.new"), { icon: "plus", small: true, kind: "plain", onclick: () => this.#close(() => tell(this, "new-column")) });
    const apply = button(t("columns.apply"), { kind: "filled", small: true, onclick: () => this.#close(() => this.#tell()) });
    this.#panel.append(
      h("p", { class: "menu-title" }, t("columns.choose"), " ", this.#count),
      this.#search,
      this.#list,
      h("div", { class: "column-foot" }, fresh, apply),
    );
    this.#popup = popup(this.#opener, this.#panel, { onopen: () => this.#draw() });
    this.#search.addEventListener("input", () => this.#draw());
    this.append(this.#opener, this.#panel);
  }

  /** All columns of the table, and the names of those that are shown, in order. */
  set content({ columns, chosen }) {
    this.#columns = columns;
    this.#chosen = new Set(chosen);
    const rest = columns.map((one) => one.name).filter((name) => !this.#chosen.has(name));
    this.#order = [...chosen, ...rest];
  }

  #draw() {
    const query = this.#search.value.trim();
    this.#count.textContent = t("columns.count", { total: this.#columns.length, n: this.#chosen.size });
    const shown = this.#order
      .map((name) => this.#columns.find((one) => one.name === name))
      .filter((one) => one && (!query || one.label.includes(query)));
    this.#list.replaceChildren(...shown.map((one) => this.#row(one)));
  }

  #row({ name, label, meaning }) {
    const box = h("input", { type: "checkbox" });
    box.checked = this.#chosen.has(name);
    box.addEventListener("change", () => {
      this.#chosen[box.checked ? "add" : "delete"](name);
      this.#count.textContent = t("columns.count", { total: this.#columns.length, n: this.#chosen.size });
    });
    const move = (step, symbol) => iconButton(t(`columns.${step < 0 ? "up" : "down"}`, { label }), symbol, { class: "icon-button quiet", onclick: () => this.#move(name, step) });
    return h("li", { "data-name": name }, h("label", { class: "check", title: meaning }, box, h("span", {}, label)), move(-1, "chevron-up"), move(1, "chevron-down"));
  }

  #move(name, step) {
    const at = this.#order.indexOf(name);
    const to = Math.min(Math.max(at + step, 0), this.#order.length - 1);
    this.#order.splice(to, 0, ...this.#order.splice(at, 1));
    this.#draw();
    this.#list.querySelector(`[data-name="${CSS.escape(name)}"]`)?.querySelectorAll(".icon-button")[step < 0 ? 0 : 1].focus();
  }

  #close(then) {
    this.#popup.close();
    then();
  }

  #tell() {
    tell(this, "choose-columns", { names: this.#order.filter((name) => this.#chosen.has(name)) });
  }
}
customElements.define("column-picker", ColumnPicker);
