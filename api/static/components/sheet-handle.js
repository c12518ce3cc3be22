// The grip of a bottom sheet on phones: pull or press for the full height, pull down to close.
import { h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const PULL_PX = 60;

class SheetHandle extends HTMLElement {
  connectedCallback() {
    if (this.firstElementChild) return;
    const grip = h("button", {
      type: "button",
      class: "grip",
      "aria-label": t("sheet.full"),
      "aria-expanded": "false",
    });
    const full = (on) => {
      this.closest("[data-part=pane], complaint-case > evidence-pane").classList.toggle("full", on);
      grip.setAttribute("aria-expanded", String(on));
    };
    let pulled = 0;
    grip.addEventListener("click", () => {
      if (Math.abs(pulled) < 6) full(grip.getAttribute("aria-expanded") !== "true");
    });
    grip.addEventListener("pointerdown", (down) => {
      pulled = 0;
      grip.setPointerCapture(down.pointerId);
      const move = (event) => (pulled = event.clientY - down.clientY);
      grip.addEventListener("pointermove", move);
      grip.addEventListener(
        "lostpointercapture",
        () => {
          grip.removeEventListener("pointermove", move);
          const isFull = grip.getAttribute("aria-expanded") === "true";
          if (pulled < -PULL_PX) full(true);
          else if (pulled > PULL_PX && isFull) full(false);
          else if (pulled > PULL_PX) tell(this, "close-pane");
        },
        { once: true },
      );
    });
    this.append(grip);
  }
}
customElements.define("sheet-handle", SheetHandle);
