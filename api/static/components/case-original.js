// The complaint as it came: masks, the two views of it, attachments, similar complaints.
import { button, h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./case-similar.js";
import { maskNote } from "./masked-text.js";

class CaseOriginal extends HTMLElement {
  #text = h("masked-text");
  #open = h("masked-text");
  #pair = h("div", { class: "mask-pair" });
  #note = h("div", { class: "mask-state" });
  #facts = h("div", { class: "case-facts" });
  #similar = h("case-similar");
  #isOpen = false;
  #isBeside = false;
  #beside = iconButton(t("mask.beside"), "columns-3", { "aria-pressed": "false" });
  #toggle = button("", { icon: "eye", small: true, kind: "plain", "aria-pressed": "false" });
  #shown = "";
  #content = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    this.#toggle.addEventListener("click", () => {
      this.#isOpen = !this.#isOpen;
      this.#draw();
    });
    this.#beside.addEventListener("click", () => {
      this.#isBeside = !this.#isBeside;
      this.#draw();
    });
    const head = h("div", { class: "column-head" }, h("h2", {}, t("case.original")), h("span", { class: "grow" }), this.#toggle, this.#beside);
    this.append(head, h("div", { class: "column-body" }, this.#pair, this.#facts, this.#similar), this.#note);
  }

  /** The case, its original, and the id of the point in question. */
  set content(content) {
    // What one case has shown of what is masked, the next one does not.
    if (content.view.complaint_id !== this.#content?.view.complaint_id) this.#isOpen = this.#isBeside = false;
    this.#content = content;
    this.#draw();
    if (content.point !== this.#shown) this.#text.reveal();
    this.#shown = content.point;
  }

  #draw() {
    const { view, original, point } = this.#content;
    const spans = view.case_points.find((one) => one.point_id === point)?.original_spans ?? [];
    const masks = original.segments.filter((one) => one.mask).length;
    this.#toggle.querySelector("span").textContent = t(this.#isOpen ? "mask.hide" : "mask.show", { n: masks });
    this.#toggle.setAttribute("aria-pressed", String(this.#isOpen));
    this.#text.content = { original, spans, isOpen: this.#isOpen && !this.#isBeside };
    this.#arrange(original, spans);
    this.#similar.content = view;
    this.#note.replaceChildren(maskNote(view.masks, () => tell(this, "check-masks")));
    const files = view.attachments.map((name) => h("li", {}, icon("file-text", 14), name));
    this.#facts.replaceChildren(...(files.length ? [h("h3", {}, t("case.attachments")), h("ul", {}, files)] : []));
  }

  // Side by side the two texts take the room of the whole case: what came in, and what is used of it.
  #arrange(original, spans) {
    this.#toggle.hidden = this.#isBeside;
    this.#beside.setAttribute("aria-pressed", String(this.#isBeside));
    this.closest(".case-columns")?.classList.toggle("masks-beside", this.#isBeside);
    if (!this.#isBeside) return this.#pair.replaceChildren(this.#text);
    this.#open.content = { original, spans, isOpen: true };
    const column = (name, text) => h("section", { "aria-label": t(name) }, h("h3", {}, t(name)), text);
    this.#pair.replaceChildren(column("mask.as_sent", this.#open), column("mask.as_used", this.#text));
  }
}
customElements.define("case-original", CaseOriginal);
