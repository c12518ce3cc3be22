// The sentences of an answer. Without a model they are quotations: those of the best source come
// first, the others below a heading of their own, folded after the first; paper shows all.
import { sourceName } from "../lib/cite.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { groupsBySource } from "../lib/ledger.js";
import { isTableRow } from "../lib/text.js";
import "./sentence-mark.js";

const SHOWN = 2;

/** 「혁신제품 구매 운영 규정」 제36조: the article is enough where its sentences stand below. */
const placeName = (source) =>
  sourceName({ ...source, label: /^제\d+조(?:의\d+)?/.exec(source.label)?.[0] ?? source.label });

function paragraphs(sentences, citations) {
  const found = [];
  let wasRow = false;
  for (const sentence of sentences) {
    const row = isTableRow(sentence.text);
    if (!found.length || sentence.paragraph_start || row || wasRow)
      found.push(h("p", row ? { class: "row-line" } : {}));
    wasRow = row;
    const paragraph = found.at(-1);
    if (paragraph.childNodes.length) paragraph.append(" ");
    paragraph.append(h("sentence-mark", { ".sentence": { sentence, citations } }));
  }
  return found;
}

class AnswerText extends HTMLElement {
  #more = null;

  /** An answer with sentences; `unchecked` when it was stopped before they were checked. */
  set content({ answer, unchecked }) {
    const citations = new Map(answer.citations.map((citation) => [citation.number, citation]));
    const whole = unchecked || answer.model !== null;
    const groups = whole ? [{ sentences: answer.sentences }] : groupsBySource(answer, citations);
    const [first, ...related] = groups.map(({ source, sentences }, at) =>
      h(
        "div",
        { class: at >= SHOWN ? "answer-group folded" : "answer-group" },
        at > 0 && h("p", { class: "group-name" }, placeName(source)),
        paragraphs(sentences, citations),
      ),
    );
    const body = h("div", { class: unchecked ? "answer-body unchecked" : "answer-body", lang: "ko" }, first);
    if (related.length)
      body.append(h("section", { class: "related" }, h("h3", {}, t("answer.related")), related));
    this.replaceChildren(body);
    const folded = groups.length - SHOWN;
    if (folded > 0) this.#fold(folded);
  }

  #fold(n) {
    const onclick = () => this.#unfold()?.querySelector(".cite")?.focus();
    this.#more = h("button", { type: "button", class: "link-button", onclick }, t("answer.more", { n }));
    this.append(this.#more);
  }

  // Gives the first group that was folded.
  #unfold() {
    const folded = [...this.querySelectorAll(".folded")];
    for (const group of folded) group.classList.remove("folded");
    this.#more?.remove();
    return folded[0];
  }

  /** Show what is folded if a sentence of it rests on citation `number`. */
  reveal(number) {
    const rests = (mark) => mark.dataset.cites.split(" ").includes(number);
    if ([...this.querySelectorAll(".folded sentence-mark")].some(rests)) this.#unfold();
  }
}
customElements.define("answer-text", AnswerText);
