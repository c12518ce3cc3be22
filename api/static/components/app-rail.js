// The rail: areas above, help and settings below; a bottom bar on narrow screens, where 더보기 holds the rest.
import { AREAS } from "../lib/areas.js";
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { popup, walkable } from "../lib/popup.js";

const ENDS = [
  ["help", "circle-help"],
  ["settings", "settings-2"],
];
const STATUS = ["status", "activity"];
// What the bottom bar has no room for.
const MORE = [...AREAS.slice(4), STATUS];

const symbolOf = (name) => h("span", { class: "rail-symbol" }, icon(name, 21));

class AppRail extends HTMLElement {
  #links = new Map();
  #more = h(
    "button",
    { type: "button", class: "rail-item" },
    symbolOf("ellipsis"),
    h("span", {}, t("nav.more")),
  );

  connectedCallback() {
    const end = [this.#link(...STATUS), ...ENDS.map(([name, symbol]) => this.#action(name, symbol))];
    const logo = h("span", { "aria-hidden": "true" }, "공");
    this.replaceChildren(
      h(
        "nav",
        { class: "rail", "aria-label": t("nav.main") },
        h("a", { class: "logo", href: "#/ask", "aria-label": t("nav.home") }, logo),
        h("ul", { class: "rail-main" }, AREAS.map(([area, symbol]) => this.#link(area, symbol)), this.#menu()),
        h("ul", { class: "rail-end" }, end),
      ),
    );
  }

  #known(area, element) {
    this.#links.set(area, [...(this.#links.get(area) ?? []), element]);
    return element;
  }

  #link(area, symbol) {
    const words = h("span", {}, t(`area.${area}`));
    const link = h("a", { class: "rail-item", href: `#/${area}` }, symbolOf(symbol), words);
    const isFolded = MORE.some(([name]) => name === area);
    return h("li", { class: isFolded ? "is-folded" : null }, this.#known(area, link));
  }

  #action(name, symbol) {
    const press = { type: "button", class: "rail-item", onclick: () => tell(this, name) };
    return h("li", {}, h("button", press, symbolOf(symbol), h("span", {}, t(`area.${name}`))));
  }

  #menu() {
    const panel = h("div", { class: "menu", role: "group", "aria-label": t("nav.more") });
    const { close } = popup(this.#more, panel);
    const parts = (name, symbol) => [icon(symbol, 18), h("span", {}, t(`area.${name}`))];
    const links = MORE.map(([area, symbol]) => {
      const props = { class: "menu-item", href: `#/${area}`, onclick: () => close({ focus: false }) };
      return this.#known(area, h("a", props, parts(area, symbol)));
    });
    const actions = ENDS.map(([name, symbol]) => {
      const act = () => {
        close();
        tell(this, name);
      };
      return h("button", { type: "button", class: "menu-item", onclick: act }, parts(name, symbol));
    });
    panel.append(...links, ...actions);
    walkable(panel);
    return h("li", { class: "rail-more" }, this.#more, panel);
  }

  /** A red count beside an area, for what is overdue: `{area, count, label}`; 0 takes it away. */
  set count({ area, count, label }) {
    const symbol = this.#links.get(area)?.[0].querySelector(".rail-symbol");
    symbol?.querySelector(".rail-count")?.remove();
    if (!symbol || !count) return;
    const shown = h("span", { "aria-hidden": "true" }, count > 99 ? "99+" : String(count));
    symbol.append(h("span", { class: "rail-count" }, shown, h("span", { class: "visually-hidden" }, label)));
  }

  /** The area being shown. */
  set area(area) {
    for (const [name, links] of this.#links)
      for (const link of links)
        if (name === area) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    if (MORE.some(([name]) => name === area)) this.#more.setAttribute("aria-current", "true");
    else this.#more.removeAttribute("aria-current");
  }
}
customElements.define("app-rail", AppRail);
