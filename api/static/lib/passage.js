// A section's text as blocks for reading, with one span marked. Offsets stay those of the text.
import { h } from "./dom.js";

const LEVELS = [
  [/^[①-⑳㉑-㉟]/, "para"],
  [/^\d+(?:의\d+)?\.\s/, "sub"],
  [/^[가-하](?:의\d+)?\.\s/, "item"],
  [/^\d+\)\s/, "item deep"],
  [/^[-•·○ㆍ]\s/, "bullet"],
];

function marked(text, offset, span) {
  const from = Math.max(0, (span?.start ?? Infinity) - offset);
  const to = Math.min(text.length, (span?.end ?? -1) - offset);
  if (!span || from >= to) return [text];
  return [text.slice(0, from), h("mark", {}, text.slice(from, to)), text.slice(to)];
}

const cells = (line) => {
  const found = [];
  const bare = line.replace(/^\|/, "").replace(/\|\s*$/, "");
  let offset = line.startsWith("|") ? 1 : 0;
  for (const cell of bare.split("|")) {
    const lead = cell.length - cell.trimStart().length;
    found.push({ text: cell.trim(), offset: offset + lead });
    offset += cell.length + 1;
  }
  return found;
};

const isRow = (line) => /^\s*\|.*\|\s*$/.test(line) || line.split(" | ").length >= 2;
const isRule = (line) => /^[\s|:-]+$/.test(line) && line.includes("-");

function table(rows, span) {
  const [head, ...rest] = rows.filter(({ text }) => !isRule(text));
  const row = ({ text, offset }, tag) =>
    h(
      "tr",
      {},
      cells(text).map((cell) =>
        h(tag, tag === "th" ? { scope: "col" } : {}, marked(cell.text, offset + cell.offset, span)),
      ),
    );
  return h(
    "div",
    { class: "table-frame", tabindex: "0" },
    h(
      "table",
      { class: "read-table" },
      h("thead", {}, row(head, "th")),
      h(
        "tbody",
        {},
        rest.map((line) => row(line, "td")),
      ),
    ),
  );
}

function lines(text) {
  const found = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    found.push({ text: line, offset });
    offset += line.length + 1;
  }
  return found;
}

function paragraph({ text, offset }, span, heading) {
  const lead = text.length - text.trimStart().length;
  const bare = text.trim();
  if (heading) return h(heading, { tabindex: "-1" }, marked(bare, offset + lead, span));
  const level = LEVELS.find(([pattern]) => pattern.test(bare))?.[1] ?? "";
  return h("p", { class: `line ${level}`.trim() }, marked(bare, offset + lead, span));
}

/** Bring `mark` to a third of the height of `scroller`, and into its table's own frame; to the top without one. */
export function reveal(mark, scroller) {
  const top = mark ? mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top : 0;
  scroller.scrollTop = mark ? scroller.scrollTop + top - scroller.clientHeight / 3 : 0;
  const frame = mark?.closest(".table-frame");
  if (!frame) return;
  const left = mark.getBoundingClientRect().left - frame.getBoundingClientRect().left;
  frame.scrollLeft += left - frame.clientWidth / 3;
}

/** 제36조(시범사용 완료보고), 3. 성과목표. */
export function headingOf({ label, heading }) {
  if (!label || !heading || heading === label) return heading || label;
  return /^제.+[조표식]/.test(label) ? `${label}(${heading})` : `${label} ${heading}`;
}

/**
 * Blocks of a section: its heading as a `level` element (the text's own first line where it is one),
 * paragraphs indented by their numbering, and tables; `span` (UTF-16 indexes of the text) is marked.
 */
export function renderSection(section, level, span = null) {
  const { text, label, heading } = section;
  const first = text.trimStart().split("\n", 1)[0].trim();
  const own =
    first !== "" &&
    first.length < 120 &&
    ((label && first.startsWith(label) && (!heading || first.includes(heading))) || first === heading);
  if (own) return renderPassage(text, span, level);
  const title = headingOf(section);
  return [title ? h(level, { tabindex: "-1" }, title) : "", ...renderPassage(text, span)].filter(Boolean);
}

function renderPassage(text, span = null, heading = "") {
  const blocks = [];
  const all = lines(text);
  for (let at = 0; at < all.length; at += 1) {
    let end = at;
    while (end < all.length && isRow(all[end].text)) end += 1;
    if (end - at >= 2) {
      blocks.push(table(all.slice(at, end), span));
      at = end - 1;
    } else if (all[at].text.trim()) blocks.push(paragraph(all[at], span, blocks.length ? "" : heading));
  }
  return blocks;
}
