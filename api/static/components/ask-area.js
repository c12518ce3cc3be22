// The Ask page: conversations | thread | evidence, and the composer below them.
import { Asking } from "../lib/asking.js";
import { closeSession, knownSession, newSession, openSession } from "../lib/chat.js";
import { h } from "../lib/dom.js";
import { EvidenceWalk } from "../lib/evidence.js";
import { t } from "../lib/i18n.js";
import { onKey } from "../lib/keyboard.js";
import * as router from "../lib/router.js";
import "./ask-start.js";
import "./chat-composer.js";
import "./chat-thread.js";
import "./cite-card.js";
import "./conversation-list.js";
import "./evidence-pane.js";
import "./split-view.js";
import "./thread-header.js";

class AskArea extends HTMLElement {
  #split = h("split-view", { class: "ask" });
  #list = h("conversation-list");
  #header = h("thread-header");
  #thread = h("chat-thread");
  #start = h("ask-start");
  #scroller = h("div", { class: "scroller" });
  #dock = h("section", { class: "dock", "aria-label": t("composer.label") });
  #composer = h("chat-composer");
  #pane = h("evidence-pane");
  #card = h("cite-card");
  #evidence = new EvidenceWalk({ pane: this.#pane, thread: this.#thread, split: this.#split });
  #asking = new Asking({
    thread: this.#thread,
    composer: this.#composer,
    list: this.#list,
    redraw: () => this.#show(),
  });
  #institution = "";
  #off = [];

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = [
      onKey("/", () => {
        this.#split.openList();
        this.#list.focusSearch();
      }),
      onKey("[", () => this.#evidence.walk(-1)),
      onKey("]", () => this.#evidence.walk(1)),
      onKey("Escape", () => (this.#asking.session.running ? void this.#asking.session.stop() : false)),
    ];
    this.#list.refresh();
  }

  disconnectedCallback() {
    for (const off of this.#off) off();
    this.#card.drop();
  }

  #build() {
    const main = h("main", { id: "main", "aria-label": t("answer") }, this.#header, this.#scroller, this.#card);
    this.#split.parts = { list: this.#list, main, pane: this.#pane, dock: this.#dock };
    this.append(this.#split);
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("ask", ({ question }) => this.#asking.ask(question));
    on("choose", ({ choice }) => this.#asking.ask(choice));
    on("edit-question", ({ turn, question }) => this.#asking.ask(question, { replaces: turn.turn_id }));
    on("resend", ({ turn }) => this.#asking.resend(turn));
    on("stop", () => this.#asking.session.stop());
    on("example", ({ text }) => {
      this.#composer.text = text;
      this.#composer.focusField();
    });
    on("edit-last", () => this.#thread.editLast());
    on("change-scope", () => this.#composer.scope.open());
    on("choose-sibling", ({ turnId }) => {
      router.update({ leaf: turnId, ev: "" });
      this.#thread.focusSiblings(turnId);
    });
    on("toggle-list", () => this.#split.toggleList());
    on("show-card", (detail) => this.#card.show(detail));
    on("hide-card", () => this.#card.hide());
    on("drop-card", () => this.#card.drop());
    on("menu-rename", (conversation) => this.#list.rename(conversation));
    on("menu-delete", (conversation) => this.#list.remove(conversation));
    on("conversation-renamed", ({ id, title }) => {
      knownSession(id)?.rename(title);
      this.#show();
    });
    on("conversation-deleted", ({ id }) => this.#deleted(id));
    on("conversation-restored", ({ id }) => router.go({ area: "ask", item: id }));
    this.#evidence.listen(this);
  }

  /** The place in the address. */
  set route({ item }) {
    const { session } = this.#asking;
    const blank = session && session.id === null ? session : null;
    this.#asking.enter(item ? openSession(item) : (blank ?? newSession()));
    this.#split.toggleList(false);
    this.#show();
  }

  #show() {
    const { session } = this.#asking;
    const { params } = router.current();
    const start = session.id === null && !session.turns.length;
    const view = start ? this.#start : this.#thread;
    if (this.#scroller.firstElementChild !== view) this.#scroller.replaceChildren(view);
    this.#split.classList.toggle("is-start", start);
    const place = start ? this.#start.place : this.#dock;
    if (this.#composer.parentElement !== place) {
      place.append(this.#composer);
      this.#composer.focusField();
    }
    this.#composer.busy = session.running !== null;
    if (!start) this.#thread.view = { session, leaf: params.get("leaf") ?? "" };
    const exportable = session.exportable(params.get("leaf") ?? "");
    this.#header.place = { session, start, institution: this.#institution, exportable };
    this.#evidence.show(params.get("ev") ?? "", session);
    this.#list.place = { active: session.id, running: session.running ? [session.id] : [] };
    document.title = session.title ? t("title.of", { title: session.title }) : t("title");
  }

  #deleted(id) {
    knownSession(id)?.stop();
    closeSession(id);
    if (id === this.#asking.session.id) router.go({ area: "ask" });
  }

  /** What the server says of itself; shown on the first page and used as limits. */
  set facts(facts) {
    this.#start.facts = facts;
    this.#composer.written = facts.me?.model.configured ?? true;
    if (facts.me) {
      this.#composer.limit = facts.me.limits.question_max_chars;
      this.#institution = facts.me.institution.name;
    }
    if (facts.collections) this.#composer.scope.collections = facts.collections;
    this.#composer.online = facts.online;
    if (this.#asking.session) this.#show();
  }
}
customElements.define("ask-area", AskArea);
