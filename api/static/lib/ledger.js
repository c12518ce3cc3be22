// The ledger of an answer in words.
import { t } from "./i18n.js";

/** The statuses of sentences in the order in which they are told. */
export const STATUSES = ["supported", "computed", "given", "unchecked", "unsupported", "differs"];

/** How many sentences have which status, as one sentence for screen readers. */
export function summarySentence({ sentences, summary }) {
  const parts = STATUSES.filter((name) => summary[name] > 0).map(
    (name) => `${t(`status.${name}`)} ${summary[name]}`,
  );
  return t("answer.done", { n: sentences.length, parts: parts.join(", ") });
}

/** What is said when an answer is there. */
export function finishedSentence(answer) {
  return answer.outcome === "answered" ? summarySentence(answer) : t(`outcome.${answer.outcome}.title`);
}

/** The sentences of an answer in runs of one source: `{source, sentences}`, in their order. */
export function groupsBySource({ sentences }, citations) {
  const groups = [];
  const place = (one) => one && [one.document_id, one.version_id, one.section_ordinal].join("/");
  for (const sentence of sentences) {
    const source = citations.get(sentence.citation_numbers[0]);
    const last = groups.at(-1);
    if (last && (!source || place(source) === place(last.source))) last.sentences.push(sentence);
    else groups.push({ source, sentences: [sentence] });
  }
  return groups;
}
