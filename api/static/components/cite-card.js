// The small card at a citation or a warning chip: source, date, exact quote. Esc hides it.
import { h } from "../lib/dom.js";
import { sourceDate, sourceName } from "../lib/cite.js";
import { t } from "../lib/i18n.js";

const ENTER_MS = 120;
const LEAVE_MS = 160;

class CiteCard extends HTMLElement {
  #timer = null;

  connectedCallback() {
    this.id = "cite-card";
    this.className = "cite-card";
    this.setAttribute("role", "tooltip");
    this.hidden = true;
    this.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.addEventListener("pointerleave", () => this.hide());
    addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
  }

  /** Show the card of `citation`, of plain `text`, or of both at `anchor`. */
  show({ citation = null, text = "", anchor }) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!anchor.isConnected) return;
      const words = text ? [h("p", {}, text)] : [];
      this.replaceChildren(...words, ...(citation ? this.#source(citation) : []));
      this.hidden = false;
      anchor.setAttribute("aria-describedby", this.id);
      this.#place(anchor.getBoundingClientRect());
    }, ENTER_MS);
  }

  #source(citation) {
    return [
      h(
        "p",
        { class: "card-name" },
        sourceName(citation),
        citation.heading && h("span", {}, ` (${citation.heading})`),
      ),
      h(
        "p",
        { class: "helper" },
        sourceDate(citation),
        citation.standing !== "in_force" && ` · ${t(`standing.${citation.standing}`)}`,
      ),
      h("blockquote", { lang: "ko" }, citation.quote),
    ];
  }

  #place(anchor) {
    const { offsetWidth: width, offsetHeight: height } = this;
    const left = Math.max(8, Math.min(anchor.left - 24, innerWidth - width - 8));
    const above = anchor.top - height - 8;
    this.style.setProperty("--x", `${left}px`);
    this.style.setProperty("--y", `${above > 68 ? above : anchor.bottom + 8}px`);
  }

  /** Hide it at once. */
  drop() {
    this.#close();
  }

  /** Hide it soon, unless the pointer moves onto it. */
  hide() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#close(), LEAVE_MS);
  }

  #close() {
    clearTimeout(this.#timer);
    this.hidden = true;
    document.querySelector(`[aria-describedby="${this.id}"]`)?.removeAttribute("aria-describedby");
  }
}
customElements.define("cite-card", CiteCard);
