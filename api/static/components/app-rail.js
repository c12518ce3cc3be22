// The rail: areas above, help and settings below; a bottom bar on narrow screens.
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const AREAS = [
  ["ask", "message-square-text"],
  ["documents", "folder-open"],
];

class AppRail extends HTMLElement {
  #links = new Map();

  connectedCallback() {
    const link = (area, symbol) => {
      const element = h(
        "a",
        { class: "rail-item", href: `#/${area}` },
        icon(symbol, 21),
        h("span", {}, t(`area.${area}`)),
      );
      this.#links.set(area, element);
      return h("li", {}, element);
    };
    const action = (name, symbol) =>
      h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "rail-item", onclick: () => tell(this, name) },
          icon(symbol, 21),
          h("span", {}, t(`area.${name}`)),
        ),
      );
    this.replaceChildren(
      h(
        "nav",
        { class: "rail", "aria-label": t("nav.main") },
        h(
          "a",
          { class: "logo", href: "#/ask", "aria-label": t("nav.home") },
          h("span", { "aria-hidden": "true" }, "공"),
        ),
        h(
          "ul",
          { class: "rail-main" },
          AREAS.map(([area, symbol]) => link(area, symbol)),
        ),
        h(
          "ul",
          { class: "rail-end" },
          link("status", "activity"),
          action("help", "circle-help"),
          action("settings", "settings-2"),
        ),
      ),
    );
  }

  /** The area being shown. */
  set area(area) {
    for (const [name, link] of this.#links) {
      if (name === area) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
}
customElements.define("app-rail", AppRail);
