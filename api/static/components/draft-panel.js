// A draft to work on: notes, sheet, approve bar. Complaints and pilots put it beside their own parts.
import { h, skeleton, tell } from "../lib/dom.js";
import { withCorrection } from "../lib/form-fix.js";
import { t } from "../lib/i18n.js";
import { onKey } from "../lib/keyboard.js";
import { complain, toast } from "../lib/notify.js";
import { openApproval } from "./approval-dialog.js";
import "./approve-bar.js";
import "./cite-card.js";
import "./draft-notes.js";
import "./draft-sheet.js";
import "./lint-list.js";
import { errorState } from "./error-state.js";
import { askPerson } from "./person-dialog.js";

class DraftPanel extends HTMLElement {
  #session = null;
  #notes = h("draft-notes");
  #sheet = h("draft-sheet");
  #lint = h("lint-list", { hidden: true });
  #bar = h("approve-bar");
  #card = h("cite-card");
  #scroller = h("div", { class: "scroller sheet-scroller", tabindex: "0", role: "region", "aria-label": t("draft.sheet") });
  #off = [];
  #draw = () => this.#show();
  due = "";

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = [
      onKey("n", () => this.#sheet.walk(1)),
      onKey("p", () => this.#sheet.walk(-1)),
    ];
    addEventListener("keydown", this.#keys);
    addEventListener("online", this.#again);
  }

  disconnectedCallback() {
    for (const off of this.#off) off();
    removeEventListener("keydown", this.#keys);
    removeEventListener("online", this.#again);
    this.#session?.flush();
  }

  #build() {
    this.#scroller.append(this.#sheet);
    this.append(this.#notes, this.#scroller, this.#lint, this.#bar, this.#card);
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("edit-begins", ({ begin }) => askPerson().then((name) => name && begin()));
    on("typed", ({ partId, text, now }) => this.#session.type(partId, text, { now }));
    on("cells-typed", ({ partId, cells }) => this.#session.fill(partId, cells));
    on("renamed", ({ partId, text }) => this.#session.rename(partId, text));
    on("edit-ends", () => this.#show());
    on("walk-items", ({ step }) => this.#sheet.walk(step));
    on("walk-to", ({ item }) => this.#sheet.walkTo(item));
    on("fix-form", ({ fixes }) => askPerson().then((name) => name && this.#fix(fixes)));
    on("item-shown", (detail) => (this.#bar.item = detail));
    on("approve", () => this.#approve());
    on("show-card", (detail) => this.#card.show(detail));
    on("hide-card", () => this.#card.hide());
    on("drop-card", () => this.#card.drop());
  }

  #keys = (event) => {
    if (!(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
    if (event.key === "s") {
      event.preventDefault();
      this.#session?.flush();
    } else if (event.key === "z" && !event.target.closest("textarea, input")) {
      if (this.#session?.undo()) {
        event.preventDefault();
        toast(t("draft.undone"), { symbol: "rotate-ccw" });
      }
    }
  };

  #again = () => this.#session?.flush();

  /** The session to show; the panel follows it. */
  set session(session) {
    if (session === this.#session) return;
    this.#session?.removeEventListener("change", this.#draw);
    this.#session = session;
    session.addEventListener("change", this.#draw);
    this.#show();
  }

  get sheet() {
    return this.#sheet;
  }

  #show() {
    const session = this.#session;
    // What belongs to the letter shown before goes at once.
    this.classList.toggle("loading", !session.draft);
    if (!session.draft) {
      const retry = () => session.load();
      const { error } = session;
      this.#scroller.replaceChildren(error ? errorState({ title: t("draft.failed"), error, retry }) : skeleton());
      return;
    }
    if (this.#sheet.parentElement !== this.#scroller) this.#scroller.replaceChildren(this.#sheet);
    const { draft, conflict, saving, error } = session;
    this.#notes.content = { draft, conflict, saving, error };
    this.#sheet.content = { draft, textOf: (part) => session.textOf(part), nameOf: (part) => session.nameOf(part) };
    if (draft.subject === "complaint") this.#lint.content = { draft, textOf: (part) => session.textOf(part) };
    this.#bar.content = { draft, hasConflict: Boolean(conflict) };
    tell(this, "draft-shown", { session });
  }

  // Each correction is an edit of this person's, so that Ctrl+Z and the versions know of it.
  async #fix(fixes) {
    const session = this.#session;
    for (const fix of fixes) session.type(fix.partId, withCorrection((part) => session.textOf(part), fix));
    await session.flush();
    const undo = fixes.length === 1 || new Set(fixes.map((fix) => fix.partId)).size === 1 ? () => session.undo() : null;
    toast(t("lint.fixed", { n: fixes.length }), { undo });
  }

  async #approve() {
    const session = this.#session;
    await session.flush();
    if (session.conflict) {
      toast(t("draft.blocked.conflict"), { symbol: "git-compare" });
      return;
    }
    const taken = await openApproval({ draft: session.draft, due: this.due });
    if (taken === null) return;
    try {
      await session.approve(taken);
      toast(t("draft.approved"), { symbol: "stamp" });
    } catch (error) {
      complain(error);
      await session.load();
    }
  }
}
customElements.define("draft-panel", DraftPanel);
