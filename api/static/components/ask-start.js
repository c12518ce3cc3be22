// The first page: what to ask, four examples, what is searched, and what is missing.
import { h, icon, tell } from "../lib/dom.js";
import { formatNumber, formatPercent } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./page-note.js";

const EXAMPLES = ["scale", "calendar-clock", "git-compare-arrows", "file-search"];

const HINTS = [
  [["Enter"], "key.send"],
  [["Shift", "Enter"], "key.line"],
  [["?"], "key.help"],
];

class AskStart extends HTMLElement {
  place = h("div", { class: "start-composer" });
  #service = h("p");
  #notes = h("div", { class: "start-notes" });

  connectedCallback() {
    if (this.firstElementChild) return;
    const example = (symbol, at) => {
      const text = t(`example.${at + 1}`);
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", class: "example", lang: "ko", onclick: () => tell(this, "example", { text }) },
          icon(symbol, 18),
          h("span", {}, text),
        ),
      );
    };
    this.append(
      h("div", { class: "start-title" }, h("h1", {}, t("start.title")), h("p", {}, t("start.lead"))),
      this.place,
      h("h2", {}, t("start.examples")),
      h("ul", { class: "examples" }, EXAMPLES.map(example)),
      this.#notes,
      h(
        "div",
        { class: "start-foot" },
        this.#service,
        HINTS.map(([keys, text]) =>
          h(
            "span",
            { class: "wide-only" },
            keys.map((key) => h("kbd", {}, key)),
            t(text),
          ),
        ),
      ),
    );
  }

  /** `me`, `collections` and `health` as the server gave them; any may be null. */
  set facts({ me, collections, health }) {
    this.#service.textContent = t(me?.model.configured === false ? "start.verbatim" : "start.ai");
    const notes = [];
    const filled = (collections ?? []).filter((collection) => collection.document_count > 0);
    const link = h("a", { href: "#/documents" }, t("documents.look"));
    if (filled.length) {
      const list = filled
        .map(({ name, document_count: n }) => t("start.count", { name, n: formatNumber(n) }))
        .join(", ");
      notes.push(
        h("page-note", {
          ".note": { tone: "plain", symbol: "database", text: t("start.sources", { list }), action: link },
        }),
      );
    } else if (collections)
      notes.push(
        h("page-note", {
          ".note": { tone: "plain", symbol: "database", text: t("start.nothing"), action: link },
        }),
      );
    if (me && !me.model.configured) {
      notes.push(
        h("page-note", {
          ".note": {
            tone: "info",
            symbol: "plug-zap",
            title: t("notice.no_model.title"),
            text: t("notice.no_model"),
          },
        }),
      );
    }
    const { done = 0, total = 0 } = health?.embedding ?? {};
    if (me?.words_only) {
      const soon = total > done;
      const words = soon ? "start.meaning_soon" : "start.meaning_off";
      const share = soon ? ` (${formatPercent(done / total)})` : "";
      notes.push(
        h("page-note", {
          ".note": {
            tone: "info",
            symbol: soon ? "hourglass" : "info",
            title: t(`${words}.title`) + share,
            text: t(words),
          },
        }),
      );
    }
    this.#notes.replaceChildren(...notes);
  }
}
customElements.define("ask-start", AskStart);
