// A question and what came of it; the question can be edited, which makes a sibling.
import { button, h, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import "./chat-answer.js";

class ChatTurn extends HTMLElement {
  #turn = null;
  #answer = null;
  #drawn = "";

  /** `turn` and its `siblings` (turn ids in order). */
  set content({ turn, siblings }) {
    const state = `${turn.turn_id} ${siblings.join()} ${turn.state}`;
    this.#turn = turn;
    if (!this.#answer) {
      this.#answer = h("chat-answer");
      this.replaceChildren(h("div", { class: "question" }), this.#answer);
    }
    if (state !== this.#drawn && !this.querySelector(".edit")) this.#question(siblings);
    this.#drawn = state;
    this.#answer.turn = turn;
  }

  #question(siblings) {
    const turn = this.#turn;
    const bubble = h(
      "div",
      { class: "bubble" },
      h("h2", { class: "visually-hidden" }, t("question")),
      turn.question,
    );
    const tools = h("div", { class: "question-tools" });
    if (siblings.length > 1) tools.append(this.#switch(siblings));
    if (turn.state !== "running")
      tools.append(
        iconButton(t("question.edit"), "pencil", { class: "icon-button quiet", onclick: () => this.edit() }),
      );
    this.firstElementChild.replaceChildren(bubble, tools);
  }

  #switch(siblings) {
    const at = siblings.indexOf(this.#turn.turn_id);
    const to = (step, label, symbol) =>
      iconButton(label, symbol, {
        class: "icon-button quiet",
        disabled: siblings[at + step] === undefined,
        onclick: () => tell(this, "choose-sibling", { turnId: siblings[at + step] }),
      });
    return h(
      "div",
      { class: "siblings", role: "group", "aria-label": t("question.siblings") },
      to(-1, t("previous"), "chevron-left"),
      h("span", { class: "helper" }, `${at + 1} / ${siblings.length}`),
      to(1, t("next"), "chevron-right"),
    );
  }

  /** Turn the bubble into a field; sending keeps the earlier question beside the new one. */
  edit() {
    if (this.#turn.state === "running" || this.querySelector(".edit")) return;
    const field = h("textarea", { rows: "3", "aria-label": t("question.edit") });
    field.value = this.#turn.question;
    const leave = () => {
      this.#drawn = "";
      form.remove();
      tell(this, "redraw");
      this.querySelector(".question-tools button:last-child")?.focus();
    };
    const send = () => {
      const question = field.value.trim();
      if (!question) return;
      form.remove();
      tell(this, "edit-question", { turn: this.#turn, question });
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        leave();
      }
      if (event.key === "Enter" && !event.shiftKey && !isComposing(event)) {
        event.preventDefault();
        send();
      }
    });
    const form = h(
      "div",
      { class: "edit" },
      field,
      h(
        "div",
        { class: "row end" },
        button(t("cancel"), { small: true, onclick: leave }),
        button(t("send"), { small: true, kind: "filled", onclick: send }),
      ),
    );
    this.firstElementChild.replaceChildren(form);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  /** The question's text, for a new attempt. */
  get turn() {
    return this.#turn;
  }
}
customElements.define("chat-turn", ChatTurn);
