// The head of a case: where it came from, its kind with the deciding words, its clock, letters.
import { button, h, icon, iconButton, tell } from "../lib/dom.js";
import { dueWords } from "../lib/due.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { popup } from "../lib/popup.js";
import { choice } from "./case-dialogs.js";
import { clockWorking } from "./clock-working.js";

const KINDS = ["query_law", "query_procedure", "suggestion", "other", "grievance", "statutory", "proposal", "disclosure"];

function chip(symbol, text, tone, fill) {
  const opener = h("button", { type: "button", class: `chip ${tone}` }, icon(symbol, 16), text, icon("chevron-down", 14));
  const panel = h("div", { class: "menu form-menu case-menu", role: "group", "aria-label": text });
  popup(opener, panel, { onopen: () => panel.replaceChildren(...fill()) });
  return h("span", { class: "chip-place" }, opener, panel);
}

class CaseHeader extends HTMLElement {
  /** The case and its clock. */
  set content({ view, clock }) {
    const facts = [view.number, t(`channel.${view.channel}`), t("case.received", { date: formatDate(view.received_at) })];
    const back = iconButton(t("case.back"), "arrow-left", { onclick: () => tell(this, "close-case") });
    const words = dueWords(view.due);
    const due = [words.text, words.date].filter(Boolean).join(" · ");
    const actions = [
      chip("tags", t(`kind.${view.kind}`), view.kind_by ? "on" : "", () => this.#kind(view)),
      chip("calendar-clock", due, words.tone, () => this.#clock(view, clock)),
      button(t("case.write"), { icon: "sparkles", kind: "filled", onclick: () => tell(this, "write-letter") }),
    ];
    const title = h(
      "div",
      { class: "case-name" },
      h("p", { class: "helper" }, [t("area.complaints"), ...facts.filter(Boolean)].join(" · ")),
      h("h1", {}, view.title || t("queue.untitled")),
    );
    this.replaceChildren(h("header", { class: "page-header with-line" }, back, title, h("div", { class: "actions" }, actions)));
  }

  #kind(view) {
    const pick = choice("kind", KINDS, (value) => t(`kind.${value}`), view.kind);
    pick.addEventListener("change", () => tell(this, "change-case", { kind: pick.value }));
    const period = h("input", { class: "input", type: "number", min: 1, max: 400, "aria-label": t("case.period") });
    const keep = () => period.value && tell(this, "change-case", { period: { number: Number(period.value) } });
    const signs = view.guess.signs.map((one) => h("li", {}, h("q", {}, one.text), h("span", { class: "helper" }, ` ${one.reason}`)));
    const others = view.guess.alternatives.map((one) => h("li", {}, t(`kind.${one.kind}`), h("span", { class: "helper" }, ` ${Math.round(one.share * 100)}%`)));
    return [
      h("label", { class: "field" }, t("queue.kind"), pick),
      view.kind === "statutory" && h("label", { class: "field" }, t("case.period"), period),
      view.kind === "statutory" && button(t("case.period.keep"), { small: true, onclick: keep }),
      h("p", { class: "menu-title" }, t("case.signs")),
      h("ul", { class: "signs" }, signs.length ? signs : h("li", { class: "helper" }, t("case.no_signs"))),
      others.length > 0 && h("p", { class: "menu-title" }, t("case.alternatives")),
      others.length > 0 && h("ul", { class: "signs" }, others),
    ].filter(Boolean);
  }

  #clock(view, clock) {
    const events = view.events.map((one) =>
      h(
        "li",
        {},
        h("span", {}, `${formatDate(one.at)} ${t(`event.${one.type}`)}`, one.by && h("span", { class: "helper" }, ` ${one.by}`)),
        button(t("event.withdraw"), { small: true, kind: "plain", onclick: () => tell(this, "withdraw-event", { id: one.event_id }) }),
      ),
    );
    return [
      ...clockWorking(clock),
      events.length > 0 && h("h3", {}, t("case.events")),
      events.length > 0 && h("ul", { class: "events" }, events),
      button(t("event.title"), { icon: "plus", small: true, onclick: () => tell(this, "record-event") }),
    ].filter(Boolean);
  }
}
customElements.define("case-header", CaseHeader);
