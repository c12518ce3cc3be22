// The counts above the queue, each a filter.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const TILES = ["overdue", "due_soon", "unchecked", "drafted", "open"];

class QueueTiles extends HTMLElement {
  /** `counts` of the server by filter, and the filter that is on. */
  set content({ counts, which }) {
    const tile = (name) => {
      const n = counts[name]; // not known while the queue is loaded
      const press = () => tell(this, "filter", { which: name });
      return h(
        "button",
        { type: "button", class: "count-tile", "aria-pressed": String(which === name), onclick: press },
        h("span", { class: "tile-name" }, t(`queue.tile.${name}`)),
        h("b", { class: name === "overdue" && n ? "danger" : null }, n === undefined ? "–" : t("count.cases", { n })),
      );
    };
    const focused = [...this.querySelectorAll("button")].indexOf(document.activeElement);
    this.replaceChildren(...TILES.map(tile));
    if (focused >= 0) this.children[focused].focus();
  }
}
customElements.define("queue-tiles", QueueTiles);
