// What a part of a paper still asks for, or that its sentences are sure, beside its heading.
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const DOUBTS = [
  ["differs", "triangle-alert", "danger"],
  ["unsupported", "circle-help", "warn"],
  ["unchecked", "scan-text", "warn"],
];

const state = (symbol, tone, words) => h("span", { class: `part-state ${tone}` }, icon(symbol, 16), words);

/** The state of a part in words, the gravest first; null where there is nothing to say. */
export function partState(part) {
  const sentences = part.blocks.flatMap(({ sentences: found = [] }) => found);
  const count = (status) => sentences.filter((sentence) => sentence.status === status).length;
  for (const [status, symbol, tone] of DOUBTS)
    if (count(status)) return state(symbol, tone, `${t(`status.${status}`)} ${count(status)}`);
  if (sentences.some((sentence) => sentence.is_open)) return state("circle-help", "warn", t("draft.open"));
  const sure = count("supported");
  return sure ? state("check", "ok", t("draft.sure", { n: sure })) : null;
}
