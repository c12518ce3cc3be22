// What a question may draw on: collections, reference date, grades.
import { button, h, tell } from "../lib/dom.js";
import { formatDate, today } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { loadScope, saveScope } from "../lib/scope.js";
import "./scope-chip.js";

class ScopeBar extends HTMLElement {
  #scope = loadScope();
  #collections = [];
  #chips = {};

  connectedCallback() {
    if (this.#chips.date) return;
    const chip = (symbol, name, fields) => h("scope-chip", { ".content": { symbol, name, fields } });
    this.#chips = {
      collections: chip("library", t("scope.collections"), () => this.#collectionFields()),
      date: chip("calendar", t("scope.date"), () => this.#dateFields()),
      grades: chip("shield-check", t("scope.grades"), () => this.#gradeFields()),
    };
    this.append(...Object.values(this.#chips));
    this.addEventListener("scope-input", (event) => this.#read(event.target));
    this.#show();
  }

  get scope() {
    return this.#scope;
  }

  set collections(collections) {
    this.#collections = collections;
    const known = new Set(collections.map((collection) => collection.collection_id));
    this.#change({ collection_ids: this.#scope.collection_ids.filter((id) => known.has(id)) });
  }

  /** Open the first chip, to widen a search that found nothing. */
  open() {
    this.#chips.collections.open();
  }

  #collectionFields() {
    const box = (value, label, checked) =>
      h("label", { class: "check" }, h("input", { type: "checkbox", value, checked }), h("span", {}, label));
    const chosen = this.#scope.collection_ids;
    return [
      box("", t("scope.all"), chosen.length === 0),
      ...this.#collections.map(({ collection_id: id, name, document_count: count }) =>
        box(id, `${name} (${count})`, chosen.includes(id)),
      ),
    ];
  }

  #dateFields() {
    const field = h("input", {
      type: "date",
      class: "input",
      "aria-label": t("scope.date"),
      value: this.#scope.reference_date || today(),
      min: "1948-07-17",
      max: "2099-12-31",
    });
    const reset = button(t("scope.today"), {
      small: true,
      onclick: () => {
        this.#change({ reference_date: "" });
        this.#chips.date.close();
      },
    });
    return [field, h("p", { class: "helper" }, t("scope.date.help")), reset];
  }

  #gradeFields() {
    const radio = (value, label) =>
      h(
        "label",
        { class: "check" },
        h("input", { type: "radio", name: "grades", value, checked: this.#scope.grades.join("") === value }),
        h("span", {}, label),
      );
    return [
      radio("OS", t("scope.grade.OS")),
      radio("O", t("scope.grade.O")),
      h("p", { class: "helper" }, t("scope.grade.help")),
    ];
  }

  #read(chip) {
    if (chip === this.#chips.collections) this.#readCollections(chip);
    else if (chip === this.#chips.date) {
      const { value, validity } = chip.querySelector("input");
      if (validity.valid) this.#change({ reference_date: value === today() ? "" : value });
    } else this.#change({ grades: [...chip.querySelector("input:checked").value] });
  }

  #readCollections(chip) {
    const [all, ...boxes] = chip.querySelectorAll("input");
    // 자료 전체 and single collections exclude each other; the box touched last wins.
    if (all.checked && (document.activeElement === all || !boxes.some((box) => box.checked)))
      for (const box of boxes) box.checked = false;
    else all.checked = false;
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (!chosen.length) all.checked = true;
    this.#change({ collection_ids: chosen });
  }

  #change(change) {
    this.#scope = { ...this.#scope, ...change };
    saveScope(this.#scope);
    this.#show();
    tell(this, "scope-changed", this.#scope);
  }

  #show() {
    if (!this.#chips.date) return;
    const { collection_ids: chosen, reference_date: date, grades } = this.#scope;
    const first = this.#collections.find((collection) => collection.collection_id === chosen[0])?.name ?? "";
    const some = chosen.length > 1 ? t("scope.some", { name: first, n: chosen.length - 1 }) : first;
    this.#chips.collections.value = { text: chosen.length ? some : t("scope.all"), on: chosen.length > 0 };
    this.#chips.date.value = {
      text: date ? t("scope.on", { date: formatDate(date) }) : t("scope.today"),
      on: date !== "",
    };
    this.#chips.grades.value = { text: t(`scope.grade.${grades.join("")}`), on: grades.length === 1 };
  }
}
customElements.define("scope-bar", ScopeBar);
