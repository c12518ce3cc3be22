// The record of a pilot: every value with its place and source; a press corrects it.
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { sectionOf, valueAt } from "../lib/places.js";

const SECTIONS = [
  ...["title", "institution", "supplier", "product", "plan", "items", "measurements", "surveys", "gradings"],
  ...["effect_results", "stages", "changes", "committee", "growth", "purchases", "events", "care", "judge_scores"],
];

function words(value) {
  if (value === true) return t("record.yes");
  if (value === false) return t("record.no");
  if (value === null || value === undefined || value === "") return t("figure.none");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

class PilotRecord extends HTMLElement {
  /** The pilot as the server gives it. */
  set content({ record, labels }) {
    const bySection = new Map();
    for (const [place, label] of Object.entries(labels)) {
      const section = sectionOf(place);
      if (!bySection.has(section)) bySection.set(section, []);
      bySection.get(section).push({ place, label, value: valueAt(record, place), source: record.sources?.[place] });
    }
    const names = [...bySection.keys()].sort((a, b) => this.#order(a) - this.#order(b));
    const open = new Set([...this.querySelectorAll("details")].filter((one) => !one.open).map((one) => one.dataset.section));
    this.replaceChildren(
      ...names.map((section) => this.#section(section, bySection.get(section), !open.has(section))),
    );
  }

  #order(section) {
    const at = SECTIONS.indexOf(section);
    return at < 0 ? SECTIONS.length : at;
  }

  #section(section, rows, isOpen) {
    const list = rows.map(({ place, label, value, source }) => {
      const edit = () => tell(this, "edit-value", { place, label, value });
      const name = `v:${place}`;
      const open = () => tell(this, "open-source", { name });
      const found =
        source?.document_id &&
        h("button", { type: "button", class: "source-press", "data-source": name, onclick: open, title: source.quote }, icon("file-text", 14), h("span", {}, `${source.file_name} · ${source.where}`));
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, label),
        h("td", {}, h("button", { type: "button", class: "value-press", onclick: edit }, words(value))),
        h("td", { class: "value-source" }, found || h("span", { class: "t3" }, t("record.by_hand"))),
      );
    });
    const title = t(`record.${section}`);
    return h(
      "details",
      { class: "card record-section", open: isOpen, "data-section": section },
      h("summary", {}, h("h2", {}, title), h("span", { class: "helper" }, t("record.values", { n: rows.length }))),
      h("table", { class: "record-table" }, h("caption", { class: "visually-hidden" }, title), h("tbody", {}, list)),
    );
  }
}
customElements.define("pilot-record", PilotRecord);
