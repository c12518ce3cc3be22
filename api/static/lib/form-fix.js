// Findings of form in a draft, with what the linter would write in their place, line by line.
import { json } from "./api.js";

const KIND = "reply";
// Rules that look at one line alone; numbering, attachments and the end mark are the paper's own affair.
const OF_A_LINE = /^(?:date|time|amount|word|law|bracket|blank|unit|phone|full)-/;

const letters = (text) => Array.from(text);

/** `{line, text, article}`: `text` with a finding's correction in it; offsets count whole characters. */
function corrected(text, { start, end, replacement }) {
  const all = letters(text);
  return [...all.slice(0, start), replacement, ...all.slice(end)].join("");
}

/** Which line of a part's text the block of an item is: only paragraphs are lines. */
const lineOf = (part, block) => part.blocks.slice(0, block).filter(({ kind }) => kind === "paragraph").length;

const lint = (text) => json("POST", "/lint", { body: { text, kind: KIND } }).then((answer) => answer.findings);

const articleOf = ({ law, article }) => `${law} ${article}`.trim();

/** What the server found, an item each, with its correction where the linter knows one for that line. */
async function ofItem(draft, item, textOf) {
  const part = draft.parts.find((one) => one.part_id === item.part_id);
  const entry = { text: item.text, item, fix: null, article: "" };
  if (!part || part.kind === "computed") return entry;
  const line = lineOf(part, item.block);
  const text = textOf(item.part_id).split("\n")[line] ?? "";
  const found = text && (await lint(text)).find((one) => one.rule === item.code && one.fix);
  if (!found) return entry;
  return { ...entry, fix: { partId: item.part_id, line, text: corrected(text, found.fix) }, article: articleOf(found) };
}

/** What the lines of a draft break by themselves: dates, times, amounts, words and signs. */
async function ofLines(draft, textOf) {
  const places = draft.parts
    .filter(({ kind, blocks }) => kind !== "computed" && blocks.some((block) => block.kind === "paragraph"))
    .flatMap(({ part_id: partId }) => textOf(partId).split("\n").map((text, line) => ({ partId, text, line })));
  const found = await lint(places.map(({ text }) => text).join("\n"));
  let start = 0;
  const starts = places.map(({ text }) => (start += letters(text).length + 1) - letters(text).length - 1);
  return found
    .filter((one) => one.fix && OF_A_LINE.test(one.rule))
    .map((one) => {
      const { partId, text, line } = places[one.line - 1];
      const from = starts[one.line - 1];
      const fix = { start: one.fix.start - from, end: one.fix.end - from, replacement: one.fix.replacement };
      return { text: one.message, item: null, fix: { partId, line, text: corrected(text, fix) }, article: articleOf(one) };
    });
}

/** All findings of form: `{text, item, fix, article}`; `fix` is `{partId, line, text}` or null. */
export async function findings(draft, textOf) {
  const items = draft.items.filter((item) => item.kind === "form");
  const [own, ...listed] = await Promise.all([ofLines(draft, textOf), ...items.map((item) => ofItem(draft, item, textOf))]);
  const told = new Set(listed.map((one) => one.text));
  return [...listed, ...own.filter((one) => !told.has(one.text))];
}

/** The text of a part with a correction in its place. */
export function withCorrection(textOf, { partId, line, text }) {
  const lines = textOf(partId).split("\n");
  lines[line] = text.replaceAll("\n", " ");
  return lines.join("\n");
}
