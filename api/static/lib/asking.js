// Asking: from the composer into a session, and what follows from how it ends.
import { announce } from "./dom.js";
import { t } from "./i18n.js";
import { finishedSentence } from "./ledger.js";
import * as router from "./router.js";

const isStored = (turn) => !turn.turn_id.startsWith("new-");

/** Sends questions of the session shown and looks after the ones that end. */
export class Asking {
  #parts;
  #watched = new WeakSet();
  session = null;

  /** `thread`, `composer` and `list` of the page; `redraw` shows the session again. */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Show this session from now on; true when it is another one than before. */
  enter(session) {
    if (session === this.session) return false;
    this.session = session;
    this.#parts.composer.draftOf = session.id;
    if (this.#watched.has(session)) return true;
    this.#watched.add(session);
    session.addEventListener("started", ({ detail }) => detail.isNew && this.#started(session));
    session.addEventListener("change", () => session === this.session && this.#parts.redraw());
    session.addEventListener("finished", ({ detail }) => this.#finished(session, detail));
    return true;
  }

  /** Ask; `replaces` is the turn whose question was edited or is sent again. */
  ask(question, { replaces = null } = {}) {
    const { composer, thread } = this.#parts;
    const { session } = this;
    if (session.running) return;
    const last = session.path(router.current().params.get("leaf") ?? "").findLast(isStored);
    if (replaces) router.update({ leaf: "", ev: "" }, { replace: true });
    announce(t("answer.started"));
    session.send(question, composer.scope.scope, { parent: last?.turn_id ?? null, replaces });
    thread.makeRoom();
    if (document.activeElement === document.body) composer.focusField();
  }

  /** Send a question again: one that never reached the server anew, a stored one as a sibling. */
  resend(turn) {
    if (!isStored(turn)) this.session.forget(turn);
    this.ask(turn.question, { replaces: isStored(turn) ? turn.turn_id : null });
  }

  #started(session) {
    if (session === this.session) {
      this.#parts.composer.rename(session.id);
      router.go({ area: "ask", item: session.id }, { replace: true });
    }
    this.#parts.list.refresh();
  }

  #finished(session, turn) {
    this.#parts.list.refresh();
    if (session !== this.session) return;
    if (turn.error?.status === 422 && !isStored(turn)) this.#refused(turn);
    if (turn.answer?.outcome === "blocked_privacy") this.#parts.composer.text = turn.question;
    if (turn.answer?.complete) announce(finishedSentence(turn.answer));
  }

  // Refused before it began (too long, unknown filter): the text goes back into the field.
  #refused(turn) {
    const { composer } = this.#parts;
    this.session.forget(turn);
    composer.text = turn.question;
    composer.problem = turn.error.detail;
    composer.focusField();
  }
}
