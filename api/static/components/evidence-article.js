// A section as the evidence pane shows it: state, law, path, dates, warnings, text with the span.
import { button, h, tell } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { renderSection } from "../lib/passage.js";
import { locate } from "../lib/text.js";
import { note } from "./page-note.js";
import { badge, standingBadge } from "./state-badge.js";

const article = (section, span = null) =>
  h("div", { class: "article", lang: "ko" }, renderSection(section, "h4", span));

class EvidenceArticle extends HTMLElement {
  /** `section` as read from the server; `citation` (or null) tells the span. */
  set content({ section, citation }) {
    const span = citation ? locate(section.text, citation) : null;
    const path = [...section.path, section.label].filter((part) => part && part !== section.title);
    this.replaceChildren(
      this.#badges(section),
      h("h3", { class: "pane-title", lang: "ko" }, section.title),
      h("p", { class: "pane-path", lang: "ko" }, path.join(" › ")),
      this.#facts(section),
      ...this.#warnings(section, citation !== null && span === null),
      article(section, span),
      ...this.#more(section),
    );
  }

  #badges({ standing, kind_label: kind, grade }) {
    return h(
      "div",
      { class: "badges" },
      standingBadge(standing, t),
      kind && badge("plain", null, kind),
      grade && badge("line", null, t("grade", { grade })),
    );
  }

  #facts(section) {
    const facts = [
      ["effective", formatDate(section.effective_from)],
      ["promulgated", formatDate(section.promulgated_on)],
      ["publisher", section.publisher],
      ["page", section.page && t("page_n", { n: section.page })],
    ].filter(([, value]) => value);
    const rows = facts.map(([name, value]) => [h("dt", {}, t(`evidence.${name}`)), h("dd", {}, value)]);
    return h("dl", { class: "facts", hidden: !rows.length }, rows);
  }

  #warnings({ standing, current, version_number: number, is_ocr: ocr }, lost) {
    const notes = [];
    const warn = (title, text) => notes.push(note({ tone: "warn", symbol: "history", title, text }));
    if (!current) warn(t("evidence.old_version", { n: number }), t("evidence.old_version.text"));
    else if (standing !== "in_force") warn(t(`standing.${standing}.title`), t(`standing.${standing}.text`));
    if (ocr) {
      const [title, text] = [t("preview.ocr"), t("status.unchecked.long")];
      notes.push(note({ tone: "warn", symbol: "scan-text", title, text }));
    }
    if (lost) notes.push(note({ tone: "warn", text: t("evidence.no_span") }));
    return notes;
  }

  #more({ next_ordinal: next }) {
    if (next === null || next === undefined) return [];
    const load = () => tell(this, "load-following", { holder: this });
    return [
      h("div", { class: "following" }, button(t("evidence.following"), { small: true, onclick: load })),
    ];
  }

  /** Show the sections that follow, on request. */
  set following(sections) {
    const holder = this.querySelector(".following");
    holder.replaceChildren(...sections.map((section) => article(section)));
    holder.querySelector("h4")?.focus({ preventScroll: true });
  }
}
customElements.define("evidence-article", EvidenceArticle);
