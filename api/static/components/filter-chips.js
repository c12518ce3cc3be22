// Chips that keep some of the rows of a table; each stays the same button while its number changes.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { CHIPS } from "./job-filters.js";

class FilterChips extends HTMLElement {
  #buttons = new Map();
  #on = "";

  #button(name) {
    if (!this.#buttons.has(name)) {
      const press = () => tell(this, "chip", { chip: name === this.#on || !(name in CHIPS) ? "" : name, only: "" });
      const words = [t(`sheet.chip.${name}`), " ", h("span", { class: "tabular" })];
      this.#buttons.set(name, h("button", { type: "button", class: "chip", "data-chip": name, onclick: press }, words));
    }
    return this.#buttons.get(name);
  }

  /** All `rows`; `chip` is the one in force, `only` the ids of rows that were picked elsewhere. */
  set content({ rows, chip, only }) {
    this.#on = chip;
    const counts = Object.entries(CHIPS).map(([name, test]) => [name, rows.filter(test).length]);
    if (only) counts.push(["only", only.split(".").length]);
    const shown = counts.filter(([name, n]) => n || name === "all" || name === chip);
    const on = only ? "only" : chip || "all";
    const buttons = shown.map(([name, n]) => {
      const one = this.#button(name);
      one.setAttribute("aria-pressed", String(name === on));
      one.lastElementChild.textContent = n;
      return one;
    });
    const same = buttons.length === this.children.length && buttons.every((one, at) => one === this.children[at]);
    if (same) return;
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    this.replaceChildren(...buttons);
    if (focused) (focused.isConnected ? focused : buttons[0]).focus();
  }
}
customElements.define("filter-chips", FilterChips);
