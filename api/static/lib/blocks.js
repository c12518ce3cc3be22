// What was read of a document as blocks for reading: headings, paragraphs, real tables.
import { h } from "./dom.js";
import { t } from "./i18n.js";

const TOP = 3; // the pane's own title is an h2
const LINES = { list_item: "line bullet", note: "line footnote" };

function cell({ text, row_span: rows, col_span: columns }, inHead) {
  const isHead = inHead && text.trim() !== "";
  const spans = { rowspan: rows > 1 ? rows : null, colspan: columns > 1 ? columns : null };
  const scope = isHead ? (columns > 1 ? "colgroup" : "col") : null;
  return h(isHead ? "th" : "td", { ...spans, scope }, text);
}

function table({ rows, header_rows: heads, caption, continued }) {
  const row = (cells, inHead) =>
    h(
      "tr",
      {},
      cells.map((one) => cell(one, inHead)),
    );
  const title = [caption, continued && t("preview.continued")].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "group", "aria-label": title || t("preview.table") },
    h(
      "table",
      { class: "read-table" },
      title && h("caption", {}, title),
      heads > 0 && h("thead", {}, rows.slice(0, heads).map((one) => row(one, true))),
      h(
        "tbody",
        {},
        rows.slice(heads).map((one) => row(one, false)),
      ),
    ),
  );
}

const scanBadge = () =>
  h("state-badge", { ".badge": { tone: "warn", symbol: "scan-text", text: t("preview.ocr") } });

/** A table of one cell only frames its text. */
const isFrame = ({ kind, rows }) => kind === "table" && rows.length === 1 && rows[0].length === 1;

/** Turns blocks into nodes, one after the other; knows on which page and how deep it is. */
export class BlockWriter {
  #page = null;
  #depth = TOP - 1;
  #inScan = false;

  /** The nodes of the next block. */
  write(block) {
    const nodes = [];
    if (block.page && block.page !== this.#page) {
      this.#page = block.page;
      nodes.push(h("p", { class: "helper page-line tabular" }, t("page_n", { n: block.page })));
    }
    if (block.is_ocr && !this.#inScan)
      nodes.push(h("p", { class: "scan-line" }, scanBadge()));
    this.#inScan = block.is_ocr;
    const body = this.#body(block);
    if (block.is_ocr) body.classList.add("scanned");
    return [...nodes, body];
  }

  #body(block) {
    if (block.kind === "heading") return this.#heading(block);
    if (isFrame(block)) return h("p", { class: "line framed" }, block.rows[0][0].text);
    if (block.kind === "table") return table(block);
    return h("p", { class: LINES[block.kind] ?? "line" }, block.text);
  }

  // A level is never skipped, also where the file does: screen readers walk by levels.
  #heading({ level, text }) {
    this.#depth = Math.min(Math.max(level, 1) + TOP - 1, this.#depth + 1, 6);
    return h(`h${this.#depth}`, {}, text);
  }
}
