// How a source is named in full, in lists and when it is copied.
import { formatDate } from "./format.js";
import { t } from "./i18n.js";

const RULES = new Set(["law", "decree", "rule", "notice"]);

/** 「혁신제품 구매 운영 규정」 제36조제1항; other files by their own name: 설치 계획 › 2. 성과목표. */
export function sourceName({ title, label, kind }) {
  const isRule = RULES.has(kind);
  const name = isRule ? `「${title}」` : title;
  return label && label !== title ? `${name}${isRule ? " " : " › "}${label}` : name;
}

/** 고시 · 2026. 2. 3. 시행 */
export function sourceDate({ kind_label: kind, effective_from: from }) {
  return [kind, from && t("source.effective", { date: formatDate(from) })].filter(Boolean).join(" · ");
}

/** The name of a citation for screen readers. */
export function citationName(citation, status) {
  return t("cite.name", {
    n: citation.number,
    title: citation.title,
    label: citation.label,
    status: t(`status.${status}`),
  });
}

/** A source as text for a document: name, date, quote. */
export function citationText(citation) {
  const from = citation.effective_from
    ? ` (${t("source.effective", { date: formatDate(citation.effective_from) })})`
    : "";
  return `${sourceName(citation)}${from}\n“${citation.quote}”`;
}

/** The whole answer as text, numbers in brackets and the sources below. */
export function answerText(answer) {
  const body = answer.sentences.map((sentence, at) => {
    const numbers = sentence.citation_numbers.map((n) => `[${n}]`).join("");
    const mark = ["unchecked", "unsupported", "differs"].includes(sentence.status)
      ? `〔${t(`status.${sentence.status}`)}〕`
      : "";
    const gap = at === 0 ? "" : sentence.paragraph_start ? "\n\n" : " ";
    return `${gap}${sentence.text}${numbers && ` ${numbers}`}${mark && ` ${mark}`}`;
  });
  const sources = answer.citations.map((citation) => `[${citation.number}] ${citationText(citation)}`);
  return [body.join(""), sources.length ? `${t("evidence")}\n${sources.join("\n")}` : ""]
    .filter(Boolean)
    .join("\n\n");
}

/** Put text on the clipboard; false when the browser refuses. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
