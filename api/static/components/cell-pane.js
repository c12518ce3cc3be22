// One cell: what was found and where, the place in the file, why, and what a person makes of it.
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { fileOf } from "../lib/jobs.js";
import { confirmButton, rowNotes } from "./row-parts.js";
import "./source-page.js";
import { badge } from "./state-badge.js";

const STATES = {
  found: ["ok", "check"],
  inferred: ["warn", "circle-help"],
  not_stated: ["plain", null],
  conflicting: ["danger", "git-compare-arrows"],
};

/** Whether a person has still to say which value holds. */
const isOpen = (cell) => !cell.correction && ["conflicting", "inferred"].includes(cell.status);

class CellPane extends HTMLElement {
  #body = h("div", { class: "cell-body" });
  #page = h("source-page");
  #foot = h("div", { class: "pane-foot" });
  #shown = "";
  #picked = 0;

  connectedCallback() {
    if (!this.firstElementChild) this.append(h("div", { class: "pane-body" }, this.#body, this.#page), this.#foot);
  }

  /** `{job, item, column}`: the job's id, the whole row, the column; item null while it is loaded. */
  set content({ job, item, column }) {
    const cell = item?.cells.find((one) => one.column === column.name);
    this.#page.hidden = !item;
    this.#foot.hidden = !cell;
    if (!cell) {
      this.#shown = "";
      if (item) this.#page.place = { file: fileOf(job, item), evidence: null };
      const failure = item?.error && h("p", { class: "note danger" }, icon("circle-x", 16), h("span", {}, item.error.detail));
      this.#body.replaceChildren(item ? failure || h("p", { class: "helper" }, t("cell.nothing_yet")) : skeleton());
      return;
    }
    const key = JSON.stringify([item.item_id, cell, item.confirmation]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#picked = 0;
    this.#draw({ job, item, column, cell });
  }

  #draw(now) {
    const { cell, item } = now;
    const had = this.contains(document.activeElement);
    const state = h(
      "p",
      { class: "cell-state" },
      badge(...STATES[cell.status], t(`cell.${cell.status}`)),
      h("span", { class: "helper" }, cell.reason_text),
    );
    this.#body.replaceChildren(
      ...[cell.correction && this.#corrected(cell.correction), state, this.#values(now)].filter(Boolean),
      ...(cell.note ? [h("p", { class: "helper" }, t("cell.note", { text: cell.note }))] : []),
      ...rowNotes(item),
    );
    this.#drawFoot(now);
    this.#show(now);
    // The button that was pressed may be gone: what comes next has the focus then.
    if (had && !this.contains(document.activeElement)) this.#foot.lastElementChild.focus();
  }

  #corrected({ display, by, at, reason, is_outdated: isOutdated }) {
    const undo = button(t("cell.withdraw"), { small: true, kind: "plain", icon: "rotate-ccw", onclick: () => tell(this, "withdraw-cell") });
    return h(
      "div",
      { class: "cell-corrected" },
      h("p", {}, icon("pencil", 14), h("b", { class: "tabular" }, display || t("cell.not_stated"))),
      h("p", { class: "helper" }, t("cell.corrected", { by, when: formatWhen(at) }), reason && ` · ${reason}`),
      isOutdated && h("p", { class: "wa" }, t("cell.outdated")),
      undo,
    );
  }

  #values(now) {
    const { values } = now.cell;
    if (!values.length) return null;
    const name = `value-${now.item.item_id}-${now.cell.column}`;
    const rows = values.map((value, at) => {
      const { page, label, is_ocr: isOcr } = value.evidence;
      const where = [page && t("page_n", { n: page }), label, isOcr && t("preview.ocr")].filter(Boolean).join(" · ");
      const radio = values.length > 1 && h("input", { type: "radio", name, onchange: () => this.#pick(now, at) });
      if (radio) radio.checked = at === this.#picked;
      const text = [h("b", { class: "tabular" }, value.display), value.qualifier && h("span", { class: "helper" }, value.qualifier)];
      return h("label", { class: "cell-value" }, radio, h("span", { class: "value-text" }, text), h("span", { class: "helper" }, where));
    });
    return h("div", { class: "cell-values", role: "group", "aria-label": t("cell.values") }, rows);
  }

  #pick(now, at) {
    this.#picked = at;
    this.#show(now);
  }

  #drawFoot({ cell, item, column }) {
    const again = button(t("cell.again"), { icon: "refresh-cw", small: true, onclick: () => tell(this, "cell-again") });
    const correct = button(t("cell.correct"), { icon: "pencil", small: true, onclick: () => tell(this, "correct-cell") });
    const take = () => {
      // Of several values that agree all are taken; of two that disagree the chosen one.
      const all = column.many && cell.status !== "conflicting";
      const values = all ? cell.values : [cell.values[this.#picked]];
      tell(this, "take-value", { value: values.map((one) => one.value).join("; ") });
    };
    const decide = isOpen(cell) && cell.values.length
      ? button(t("cell.take"), { icon: "check", kind: "filled", small: true, onclick: take })
      : confirmButton(this, item);
    this.#foot.replaceChildren(correct, again, h("span", { class: "grow" }), decide);
  }

  #show({ job, item, cell }) {
    this.#page.place = { file: fileOf(job, item), evidence: cell.values[this.#picked]?.evidence ?? null };
  }
}
customElements.define("cell-pane", CellPane);
