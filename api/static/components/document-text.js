// What was read of a document, section by section, a part at a time.
import * as api from "../lib/api.js";
import { button, h, icon, skeleton } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { renderSection } from "../lib/passage.js";
import "./empty-state.js";
import { errorState } from "./error-state.js";
import { note } from "./page-note.js";

const PART = 40;

class DocumentText extends HTMLElement {
  #id = "";
  #title = "";
  #shown = 0;
  #end = h("div");

  /** The document whose text is shown. */
  set document(document) {
    const { document_id: id, title, state, warnings, error } = document;
    this.#id = id;
    this.#title = title;
    this.#shown = 0;
    if (state === "failed") {
      this.replaceChildren(note({ tone: "danger", title: t("state.failed"), text: error?.detail ?? "" }));
      return;
    }
    const doubts = warnings.map(({ text }) => note({ tone: "warn", text }));
    this.replaceChildren(this.#summary(document), ...doubts, this.#end);
    this.#end.replaceChildren(skeleton());
    this.#read();
  }

  #summary({ state, warnings, page_count: pages, table_count: tables, chunk_count: chunks }) {
    const counts = Object.entries({ pages, tables, chunks }).filter(([, n]) => n);
    const words = counts.map(([name, n]) => t(`document.${name}`, { n: formatNumber(n) })).join(" · ");
    const doubtful = warnings.length > 0;
    const verdict = h(
      "span",
      { class: doubtful ? "verdict wa" : "verdict ok" },
      icon(doubtful ? "triangle-alert" : "check", 14),
      doubtful ? t("document.warnings", { n: warnings.length }) : t("document.all_read"),
    );
    const isRead = state === "ready" || state === "searchable";
    return h("p", { class: "read-line helper" }, words, isRead && verdict);
  }

  async #read() {
    const id = this.#id;
    try {
      const { sections, total } = await api.preview(id, { offset: this.#shown, limit: PART });
      if (id !== this.#id) return;
      this.#end.before(...sections.map((section) => this.#section(section)));
      this.#shown += sections.length;
      this.#end.replaceChildren(...this.#after(total, sections.length));
    } catch (error) {
      if (id !== this.#id) return;
      const title = t("document.failed");
      this.#end.replaceChildren(errorState({ title, error, retry: () => this.#read() }));
    }
  }

  #after(total, got) {
    const left = total - this.#shown;
    if (!total)
      return [h("empty-state", { ".content": { symbol: "file-text", title: t("document.nothing") } })];
    if (left <= 0 || !got) return [];
    return [button(t("document.more", { n: left }), { small: true, onclick: () => this.#read() })];
  }

  #section(section) {
    const page = section.page && t("page_n", { n: section.page });
    const told = [this.#title, section.label];
    const place = [...section.path, page].filter((part) => part && !told.includes(part)).join(" › ");
    const blocks = renderSection(section, "h3");
    const at = blocks[0]?.tagName === "H3" ? 1 : 0;
    if (place) blocks.splice(at, 0, h("p", { class: "helper" }, place));
    return h("section", { class: "article", lang: "ko" }, blocks);
  }
}
customElements.define("document-text", DocumentText);
