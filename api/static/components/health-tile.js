// One part of the service and how it is doing.
import { h } from "../lib/dom.js";
import { formatNumber, formatSize } from "../lib/format.js";
import { hasText, t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

const TONES = {
  fine: ["ok", "check"],
  slow: ["warn", "triangle-alert"],
  rebuilding: ["info", "busy"],
  down: ["danger", "circle-x"],
  off: ["plain", null],
};

class HealthTile extends HTMLElement {
  /** One check of `/api/health`. */
  set check({ name, state, detail, facts }) {
    const [tone, symbol] = TONES[state] ?? ["plain", null];
    const known = Object.entries(facts ?? {}).filter(([key]) => hasText(`check.fact.${key}`));
    const value = (key, fact) =>
      key.endsWith("_bytes")
        ? formatSize(fact)
        : typeof fact === "number"
          ? formatNumber(fact)
          : String(fact);
    this.replaceChildren(
      h(
        "div",
        { class: "tile-head" },
        h("h3", {}, t(`check.${name}`)),
        badge(tone, symbol, t(`check.state.${state}`)),
      ),
      h("p", {}, detail),
      ...(known.length
        ? [
            h(
              "dl",
              { class: "tile-facts" },
              known.map(([key, fact]) => [
                h("dt", {}, t(`check.fact.${key}`)),
                h("dd", { class: "tabular" }, value(key, fact)),
              ]),
            ),
          ]
        : []),
    );
  }
}
customElements.define("health-tile", HealthTile);
