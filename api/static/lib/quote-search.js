// Where a quote stands in what was read of a file: the blocks around it, and the words marked.
import { preview } from "./jobs.js";

const AROUND = 6;
const PART = 40;
const MOST = 12;

const folded = (text) => text.replace(/\s+/g, "");

function holds(block, quote) {
  const texts = block.kind === "table" ? block.rows.flat().map((cell) => cell.text) : [block.text];
  return texts.some((text) => folded(text).includes(quote));
}

/** `{blocks, at}`: blocks around the one that holds the quote; `at` is its place, -1 when it is not found. */
export async function blocksAround(job, item, { quote, block }) {
  const wanted = folded(quote);
  let offset = Math.max(0, block - AROUND);
  const seen = [];
  for (let round = 0; round < MOST && offset !== null; round += 1) {
    const page = await preview(job, item, { offset, limit: PART });
    seen.push(...page.blocks);
    const at = seen.findIndex((one) => holds(one, wanted));
    if (at >= 0) {
      const from = Math.max(0, at - AROUND);
      return { blocks: seen.slice(from, at + AROUND + 1), at: at - from };
    }
    offset = page.next_offset;
  }
  return { blocks: seen.slice(0, PART), at: -1 };
}

/** Mark the first place in `root` whose words are `quote`, white space aside; the mark, or null. */
export function markQuote(root, quote) {
  const wanted = folded(quote);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
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
