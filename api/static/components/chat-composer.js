// The question field: grows to eight lines, keeps its draft, and never sends on the Enter of an IME.
import { button, h, tell } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import { keep, recall } from "../lib/storage.js";
import "./scope-bar.js";

const NEAR = 200;

class ChatComposer extends HTMLElement {
  #key = "draft.new";
  #limit = 4000;
  #problem = "";
  #busy = false;
  #online = navigator.onLine;
  #field = h("textarea", {
    rows: "1",
    id: "question",
    "aria-describedby": "composer-hint",
    enterkeyhint: "send",
  });
  #hint = h("p", { id: "composer-hint", class: "helper composer-hint", role: "status" });
  #note = h("p", { class: "helper composer-note" });
  #send = button(t("send"), { icon: "arrow-up", kind: "filled", onclick: () => this.#submit() });
  #stop = button(t("stop"), { icon: "square", kind: "filled", onclick: () => tell(this, "stop") });
  scope = h("scope-bar");

  connectedCallback() {
    if (this.firstElementChild) return;
    this.#field.addEventListener("input", () => this.#changed());
    this.#field.addEventListener("keydown", (event) => this.#key_down(event));
    const label = h("label", { class: "visually-hidden", for: "question" }, t("composer.label"));
    this.append(
      h(
        "div",
        { class: "composer" },
        label,
        this.#field,
        this.#hint,
        h("div", { class: "composer-row" }, this.scope, this.#send, this.#stop),
      ),
      this.#note,
    );
    this.#show();
  }

  /** Which draft is shown: one is kept for each conversation. */
  set draftOf(id) {
    this.#key = `draft.${id ?? "new"}`;
    this.#field.value = recall(this.#key, "");
    this.#field.placeholder = t(id ? "composer.follow" : "composer.first");
    this.#show();
  }

  /** The new conversation got its id: the draft in hand becomes its draft. */
  rename(id) {
    keep(this.#key, null);
    this.#key = `draft.${id}`;
    this.#field.placeholder = t("composer.follow");
    this.#changed();
  }

  /** Why the last question was refused; shown beside the field until it is changed. */
  set problem(text) {
    this.#problem = text;
    this.#show();
  }

  set limit(characters) {
    this.#limit = characters;
    this.#show();
  }

  /** While an answer is being written the button stops it. */
  set busy(busy) {
    if (busy === this.#busy) return;
    const focused = [this.#send, this.#stop].includes(document.activeElement);
    this.#busy = busy;
    this.#show();
    if (focused) (busy ? this.#stop : this.#field).focus();
  }

  set online(online) {
    this.#online = online;
    this.#show();
  }

  /** Who writes the answers: a model, or (`false`) the sources themselves. */
  set written(byModel) {
    this.#note.textContent = t(byModel ? "composer.note" : "composer.note.verbatim");
  }

  get text() {
    return this.#field.value;
  }

  set text(text) {
    this.#field.value = text;
    this.#changed();
  }

  focusField() {
    this.#field.focus();
  }

  #key_down(event) {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "ArrowUp" && this.#field.value === "") {
      event.preventDefault();
      tell(this, "edit-last");
    }
  }

  #submit() {
    const question = this.#field.value.trim();
    const over = [...this.#field.value].length > this.#limit;
    if (!question || over || this.#busy || !this.#online) {
      this.#field.focus();
      return;
    }
    this.text = "";
    tell(this, "ask", { question, scope: this.scope.scope });
  }

  #changed() {
    this.#problem = "";
    keep(this.#key, this.#field.value || null);
    this.#show();
  }

  #show() {
    const left = this.#limit - [...this.#field.value].length;
    const key = left < 0 ? "composer.over" : "composer.left";
    const count = left <= NEAR ? t(key, { n: formatNumber(Math.abs(left)) }) : "";
    const wrong = left < 0 || this.#problem !== "";
    this.#hint.textContent = this.#online ? this.#problem || count : t("composer.offline");
    this.#hint.classList.toggle("danger", wrong);
    this.#field.setAttribute("aria-invalid", String(wrong));
    this.#send.hidden = this.#busy;
    this.#stop.hidden = !this.#busy;
    const idle = this.#field.value.trim() === "" || left < 0 || !this.#online;
    this.#send.setAttribute("aria-disabled", String(idle));
  }
}
customElements.define("chat-composer", ChatComposer);
