// A section of a paper on its sheet; a person rewrites it in place.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { partText } from "../lib/draft-session.js";
import { isComposing } from "../lib/keyboard.js";
import { blockNode, cellsOf, tableFields } from "./draft-block.js";
import "./draft-heading.js";
import { partState } from "./part-state.js";

class DraftPart extends HTMLElement {
  #content = null;
  #editor = null;
  #isStale = false;

  /** `{part, name, citations, paperId, text, isReadOnly}`; left alone while it is being edited. */
  set content(content) {
    const before = this.#content;
    this.#content = content;
    this.dataset.part = content.part.part_id;
    const names = ["part", "citations", "text", "name", "isReadOnly"];
    this.#isStale ||= names.some((name) => before?.[name] !== content[name]);
    if (this.#isStale && !this.isEditing) this.#draw();
  }

  get isEditing() {
    return this.#editor !== null || Boolean(this.querySelector("draft-heading")?.isEditing);
  }

  #draw() {
    this.#isStale = false;
    const { part, isReadOnly } = this.#content;
    const context = { ...this.#content, isComputed: part.is_locked };
    const blocks = this.#pending() ?? part.blocks.map((block, at) => blockNode(block, at, context));
    const body = h("div", { class: "part-body" }, blocks);
    this.className = `kind-${part.kind}`;
    this.replaceChildren(...[this.#head(part), body, !isReadOnly && this.#action(part)].filter(Boolean));
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
    const look = { icon: "pencil", small: true, kind: "plain part-action" };
    return button(t("draft.edit"), { ...look, "aria-label": this.#name(part), onclick: () => this.edit() });
  }

  #name({ heading, kind }) {
    return t("draft.edit.name", { part: heading || t(`draft.kind.${kind}`) });
  }

  #head(part) {
    if (!part.heading) return null;
    const { name, isReadOnly } = this.#content;
    const content = { partId: part.part_id, name, marker: part.marker, level: Math.min(part.level + 1, 4), isReadOnly };
    return h("div", { class: "part-head" }, h("draft-heading", { ".content": content }), partState(part));
  }

  #clicked({ target }) {
    // What stands beside the sheet (the points of a complaint) follows.
    tell(this, "part-chosen", { part: this.#content.part });
    const isText = target.closest(".draft-line, td") && !target.closest("button, a, draft-heading");
    const at = [...this.querySelectorAll("td")].indexOf(target.closest("td"));
    if (isText && getSelection().isCollapsed && !this.#content.isReadOnly) this.edit(at);
  }

  /** Let the person rewrite the part, from cell `at` of its tables on. */
  edit(at = -1) {
    if (this.#content.part.is_locked || this.isEditing) return;
    tell(this, "edit-begins", { begin: () => this.#open(at) });
  }

  #open(at) {
    if (this.isEditing || !this.isConnected) return;
    const { part, text } = this.#content;
    const hasText = text !== "" || !part.blocks.some(({ kind }) => kind === "table");
    this.#editor = h("div", { class: "part-fields" }, hasText && this.#field(part, text));
    part.blocks.forEach((block, n) => block.kind === "table" && this.#editor.append(tableFields(block, n)));
    this.#editor.append(...this.querySelectorAll(".draft-picture, .draft-note"));
    this.#editor.append(h("p", { class: "helper part-hint" }, t("draft.edit.hint")));
    this.#editor.addEventListener("keydown", (event) => this.#key(event));
    this.#editor.addEventListener("focusout", ({ relatedTarget }) => {
      // Leaving the window is not leaving the part.
      if (!this.#editor?.contains(relatedTarget) && document.hasFocus()) this.#close();
    });
    this.replaceChildren(...[this.#head(part), this.#editor].filter(Boolean));
    this.#fit();
    (this.#editor.querySelectorAll(".cell-editor")[at] ?? this.#editor.querySelector("textarea")).focus();
  }

  #field(part, text) {
    const props = { class: "part-editor", "aria-label": this.#name(part), rows: "1", spellcheck: "false" };
    const field = h("textarea", props);
    field.value = text;
    field.addEventListener("input", () => {
      this.#fit();
      tell(this, "typed", { partId: part.part_id, text: field.value });
    });
    return field;
  }

  #fit() {
    const field = this.#editor.querySelector(".part-editor");
    field?.style.setProperty("height", "auto");
    field?.style.setProperty("height", `${field.scrollHeight + 2}px`);
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
    const value = this.#editor.querySelector(".part-editor")?.value ?? this.#content.text;
    const cells = cellsOf(this.#editor);
    const { part, text } = this.#content;
    this.#editor = null;
    if (value !== text) tell(this, "typed", { partId: part.part_id, text: value, now: true });
    if (cells.length) tell(this, "cells-typed", { partId: part.part_id, cells });
    tell(this, "edit-ends");
    this.#draw();
  }
}
customElements.define("draft-part", DraftPart);
