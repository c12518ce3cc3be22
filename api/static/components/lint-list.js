// What the rules of official documents ask of a draft, below its sheet: one press puts it right.
import { button, h, icon, tell } from "../lib/dom.js";
import { findings } from "../lib/form-fix.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

class LintList extends HTMLElement {
  #said = "";

  /** `{draft, textOf}`: the draft and the text of each part as it stands here. */
  set content({ draft, textOf }) {
    const said = `${draft.paper_id}.${draft.version.number}.${draft.items.length}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#read(said, draft, textOf);
  }

  async #read(said, draft, textOf) {
    try {
      const found = draft.approval ? [] : await findings(draft, textOf);
      if (said === this.#said) this.#draw(found);
    } catch {
      // Without the linter the open items can still be walked through; nothing is lost.
      if (said === this.#said) this.hidden = true;
    }
  }

  #draw(found) {
    this.hidden = found.length === 0;
    // One correction a line at a time: the next ones are found in the text that it leaves.
    const first = new Map(found.filter((one) => one.fix).map((one) => [`${one.fix.partId}.${one.fix.line}`, one.fix]).reverse());
    const fixes = [...first.values()];
    const put = (list) => tell(this, "fix-form", { fixes: list });
    const all = fixes.length > 1 && button(t("lint.fix_all", { n: fixes.length }), { small: true, kind: "plain", onclick: () => put(fixes) });
    const head = h("div", { class: "lint-head" }, h("h3", {}, t("lint.title")), badge("warn", "triangle-alert", String(found.length)), h("span", { class: "grow" }), all);
    const rows = found.map(({ text, item, fix, article }) => {
      const press = fix
        ? button(t("lint.fix"), { small: true, onclick: () => put([fix]) })
        : button(t("lint.go"), { small: true, kind: "plain", onclick: () => tell(this, "walk-to", { item }) });
      return h("li", {}, icon("triangle-alert", 16), h("span", {}, text, article && h("span", { class: "helper" }, ` ${article}`)), press);
    });
    this.replaceChildren(head, h("ul", {}, rows));
  }
}
customElements.define("lint-list", LintList);
