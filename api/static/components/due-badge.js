// When a case is due, in words; late ones are a red badge, today and tomorrow amber.
import { h } from "../lib/dom.js";
import { dueWords } from "../lib/due.js";
import { badge } from "./state-badge.js";

/** Nodes for the due time of a case. */
export function dueBadge(due) {
  const { tone, symbol, text, date } = dueWords(due);
  if (tone === "danger") return [badge("danger", symbol, text)];
  const word = h("b", { class: `due due-${tone}` }, text);
  return [word, date && h("span", { class: "due-date tabular" }, date)].filter(Boolean);
}
