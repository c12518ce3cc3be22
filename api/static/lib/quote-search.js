// Where a quote stands in what was read of a file: the blocks around it, and the words marked.
import { preview } from "./jobs.js";

const AROUND = 6;
const PART = 40;
const MOST = 12;
const KEPT = 60;

const folded = (text) => text.replace(/\s+/g, "");
const parts = new Map();

/** A part of what was read of a file; the ones looked at last are kept, so that walking is quick. */
async function part(job, item, offset) {
  const key = `${job} ${item} ${offset}`;
  const known = parts.get(key) ?? (await preview(job, item, { offset, limit: PART }));
  parts.delete(key);
  parts.set(key, known);
  if (parts.size > KEPT) parts.delete(parts.keys().next().value);
  return known;
}

const texts = (one) => (one.kind === "table" ? one.rows.flat().map((cell) => cell.text) : [one.text]);

/** Whether a block, a part of a long table, is the one that evidence names. */
function isPlace(one, { block, row, quote }) {
  if (block === undefined) return texts(one).some((text) => folded(text).includes(folded(quote)));
  if (one.ordinal !== block) return false;
  if (row === null || one.kind !== "table" || !one.continued)
    return row === null || row < one.rows.length || !one.first_row;
  return row >= one.first_row && row < one.first_row + one.rows.length - one.header_rows;
}

/**
 * `{blocks, at}`: blocks around the one that evidence names; `at` is its place, -1 when it is not
 * found. Without a `block` the first one that holds the quote is it.
 */
export async function blocksAround(job, item, evidence) {
  // Long tables come in several parts, so the place in the preview is never before the ordinal.
  let offset = Math.floor(Math.max(0, (evidence.block ?? 0) - AROUND) / PART) * PART;
  const seen = [];
  for (let round = 0; round < MOST && offset !== null; round += 1) {
    const page = await part(job, item, offset);
    seen.push(...page.blocks);
    const at = seen.findIndex((one) => isPlace(one, evidence));
    if (at >= 0) {
      const from = Math.max(0, at - AROUND);
      return { blocks: seen.slice(from, at + AROUND + 1), at: at - from };
    }
    offset = page.next_offset;
  }
  return { blocks: seen.slice(0, PART), at: -1 };
}

/** The cell of a drawn table at `row` and `column` of its full grid, merged cells taken into account. */
function cellAt(table, row, column) {
  const taken = [];
  for (const [r, line] of [...table.rows].entries()) {
    let c = 0;
    for (const cell of line.cells) {
      while (taken[r]?.[c]) c += 1;
      for (let i = 0; i < cell.rowSpan; i += 1)
        for (let j = 0; j < cell.colSpan; j += 1) (taken[r + i] ??= [])[c + j] = cell;
      c += cell.colSpan;
    }
    if (r > row + 1) break;
  }
  return taken[row]?.[column] ?? null;
}

/** What is searched for the quote: the cell of the table that evidence names, or the whole `node` of a block. */
export function placeIn(node, block, { row = null, column = null }) {
  const table = node.querySelector?.("table");
  if (!table || row === null || column === null) return node;
  const at = block.continued ? row - block.first_row + block.header_rows : row;
  return cellAt(table, at, column) ?? node;
}

/** Mark the first place in `root` whose words are `quote`, white space aside; the mark, or null. */
export function markQuote(root, quote) {
  const wanted = folded(quote);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const span = spanOf(node.data, wanted);
    if (!span) continue;
    const range = document.createRange();
    range.setStart(node, span[0]);
    range.setEnd(node, span[1]);
    const mark = document.createElement("mark");
    range.surroundContents(mark);
    return mark;
  }
  return null;
}

function spanOf(text, wanted) {
  const places = [];
  let plain = "";
  for (let i = 0; i < text.length; i += 1)
    if (!/\s/.test(text[i])) {
      plain += text[i];
      places.push(i);
    }
  const at = plain.indexOf(wanted);
  return at < 0 || !wanted ? null : [places[at], places[at + wanted.length - 1] + 1];
}
