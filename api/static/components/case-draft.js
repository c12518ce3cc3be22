// The letters of a case: none yet, one being written, or the open one on its sheet.
import { DraftSession } from "../lib/draft-session.js";
import { button, h, spinner, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./draft-panel.js";
import "./empty-state.js";
import { note } from "./page-note.js";
import { draftBadge } from "./state-badge.js";

class CaseDraft extends HTMLElement {
  #head = h("div", { class: "column-head" });
  #state = h("div", { class: "draft-state", "aria-live": "polite" });
  #panel = h("draft-panel");
  #session = null;
  #open = "";
  #letters = [];
  #content = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    this.append(this.#head, this.#state, this.#panel);
  }

  /** The open reply `{paper, version}` whose points may be answered anew; null when there is none. */
  get reply() {
    const letter = this.#letters.find((one) => one.paper_id === this.#open);
    return letter?.letter === "reply" ? { paper: letter.paper_id, version: this.draft?.version.number ?? null } : null;
  }

  /** The case, how far a letter being written is, and the point in question. */
  set content(content) {
    this.#content = content;
    this.#letters = content.view.letters;
    if (!this.#letters.some((one) => one.paper_id === this.#open)) this.#open = this.#letters.at(-1)?.paper_id ?? "";
    this.#draw();
  }

  open(paper) {
    this.#open = paper;
    this.#draw();
  }

  /** Read the open letter anew, as after a point was answered again. */
  reload() {
    this.#session?.load();
  }

  get sheet() {
    return this.#panel.sheet;
  }

  /** The open letter as the server gives it, null while it is loaded or when there is none. */
  get draft() {
    return this.#open ? (this.#session?.draft ?? null) : null;
  }

  #draw() {
    const { writing, point, view } = this.#content;
    this.#head.replaceChildren(h("h2", {}, t("case.draft")), ...this.#choice());
    const first = view.letters.length === 0;
    if (writing) {
      const stop = button(t("letter.stop"), { small: true, onclick: () => tell(this, "stop-writing") });
      const bar = h("progress", { max: writing.total || 1, value: writing.done, "aria-label": t("letter.writing") });
      this.#state.replaceChildren(h("p", { class: "writing" }, spinner(), t("letter.progress", writing), bar, stop));
    } else if (first) {
      const write = button(t("case.write"), { icon: "sparkles", onclick: () => tell(this, "write-letter") });
      const empty = { symbol: "file-text", title: t("letter.none"), text: t("letter.none.text"), action: write };
      this.#state.replaceChildren(h("empty-state", { ".content": empty }));
    } else this.#state.replaceChildren(...this.#notes());
    this.#panel.hidden = !this.#open;
    if (!this.#open) return;
    this.#panel.due = view.due.on ?? "";
    if (this.#session?.id !== this.#open) {
      this.#session = new DraftSession(this.#open);
      this.#panel.session = this.#session;
      this.#session.load();
    }
    this.sheet.subject = point;
  }

  #notes() {
    const { drafting } = this.#content.view;
    return drafting.error ? [note({ tone: "danger", title: t("stage.failed"), text: drafting.error })] : [];
  }

  #choice() {
    const { draft } = this;
    const state = draft && draftBadge(draft, t);
    const whole = draft && h("a", { class: "link-button", href: `#/drafts/${encodeURIComponent(this.#open)}` }, t("case.versions"));
    if (this.#letters.length < 2) return [state, h("span", { class: "grow" }), whole].filter(Boolean);
    const pick = h("select", { class: "chip", "aria-label": t("letter.which") });
    for (const one of this.#letters) {
      const words = `${t(`letter.${one.letter}`)} · ${formatWhen(one.created_at)}`;
      pick.append(h("option", { value: one.paper_id, selected: one.paper_id === this.#open }, words));
    }
    pick.addEventListener("change", () => this.open(pick.value));
    return [state, pick, h("span", { class: "grow" }), whole].filter(Boolean);
  }
}
customElements.define("case-draft", CaseDraft);
