// The number after a sentence: a button that opens the source beside the text.
import { h, tell } from "../lib/dom.js";
import { citationName } from "../lib/cite.js";

class CiteChip extends HTMLElement {
  /** `citation` and the status of the sentence it stands behind. */
  set cite({ citation, status }) {
    const opener = h(
      "button",
      {
        type: "button",
        class: "cite",
        "aria-label": citationName(citation, status),
        "data-cite": citation.number,
        onclick: () => {
          tell(this, "drop-card");
          tell(this, "open-citation", { number: citation.number, opener });
        },
      },
      String(citation.number),
    );
    const show = () =>
      !opener.classList.contains("active") && tell(this, "show-card", { citation, anchor: opener });
    opener.addEventListener("pointerenter", ({ pointerType }) => pointerType === "mouse" && show());
    opener.addEventListener("focus", () => opener.matches(":focus-visible") && show());
    for (const name of ["pointerleave", "blur"]) opener.addEventListener(name, () => tell(this, "hide-card"));
    this.replaceChildren(opener);
  }
}
customElements.define("cite-chip", CiteChip);
