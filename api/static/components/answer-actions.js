// Below a final answer: copy with sources, files of it, and feedback with reasons.
import { h, icon, iconButton } from "../lib/dom.js";
import { answerFile, sendFeedback } from "../lib/api.js";
import { answerText, copyText } from "../lib/cite.js";
import { answerItems } from "../lib/files.js";
import { t } from "../lib/i18n.js";
import { complain, toast } from "../lib/notify.js";
import "./menu-button.js";

const REASONS = ["different_evidence", "outdated", "missing", "tone"];

class AnswerActions extends HTMLElement {
  #turn = null;
  #given = { verdict: null, reasons: [] };

  /** A turn with a final answer. */
  set turn(turn) {
    this.#turn = turn;
    if (turn.feedback) this.#given = { verdict: turn.feedback.verdict, reasons: turn.feedback.reasons ?? [] };
    this.#draw();
  }

  #draw() {
    const { verdict } = this.#given;
    const thumb = (value, symbol) =>
      iconButton(t(`feedback.${value}`), symbol, {
        "aria-pressed": String(verdict === value),
        onclick: () => this.#vote(verdict === value ? null : value),
      });
    const copy = h(
      "button",
      { type: "button", class: "button plain small", onclick: () => this.#copy() },
      icon("copy", 16),
      h("span", {}, t("copy")),
    );
    this.replaceChildren(
      h("div", { class: "answer-actions" }, copy, this.#files(), thumb("up", "thumbs-up"), thumb("down", "thumbs-down")),
    );
    if (verdict === "down") this.append(this.#reasons());
  }

  // What was stopped or failed was not checked: it does not leave in a file.
  #files() {
    const { turn_id: id, state, answer } = this.#turn;
    if (state !== "final" || answer.outcome !== "answered") return null;
    const items = answerItems((format) => answerFile(id, format));
    const look = { kind: "plain", small: true };
    const menu = { label: t("export"), symbol: "file-output", isWorded: true, look, items };
    return h("menu-button", { ".menu": menu });
  }

  #reasons() {
    return h(
      "div",
      { class: "row reasons", role: "group", "aria-label": t("feedback.reasons") },
      h("span", { class: "helper" }, t("feedback.reasons")),
      REASONS.map((reason) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-pressed": String(this.#given.reasons.includes(reason)),
            onclick: (event) => this.#reason(reason, event.currentTarget),
          },
          t(`feedback.${reason}`),
        ),
      ),
    );
  }

  async #copy() {
    const done = await copyText(answerText(this.#turn.answer));
    toast(t(done ? "copied" : "copy.failed"), { symbol: done ? "check" : "circle-alert" });
  }

  async #save(change) {
    const before = this.#given;
    this.#given = { ...before, ...change };
    try {
      await sendFeedback(this.#turn.turn_id, this.#given);
      this.#turn.feedback = this.#given;
    } catch (error) {
      this.#given = before;
      complain(error);
    }
  }

  async #vote(verdict) {
    await this.#save({ verdict, reasons: verdict === "down" ? this.#given.reasons : [] });
    this.#draw();
    this.querySelector(
      verdict === "down" ? ".chip" : `[aria-label="${CSS.escape(t("feedback.up"))}"]`,
    )?.focus();
    if (verdict === "up") toast(t("feedback.thanks"));
  }

  async #reason(reason, chip) {
    const has = this.#given.reasons.includes(reason);
    await this.#save({
      reasons: has
        ? this.#given.reasons.filter((other) => other !== reason)
        : [...this.#given.reasons, reason],
    });
    chip.setAttribute("aria-pressed", String(this.#given.reasons.includes(reason)));
  }
}
customElements.define("answer-actions", AnswerActions);
