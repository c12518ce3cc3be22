// Beside the table: one cell, one row, or the aids to the selection, with the way to the next and out.
import { h, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./cell-pane.js";
import "./job-aids.js";
import { nameOf } from "./job-columns.js";
import "./row-pane.js";
import "./sheet-handle.js";

class JobPane extends HTMLElement {
  #above = h("p", { class: "helper" });
  #title = h("h2", { id: "job-pane-title", tabindex: "-1" });
  #walk = [[-1, "up"], [1, "down"]].map(([step, way]) =>
    iconButton(t(`cell.${way}`), `chevron-${way}`, { onclick: () => tell(this, "walk-cell", { step }) }),
  );
  #views = { cell: h("cell-pane"), row: h("row-pane"), aids: h("job-aids") };
  #holder = h("div", { class: "job-pane-view" });
  #asked = 0;

  connectedCallback() {
    if (this.firstElementChild) return;
    const close = iconButton(t("close"), "x", { onclick: () => tell(this, "close-pane") });
    const name = h("div", { class: "pane-name" }, this.#above, this.#title);
    const head = h("div", { class: "pane-head" }, name, h("div", { class: "actions" }, this.#walk, close));
    this.append(h("aside", { class: "pane", "aria-labelledby": "job-pane-title" }, h("sheet-handle"), head, this.#holder));
  }

  /** Focus the title: a second Enter on a cell moves here. */
  enter() {
    this.#title.focus();
  }

  #show(view, above, title) {
    this.#above.textContent = above;
    this.#title.textContent = title;
    for (const one of this.#walk) one.hidden = view === this.#views.aids;
    if (view.parentElement !== this.#holder) this.#holder.replaceChildren(view);
  }

  /** Show a cell by row id and column name, a row where there is no such column; `next` are read ahead. */
  async follow(desk, [id, name], next) {
    const row = desk.sheet.row(id);
    if (!row) return;
    const asked = (this.#asked += 1);
    this.#draw(desk.sheet.job, row, name, desk.lately(row));
    const item = await desk.item(row);
    if (asked !== this.#asked) return;
    if (item) this.#draw(desk.sheet.job, row, name, item);
    desk.readAhead(next);
  }

  #draw({ job_id: job, table }, row, name, item) {
    const column = table.columns.find((one) => one.name === name);
    const [product, firm] = nameOf(row);
    if (column) {
      this.#show(this.#views.cell, [firm, product].filter(Boolean).join(" · "), column.label);
      this.#views.cell.content = { job, item, column };
    } else {
      this.#show(this.#views.row, firm, product);
      this.#views.row.content = { job, item, table };
    }
  }

  /** The job for whose rows the aids are shown. */
  set aids(sheet) {
    this.#asked += 1;
    this.#show(this.#views.aids, sheet.job.title, t("aids.title"));
    this.#views.aids.sheet = sheet;
  }
}
customElements.define("job-pane", JobPane);
