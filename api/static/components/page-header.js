// The head of an area: toggle of the list, title, state, actions.
import { h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./menu-button.js";

// An action that is a button of its own where there is room, and a line of the menu on a phone.
function roomy({ text, icon: symbol, action, href }) {
  const parts = [icon(symbol, 16), h("span", {}, text)];
  const look = { class: "button outlined wide-only" };
  if (href) return h("a", { ...look, href, download: "" }, parts);
  return h("button", { ...look, type: "button", onclick: action }, parts);
}

class PageHeader extends HTMLElement {
  /**
   * `title` is the page's one h1; `list` names the toggle of the side list; `back` is `{label, href}`.
   * `more` are lesser actions `{text, icon, action}` or `{text, icon, href}`, which a phone shows in a menu.
   */
  set content({ title, state = null, actions = [], more = [], list = null, back = null }) {
    const toggle =
      list &&
      iconButton(t("list.toggle", { list }), "panel-left", {
        class: "icon-button list-toggle",
        "data-toggles-list": true,
        "aria-expanded": "false",
        onclick: () => tell(this, "toggle-list"),
      });
    const menu = more.length > 0 && h("menu-button", { class: "phone-only", ".menu": { label: t("more"), items: more } });
    const way = back && { class: "icon-button back", href: back.href, "aria-label": back.label, "data-tip": back.label };
    this.replaceChildren(
      h(
        "header",
        { class: "page-header" },
        toggle,
        back && h("a", way, icon("arrow-left", 18)),
        title && h("h1", {}, title),
        state,
        h("div", { class: "actions" }, more.map(roomy), actions, menu),
      ),
    );
  }
}
customElements.define("page-header", PageHeader);
