// The rail: areas above, help and settings below; a bottom bar on narrow screens.
import { AREAS } from "../lib/areas.js";
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

class AppRail extends HTMLElement {
  #links = new Map();

  connectedCallback() {
    const link = (area, symbol) => {
      const element = h(
        "a",
        { class: "rail-item", href: `#/${area}` },
        h("span", { class: "rail-symbol" }, icon(symbol, 21)),
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

  /** A red count beside an area, for what is overdue: `{area, count, label}`; 0 takes it away. */
  set count({ area, count, label }) {
    const symbol = this.#links.get(area)?.querySelector(".rail-symbol");
    symbol?.querySelector(".rail-count")?.remove();
    if (!symbol || !count) return;
    const shown = h("span", { "aria-hidden": "true" }, count > 99 ? "99+" : String(count));
    symbol.append(h("span", { class: "rail-count" }, shown, h("span", { class: "visually-hidden" }, label)));
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
