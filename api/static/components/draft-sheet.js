// The paper as a sheet: title and parts, edited in place; knows which open place is looked at.
import { h, tell } from "../lib/dom.js";
import "./draft-heading.js";
import "./draft-part.js";

class DraftSheet extends HTMLElement {
  #parts = new Map();
  #draft = null;
  #title = h("draft-heading", { class: "sheet-title" });
  #citations = new Map();
  #at = -1;

  /** `{draft, textOf, nameOf, isReadOnly}`; parts that are being edited keep their field. */
  set content({ draft, textOf, nameOf, isReadOnly = false }) {
    if (draft !== this.#draft)
      this.#citations = new Map(draft.citations.map((citation) => [citation.number, citation]));
    this.#draft = draft;
    const citations = this.#citations;
    const nodes = draft.parts.map((part) => {
      const node = this.#parts.get(part.part_id) ?? h("draft-part");
      const { part_id: id } = part;
      node.content = { part, name: nameOf(id), citations, paperId: draft.paper_id, text: textOf(id), isReadOnly };
      return [part.part_id, node];
    });
    this.#parts = new Map(nodes);
    const wanted = [...this.#parts.values()];
    this.#title.content = { partId: "", name: nameOf(""), level: 2, isReadOnly };
    if (wanted.some((node, at) => this.children[at + 1] !== node) || this.children.length !== wanted.length + 1)
      this.replaceChildren(this.#title, ...wanted);
    this.className = `sheet style-${draft.style}`;
    this.#mark();
  }

  get isEditing() {
    return [this.#title, ...this.#parts.values()].some((part) => part.isEditing);
  }

  /** Go to the next (or previous) open place; returns false when there is none. */
  walk(step) {
    const items = this.#draft?.items ?? [];
    if (!items.length) return false;
    return this.#goTo((this.#at + step + items.length) % items.length);
  }

  /** Go to one open place. */
  walkTo(item) {
    const at = (this.#draft?.items ?? []).findIndex((one) => one.item_id === item.item_id);
    return at >= 0 && this.#goTo(at);
  }

  #goTo(at) {
    const { items } = this.#draft;
    this.#at = at;
    this.#mark();
    const node = this.#nodeOf(items[this.#at]) ?? this.#parts.get(items[this.#at].part_id) ?? this;
    node.scrollIntoView({ block: "center" });
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    tell(this, "item-shown", { item: items[this.#at], at: this.#at, of: items.length });
    return true;
  }

  #nodeOf({ part_id: partId, block, sentence }) {
    return this.#parts.get(partId)?.querySelector(`[data-place="${block}.${sentence}"]`) ?? null;
  }

  #mark() {
    for (const node of this.querySelectorAll(".at-item")) node.classList.remove("at-item");
    const item = this.#draft.items[this.#at];
    if (item) this.#nodeOf(item)?.classList.add("at-item");
    else this.#at = -1;
  }

  /** Show which sentences rest on the source that is open beside the text. */
  highlight(number) {
    for (const chip of this.querySelectorAll(".cite"))
      chip.classList.toggle("active", chip.dataset.cite === String(number));
    for (const mark of this.querySelectorAll("sentence-mark"))
      mark.classList.toggle("linked", (mark.dataset.cites ?? "").split(" ").includes(String(number)));
  }

  /** Mark the part that something outside points at (a point of a complaint). */
  set subject(subjectId) {
    for (const part of this.#draft?.parts ?? [])
      this.#parts
        .get(part.part_id)
        .classList.toggle("linked", subjectId !== "" && part.subject_id === subjectId);
  }
}
customElements.define("draft-sheet", DraftSheet);
