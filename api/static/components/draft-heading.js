// The title of a paper or the heading of a part; a person rewrites it in its place.
import { h, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";

const LONGEST = 300;

class DraftHeading extends HTMLElement {
  #content = null;
  #field = null;

  /** `{partId, name, marker, level, isReadOnly}`; `partId` "" is the title. Left alone while it is edited. */
  set content(content) {
    const isSame = ["name", "marker", "level", "isReadOnly"].every((one) => this.#content?.[one] === content[one]);
    this.#content = content;
    if (!this.#field && !isSame) this.#draw();
  }

  get isEditing() {
    return this.#field !== null;
  }

  get #label() {
    return this.#content.partId ? t("draft.heading.edit") : t("draft.title.edit");
  }

  #draw({ focus = false } = {}) {
    const { name, marker, level, isReadOnly } = this.#content;
    const words = [marker, name].filter(Boolean).join(" ");
    const press = isReadOnly ? null : iconButton(this.#label, "pencil", { onclick: () => this.edit() });
    press?.classList.add("heading-edit");
    this.replaceChildren(h(`h${level}`, isReadOnly ? {} : { onclick: () => this.edit() }, words), press ?? "");
    if (focus) press?.focus();
  }

  /** Let the person rewrite it, once it is known who that is. */
  edit() {
    if (!this.#field && getSelection().isCollapsed) tell(this, "edit-begins", { begin: () => this.#open() });
  }

  #open() {
    if (this.#field || !this.isConnected) return;
    const field = h("input", { class: "heading-editor", "aria-label": this.#label, maxlength: LONGEST, autocomplete: "off" });
    field.value = this.#content.name;
    field.addEventListener("keydown", (event) => this.#key(event));
    // Leaving the window is not leaving the field.
    field.addEventListener("blur", () => document.hasFocus() && this.#close());
    this.#field = field;
    this.replaceChildren(field);
    field.select();
  }

  #key(event) {
    if (isComposing(event) || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") this.#field.value = this.#content.name;
    this.#close({ focus: true });
  }

  #close({ focus = false } = {}) {
    if (!this.#field) return;
    const text = this.#field.value.trim();
    const { partId, name } = this.#content;
    this.#field = null;
    const isNew = text !== "" && text !== name;
    if (isNew) this.#content = { ...this.#content, name: text };
    this.#draw({ focus });
    if (isNew) tell(this, "renamed", { partId, text });
    tell(this, "edit-ends");
  }
}
customElements.define("draft-heading", DraftHeading);
