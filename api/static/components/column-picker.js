// Which columns are shown and in which order; new ones can be made from here.
import { button, h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { popup } from "../lib/popup.js";

class ColumnPicker extends HTMLElement {
  #opener = button(t("columns.choose"), { icon: "columns-3" });
  #panel = h("div", { class: "menu form-menu column-menu", role: "group", "aria-label": t("columns.choose") });
  #search = h("input", { type: "search", placeholder: t("columns.search"), "aria-label": t("columns.search") });
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
      h("p", { class: "column-title" }, h("b", {}, t("columns.choose")), this.#count),
      h("div", { class: "search" }, icon("search", 16), this.#search),
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
    this.#say();
    const shown = this.#order
      .map((name) => this.#columns.find((one) => one.name === name))
      .filter((one) => one && (!query || one.label.includes(query)));
    const box = h("input", { type: "checkbox", checked: true, disabled: true });
    const fixed = h("li", {}, h("label", { class: "check" }, box, h("span", {}, t("sheet.file"))), h("span", { class: "helper" }, t("columns.fixed")));
    this.#list.replaceChildren(...(query ? [] : [fixed]), ...shown.map((one) => this.#row(one)));
  }

  #say() {
    this.#count.textContent = t("columns.count", { total: this.#columns.length, n: this.#chosen.size });
  }

  #row({ name, label, meaning }) {
    const box = h("input", { type: "checkbox" });
    box.checked = this.#chosen.has(name);
    box.addEventListener("change", () => {
      this.#chosen[box.checked ? "add" : "delete"](name);
      this.#say();
    });
    const grip = iconButton(t("columns.move", { label }), "grip-vertical", { class: "icon-button quiet grip-button" });
    grip.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#move(name, this.#order.indexOf(name) + step);
    });
    grip.addEventListener("pointerdown", (down) => this.#drag(grip, name, down));
    return h("li", { "data-name": name }, h("label", { class: "check", title: meaning }, box, h("span", {}, label)), grip);
  }

  /** While the grip is held, the column goes where the pointer is. */
  #drag(grip, name, down) {
    down.preventDefault();
    const move = (event) => {
      const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".column-list li[data-name]");
      if (over && over.dataset.name !== name) this.#move(name, this.#order.indexOf(over.dataset.name));
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", () => document.removeEventListener("pointermove", move), { once: true });
    grip.focus();
  }

  #move(name, place) {
    const to = Math.min(Math.max(place, 0), this.#order.length - 1);
    this.#order.splice(this.#order.indexOf(name), 1);
    this.#order.splice(to, 0, name);
    this.#draw();
    this.#list.querySelector(`[data-name="${CSS.escape(name)}"] .grip-button`)?.focus();
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
