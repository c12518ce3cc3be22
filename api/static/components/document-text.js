// What was read of a document, block by block as in the file, a part at a time.
import * as api from "../lib/api.js";
import { BlockWriter } from "../lib/blocks.js";
import { button, h, icon, skeleton } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { byWeight, isDoubt, warningPlace } from "../lib/warnings.js";
import "./document-asides.js";
import "./empty-state.js";
import { errorState } from "./error-state.js";
import { note } from "./page-note.js";
import "./state-badge.js";

const PART = 60;

class DocumentText extends HTMLElement {
  #id = "";
  #next = 0;
  #writer = new BlockWriter();
  #asides = h("document-asides", { hidden: true });
  #blocks = h("div", { class: "article blocks", lang: "ko" });
  #end = h("div");
  // Further blocks come while one reads; the button is for the keyboard and for hurried readers.
  #near = new IntersectionObserver(([seen]) => seen.isIntersecting && this.#read(), { rootMargin: "400px" });
  #isReading = false;

  disconnectedCallback() {
    this.#near.disconnect();
  }

  /** The document whose text is shown. */
  set document(document) {
    const { document_id: id, state, warnings, error } = document;
    this.#id = id;
    this.#next = 0;
    if (state === "failed") {
      this.replaceChildren(note({ tone: "danger", title: t("state.failed"), text: error?.detail ?? "" }));
      return;
    }
    this.#writer = new BlockWriter();
    this.#blocks.replaceChildren();
    const told = byWeight(warnings).map((warning) => this.#warning(warning));
    this.replaceChildren(this.#summary(document), ...told, this.#asides, this.#blocks, this.#end);
    this.#end.replaceChildren(skeleton());
    this.#read();
  }

  #warning(warning) {
    const tone = isDoubt(warning) ? "warn" : "info";
    return note({ tone, text: warning.text, extra: warningPlace(warning) });
  }

  #summary({ state, warnings, page_count: pages, table_count: tables, chunk_count: chunks }) {
    const counts = Object.entries({ pages, tables, chunks }).filter(([, n]) => n);
    const words = counts.map(([name, n]) => t(`document.${name}`, { n: formatNumber(n) })).join(" · ");
    const doubts = warnings.filter(isDoubt).length;
    const verdict = h(
      "span",
      { class: doubts ? "verdict wa" : "verdict ok" },
      icon(doubts ? "triangle-alert" : "check", 14),
      doubts ? t("document.warnings", { n: doubts }) : t("document.all_read"),
    );
    const isRead = state === "ready" || state === "searchable";
    return h("p", { class: "read-line helper" }, words, isRead && verdict);
  }

  async #read() {
    const id = this.#id;
    const offset = this.#next;
    if (this.#isReading || offset === null) return;
    this.#isReading = true;
    this.#near.disconnect();
    try {
      const found = await api.preview(id, { offset, limit: PART });
      if (id === this.#id) this.#show(found, offset);
    } catch (error) {
      if (id !== this.#id) return;
      const title = t("document.failed");
      this.#end.replaceChildren(errorState({ title, error, retry: () => this.#read() }));
    } finally {
      this.#isReading = false;
      if (id !== this.#id) this.#read();
    }
  }

  #show({ blocks, total, next_offset: next, asides, aside_count: count }, offset) {
    if (!offset) this.#asides.content = { asides, count };
    const nodes = blocks.flatMap((block) => this.#writer.write(block));
    const wasFocused = this.#end.contains(document.activeElement);
    this.#blocks.append(...nodes);
    this.#next = next;
    this.#end.replaceChildren(...this.#after(total, next));
    if (wasFocused && nodes.length) {
      nodes[0].setAttribute("tabindex", "-1");
      nodes[0].focus({ preventScroll: true });
    }
    if (next !== null) this.#near.observe(this.#end);
  }

  #after(total, next) {
    if (!total)
      return [h("empty-state", { ".content": { symbol: "file-text", title: t("document.nothing") } })];
    if (next === null) return [];
    const words = t("document.more", { n: formatNumber(total - next) });
    return [button(words, { small: true, onclick: () => this.#read() })];
  }
}
customElements.define("document-text", DocumentText);
