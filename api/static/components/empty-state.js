// What belongs here and the one action that puts it here.
import { h, icon } from "../lib/dom.js";

class EmptyState extends HTMLElement {
  set content({ symbol = "inbox", title, text = "", action = null }) {
    this.replaceChildren(
      ...[
        icon(symbol, 21),
        h("p", { class: "state-title" }, title),
        text && h("p", { class: "state-text" }, text),
        action,
      ].filter(Boolean),
    );
  }
}
customElements.define("empty-state", EmptyState);
