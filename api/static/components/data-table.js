// A table of many rows: only those in view are drawn; head and first column stay; one cell has focus.
import { h, tell } from "../lib/dom.js";
import { Picks } from "../lib/picks.js";
import { Rows, drawHead } from "../lib/table-row.js";
import { inView, moved, place, reveal, revealAcross } from "../lib/table.js";

const spacer = () => h("tr", { class: "spacer", role: "presentation" }, h("td", { role: "presentation" }));

class DataTable extends HTMLElement {
  #rows = new Rows();
  #picks = new Picks();
  #at = { row: 0, column: 0 };
  #range = "";
  #body = h("tbody");
  #head = h("thead");
  #above = spacer();
  #below = spacer();
  #table = h("table", { class: "grid", role: "grid" }, this.#head, this.#body);
  #sizes = new ResizeObserver(() => this.#draw());

  connectedCallback() {
    if (!this.firstElementChild) {
      this.append(this.#table);
      this.addEventListener("scroll", () => this.#draw(), { passive: true });
      matchMedia("print").addEventListener("change", () => this.#draw());
      this.#body.addEventListener("keydown", (event) => this.#key(event));
      this.#body.addEventListener("click", (event) => this.#click(event));
    }
    this.#sizes.observe(this);
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
  }

  /**
   * How the table looks: `columns` of `{key, label, width, align, sortable, cell(row)}`, where `cell`
   * gives nodes or text; `key(row)`, `name(row)`; `label` of the table; `picks` for a box in each row;
   * `wide(row)` gives `{from, nodes}` where one text runs across the columns from `from` on.
   */
  set setting(setting) {
    this.#rows.setting = { ...this.#rows.setting, ...setting };
    this.#rows.forget();
    this.#table.setAttribute("aria-label", this.#rows.setting.label);
    this.#refresh();
  }

  /** Rows in their order, and the `{key, direction}` that the head shows; the same object is not drawn anew. */
  set content({ rows, sort = this.sort, picked = this.#picks.ids }) {
    this.#rows.all = rows;
    this.sort = sort;
    this.#picks.keep(picked, new Set(this.#rows.ids));
    this.#at.row = Math.min(this.#at.row, Math.max(rows.length - 1, 0));
    this.#refresh();
  }

  /** The ids of the picked rows. */
  get picked() {
    return this.#picks.ids;
  }

  /** Put the focus on a cell by row id and column key, scrolled into view; false when the row is not there. */
  focusCell(id, key = null) {
    const row = this.#rows.ids.indexOf(String(id));
    const column = this.#rows.setting.columns.findIndex((one) => one.key === key);
    if (row >= 0) this.#move({ row, column: Math.max(column, 0) });
    return row >= 0;
  }

  get #rowHeight() {
    return parseFloat(getComputedStyle(this).getPropertyValue("--row-px")) || 48;
  }

  #refresh() {
    const head = drawHead(this.#rows.setting, {
      ...{ sort: this.sort, count: this.#rows.all.length, picked: this.#picks.size },
      onsort: (sort) => tell(this, "sort", sort),
      onpick: (on) => this.#pick(() => this.#picks.every(this.#rows.ids, on)),
    });
    this.#head.replaceChildren(head);
    this.#table.setAttribute("aria-rowcount", this.#rows.all.length + 1);
    this.#range = "";
    this.#draw();
  }

  #draw() {
    const [rowHeight, count] = [this.#rowHeight, this.#rows.all.length];
    const [first, last] = inView({ top: this.scrollTop, height: this.clientHeight, rowHeight, count });
    const range = `${first} ${last} ${rowHeight}`;
    if (range === this.#range) return;
    this.#range = range;
    const had = this.#body.contains(document.activeElement);
    // Tab must reach a cell that is drawn, also when a person has scrolled away from the last one.
    if (last > first) this.#at.row = Math.min(Math.max(this.#at.row, first), last - 1);
    const rows = this.#rows.draw([first, last], this.#picks, this.#at);
    this.#above.firstChild.style.setProperty("height", `${first * rowHeight}px`);
    this.#below.firstChild.style.setProperty("height", `${(count - last) * rowHeight}px`);
    place(this.#body, [this.#above, ...rows, this.#below]);
    if (had && !this.#body.contains(document.activeElement)) this.#cell?.focus({ preventScroll: true });
  }

  get #cell() {
    return this.#body.querySelector("[tabindex='0']");
  }

  get #where() {
    return { id: this.#rows.id(this.#at.row), key: this.#rows.setting.columns[this.#at.column]?.key };
  }

  #move(to) {
    this.#at = to;
    reveal(this, to.row, this.#rowHeight, this.#head.offsetHeight);
    this.#range = "";
    this.#draw();
    this.#cell?.focus({ preventScroll: true });
    revealAcross(this, this.#cell);
    tell(this, "cell-move", this.#where);
  }

  #key(event) {
    if (event.target !== this.#cell) return;
    const next = moved(this.#at, event, { rows: this.#rows.all.length, columns: this.#rows.setting.columns.length });
    if (next) this.#move(next);
    else if (event.key === "Enter") tell(this, "cell-open", { ...this.#where, confirm: event.ctrlKey });
    else if (event.key === "F2") tell(this, "cell-edit", this.#where);
    else if (event.key === " " && this.#rows.setting.picks) this.#turn(this.#at.row, event.shiftKey);
    else return;
    event.preventDefault();
  }

  #click(event) {
    const [row, cell] = [event.target.closest("tr[data-row]"), event.target.closest("[data-column]")];
    if (row && event.target.matches(".of-pick input")) this.#turn(Number(row.dataset.at), event.shiftKey);
    if (!row || !cell || event.target.closest("a, button, input, label")) return;
    const column = this.#rows.setting.columns.findIndex((one) => one.key === cell.dataset.column);
    this.#move({ row: Number(row.dataset.at), column });
    tell(this, "cell-open", this.#where);
  }

  #turn(at, isRange) {
    this.#pick(() => this.#picks.turn(this.#rows.ids, at, isRange));
  }

  #pick(change) {
    change();
    this.#refresh();
    tell(this, "pick", { ids: [...this.#picks.ids] });
  }
}
customElements.define("data-table", DataTable);
