// Outcomes that are not an answer. All are normal: none is red.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { collectionName } from "../lib/names.js";

const SYMBOLS = {
  no_evidence: "search-x",
  out_of_scope: "inbox",
  needs_clarification: "circle-help",
  blocked_privacy: "shield-alert",
};

class OutcomeNote extends HTMLElement {
  /** An answer whose outcome is not `answered`. */
  set answer({ outcome, searched, choices }) {
    const parts = [h("p", { class: "outcome-text" }, t(`outcome.${outcome}.text`))];
    if (outcome === "no_evidence") {
      if (searched.length)
        parts.push(
          h("p", { class: "helper" }, t("outcome.searched")),
          h(
            "ul",
            { class: "searched" },
            searched.map((item) => h("li", {}, collectionName(item))),
          ),
        );
      parts.push(
        h(
          "div",
          { class: "row" },
          button(t("scope.change"), { small: true, onclick: () => tell(this, "change-scope") }),
        ),
      );
    }
    if (outcome === "out_of_scope")
      parts.push(
        h(
          "div",
          { class: "row" },
          h("a", { class: "button outlined small", href: "#/documents" }, t("documents.look")),
        ),
      );
    if (outcome === "needs_clarification") {
      parts.push(
        h(
          "div",
          { class: "row", role: "group", "aria-label": t("outcome.choices") },
          choices.map((choice) =>
            h(
              "button",
              { type: "button", class: "chip", onclick: () => tell(this, "choose", { choice }) },
              choice,
            ),
          ),
        ),
      );
    }
    if (outcome === "blocked_privacy") {
      if (choices.length)
        parts.push(
          h(
            "ul",
            { class: "searched" },
            choices.map((item) => h("li", {}, item)),
          ),
        );
      parts.push(h("p", { class: "helper" }, t("outcome.kept")));
    }
    this.replaceChildren(
      h(
        "div",
        { class: "outcome" },
        icon(SYMBOLS[outcome] ?? "info", 21),
        h("div", {}, h("h3", {}, t(`outcome.${outcome}.title`)), parts),
      ),
    );
  }
}
customElements.define("outcome-note", OutcomeNote);
