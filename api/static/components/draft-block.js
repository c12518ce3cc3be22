// A block of a paper: a paragraph with its number and sentences, a table, a picture, a note.
import { draftPicture } from "../lib/api.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { pieces } from "../lib/text.js";
import "./sentence-mark.js";

// What the template or the record says needs no chip on every sentence; a person's word does.
function quiet(sentence, isComputed) {
  const isOwn = sentence.status === "given" && sentence.origin !== "person";
  const isFigure = sentence.status === "computed" && isComputed;
  return isOwn || isFigure || !sentence.status ? { ...sentence, status: "plain" } : sentence;
}

function paragraph(block, at, { citations, isComputed }) {
  const sentences = block.sentences.flatMap((sentence, number) => [
    number ? " " : null,
    h("sentence-mark", {
      "data-place": `${at}.${number}`,
      ".sentence": { sentence: quiet(sentence, isComputed), citations },
    }),
  ]);
  return h(
    "div",
    { class: `draft-line align-${block.align}`, "data-depth": block.depth },
    block.marker && h("span", { class: "marker", "aria-hidden": "false" }, block.marker),
    h("p", {}, sentences),
  );
}

// The text of a cell; what is left for a person stands out as it does in a sentence.
const cellText = (text) =>
  pieces(text).map(({ text: piece, open }) => (open ? h("span", { class: "open-mark" }, piece) : piece));

function table({ caption, rows, header_rows: heads }, content = ({ text }) => cellText(text)) {
  const cells = (row, tag, at) =>
    row.map((cell, number) =>
      h(
        tag,
        {
          scope: tag === "th" ? "col" : null,
          colspan: cell.col_span > 1 ? cell.col_span : null,
          rowspan: cell.row_span > 1 ? cell.row_span : null,
        },
        tag === "th" ? cellText(cell.text) : content(cell, at, number),
      ),
    );
  const made = (part, tag, from = 0) => part.map((row, at) => h("tr", {}, cells(row, tag, from + at)));
  return h(
    "div",
    { class: "draft-table", tabindex: "0", role: "group", "aria-label": caption || null },
    h(
      "table",
      {},
      caption && h("caption", {}, caption),
      heads > 0 && h("thead", {}, made(rows.slice(0, heads), "th")),
      h("tbody", {}, made(rows.slice(heads), "td", heads)),
    ),
  );
}

const picture = ({ digest, alt, caption }, paperId) =>
  h(
    "figure",
    { class: "draft-picture" },
    h("img", { src: draftPicture(paperId, digest), alt, loading: "lazy" }),
    caption && h("figcaption", { class: "helper" }, caption),
  );

/** A table whose cells can be written in; `cellsOf` gives back what was changed. */
export function tableFields(block, at) {
  const field = ({ text }, row, cell) => {
    const label = t("draft.cell", { row: row + 1, cell: cell + 1 });
    const input = h("textarea", { class: "cell-editor", rows: "1", "aria-label": label });
    input.value = text;
    Object.assign(input.dataset, { block: at, row, cell, before: text });
    return input;
  };
  return table(block, field);
}

/** The cells under `node` that say something else than before. */
export function cellsOf(node) {
  return [...node.querySelectorAll(".cell-editor")]
    .filter(({ value, dataset }) => value !== dataset.before)
    .map(({ value, dataset: { block, row, cell } }) => ({
      block: Number(block),
      row: Number(row),
      cell: Number(cell),
      text: value,
    }));
}

/** The node of a block; `at` is its place in the part. */
export function blockNode(block, at, context) {
  if (block.kind === "paragraph") return paragraph(block, at, context);
  if (block.kind === "table") return table(block);
  if (block.kind === "picture") return picture(block, context.paperId);
  if (block.kind === "note") return h("p", { class: "draft-note" }, `※ ${block.text}`);
  return h("hr", { class: "draft-break" });
}
