// Two sources with different figures: both shown, higher rank first, no blended number.
import { h, icon } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

class ConflictRows extends HTMLElement {
  set conflicts(conflicts) {
    this.replaceChildren(
      ...conflicts.map(({ subject, sides }) =>
        h(
          "section",
          { class: "conflict" },
          h("h3", {}, icon("git-compare", 16), h("span", {}, t("conflict.title", { subject }))),
          h(
            "ul",
            {},
            sides.map((side) =>
              h(
                "li",
                {},
                h("strong", { class: "whole" }, side.figure),
                h(
                  "div",
                  {},
                  h("span", { lang: "ko" }, `“${side.quote}”`),
                  h(
                    "p",
                    { class: "helper" },
                    [side.kind_label, side.effective_from && formatDate(side.effective_from)]
                      .filter(Boolean)
                      .join(" · "),
                    side.number
                      ? h(
                          "button",
                          {
                            type: "button",
                            class: "cite",
                            "aria-label": t("source.n", { n: side.number }),
                            onclick: (event) =>
                              this.dispatchEvent(
                                new CustomEvent("open-citation", {
                                  bubbles: true,
                                  detail: { number: side.number, opener: event.currentTarget },
                                }),
                              ),
                          },
                          String(side.number),
                        )
                      : null,
                  ),
                ),
              ),
            ),
          ),
          h(
            "p",
            { class: "helper" },
            badge("danger", "git-compare", t("conflict.badge")),
            ` ${t("conflict.help")}`,
          ),
        ),
      ),
    );
  }
}
customElements.define("conflict-rows", ConflictRows);
