// Where a quote stands in what was read of a file: the blocks around it, and the words marked.
import { isTableRow } from "./text.js";

const AROUND = 6;
const PART = 40;
const MOST = 12;
const KEPT = 60;

const folded = (text) => text.replace(/\s+/g, "");
const parts = new Map();

/** A part of what was read of a file; the ones looked at last are kept, so that walking is quick. */
async function part(file, offset) {
  const key = `${file.key} ${offset}`;
  const known = parts.get(key) ?? (await file.read({ offset, limit: PART }));
  parts.delete(key);
  parts.set(key, known);
  if (parts.size > KEPT) parts.delete(parts.keys().next().value);
  return known;
}

const texts = (one) => (one.kind === "table" ? one.rows.flat().map((cell) => cell.text) : [one.text]);

/** The cells that a quoted row of a table names, without those that are empty; null for other quotes. */
function cellsQuoted(quote) {
  if (!isTableRow(quote)) return null;
  const cells = quote.trim().slice(1, -1).split("|").map(folded);
  return cells.filter(Boolean);
}

/** Whether a block holds the words of a quote, all cells of it where the quote is a row. */
function holds(one, quote) {
  const said = texts(one).map(folded);
  const wanted = one.kind === "table" ? cellsQuoted(quote) : null;
  if (wanted) return wanted.every((cell) => said.includes(cell));
  return said.some((text) => text.includes(folded(quote)));
}

/** Whether a block, a part of a long table, is the one that evidence names. */
function isPlace(one, { block, row = null, quote }) {
  if (block === undefined) return holds(one, quote);
  if (one.ordinal !== block) return false;
  if (row === null || one.kind !== "table" || !one.continued)
    return row === null || row < one.rows.length || !one.first_row;
  return row >= one.first_row && row < one.first_row + one.rows.length - one.header_rows;
}

/**
 * `{blocks, at}`: blocks around the one that evidence names; `at` is its place, -1 when it is not
 * found. Without a `block` the first one that holds the quote is it. Of `file` the `key` names it, and
 * `read` gives a part of what was read of it.
 */
export async function blocksAround(file, evidence) {
  // Long tables come in several parts, so the place in the preview is never before the ordinal.
  let offset = Math.floor(Math.max(0, (evidence.block ?? 0) - AROUND) / PART) * PART;
  const seen = [];
  for (let round = 0; round < MOST && offset !== null; round += 1) {
    const page = await part(file, offset);
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

/** The cells of a drawn table by row and column of its full grid, merged cells taken into account. */
function gridOf(table) {
  const taken = [];
  for (const [r, line] of [...table.rows].entries()) {
    let c = 0;
    for (const cell of line.cells) {
      while (taken[r]?.[c]) c += 1;
      for (let i = 0; i < cell.rowSpan; i += 1)
        for (let j = 0; j < cell.colSpan; j += 1) (taken[r + i] ??= [])[c + j] = cell;
      c += cell.colSpan;
    }
  }
  return taken;
}

/** What is searched for the quote: the cell of the table that evidence names, or the whole `node` of a block. */
export function placeIn(node, block, { row = null, column = null }) {
  const table = node.querySelector?.("table");
  if (!table || row === null || column === null) return node;
  const at = block.continued ? row - block.first_row + block.header_rows : row;
  return gridOf(table)[at]?.[column] ?? node;
}

/** Mark the cells of the row that is quoted; the first mark, or null. */
function markRow(table, wanted) {
  for (const cells of gridOf(table)) {
    const own = [...new Set(cells ?? [])].filter(Boolean);
    const said = own.map((cell) => folded(cell.textContent));
    if (!wanted.every((text) => said.includes(text))) continue;
    const marks = own.filter((_, at) => said[at]).map((cell) => markQuote(cell, cell.textContent));
    return marks.find(Boolean) ?? null;
  }
  return null;
}

/** Mark the first place in `root` whose words are `quote`, white space aside; the mark, or null. */
export function markQuote(root, quote) {
  const table = root.querySelector?.("table");
  const row = table && cellsQuoted(quote);
  if (row?.length) return markRow(table, row);
  const wanted = folded(quote);
  if (!wanted && root.matches("td, th")) {
    // An empty cell says something too; there are no words to mark.
    root.classList.add("marked");
    return root;
  }
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
