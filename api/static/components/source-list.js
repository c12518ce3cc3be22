// Sources below an answer: the numbered ones of a final answer, or what was found so far.
import { h, icon, tell } from "../lib/dom.js";
import { sourceDate, sourceName } from "../lib/cite.js";
import { t } from "../lib/i18n.js";

const FIRST = 5;

const placeOf = (source) =>
  [source.document_id, source.version_id, source.section_ordinal, source.label].join("/");

class SourceList extends HTMLElement {
  /** Numbered sources of a final answer; several spans of one place share a row. */
  set citations(citations) {
    const groups = new Map();
    for (const citation of citations)
      groups.set(placeOf(citation), [...(groups.get(placeOf(citation)) ?? []), citation]);
    this.#fill(
      [...groups.values()].map((group) =>
        this.#row(group[0], {
          lead: group.map(({ number }) => this.#number(number)),
          open: (opener) => tell(opener, "open-citation", { number: group[0].number, opener }),
        }),
      ),
    );
  }

  /** Passages found before any sentence is written. */
  set passages(passages) {
    this.#fill(
      passages.map((passage) =>
        this.#row(passage, {
          lead: icon("file-text", 16),
          open: (opener) => tell(opener, "open-section", { passage, opener }),
        }),
      ),
    );
  }

  #number(number) {
    const opener = h(
      "button",
      {
        type: "button",
        class: "cite",
        "data-cite": number,
        "aria-label": t("source.n", { n: number }),
        onclick: () => tell(opener, "open-citation", { number, opener }),
      },
      String(number),
    );
    return opener;
  }

  #row(source, { lead, open }) {
    const opener = h(
      "button",
      { type: "button", class: "source-name", onclick: () => open(opener) },
      sourceName(source),
    );
    return h("li", { class: "source-row" }, h("span", { class: "source-lead" }, lead), opener, h("span", { class: "helper" }, sourceDate(source)));
  }

  #fill(rows) {
    const rest = rows.slice(FIRST);
    const list = h("ul", { class: "source-rows" }, rows.slice(0, FIRST));
    const showRest = () => {
      list.append(...rest);
      rest[0].querySelector("button").focus();
      more.remove();
    };
    const more = h(
      "button",
      { type: "button", class: "link-button", onclick: showRest },
      t("source.more", { n: rest.length }),
    );
    this.replaceChildren(...(rows.length ? [list] : []), ...(rest.length ? [more] : []));
  }
}
customElements.define("source-list", SourceList);
