// One cell: what was found and where, the place in the file, why, and what a person makes of it.
import { BlockWriter } from "../lib/blocks.js";
import { button, h, icon, iconButton, skeleton, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { fileAddress } from "../lib/jobs.js";
import { blocksAround, cellAt, markQuote } from "../lib/quote-search.js";
import { badge } from "./state-badge.js";

const STATES = { found: ["ok", "check"], inferred: ["warn", "circle-help"], not_stated: ["plain", null], conflicting: ["danger", "git-compare-arrows"] };

/** What is searched for the quote: the cell of the table that evidence names, or the whole block. */
function placeIn(node, block, { row, column }) {
  const table = node.querySelector?.("table");
  if (!table || row === null || column === null) return node;
  const at = block.continued ? row - block.first_row + block.header_rows : row;
  return cellAt(table, at, column) ?? node;
}

class CellPane extends HTMLElement {
  #body = h("div", { class: "pane-body" });
  #page = h("div", { class: "source-page", tabindex: "0", role: "region", "aria-label": t("cell.page") });
  #foot = h("div", { class: "pane-foot" });
  #head = h("div", { class: "pane-head" });
  #shown = "";
  #asked = 0;
  #picked = 0;

  connectedCallback() {
    if (!this.firstElementChild) this.append(this.#head, this.#body, this.#foot);
  }

  /** `{job, item, column}`: the job's id, the whole row, the column; item null while it is loaded. */
  set content({ job, item, column, title }) {
    const close = iconButton(t("close"), "x", { onclick: () => tell(this, "close-pane") });
    const walk = (step, symbol) => iconButton(t(`cell.${symbol}`), symbol, { onclick: () => tell(this, "walk-cell", { step }) });
    const name = h("div", { class: "pane-name" }, h("p", { class: "helper" }, title), h("h2", {}, column.label));
    this.#head.replaceChildren(name, walk(-1, "chevron-up"), walk(1, "chevron-down"), close);
    const cell = item?.cells.find((one) => one.column === column.name);
    if (!cell) return this.#body.replaceChildren(item ? h("p", { class: "helper" }, t("cell.nothing_yet")) : skeleton());
    const key = JSON.stringify([item.item_id, cell, item.confirmation]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#picked = 0;
    this.#draw({ job, item, column, cell });
  }

  #draw(now) {
    const { cell, item } = now;
    const [tone, symbol] = STATES[cell.status];
    const state = h("p", { class: "cell-state" }, badge(tone, symbol, t(`cell.${cell.status}`)), h("span", { class: "helper" }, cell.reason_text));
    const values = cell.values.map((value, at) => this.#value(now, value, at));
    const corrected = cell.correction && [
      h("p", { class: "cell-corrected" }, icon("pencil", 14), h("b", {}, cell.correction.display || t("cell.not_stated"))),
      h("p", { class: "helper" }, t("cell.corrected", { by: cell.correction.by, when: formatWhen(cell.correction.at) }), cell.correction.reason && ` · ${cell.correction.reason}`),
      cell.correction.is_outdated && h("p", { class: "wa" }, t("cell.outdated")),
      button(t("cell.withdraw"), { small: true, kind: "plain", onclick: () => tell(this, "withdraw-cell") }),
    ];
    const note = cell.note && h("p", { class: "helper" }, cell.note);
    this.#body.replaceChildren(...[corrected, state, values.length ? h("div", { class: "cell-values", role: "group", "aria-label": t("cell.values") }, values) : null, note, this.#page].flat().filter(Boolean));
    const confirm = item.confirmation
      ? button(t("row.unconfirm"), { icon: "rotate-ccw", onclick: () => tell(this, "confirm-row", { on: false }) })
      : button(t("row.confirm"), { icon: "check", kind: "filled", onclick: () => tell(this, "confirm-row", { on: true }) });
    this.#foot.replaceChildren(
      button(t("cell.correct"), { icon: "pencil", small: true, onclick: () => tell(this, "correct-cell", { cell }) }),
      button(t("cell.again"), { icon: "refresh-cw", small: true, onclick: () => tell(this, "cell-again") }),
      h("span", { class: "grow" }),
      confirm,
    );
    this.#show(now);
  }

  #value(now, value, at) {
    const { evidence } = value;
    const where = [evidence.page && t("page_n", { n: evidence.page }), evidence.label, evidence.is_ocr && t("preview.ocr")].filter(Boolean);
    const pick = () => {
      this.#picked = at;
      this.#draw(now);
    };
    const take = now.cell.status === "conflicting" && this.#picked === at && button(t("cell.take"), { small: true, onclick: () => tell(this, "take-value", { value: value.value }) });
    return h(
      "div",
      { class: "cell-value", "aria-current": this.#picked === at ? "true" : null },
      h("button", { type: "button", class: "value-press", onclick: pick }, h("b", { class: "tabular" }, value.display), value.qualifier && h("span", { class: "helper" }, value.qualifier)),
      h("span", { class: "helper" }, where.join(" · ")),
      take || null,
    );
  }

  async #show({ job, item, cell }) {
    const value = cell.values[this.#picked];
    const asked = (this.#asked += 1);
    const name = h("div", { class: "source-head" }, h("b", {}, item.file.file_name), h("a", { class: "link-button", href: fileAddress(job, item.item_id), download: "" }, icon("download", 14), t("cell.file")));
    if (!value) return this.#page.replaceChildren(name, h("p", { class: "helper" }, t("cell.no_place")));
    try {
      const { blocks, at } = await blocksAround(job, item.item_id, value.evidence);
      if (asked !== this.#asked) return;
      const writer = new BlockWriter();
      const drawn = blocks.map((block) => writer.write(block));
      const page = h("div", { class: "article blocks paper-page", lang: "ko" }, drawn);
      this.#page.replaceChildren(name, page);
      const mark = at < 0 ? null : markQuote(placeIn(drawn[at].at(-1), blocks[at], value.evidence), value.evidence.quote);
      if (mark) this.#page.scrollTop = mark.offsetTop - this.#page.clientHeight / 3;
      else page.prepend(h("p", { class: "wa" }, t("cell.not_found_any_more")));
    } catch (error) {
      if (asked === this.#asked) this.#page.replaceChildren(name, h("p", { class: "helper" }, error.detail ?? t("error.http")));
    }
  }
}
customElements.define("cell-pane", CellPane);
