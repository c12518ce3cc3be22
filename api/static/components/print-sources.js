// On paper only: each source with law, article, effective date and quote.
import { h } from "../lib/dom.js";
import { sourceDate, sourceName } from "../lib/cite.js";
import { t } from "../lib/i18n.js";

class PrintSources extends HTMLElement {
  set citations(citations) {
    this.replaceChildren(
      h("h3", {}, t("evidence")),
      h(
        "ol",
        {},
        citations.map((citation) =>
          h(
            "li",
            {},
            h("strong", {}, `[${citation.number}] ${sourceName(citation)}`),
            ` ${sourceDate(citation)}`,
            h("blockquote", { lang: "ko" }, citation.quote),
          ),
        ),
      ),
    );
  }
}
customElements.define("print-sources", PrintSources);
