// The performance checklist: target, result, bar against the target, met or not, source of the value.
import { h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";
import "./target-bar.js";

const MET = { true: ["ok", "check", "met_word"], false: ["danger", "x", "unmet"], null: ["plain", null, "unmeasured"] };

class PilotChecklist extends HTMLElement {
  /** `fulfilment` of the figures, `sourceOf(place)` the source of a value with its own `place`, or nothing. */
  set content({ fulfilment, sourceOf }) {
    const { items, met, rate } = fulfilment;
    const made = h("span", { class: "badge" }, icon("calculator", 14), h("span", {}, t("kind.computed")));
    const sum = h("p", { class: "helper" }, t("checklist.met", { met, total: items.length }), " · ", h("b", {}, rate.text));
    const head = h("div", { class: "card-head" }, h("h2", {}, t("checklist.title"), made), sum);
    if (!items.length) {
      const none = h("p", { class: "card-empty" }, t("checklist.none"));
      return this.replaceChildren(head, none);
    }
    const names = ["number", "item", "target", "result", "ratio", "state", "source"];
    const heads = names.map((name) => h("th", { scope: "col", class: `is-${name}` }, t(`checklist.${name}`)));
    const rows = items.map((item) => this.#row(item, sourceOf(item.place)));
    const table = h("table", { class: "checklist" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows));
    this.replaceChildren(head, h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": t("checklist.title") }, table));
  }

  #row(item, source) {
    const ratio = item.ratio === null ? null : Number(item.ratio) / 100;
    const [tone, symbol, word] = MET[String(item.is_met)];
    const name = source && `v:${source.place}`;
    const open = () => tell(this, "open-source", { name });
    const words = item.value === null ? "–" : t("checklist.by_hand");
    const where = source?.document_id
      ? h("button", { type: "button", class: "link-button", "data-source": name, onclick: open, title: source.quote }, source.where)
      : h("span", { class: "t3" }, words);
    const samples = item.sample_size ? h("span", { class: "due-date tabular" }, `n=${item.sample_size}`) : null;
    const needed = item.is_required && h("span", { class: "helper" }, ` ${t("checklist.required")}`);
    return h(
      "tr",
      {},
      h("td", { class: "is-number tabular" }, String(item.number)),
      h("th", { scope: "row" }, item.name, needed),
      h("td", { class: "is-target tabular" }, item.target_text),
      h("td", { class: "is-result tabular" }, h("b", {}, item.value_text)),
      h("td", { class: "is-ratio", title: item.working || null }, h("target-bar", { ".result": { ratio, met: item.is_met } })),
      h("td", { class: "is-state" }, badge(tone, symbol, t(`checklist.${word}`))),
      h("td", { class: "is-source" }, where, samples),
    );
  }
}
customElements.define("pilot-checklist", PilotChecklist);
