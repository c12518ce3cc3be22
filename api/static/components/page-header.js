// The head of an area: toggle of the list, title, state, actions.
import { h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

class PageHeader extends HTMLElement {
  /** `title` is the page's one h1; `list` names the toggle of the side list; `back` is `{label, href}`. */
  set content({ title, state = null, actions = [], list = null, back = null }) {
    const toggle =
      list &&
      iconButton(t("list.toggle", { list }), "panel-left", {
        class: "icon-button list-toggle",
        "data-toggles-list": true,
        "aria-expanded": "false",
        onclick: () => tell(this, "toggle-list"),
      });
    const way = back && { class: "icon-button back", href: back.href, "aria-label": back.label, "data-tip": back.label };
    this.replaceChildren(
      h(
        "header",
        { class: "page-header" },
        toggle,
        back && h("a", way, icon("arrow-left", 18)),
        title && h("h1", {}, title),
        state,
        h("div", { class: "actions" }, actions),
      ),
    );
  }
}
customElements.define("page-header", PageHeader);
