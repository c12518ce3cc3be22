// An answer in its states: provisional, verifying, final, stopped, failed.
import { button, h, tell } from "../lib/dom.js";
import { hasText, t } from "../lib/i18n.js";
import { withoutKeys } from "../lib/text.js";
import { badge } from "./state-badge.js";
import "./answer-actions.js";
import "./answer-draft.js";
import "./answer-text.js";
import "./conflict-rows.js";
import "./outcome-note.js";
import { note } from "./page-note.js";
import "./print-sources.js";
import "./source-list.js";
import "./verify-summary.js";

class ChatAnswer extends HTMLElement {
  #draft = h("answer-draft");
  #drawn = undefined;

  /** Draw `turn` as it stands now; while it streams, only what changed is touched. */
  set turn(turn) {
    const key = turn.answer ? "final" : turn.state;
    // A finished answer is drawn once: focus and selection in it stay while others are written.
    if (key !== "running" && this.#drawn === (turn.answer ?? turn.error) && this.dataset.state === key)
      return;
    this.#drawn = turn.answer ?? turn.error;
    if (key === "running") this.#write(turn);
    else if (turn.answer) this.#final(turn);
    else this.#broken(turn);
    this.dataset.state = key;
  }

  #write(turn) {
    this.#draft.turn = turn;
    if (this.firstElementChild !== this.#draft) this.replaceChildren(this.#draft);
  }

  #final(turn) {
    const { answer } = turn;
    const stopped = turn.state !== "final" || !answer.complete;
    const parts = [];
    if (turn.state === "failed") parts.push(this.#failed(turn));
    else if (stopped) parts.push(this.#stopped(turn));
    else if (answer.outcome === "answered") parts.push(h("verify-summary", { ".answer": answer }));
    parts.push(...this.#notices(turn));
    if (answer.outcome !== "answered" && !stopped) parts.push(h("outcome-note", { ".answer": answer }));
    const body = this.#body(answer, stopped);
    if (body) parts.push(body);
    if (answer.conflicts.length) parts.push(h("conflict-rows", { ".conflicts": answer.conflicts }));
    if (answer.citations.length)
      parts.push(
        h("source-list", { ".citations": answer.citations }),
        h("print-sources", { ".citations": answer.citations }),
      );
    else if (stopped || answer.outcome === "no_evidence") parts.push(...this.#found(turn, stopped));
    if (answer.sentences.length) parts.push(h("answer-actions", { ".turn": turn }));
    this.replaceChildren(...parts);
  }

  #body(answer, stopped) {
    if (!answer.sentences.length)
      return answer.text && (stopped || answer.outcome === "answered")
        ? h("p", { class: "provisional", lang: "ko" }, withoutKeys(answer.text))
        : null;
    return h("answer-text", { ".content": { answer, unchecked: stopped } });
  }

  // no_model is said once for the area; stopped and incomplete have their own line.
  #notices(turn) {
    const told = turn.answer.notices.map((notice) => notice.split(":"));
    const shown = told.filter(([code]) => hasText(`notice.${code}`) && code !== "no_model");
    return shown.map(([code, reason = ""]) => {
      const particular = `notice.${code}.${reason}`;
      const text = t(hasText(particular) ? particular : `notice.${code}`);
      const tone = code === "words_only" || code === "removed_sentences" ? "info" : "warn";
      const action = code === "model_failed" ? this.#resend(turn) : null;
      return note({ tone, title: t(`notice.${code}.title`), text, action });
    });
  }

  #stopped(turn) {
    const mark = badge("plain", "square", t("answer.stopped"));
    return h("div", { class: "status-line stopped" }, mark, this.#resend(turn));
  }

  #resend(turn) {
    const onclick = () => tell(this, "resend", { turn });
    return button(t("resend"), { small: true, icon: "rotate-ccw", onclick });
  }

  #failed(turn) {
    const { detail = t("answer.failed.help"), requestId = "" } = turn.error ?? {};
    const extra = requestId ? t("error.request", { id: requestId }) : "";
    const action = this.#resend(turn);
    const failure = note({ tone: "danger", title: t("answer.failed"), text: detail, extra, action });
    if (turn.error) failure.setAttribute("role", "alert");
    return failure;
  }

  // Nothing was stored: what had arrived stays in view.
  #broken(turn) {
    const { provisional = "" } = turn;
    const parts = [turn.state === "stopped" ? this.#stopped(turn) : this.#failed(turn)];
    if (provisional) parts.push(h("p", { class: "provisional", lang: "ko" }, withoutKeys(provisional)));
    parts.push(...this.#found(turn, true));
    this.replaceChildren(...parts);
  }

  // What was found stays open to be read, also when no answer came of it.
  #found({ passages = [] }, unfinished) {
    if (!passages.length) return [];
    const words = t(unfinished ? "source.found" : "source.nearest", { n: passages.length });
    const found = h("p", { class: "helper found" }, words);
    return [h("div", { class: "sources" }, found, h("source-list", { ".passages": passages }))];
  }
}
customElements.define("chat-answer", ChatAnswer);
