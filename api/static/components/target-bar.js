// A result beside its target: the black line is 100 % of the target; the words stand beside it.
import { s } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

const [WIDTH, HEIGHT, MOST] = [140, 20, 1.4];

class TargetBar extends HTMLElement {
  /** `ratio` of result to target (inverted by the server for targets with an upper bound), null without data. */
  set result({ ratio, met }) {
    this.classList.toggle("short", met === false);
    if (ratio === null || ratio === undefined) return this.replaceChildren(t("figure.none"));
    const line = WIDTH / MOST;
    const length = Math.max(2, Math.min(ratio, MOST) * line);
    const label = t("target.of", { percent: Math.round(ratio * 1000) / 10 });
    this.replaceChildren(
      s(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, class: "target" },
        s("title", {}, label),
        s("rect", { class: "bar", x: 0, y: 6, width: length, height: 8, rx: 2 }),
        s("rect", { class: "goal", x: line - 1, y: 1, width: 2, height: 18 }),
      ),
    );
  }
}
customElements.define("target-bar", TargetBar);
