// How far something is, as a bar and in words.
import { h } from "../lib/dom.js";
import { formatPercent } from "../lib/format.js";

class ProgressLine extends HTMLElement {
  /** `share` from 0 to 1, or null when only the word is known. */
  set progress({ share, text }) {
    const known = share !== null && share !== undefined;
    const bar = h("progress", { max: "1", "aria-label": text, ...(known ? { value: share } : {}) });
    this.replaceChildren(
      bar,
      h("span", { class: "tabular" }, known ? `${text} ${formatPercent(share)}` : text),
    );
  }
}
customElements.define("progress-line", ProgressLine);
