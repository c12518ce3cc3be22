// A block of a paper: a paragraph with its number and sentences, a table, a picture, a note.
import { draftPicture } from "../lib/api.js";
import { h } from "../lib/dom.js";
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

function table({ caption, rows, header_rows: heads }) {
  const cells = (row, tag) =>
    row.map((cell) =>
      h(
        tag,
        {
          scope: tag === "th" ? "col" : null,
          colspan: cell.col_span > 1 ? cell.col_span : null,
          rowspan: cell.row_span > 1 ? cell.row_span : null,
        },
        cell.text,
      ),
    );
  const made = (part, tag) => part.map((row) => h("tr", {}, cells(row, tag)));
  return h(
    "div",
    { class: "draft-table", tabindex: "0", role: "group", "aria-label": caption || null },
    h(
      "table",
      {},
      caption && h("caption", {}, caption),
      heads > 0 && h("thead", {}, made(rows.slice(0, heads), "th")),
      h("tbody", {}, made(rows.slice(heads), "td")),
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

/** The node of a block; `at` is its place in the part. */
export function blockNode(block, at, context) {
  if (block.kind === "paragraph") return paragraph(block, at, context);
  if (block.kind === "table") return table(block);
  if (block.kind === "picture") return picture(block, context.paperId);
  if (block.kind === "note") return h("p", { class: "draft-note" }, `※ ${block.text}`);
  return h("hr", { class: "draft-break" });
}
