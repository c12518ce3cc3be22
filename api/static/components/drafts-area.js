// The page of one draft: versions | sheet or comparison | remarks or the source of a sentence.
import * as api from "../lib/api.js";
import { DraftEvidence } from "../lib/draft-evidence.js";
import { DraftSession } from "../lib/draft-session.js";
import { button, h } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { homeOf } from "../lib/home.js";
import { t } from "../lib/i18n.js";
import { onKey } from "../lib/keyboard.js";
import { complain } from "../lib/notify.js";
import * as router from "../lib/router.js";
import "./comment-list.js";
import "./draft-compare.js";
import "./draft-panel.js";
import "./draft-versions.js";
import "./empty-state.js";
import "./evidence-pane.js";
import "./page-header.js";
import { askPerson } from "./person-dialog.js";
import "./split-view.js";
import { draftBadge } from "./state-badge.js";

class DraftsArea extends HTMLElement {
  #place = { item: "", params: new URLSearchParams() };
  #session = null;
  #versions = { list: [], of: 0 };
  #split = h("split-view", { class: "drafts" });
  #list = h("draft-versions", { role: "navigation", "aria-label": t("draft.versions") });
  #header = h("page-header");
  #panel = h("draft-panel");
  #compare = h("draft-compare");
  #main = h("main", { id: "main", class: "draft-main", "aria-label": t("area.drafts") });
  #pane = h("evidence-pane");
  #comments = h("comment-list", { role: "complementary", "aria-label": t("comment.title") });
  #side = h("div", { class: "draft-side" }, this.#pane, this.#comments);
  #evidence = null;
  #wide = matchMedia("(min-width: 1200px)"); // there is room for the remarks beside the text
  #off = [];

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = [onKey("[", () => this.#evidence.walk(-1)), onKey("]", () => this.#evidence.walk(1))];
  }

  disconnectedCallback() {
    for (const off of this.#off) off();
  }

  #build() {
    this.#split.parts = { list: this.#list, main: this.#main, pane: this.#side };
    this.append(this.#split);
    this.#wide.addEventListener("change", () => this.#session && this.#follow());
    this.#evidence = new DraftEvidence({ pane: this.#pane, sheet: this.#panel.sheet });
    this.#evidence.listen(this);
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("toggle-list", () => this.#split.toggleList());
    on("draft-shown", () => this.#follow());
    on("compare", ({ old }) => this.#lay(() => [old, this.#session.draft]));
    on("compare-conflict", () => this.#lay(() => [this.#session.conflict.yours.version.number, this.#session.conflict.current]));
    on("leave-compare", () => router.update({ old: "", new: "" }));
    on("restore", ({ number }) => this.#act(() => this.#session.restore(number)));
    on("settle", ({ take }) => this.#act(() => this.#session.settle(take)));
    on("comment", ({ text, done }) => this.#act(() => this.#session.comment(text).then(done), { stay: true }));
    on("close-comments", () => {
      router.update({ side: "" });
      this.#header.querySelector(".side-toggle")?.focus();
    });
    on("resolve", ({ id, isResolved }) => this.#act(() => this.#session.resolve(id, isResolved), { stay: true }));
  }

  // What is typed is saved first, so that it is part of what is compared.
  async #lay(versions) {
    await this.#session.flush();
    const [old, now] = versions();
    router.update({ old, new: now.version.number, ev: "" });
  }

  async #act(work, { stay = false } = {}) {
    if (!(await askPerson())) return;
    try {
      await work();
      if (!stay) router.update({ old: "", new: "" });
    } catch (error) {
      complain(error);
    }
  }

  set facts(_) {}

  /** The place in the address: paper, open source, versions that are compared. */
  set route(place) {
    this.#place = place;
    if (!place.item) {
      this.#main.replaceChildren(h("empty-state", { ".content": { symbol: "file-text", title: t("draft.none"), text: t("draft.none.text") } }));
      return;
    }
    if (this.#session?.id !== place.item) {
      this.#session = new DraftSession(place.item);
      this.#panel.session = this.#session;
      this.#session.load();
    }
    this.#follow();
  }

  #follow() {
    const { draft } = this.#session;
    const old = Number(this.#place.params.get("old"));
    const now = Number(this.#place.params.get("new"));
    const isComparing = draft && old > 0 && now > 0;
    const wanted = isComparing ? [this.#compare] : [this.#header, this.#panel];
    if (!wanted.every((node) => node.parentElement === this.#main))
      this.#main.replaceChildren(...this.#main.querySelectorAll(":scope > .edge"), ...wanted);
    if (!draft) return void (this.#header.content = { title: t("area.drafts"), list: t("draft.versions") });
    document.title = t("title.of", { title: draft.title });
    document.querySelector("app-rail").area = homeOf(draft).area;
    if (isComparing) this.#compare.content = { session: this.#session, old, now };
    else this.#head(draft);
    this.#comments.content = draft;
    const isOpen = this.#evidence.show(isComparing ? "" : (this.#place.params.get("ev") ?? ""), draft);
    this.#pane.hidden = !isOpen;
    this.#comments.hidden = isOpen;
    this.#split.paneOpen = isOpen || this.#place.params.get("side") === "on" || this.#wide.matches;
    this.#drawVersions(draft, isComparing ? old : 0, isComparing ? now : 0);
  }

  #head(draft) {
    const words = [t("draft.version", { n: draft.version.number }), formatWhen(draft.version.created_at), this.#session.words];
    const saved = h("span", { class: "helper tabular saved", role: "status" }, words.join(" · "));
    const side = button(t("comment.title"), {
      icon: "message-square-text",
      small: true,
      kind: "plain side-toggle",
      onclick: () => router.update({ side: this.#place.params.get("side") === "on" ? "" : "on" }),
    });
    this.#header.content = { title: draft.title, state: draftBadge(draft, t), actions: [saved, side], list: t("draft.versions"), back: homeOf(draft).back };
  }

  async #drawVersions(draft, old, now) {
    try {
      if (this.#versions.of !== draft.updated_at + draft.version.number) {
        this.#versions = { of: draft.updated_at + draft.version.number, list: this.#versions.list };
        this.#versions.list = (await api.draftVersions(draft.paper_id)).versions;
      }
      this.#list.content = { versions: this.#versions.list, old, now };
    } catch (error) {
      complain(error);
    }
  }
}
customElements.define("drafts-area", DraftsArea);
