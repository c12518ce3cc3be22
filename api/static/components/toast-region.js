// Short messages at the lower edge: 6 seconds, 10 with undo; they wait while pointed at or focused.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

class ToastRegion extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("toasts"));
    this.setAttribute("aria-live", "polite");
    document.addEventListener("toast", ({ detail }) => this.#show(detail));
  }

  #show({ text, symbol, undo }) {
    const toast = h("div", { class: "toast" }, icon(symbol, 18), h("p", {}, text));
    let timer = null;
    const close = () => {
      clearTimeout(timer);
      toast.remove();
    };
    const wait = () => clearTimeout(timer);
    const run = () => {
      wait();
      timer = setTimeout(close, undo ? 10_000 : 6_000);
    };
    if (undo) {
      toast.append(
        h(
          "button",
          {
            type: "button",
            class: "toast-undo",
            onclick: () => {
              close();
              undo();
            },
          },
          t("undo"),
        ),
      );
    }
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, wait);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, run);
    while (this.childElementCount >= 3) this.firstElementChild.remove();
    this.append(toast);
    run();
  }
}
customElements.define("toast-region", ToastRegion);
