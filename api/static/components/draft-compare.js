// The comparison of two versions with its own head: what changed, one text or two, restore, settle.
import * as api from "../lib/api.js";
import { button, h, iconButton, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { onKey } from "../lib/keyboard.js";
import { keep, recall } from "../lib/storage.js";
import { errorState } from "./error-state.js";
import { badge } from "./state-badge.js";
import "./text-diff.js";

const MODES = ["one", "two"];

class DraftCompare extends HTMLElement {
  #head = h("header", { class: "page-header compare-header" });
  #diff = h("text-diff");
  #body = h("div", { class: "scroller sheet-scroller", tabindex: "0", role: "region", "aria-label": t("draft.compare") });
  #count = h("span", { class: "helper tabular" });
  #shown = "";
  #off = [];

  connectedCallback() {
    if (!this.firstElementChild) {
      this.append(this.#head, this.#body);
      this.addEventListener("change-shown", ({ detail }) => {
        this.#count.textContent = `${detail.at} / ${detail.of}`;
      });
    }
    this.#off = [onKey("n", () => this.#diff.walk(1)), onKey("p", () => this.#diff.walk(-1))];
  }

  disconnectedCallback() {
    for (const off of this.#off) off();
    this.#shown = "";
  }

  /** `{session, old, now}`: numbers of two versions. */
  set content({ session, old, now }) {
    const name = `${session.id}/${old}/${now}/${session.conflict?.yours.version.number ?? ""}`;
    if (name === this.#shown) return;
    this.#shown = name;
    this.#load(session, old, now);
  }

  async #load(session, old, now) {
    const name = this.#shown;
    this.#body.replaceChildren(skeleton());
    try {
      const found = await api.compareDraft(session.id, { old, new: now });
      if (name !== this.#shown) return;
      this.#draw(session, found);
    } catch (error) {
      const retry = () => this.#load(session, old, now);
      this.#body.replaceChildren(errorState({ title: t("draft.compare.failed"), error, retry }));
    }
  }

  #draw(session, found) {
    const { old, new: now, changes, rows } = found;
    const spans = rows.flatMap((row) => row.spans);
    const count = (kind) => spans.filter((span) => span.kind === kind).length;
    this.#count.textContent = t("draft.compare.changes", { n: changes });
    this.#diff.mode = recall("diff.mode", "one");
    this.#diff.comparison = found;
    this.#body.replaceChildren(this.#diff);
    const names = { old: old.number, now: now.number };
    this.#head.replaceChildren(
      iconButton(t("draft.compare.back"), "arrow-left", { onclick: () => tell(this, "leave-compare") }),
      h("h1", {}, t("draft.compare.title", names)),
      badge("ok", "plus", t("draft.inserted", { n: count("inserted") })),
      badge("danger", "minus", t("draft.removed", { n: count("removed") })),
      h("div", { class: "actions" }, this.#modes(), this.#steps(changes), this.#choices(session, old, now)),
    );
  }

  #modes() {
    const mode = recall("diff.mode", "one");
    const pick = (name) => {
      keep("diff.mode", name);
      this.#diff.mode = name;
      for (const one of group.children) one.setAttribute("aria-pressed", String(one.dataset.mode === name));
    };
    const group = h(
      "div",
      { class: "segments", role: "group", "aria-label": t("draft.compare.mode") },
      MODES.map((name) =>
        h(
          "button",
          { type: "button", "data-mode": name, "aria-pressed": String(name === mode), onclick: () => pick(name) },
          t(`draft.compare.${name}`),
        ),
      ),
    );
    return group;
  }

  #steps(changes) {
    if (!changes) return null;
    const step = (by, name, symbol) =>
      iconButton(t(name), symbol, { onclick: () => this.#diff.walk(by) });
    return [step(-1, "draft.change.previous", "chevron-up"), this.#count, step(1, "draft.change.next", "chevron-down")];
  }

  #choices(session, old, now) {
    const conflict = session.conflict;
    const isConflict = conflict && old.number === conflict.yours.version.number;
    if (!isConflict) {
      const words = t("draft.restore", { n: old.number });
      const restore = () => tell(this, "restore", { number: old.number });
      return old.number === now.number ? null : button(words, { icon: "rotate-ccw", small: true, onclick: restore });
    }
    const choose = (take, words) =>
      button(words, { icon: "check", small: true, onclick: () => tell(this, "settle", { take }) });
    return [choose(true, t("draft.settle.yours")), choose(false, t("draft.settle.theirs"))];
  }
}
customElements.define("draft-compare", DraftCompare);
