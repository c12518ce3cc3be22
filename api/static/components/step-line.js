// The steps of a pilot in a row: done, the present one ringed, ahead hollow, skipped ones say why.
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const SYMBOLS = { done: "check", now: "clock", due: "clock", late: "clock-alert", skipped: "minus", unrecorded: "circle-help" };

class StepLine extends HTMLElement {
  #size = new ResizeObserver(() => this.#edges());

  connectedCallback() {
    this.onscroll = () => this.#edges();
    this.#size.observe(this);
  }

  /**
   * `steps` of `{id, label, state, when, note, title}`; `state` is done, unrecorded, now, due, late,
   * ahead or skipped; `when` is the date or limit below the name, `note` its warning words.
   */
  set steps(steps) {
    const items = steps.map(({ id, label, state, when = "", note = "", title = "" }) => {
      const spoken = `${label}, ${t(`step.${state}`)}${when ? `, ${when}` : ""}${note ? `, ${note}` : ""}`;
      const open = () => tell(this, "open-step", { id });
      const dot = h("span", { class: "step-dot" }, SYMBOLS[state] && icon(SYMBOLS[state], 14));
      const words = [
        h("span", { class: "step-name" }, label),
        h("span", { class: "step-when" }, note && h("b", {}, note), note && when ? " · " : null, when),
      ];
      const props = { type: "button", class: "step-press", "data-step": id, "aria-expanded": "false", "aria-label": spoken, title: title || null };
      const current = ["now", "due", "late"].includes(state) ? "step" : null;
      return h(
        "li",
        { "data-state": state, "aria-current": current },
        h("button", { ...props, onclick: open }, dot, words),
      );
    });
    this.replaceChildren(h("ol", { "aria-label": t("step.line") }, items));
    const current = this.querySelector("[aria-current]");
    // Only the line itself scrolls: the page must not move when it is drawn.
    if (current) this.scrollLeft = current.offsetLeft - this.clientWidth / 2 + current.offsetWidth / 2;
    this.#edges();
  }

  /** The step whose details are shown below, "" for none. */
  set open(id) {
    for (const press of this.querySelectorAll(".step-press"))
      press.setAttribute("aria-expanded", String(press.dataset.step === id));
  }

  // A side on which more steps stand fades out.
  #edges() {
    const rest = this.scrollWidth - this.clientWidth - this.scrollLeft;
    this.classList.toggle("more-before", this.scrollLeft > 4);
    this.classList.toggle("more-after", rest > 4);
  }
}
customElements.define("step-line", StepLine);
