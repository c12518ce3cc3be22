// The ledger in one line: 확인됨 3 · 계산 1 · 근거 없음 1, then time and reference date.
import { h } from "../lib/dom.js";
import { formatDate, formatSeconds } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { STATUSES } from "../lib/ledger.js";
import { badge } from "./state-badge.js";

const LOOKS = {
  supported: ["ok", "check"],
  computed: ["plain", "calculator"],
  given: ["plain", "user-pen"],
  unchecked: ["warn", "scan-text"],
  unsupported: ["warn", "circle-help"],
  differs: ["danger", "triangle-alert"],
};

class VerifySummary extends HTMLElement {
  set answer({ summary, elapsed_ms: elapsed, reference_date: date }) {
    const badges = STATUSES.filter((name) => summary[name] > 0).map((name) =>
      badge(...LOOKS[name], `${t(`status.${name}`)} ${summary[name]}`),
    );
    const facts = [
      elapsed > 0 && formatSeconds(elapsed),
      date && t("answer.as_of", { date: formatDate(date) }),
    ].filter(Boolean);
    this.replaceChildren(
      h("div", { class: "badges" }, badges),
      h("span", { class: "helper tabular" }, facts.join(" · ")),
    );
  }
}
customElements.define("verify-summary", VerifySummary);
