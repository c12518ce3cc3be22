// What is known of a document besides its text.
import { h } from "../lib/dom.js";
import { formatDate, formatSize, formatTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";

const moment = (value) => `${formatDate(value)} ${formatTime(value)}`;

class DocumentFacts extends HTMLElement {
  set document(document) {
    const facts = [
      ["title", document.title],
      ["file_name", document.file_name],
      ["kind", document.kind_label],
      ["grade", t("grade", { grade: document.grade })],
      ["publisher", document.publisher],
      ["effective_from", formatDate(document.effective_from)],
      ["promulgated_on", formatDate(document.promulgated_on)],
      ["size", formatSize(document.size_bytes)],
      ["created_at", moment(document.created_at)],
      ["updated_at", moment(document.updated_at)],
    ].filter(([, value]) => value);
    const rows = facts.map(([name, value]) => [h("dt", {}, t(`fact.${name}`)), h("dd", {}, value)]);
    this.replaceChildren(h("dl", { class: "facts plain" }, rows));
  }
}
customElements.define("document-facts", DocumentFacts);
