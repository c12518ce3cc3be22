// The complaint with personal data as grey tags; a tag opens to be lifted, selected words can be masked.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { popup } from "../lib/popup.js";
import { paragraphs, pieces } from "../lib/segments.js";

class MaskedText extends HTMLElement {
  #cover = button(t("mask.add"), { icon: "eye-off", small: true, class: "mask-add", hidden: true, onclick: () => this.#add() });
  #body = h("div", { class: "masked-body" });
  #chosen = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    this.append(this.#body, this.#cover);
    document.addEventListener("selectionchange", () => this.#selected());
  }

  /** The original of the server, the spans of the point in question, and whether tags show what they hide. */
  set content({ original, spans, isOpen }) {
    const { segments, body_start: from, body_end: to } = original;
    const lines = paragraphs(pieces(segments, spans, { from, to: to || undefined }));
    this.#body.classList.toggle("plain", isOpen);
    this.#body.replaceChildren(
      ...lines.map((line) => {
        const here = line.some((piece) => piece.on);
        return h("p", { class: here ? "of-point" : null }, line.map((piece) => this.#piece(piece, isOpen)));
      }),
    );
  }

  /** Scroll to the passage of the point. */
  reveal() {
    this.querySelector(".of-point")?.scrollIntoView({ block: "nearest" });
  }

  #piece({ start, text, mask, on }, isOpen) {
    if (!mask) return h("span", { "data-start": start, class: on ? "linked" : null }, text);
    if (isOpen) return h("mark", { class: "unmasked", "data-start": start }, text);
    const classes = `mask${mask.is_candidate ? " candidate" : ""}`;
    const opener = h(
      "button",
      { type: "button", class: classes, "aria-label": t("mask.name", { label: mask.label }) },
      mask.label,
    );
    const panel = h("div", { class: "menu form-menu", role: "group", "aria-label": mask.label });
    // What is hidden enters the page only when somebody asks for it.
    popup(opener, panel, { onopen: () => panel.replaceChildren(...this.#about(text, mask)) });
    return h("span", { class: "mask-place" }, opener, panel);
  }

  #about(text, mask) {
    const reason = t(mask.is_candidate ? "mask.candidate" : "mask.certain");
    const lift = () => tell(this, "lift-mask", { id: mask.mask_id });
    return [
      h("p", { class: "menu-title" }, mask.label),
      h("p", { class: "mask-value" }, text),
      h("p", { class: "helper" }, `${reason} · ${t(`mask.reason.${mask.reason}`)}`),
      button(t("mask.lift"), { icon: "eye", small: true, onclick: lift }),
    ];
  }

  #selected() {
    const range = getSelection()?.rangeCount ? getSelection().getRangeAt(0) : null;
    const inside = range && !range.collapsed && this.#body.contains(range.commonAncestorContainer);
    const [first, last] = inside ? [this.#place(range.startContainer, range.startOffset), this.#place(range.endContainer, range.endOffset)] : [];
    this.#chosen = inside && first !== null && last > first ? { start: first, end: last } : null;
    if (document.activeElement !== this.#cover) this.#cover.hidden = !this.#chosen;
  }

  #place(node, offset) {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
    return holder ? Number(holder.dataset.start) + (node.nodeType === Node.TEXT_NODE ? offset : 0) : null;
  }

  #add() {
    if (this.#chosen) tell(this, "add-mask", this.#chosen);
    this.#cover.hidden = true;
  }
}
customElements.define("masked-text", MaskedText);

/** What the masks stand at: how many, checked or not, as a note with the button that checks them. */
export function maskNote({ is_checked: isChecked, checked_by: by, candidates }, onclick) {
  if (isChecked) return h("p", { class: "mask-note ok" }, icon("shield-check", 16), t("mask.checked", { by }));
  const words = candidates ? t("mask.unchecked", { n: candidates }) : t("mask.look");
  return h("div", { class: "mask-note" }, icon("shield-alert", 16), h("p", {}, words), button(t("mask.check"), { small: true, onclick }));
}
