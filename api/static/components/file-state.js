// The state of a file in its row: word, symbol, progress, and for failures what to do.
import { h, tell } from "../lib/dom.js";
import { formatPercent } from "../lib/format.js";
import { hasText, t } from "../lib/i18n.js";
import { byWeight, isDoubt, warningWord } from "../lib/warnings.js";
import "./progress-line.js";
import { badge } from "./state-badge.js";

const line = (share, text) => h("progress-line", { ".progress": { share, text } });
const small = (text) => h("span", { class: "state-note" }, text);

function facts({ chunk_count: chunks, table_count: tables }) {
  return t(tables ? "state.facts" : "state.facts.chunks", { chunks, tables });
}

const SYMBOLS = {
  suspicious_instruction: "shield-alert",
  doubtful_text: "scan-text",
  little_text: "scan-text",
  pages_without_text: "scan-text",
  replaced_characters: "scan-text",
  ocr: "scan-text",
};

// The same file meets the same refusal: trying again is of no use.
const FINAL = ["unsupported_format", "document_too_large", "grade_not_allowed"];
const FINAL_REASONS = ["empty", "encrypted", "hostile"];
const isFinal = (error) =>
  FINAL.includes(error?.code) || FINAL_REASONS.includes(error?.reason ?? error?.facts?.reason);

const STATES = {
  waiting: () => [badge("plain", "hourglass", t("state.waiting"))],
  reading: ({ progress }) => [
    typeof progress === "number"
      ? line(progress, t("state.reading"))
      : badge("info", "busy", t("state.reading")),
  ],
  searchable: ({ progress }) => [
    badge("info", "text-search", t("state.searchable")),
    small(
      progress === null || progress === undefined
        ? t("state.searchable.soon")
        : t("state.searchable.text", { share: formatPercent(progress) }),
    ),
  ],
  ready: (document) => {
    const [first] = byWeight(document.warnings);
    if (!first) return [badge("ok", "check", t("state.ready")), small(facts(document))];
    if (!isDoubt(first)) return [badge("ok", "check", t("state.ready")), small(first.text)];
    const symbol = SYMBOLS[first.code] ?? "triangle-alert";
    return [badge("warn", symbol, warningWord(first)), small(first.text)];
  },
};

class FileState extends HTMLElement {
  /** A document of the server. */
  set document(document) {
    if (document.state === "failed")
      this.#failed(t("state.failed"), document.error, () => tell(this, "retry-document", { document }));
    else
      this.replaceChildren(...(hasText(`state.${document.state}`) ? STATES[document.state](document) : []));
  }

  /** A file that is still on its way, was refused, or is there already. */
  set upload(item) {
    if (item.state === "waiting") this.replaceChildren(...STATES.waiting());
    else if (item.state === "sending") this.replaceChildren(line(item.progress, t("state.uploading")));
    else if (item.state === "duplicate")
      this.replaceChildren(
        badge("plain", "copy-check", t("state.duplicate")),
        small(t("state.duplicate.text")),
      );
    else this.#failed(t("state.refused"), item.error, () => tell(this, "retry-upload", { item }));
  }

  #failed(word, error, retry) {
    const onclick = (event) => {
      event.stopPropagation();
      retry();
    };
    this.replaceChildren(
      badge("danger", "circle-alert", word),
      small(error?.detail ?? ""),
      isFinal(error) ? "" : h("button", { type: "button", class: "link-button", onclick }, t("retry")),
    );
  }
}
customElements.define("file-state", FileState);
