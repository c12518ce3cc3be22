// A section of a paper on its sheet; a person rewrites it in place.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { partText } from "../lib/draft-session.js";
import { isComposing } from "../lib/keyboard.js";
import { blockNode } from "./draft-block.js";

const DOUBTS = [
  ["differs", "triangle-alert", "danger"],
  ["unsupported", "circle-help", "warn"],
  ["unchecked", "scan-text", "warn"],
];

class DraftPart extends HTMLElement {
  #content = null;
  #editor = null;

  /** `{part, citations, paperId, text, items, isReadOnly}`; left alone while it is being edited. */
  set content(content) {
    const before = this.#content;
    this.#content = content;
    this.dataset.part = content.part.part_id;
    const isSame = ["part", "citations", "text", "isReadOnly"].every((name) => before?.[name] === content[name]);
    if (!this.#editor && !isSame) this.#draw();
  }

  get isEditing() {
    return this.#editor !== null;
  }

  #draw() {
    const { part, citations, paperId, isReadOnly } = this.#content;
    const context = { citations, paperId, isComputed: part.is_locked };
    const blocks = this.#pending() ?? part.blocks.map((block, at) => blockNode(block, at, context));
    const body = h("div", { class: "part-body" }, blocks);
    this.className = `kind-${part.kind}`;
    const edit = isReadOnly ? null : this.#action(part);
    this.replaceChildren(...[this.#head(part), body, edit].filter(Boolean));
    body.addEventListener("click", (event) => this.#clicked(event));
  }

  // Typed and not saved yet: plain text, until it comes back with what carries each sentence.
  #pending() {
    const { part, text, isReadOnly } = this.#content;
    if (isReadOnly || text === partText(part)) return null;
    const lines = text.split("\n").filter((line) => line.trim());
    return lines.map((line) => h("div", { class: "draft-line pending" }, h("p", {}, line)));
  }

  #action(part) {
    if (part.is_locked) return h("p", { class: "part-action helper" }, icon("calculator", 14), t("draft.locked"));
    const name = t("draft.edit.name", { part: part.heading || t(`draft.kind.${part.kind}`) });
    return button(t("draft.edit"), {
      icon: "pencil",
      small: true,
      kind: "plain part-action",
      "aria-label": name,
      onclick: () => this.edit(),
    });
  }

  #head(part) {
    if (!part.heading) return null;
    const level = Math.min(part.level + 1, 4);
    const words = [part.marker, part.heading].filter(Boolean).join(" ");
    return h("div", { class: "part-head" }, h(`h${level}`, {}, words), this.#summary(part));
  }

  #summary(part) {
    const sentences = part.blocks.flatMap(({ sentences: found = [] }) => found);
    const count = (status) => sentences.filter((sentence) => sentence.status === status).length;
    for (const [status, symbol, tone] of DOUBTS)
      if (count(status)) return this.#state(symbol, tone, `${t(`status.${status}`)} ${count(status)}`);
    if (sentences.some((sentence) => sentence.is_open)) return this.#state("circle-help", "warn", t("draft.open"));
    const sure = count("supported");
    return sure ? this.#state("check", "ok", t("draft.sure", { n: sure })) : null;
  }

  #state(symbol, tone, words) {
    return h("span", { class: `part-state ${tone}` }, icon(symbol, 16), words);
  }

  #clicked({ target }) {
    // What stands beside the sheet (the points of a complaint) follows.
    tell(this, "part-chosen", { part: this.#content.part });
    const isText = target.closest(".draft-line") && !target.closest("button, a");
    if (isText && getSelection().isCollapsed && !this.#content.isReadOnly) this.edit();
  }

  /** Let the person rewrite the part. */
  edit() {
    if (this.#content.part.is_locked || this.#editor) return;
    tell(this, "edit-begins", { begin: () => this.#open() });
  }

  #open() {
    if (this.#editor || !this.isConnected) return;
    const { part, text } = this.#content;
    const label = t("draft.edit.name", { part: part.heading || t(`draft.kind.${part.kind}`) });
    this.#editor = h("textarea", { class: "part-editor", "aria-label": label, rows: "1", spellcheck: "false" });
    this.#editor.value = text;
    this.#editor.addEventListener("input", () => {
      this.#fit();
      tell(this, "typed", { partId: part.part_id, text: this.#editor.value });
    });
    this.#editor.addEventListener("keydown", (event) => this.#key(event));
    this.#editor.addEventListener("blur", () => this.#close());
    const others = [...this.querySelectorAll(".draft-table, .draft-picture, .draft-note")];
    const hint = h("p", { class: "helper part-hint" }, t("draft.edit.hint"));
    this.replaceChildren(...[this.#head(part), this.#editor, ...others, hint].filter(Boolean));
    this.#fit();
    this.#editor.focus();
  }

  #fit() {
    this.#editor.style.setProperty("height", "auto");
    this.#editor.style.setProperty("height", `${this.#editor.scrollHeight + 2}px`);
  }

  #key(event) {
    if (isComposing(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
      this.querySelector(".part-action")?.focus?.();
    }
  }

  #close() {
    if (!this.#editor) return;
    const { value } = this.#editor;
    const isChanged = value !== this.#content.text;
    const { part } = this.#content;
    this.#editor = null;
    if (isChanged) tell(this, "typed", { partId: part.part_id, text: value, now: true });
    tell(this, "edit-ends");
    this.#draw();
  }
}
customElements.define("draft-part", DraftPart);
