// One choice of the composer: a chip that shows its value and opens a small form.
import { h, icon, tell } from "../lib/dom.js";
import { popup } from "../lib/popup.js";

class ScopeChip extends HTMLElement {
  #label = h("span", {});
  #opener = null;
  #popup = null;

  /** `fields` draws the form each time it opens; `change` events of its inputs bubble from here. */
  set content({ symbol, name, fields }) {
    this.#opener = h(
      "button",
      { type: "button", class: "chip", "aria-haspopup": "true" },
      icon(symbol, 14),
      this.#label,
      icon("chevron-down", 14),
    );
    const panel = h("div", { class: "menu form-menu", role: "group", "aria-label": name });
    this.#popup = popup(this.#opener, panel, {
      onopen: () => panel.replaceChildren(h("p", { class: "menu-title" }, name), ...fields()),
    });
    panel.addEventListener("change", () => tell(this, "scope-input"));
    this.replaceChildren(this.#opener, panel);
  }

  /** The value in words; `on` when it narrows the search. */
  set value({ text, on = false }) {
    this.#label.textContent = text;
    this.#opener.classList.toggle("on", on);
  }

  open() {
    this.#popup.open();
  }

  close() {
    this.#popup.close();
  }
}
customElements.define("scope-chip", ScopeChip);
