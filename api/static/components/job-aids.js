// Aids to the selection: likely duplicates, limits, papers, groups, counts; found by code, decided by people.
import { button, h, skeleton, tell } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { aids } from "../lib/jobs.js";
import { errorState } from "./error-state.js";
import { nameOf } from "./job-columns.js";

const STATUSES = ["found", "inferred", "not_stated", "conflicting"];

class JobAids extends HTMLElement {
  #body = h("div", { class: "pane-body" });
  #sheet = null;
  #of = "";

  connectedCallback() {
    if (this.firstElementChild) return;
    const report = button(t("aids.report"), { icon: "file-text", kind: "filled", small: true, onclick: () => tell(this, "make-report") });
    this.append(this.#body, h("div", { class: "pane-foot" }, h("span", { class: "helper" }, t("aids.report.text")), report));
  }

  /** The job with its rows; looked at anew when something of the job has changed. */
  set sheet(sheet) {
    // While files are being read each of them would ask for all of it anew.
    const of = `${sheet.id} ${sheet.job.state === "running" ? "" : sheet.job.changed}`;
    if (of === this.#of) return;
    const isSame = this.#sheet === sheet && this.#of.startsWith(`${sheet.id} `);
    this.#sheet = sheet;
    this.#of = of;
    this.#read(isSame);
  }

  async #read(isSame) {
    const of = this.#of;
    if (!isSame) this.#body.replaceChildren(skeleton());
    try {
      const found = await aids(this.#sheet.id);
      if (of === this.#of) this.#draw(found);
    } catch (error) {
      this.#body.replaceChildren(errorState({ title: t("aids.failed"), error, retry: () => this.#read(false) }));
    }
  }

  #draw(found) {
    const [sure, open] = [found.limits.filter((one) => one.is_known), found.limits.filter((one) => !one.is_known)];
    this.#body.replaceChildren(
      h("p", { class: "helper" }, t("aids.text", { n: found.row_count, day: formatDate(found.on) })),
      this.#section(t("aids.duplicates"), found.duplicates.map((one) => this.#pair(one))),
      this.#section(t("aids.limits"), sure.map((one) => this.#limit(one))),
      this.#section(t("aids.limits_open"), open.map((one) => this.#limit(one)), false),
      this.#section(t("aids.papers"), found.missing_papers.filter((one) => one.missing.length).map((one) => this.#lack(one))),
      this.#section(t("aids.groups"), found.groups.map((one) => this.#group(one)), false),
      this.#counts(found.counts),
    );
  }

  #section(title, rows, isOpen = true) {
    const head = h("summary", {}, h("h3", {}, title), h("span", { class: "helper tabular" }, rows.length));
    return h("details", { class: "aid", open: isOpen && rows.length > 0 }, head, rows.length ? h("ul", {}, rows) : h("p", { class: "helper" }, t("aids.none")));
  }

  #name(id, column = "#name") {
    const row = this.#sheet.row(id);
    const text = row ? `${row.position + 1}. ${nameOf(row).filter(Boolean).join(" · ")}` : id;
    return h("button", { type: "button", class: "row-line", onclick: () => tell(this, "show-row", { id, column }) }, text);
  }

  #only(ids) {
    return h("button", { type: "button", class: "link-button", onclick: () => tell(this, "filter", { only: ids.join("."), chip: "", query: "" }) }, t("aids.only", { n: ids.length }));
  }

  #pair({ first, second, reasons }) {
    const why = reasons.map(({ text }) => h("li", { class: "helper" }, text));
    return h("li", {}, this.#name(first), this.#name(second), h("ul", {}, why), this.#only([first, second]));
  }

  #limit({ item_id: id, column, text, basis }) {
    return h("li", {}, this.#name(id, column), h("span", {}, text), h("span", { class: "helper" }, basis));
  }

  #lack({ item_id: id, missing }) {
    return h("li", {}, this.#name(id, "#papers"), h("span", { class: "wa" }, missing.join(", ")));
  }

  #group({ column_label: column, label, item_ids: ids }) {
    return h("li", { class: "aid-group" }, h("span", {}, h("b", {}, label || t("cell.not_stated")), h("span", { class: "helper" }, ` ${column}`)), this.#only(ids));
  }

  #counts(counts) {
    const head = h("tr", {}, h("th", { scope: "col" }, t("aids.column")), STATUSES.map((name) => h("th", { scope: "col", class: "end" }, t(`cell.${name}`))));
    const rows = counts.map((one) => h("tr", {}, h("th", { scope: "row" }, one.label), STATUSES.map((name) => h("td", { class: "end tabular" }, one[name] || "·"))));
    const table = h("table", { class: "aid-counts" }, h("thead", {}, head), h("tbody", {}, rows));
    return h("details", { class: "aid" }, h("summary", {}, h("h3", {}, t("aids.counts"))), table);
  }
}
customElements.define("job-aids", JobAids);
