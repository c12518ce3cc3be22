// Remarks on a draft beside the text: read, written, marked as dealt with.
import { button, h, icon, iconButton, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";

const NAME_CHARS = 24;

class CommentList extends HTMLElement {
  #list = h("ol", { class: "comments" });
  #title = h("h2", {});
  #field = h("textarea", { class: "input", rows: "3", maxlength: "4000", id: "comment-text" });
  #said = "";

  connectedCallback() {
    if (this.firstElementChild) return;
    const write = () => {
      const text = this.#field.value.trim();
      if (text) tell(this, "comment", { text, done: () => (this.#field.value = "") });
    };
    this.#field.placeholder = t("comment.write");
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event)) write();
    });
    // On narrow windows the remarks lie over the text.
    const leave = () => tell(this, "close-comments");
    const close = iconButton(t("close"), "x", { class: "icon-button side-close", onclick: leave });
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && close.offsetParent && !isComposing(event)) leave();
    });
    const label = h("label", { class: "visually-hidden", for: "comment-text" }, t("comment.write"));
    const send = button(t("comment.send"), { small: true, onclick: write });
    this.append(
      h("div", { class: "pane-head" }, this.#title, h("span", { class: "grow" }), close),
      h("div", { class: "pane-body" }, this.#list, label, this.#field, h("div", { class: "row end" }, send)),
    );
  }

  /** `{comments, parts}` */
  set content({ comments, parts }) {
    const said = JSON.stringify(comments);
    if (said === this.#said) return;
    this.#said = said;
    const open = comments.filter(({ resolved_at: at }) => !at).length;
    this.#title.textContent = open ? t("comment.title.n", { n: open }) : t("comment.title");
    const names = new Map(parts.map((part) => [part.part_id, this.#nameOf(part)]));
    this.#list.replaceChildren(...comments.map((comment) => this.#row(comment, names)));
  }

  #nameOf({ heading, blocks, kind }) {
    const text = heading || blocks[0]?.sentences?.[0]?.text || t(`draft.kind.${kind}`);
    return text.length > NAME_CHARS ? `${text.slice(0, NAME_CHARS)}…` : text;
  }

  #row(comment, names) {
    const { comment_id: id, by, text, created_at: at, resolved_at: done, resolved_by: doneBy } = comment;
    const state = done
      ? h("p", { class: "comment-done" }, icon("check", 14), t("comment.done", { by: doneBy }))
      : null;
    const turn = button(t(done ? "comment.reopen" : "comment.resolve"), {
      small: true,
      kind: "plain",
      onclick: () => tell(this, "resolve", { id, isResolved: !done }),
    });
    return h(
      "li",
      { class: done ? "done" : "" },
      h(
        "p",
        { class: "comment-head" },
        h("span", { class: "avatar", "aria-hidden": "true" }, by.split(" ").at(-1).slice(-2)),
        h("strong", {}, by),
        h("time", { class: "helper", datetime: at }, formatWhen(at)),
      ),
      comment.part_id ? h("p", { class: "helper" }, names.get(comment.part_id) ?? "") : null,
      h("p", { class: "comment-text" }, text),
      h("div", { class: "row" }, state, turn),
    );
  }
}
customElements.define("comment-list", CommentList);
