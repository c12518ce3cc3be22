// List | main | pane with dock below main; the edges can be dragged, also by keyboard, and are remembered.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { pushLayer } from "../lib/keyboard.js";
import { keep, recall } from "../lib/storage.js";

const LIMITS = { list: [220, 340, 264], pane: [312, 560, 432] };
const STEP = 16;

class SplitView extends HTMLElement {
  #pop = null;

  /** Put the four parts in place; `parts` is `{list, main, pane, dock}`, `dock` may be missing. */
  set parts(parts) {
    for (const [name, element] of Object.entries(parts)) element.dataset.part = name;
    // The edges belong to main, so that they are inside a landmark and next to what they resize.
    parts.main.prepend(this.#edge("list"), this.#edge("pane"));
    this.replaceChildren(...Object.values(parts));
    this.addEventListener("pointerdown", (event) => {
      const drawer = this.dataset.list === "open" && !parts.list.contains(event.target);
      if (drawer && !event.target.closest("[data-toggles-list]")) this.toggleList(false);
    });
  }

  #edge(name) {
    const [min, max, initial] = LIMITS[name];
    const edge = h("div", {
      class: `edge edge-${name}`,
      role: "separator",
      tabindex: "0",
      "aria-orientation": "vertical",
      "aria-label": t(`split.${name}`),
      "aria-valuemin": min,
      "aria-valuemax": max,
    });
    const size = (width) => {
      const fitted = Math.round(Math.min(max, Math.max(min, width)));
      this.style.setProperty(`--${name}-w`, `${fitted / 16}rem`);
      edge.setAttribute("aria-valuenow", fitted);
      keep(`width.${name}`, fitted);
    };
    const now = () => Number(edge.getAttribute("aria-valuenow"));
    const outward = name === "list" ? 1 : -1;
    size(recall(`width.${name}`, initial));
    edge.addEventListener("pointerdown", (down) => {
      const start = now();
      edge.setPointerCapture(down.pointerId);
      const move = (event) => size(start + outward * (event.clientX - down.clientX));
      edge.addEventListener("pointermove", move);
      edge.addEventListener("lostpointercapture", () => edge.removeEventListener("pointermove", move), {
        once: true,
      });
    });
    edge.addEventListener("dblclick", () => size(initial));
    edge.addEventListener("keydown", (event) => {
      const moves = {
        ArrowRight: now() + outward * STEP,
        ArrowLeft: now() - outward * STEP,
        Home: min,
        End: max,
        Enter: initial,
      };
      if (!(event.key in moves)) return;
      event.preventDefault();
      size(moves[event.key]);
    });
    return edge;
  }

  /** Show or hide the list where it is a drawer. */
  toggleList(open = this.dataset.list !== "open") {
    this.dataset.list = open ? "open" : "closed";
    this.#pop?.();
    this.#pop = open ? pushLayer(() => this.toggleList(false)) : null;
    const toggle = this.querySelector("[data-toggles-list]");
    toggle?.setAttribute("aria-expanded", String(open));
    if (open) this.querySelector("[data-part=list] input, [data-part=list] button")?.focus();
    else if (this.querySelector("[data-part=list]")?.contains(document.activeElement)) toggle?.focus();
  }

  /** Show the list if it is a drawer now. */
  openList() {
    if (matchMedia("(max-width: 1439px)").matches) this.toggleList(true);
  }

  set paneOpen(open) {
    this.dataset.pane = open ? "open" : "closed";
  }
}
customElements.define("split-view", SplitView);
