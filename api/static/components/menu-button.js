// A … button, or a worded one, with a few actions below it.
import { button, h, icon, iconButton } from "../lib/dom.js";
import { popup, walkable } from "../lib/popup.js";

class MenuButton extends HTMLElement {
  /**
   * `label` names the button and is shown where it `isWorded`; `look` is how such a button looks.
   * `items` are `{text, icon, action, danger}`, or `{text, icon, href}` for a file to take.
   */
  set menu({ label, items, symbol = "ellipsis", isWorded = false, look = {} }) {
    const opener = isWorded ? button(label, { icon: symbol, ...look }) : iconButton(label, symbol);
    const panel = h("div", { class: "menu", role: "group", "aria-label": label });
    const { close } = popup(opener, panel);
    panel.append(
      ...items.map(({ text, icon: name, action, danger, href }) => {
        const onclick = () => {
          close();
          action?.();
        };
        const looks = { class: danger ? "menu-item danger" : "menu-item", onclick };
        const parts = [name && icon(name, 16), h("span", {}, text)];
        return href
          ? h("a", { ...looks, href, download: "" }, parts)
          : h("button", { ...looks, type: "button" }, parts);
      }),
    );
    walkable(panel);
    this.replaceChildren(opener, panel);
  }
}
customElements.define("menu-button", MenuButton);
