// One row of a table: a box to pick it, its cells, or one text across the rest of them.
import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

function pickBox(name, isPicked) {
  const box = h("input", { type: "checkbox", tabindex: "-1", "aria-label": t("table.pick", { name }) });
  box.checked = isPicked;
  return h("td", { class: "of-pick" }, h("label", {}, box));
}

function pickAll(count, picked, onpick) {
  const box = h("input", { type: "checkbox", "aria-label": t("table.pick_all"), onchange: () => onpick(box.checked) });
  box.checked = count > 0 && picked === count;
  box.indeterminate = picked > 0 && picked < count;
  return h("th", { scope: "col", class: "of-pick" }, h("label", {}, box));
}

function headCell(column, direction, onsort) {
  const next = direction === "ascending" ? "descending" : "ascending";
  const symbol = direction && icon(direction === "ascending" ? "arrow-up" : "arrow-down", 14);
  const press = { type: "button", class: "sort", onclick: () => onsort({ key: column.key, direction: next }) };
  const words = [column.label, symbol];
  const props = { scope: "col", class: `of-${column.key} ${column.align ?? ""}`, "aria-sort": direction };
  const cell = h("th", props, column.sortable ? h("button", press, words) : words);
  if (column.width) cell.style.setProperty("width", column.width);
  return cell;
}

/** The head: `sort` is `{key, direction}`; `count` rows of which `picked` are; `onsort`, `onpick` when pressed. */
export function drawHead({ columns, picks }, { sort, count, picked, onsort, onpick }) {
  const cells = columns.map((one) => headCell(one, sort?.key === one.key ? sort.direction : null, onsort));
  return h("tr", { "aria-rowindex": 1 }, picks && pickAll(count, picked, onpick), cells);
}

/** The row of `source`; the cell at `tab` is the one that Tab reaches, -1 for none. */
export function drawRow({ columns, key, name, picks, wide }, source, { at, isPicked, tab }) {
  const across = wide?.(source);
  const from = across ? columns.findIndex((one) => one.key === across.from) : columns.length;
  const cells = columns.slice(0, from).map((column, i) => {
    const props = { class: `of-${column.key} ${column.align ?? ""}`, tabindex: i === tab ? 0 : -1 };
    const head = { ...props, scope: i ? null : "row", role: i ? "gridcell" : "rowheader" };
    return h(i ? "td" : "th", { ...head, "data-column": column.key }, column.cell(source));
  });
  if (across) {
    const props = { class: "across", role: "gridcell", colspan: columns.length - from };
    cells.push(h("td", { ...props, tabindex: tab >= from ? 0 : -1, "data-column": across.from }, across.nodes));
  }
  return h(
    "tr",
    {
      "data-row": String(key(source)),
      "data-at": at,
      "aria-rowindex": at + 2,
      class: isPicked ? "selected" : null,
      "aria-selected": picks ? String(isPicked) : null,
    },
    picks && pickBox(name(source), isPicked),
    cells,
  );
}

/** The rows of a table by id; what was drawn of a row is used again while nothing of it has changed. */
export class Rows {
  setting = { columns: [], key: (row) => row.id, name: (row) => row.id, label: "" };
  all = [];
  #drawn = new Map();

  forget() {
    this.#drawn.clear();
  }

  id(at) {
    return String(this.setting.key(this.all[at]));
  }

  get ids() {
    return this.all.map((_, at) => this.id(at));
  }

  /** The elements of the rows [first, last); `tab` is the place that the Tab key reaches. */
  draw([first, last], picks, tab) {
    const now = new Map();
    for (let at = first; at < last; at += 1) now.set(this.id(at), this.#row(at, picks, tab));
    this.#drawn = now;
    return [...now.values()].map((one) => one.row);
  }

  #row(at, picks, { row, column }) {
    const [id, source] = [this.id(at), this.all[at]];
    const look = { at, isPicked: picks.has(id), tab: row === at ? column : -1 };
    const known = this.#drawn.get(id);
    const same = known?.source === source && Object.keys(look).every((name) => known[name] === look[name]);
    return same ? known : { ...look, source, row: drawRow(this.setting, source, look) };
  }
}
