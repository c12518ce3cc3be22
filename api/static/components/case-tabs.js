// On narrow windows the columns of a case are tabs.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const COLUMNS = ["original", "points", "draft"];

class CaseTabs extends HTMLElement {
  #shown = "original";

  connectedCallback() {
    if (this.firstElementChild) return;
    const tab = (column) =>
      h(
        "button",
        { type: "button", class: "view-tab", "data-column": column, onclick: () => this.show(column) },
        t(`case.${column}`),
      );
    this.append(h("div", { class: "view-tabs", role: "group", "aria-label": t("case.columns") }, COLUMNS.map(tab)));
    this.#mark();
  }

  set content({ points }) {
    this.querySelector("[data-column=points]").textContent = t("points.title", { n: points });
  }

  show(column) {
    this.#shown = column;
    this.#mark();
    tell(this, "show-column", { column });
  }

  #mark() {
    for (const tab of this.querySelectorAll(".view-tab"))
      tab.setAttribute("aria-pressed", String(tab.dataset.column === this.#shown));
  }
}
customElements.define("case-tabs", CaseTabs);
