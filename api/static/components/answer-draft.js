// An answer while it is written: the step in words, provisional text, the sources found so far.
import { h, spinner } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { withoutKeys } from "../lib/text.js";
import "./source-list.js";

class AnswerDraft extends HTMLElement {
  #step = h("span", {});
  #text = h("p", { class: "provisional", lang: "ko" });
  #found = h("p", { class: "helper found" });
  #sources = h("source-list");
  #passages = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    const status = h("p", { class: "status-line" }, spinner(16), this.#step);
    this.append(status, this.#text, h("div", { class: "sources" }, this.#found, this.#sources));
  }

  /** The turn as it stands; only what changed is touched. */
  set turn({ step, wordsOnly, provisional, passages = [] }) {
    const words = t(`step.${step ?? "searching"}`);
    this.#step.textContent = wordsOnly ? `${words} · ${t("step.words_only")}` : words;
    this.#text.textContent = withoutKeys(provisional ?? "");
    this.#text.classList.toggle("caret", Boolean(provisional) && step === "writing");
    if (this.#passages === passages) return;
    this.#passages = passages;
    this.#sources.passages = passages;
    this.#found.textContent = passages.length ? t("source.found", { n: passages.length }) : "";
  }
}
customElements.define("answer-draft", AnswerDraft);
