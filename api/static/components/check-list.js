// What the checks of a pilot found, what to do about each, and the reference assessment.
import { button, h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { articleWords } from "./clock-working.js";
import { badge } from "./state-badge.js";

/** What a finding is about in words; the bare name of a place says nothing. */
const labelOf = ({ label, place }) => (label === place ? "" : label);

class CheckList extends HTMLElement {
  /** The validation of the server. */
  set content({ findings, must, look, assessment, reasons, note }) {
    const counts = [
      must > 0 && badge("danger", "x", t("check.must", { n: must })),
      look > 0 && badge("warn", "triangle-alert", t("check.look", { n: look })),
      must + look === 0 && badge("ok", "check", t("check.clear")),
    ].filter(Boolean);
    const rows = findings.map((one) =>
      h(
        "li",
        { class: one.severity },
        h("h3", {}, labelOf(one) || one.text),
        h("p", {}, labelOf(one) ? one.text : "", one.advice && h("span", { class: "helper" }, ` ${one.advice}`)),
        articleWords(one.article),
        one.fix && button(t("check.fix"), { small: true, onclick: () => tell(this, "fix-finding", one) }),
      ),
    );
    const why = reasons.map((one) => h("li", {}, one.text));
    const expected = h(
      "section",
      { class: "assessment" },
      h("h3", {}, t("check.assessment")),
      h("p", {}, assessment),
      h("ul", {}, why),
      note && h("p", { class: "helper" }, note),
    );
    this.replaceChildren(h("div", { class: "badges" }, counts), h("ul", { class: "findings" }, rows), ...(assessment ? [expected] : []));
  }
}
customElements.define("check-list", CheckList);
