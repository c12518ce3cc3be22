// A … button, or a worded one, with a few actions below it.
import { button, h, icon, iconButton } from "../lib/dom.js";
import { popup } from "../lib/popup.js";

class MenuButton extends HTMLElement {
  /** `label` names the button and is shown where it `isWorded`; `items` are `{text, icon, action, danger}`. */
  set menu({ label, items, symbol = "ellipsis", isWorded = false }) {
    const opener = isWorded ? button(label, { icon: symbol }) : iconButton(label, symbol);
    const panel = h("div", { class: "menu", role: "group", "aria-label": label });
    const { close } = popup(opener, panel);
    panel.append(
      ...items.map(({ text, icon: name, action, danger }) =>
        h(
          "button",
          {
            type: "button",
            class: danger ? "menu-item danger" : "menu-item",
            onclick: () => {
              close();
              action();
            },
          },
          name && icon(name, 16),
          h("span", {}, text),
        ),
      ),
    );
    panel.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...panel.children];
      all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
    });
    this.replaceChildren(opener, panel);
  }
}
customElements.define("menu-button", MenuButton);
