// One checked sentence with its chips; the chips stay with the last word.
import { h, icon, tell } from "../lib/dom.js";
import { hasText, t } from "../lib/i18n.js";
import { pieces, rowAsLine, splitLastWord } from "../lib/text.js";
import "./cite-chip.js";

const MARKS = {
  computed: ["calculator", "plain"],
  given: ["user-pen", "plain"],
  unchecked: ["scan-text", "warn"],
  unsupported: ["circle-help", "warn"],
  differs: ["triangle-alert", "danger"],
};
const WARNINGS = { superseded: "history", not_yet_in_force: "clock-alert", repealed: "ban" };

const words = (text) =>
  pieces(text).map(({ text: piece, whole, open }) =>
    whole ? h("span", { class: "whole" }, piece) : open ? h("span", { class: "open-mark" }, piece) : piece,
  );

class SentenceMark extends HTMLElement {
  /** `sentence` of an answer and the answer's `citations` by number. */
  set sentence({ sentence, citations }) {
    const { status, text, citation_numbers: numbers, problems } = sentence;
    this.dataset.status = status;
    this.dataset.cites = numbers.join(" ");
    const chips = numbers
      .filter((n) => citations.has(n))
      .map((n) => h("cite-chip", { ".cite": { citation: citations.get(n), status } }));
    if (MARKS[status]) {
      // A figure that differs is told beside what the source itself says.
      const source = status === "differs" ? (citations.get(numbers[0]) ?? null) : null;
      const [symbol, tone] = MARKS[status];
      chips.push(this.#chip(symbol, tone, t(`chip.${status}`), this.#explain(status, problems), source));
    }
    for (const { code } of problems) {
      if (WARNINGS[code])
        chips.push(this.#chip(WARNINGS[code], "warn", t(`problem.${code}`), t(`problem.${code}.long`)));
    }
    const [head, tail] = splitLastWord(rowAsLine(text));
    this.replaceChildren(
      h("span", { class: "words" }, words(head)),
      h(
        "span",
        { class: /【확인 필요/.test(tail) ? "last wraps" : "last" },
        h("span", { class: "words" }, words(tail)),
        chips,
      ),
    );
  }

  #explain(status, problems) {
    // What is turned round does stand in the source: to call it missing would mislead.
    const turned = problems.find(({ code }) => code === "polarity");
    if (turned) return t("problem.polarity.long", { tokens: turned.token });
    const tokens = problems.filter((problem) => problem.token).map((problem) => problem.token);
    if (status === "unchecked") return t("problem.ocr_figure.long", { tokens: tokens.join(", ") });
    if (tokens.length) return t("problem.tokens", { tokens: tokens.join(", ") });
    const known = problems.map(({ code }) => `problem.${code}.long`).filter(hasText);
    return known.length ? t(known[0]) : t(`status.${status}.long`);
  }

  #chip(symbol, tone, label, explanation, citation = null) {
    const chip = h(
      "button",
      { type: "button", class: `mark-chip ${tone}` },
      icon(symbol, 14),
      h("span", {}, label),
    );
    const show = () => tell(this, "show-card", { text: explanation, citation, anchor: chip });
    for (const name of ["pointerenter", "focus", "click"]) chip.addEventListener(name, show);
    for (const name of ["pointerleave", "blur"]) chip.addEventListener(name, () => tell(this, "hide-card"));
    return chip;
  }
}
customElements.define("sentence-mark", SentenceMark);
