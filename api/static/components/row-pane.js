// One file of a table: its summary, its papers, what is to be looked at, and where each stands.
import { h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { fileOf } from "../lib/jobs.js";
import { confirmButton, rowNotes } from "./row-parts.js";
import "./source-page.js";

const PAPERS = { present: ["check", "ok"], missing: ["circle-x", "da"], not_mentioned: ["circle-help", "wa"] };
const DOUBTFUL = ["conflicting", "inferred"];

class RowPane extends HTMLElement {
  #body = h("div", { class: "row-body" });
  #page = h("source-page", { hidden: true });
  #foot = h("div", { class: "pane-foot" });
  #shown = "";

  connectedCallback() {
    if (!this.firstElementChild) this.append(h("div", { class: "pane-body" }, this.#body, this.#page), this.#foot);
  }

  /** `{job, item, table}`: the job's id, the whole row, the table; item null while it is loaded. */
  set content({ job, item, table }) {
    this.#foot.hidden = !item;
    const key = JSON.stringify(item);
    if (key === this.#shown) return;
    this.#shown = key;
    if (!item) return this.#body.replaceChildren(skeleton());
    const open = (evidence) => () => {
      this.#page.hidden = false;
      this.#page.place = { file: fileOf(job, item), evidence };
    };
    const had = this.#foot.contains(document.activeElement);
    this.#page.hidden = true;
    this.#body.replaceChildren(
      ...rowNotes(item),
      ...this.#summary(item, open),
      ...this.#doubts(item, table),
      ...this.#papers(item, open),
    );
    this.#foot.replaceChildren(h("span", { class: "helper" }, item.file.file_name), h("span", { class: "grow" }), confirmButton(this, item));
    if (had) this.#foot.lastElementChild.focus();
  }

  #summary(item, open) {
    if (!item.summary.length) return [];
    const line = ({ text, quote, status }) => {
      const mark = status === "unsupported" && h("span", { class: "wa" }, ` ${t("row.unsupported")}`);
      return h("li", {}, quote ? h("button", { type: "button", class: "row-line", onclick: open({ quote }) }, text) : text, mark);
    };
    return [h("h3", {}, t("row.summary")), h("ul", { class: "row-summary" }, item.summary.map(line))];
  }

  #doubts(item, table) {
    const doubtful = item.cells.filter((cell) => (DOUBTFUL.includes(cell.status) && !cell.is_corrected) || cell.is_outdated);
    if (!doubtful.length) return [];
    const label = (name) => table.columns.find((one) => one.name === name)?.label ?? name;
    const row = (cell) =>
      h(
        "li",
        {},
        h("button", { type: "button", class: "row-line", onclick: () => tell(this, "cell-open", { id: item.item_id, key: cell.column }) }, label(cell.column)),
        h("span", { class: cell.status === "conflicting" ? "da" : "helper" }, cell.display),
      );
    return [h("h3", {}, t("row.doubts", { n: doubtful.length })), h("ul", { class: "row-facts" }, doubtful.map(row))];
  }

  #papers(item, open) {
    if (!item.papers.length) return [];
    const row = ({ label, presence, need, evidence }) => {
      const [symbol, tone] = presence === "not_mentioned" && need !== "always" ? ["minus", "t3"] : PAPERS[presence];
      const name = evidence ? h("button", { type: "button", class: "row-line", onclick: open(evidence) }, label) : label;
      return h("li", {}, h("span", {}, icon(symbol, 14, tone), " ", name), h("span", { class: "helper" }, t(`paper.${presence}`)));
    };
    return [h("h3", {}, t("sheet.papers")), h("ul", { class: "row-facts" }, item.papers.map(row))];
  }
}
customElements.define("row-pane", RowPane);
