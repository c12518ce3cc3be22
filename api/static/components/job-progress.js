// How far a job is: done of total, time left, tokens, cost, failures, conflicts; pause, go on, cancel.
import { announce, button, h, tell } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

const STEER = {
  running: [["pause", "pause"], ["cancel", "x"]],
  paused: [["resume", "play"], ["cancel", "x"]],
  cancelled: [],
  done: [],
};

function left(seconds) {
  if (seconds === null || seconds === undefined) return "";
  return seconds < 60 ? t("job.left_soon") : t("job.left", { n: Math.ceil(seconds / 60) });
}

function factsOf(job) {
  const { prompt_tokens: asked, completion_tokens: told, cost_won: won } = job;
  return [
    job.state === "running" ? left(job.left_s) : t(`job.state.${job.state}`),
    asked !== null && t("job.tokens", { n: formatNumber(asked + (told ?? 0)) }),
    won !== null && t("job.cost", { n: formatNumber(won < 10 ? won : Math.round(won)) }),
    job.reused > 0 && t("job.reused", { n: job.reused }),
  ].filter(Boolean);
}

class JobProgress extends HTMLElement {
  #count = h("b", { class: "job-count tabular" });
  #facts = h("span", { class: "helper tabular" });
  #marks = h("span", { class: "job-marks" });
  #steer = h("span", { class: "job-marks" });
  #bar = h("div", { class: "job-bar", role: "progressbar", "aria-valuemin": 0, "aria-label": t("job.progress") });
  #counts = h("span", { class: "helper tabular" });
  #note = h("span", { class: "helper" });
  #steered = "";
  #said = "";

  #build() {
    if (this.firstElementChild) return;
    const grow = () => h("span", { class: "grow" });
    this.append(
      h("div", { class: "job-line" }, this.#count, this.#facts, grow(), this.#marks, this.#steer),
      this.#bar,
      h("div", { class: "job-line" }, this.#counts, grow(), this.#note),
    );
  }

  /** The job as the server gives it, whether a model had a share in it, and how many files wait to be sent. */
  set content({ job, hasModel, rest }) {
    const { total, done, failed, running, waiting, conflicting } = job.counts;
    this.#build();
    const isOver = job.state === "done" || job.state === "cancelled";
    this.#count.textContent = t("job.done_of", { done, total });
    this.#facts.textContent = factsOf(job).join(" · ");
    const marks = [
      failed > 0 && badge("danger", "circle-x", t("job.failed", { n: failed })),
      conflicting > 0 && badge("warn", "triangle-alert", t("job.conflicts", { n: conflicting })),
    ].filter(Boolean);
    this.#marks.replaceChildren(...marks);
    this.#counts.textContent = t("job.counts", { done, running, failed, waiting });
    this.#note.textContent = isOver ? (hasModel ? "" : t("job.no_model")) : t("job.goes_on");
    this.#drawSteer(job.state, failed > 0, rest);
    this.#fill(job);
  }

  /** The buttons stay the same while figures change, so that none is replaced under the pointer. */
  #drawSteer(state, hasFailed, rest) {
    const key = JSON.stringify([state, hasFailed, rest]);
    if (key === this.#steered) return;
    this.#steered = key;
    const had = this.#steer.contains(document.activeElement);
    const make = (words, symbol, name, detail = {}, kind = "outlined") =>
      button(words, { icon: symbol, kind, small: true, onclick: () => tell(this, name, detail) });
    this.#steer.replaceChildren(
      ...(rest ? [make(t("job.rest", { n: rest }), "play", "add-rest", {}, "filled")] : []),
      ...STEER[state].map(([how, symbol]) => make(t(`job.${how}`), symbol, "steer", { how })),
      ...(hasFailed && state !== "running" ? [make(t("job.retry"), "refresh-cw", "run-again", { failed_only: true })] : []),
    );
    if (had) this.#steer.firstElementChild?.focus();
  }

  #fill({ job_id: id, counts: { total, done, failed, running } }) {
    const part = (kind, n) => {
      const element = h("i", { class: kind });
      element.style.setProperty("flex-grow", n);
      return element;
    };
    const rest = Math.max(total - done - failed - running, 0);
    this.#bar.replaceChildren(part("done", done), part("running", running), part("failed", failed), part("rest", rest));
    this.#bar.setAttribute("aria-valuemax", total);
    this.#bar.setAttribute("aria-valuenow", done + failed);
    // Screen readers hear each tenth, not each file.
    const said = `${id} ${total ? Math.floor((10 * (done + failed)) / total) : 0}`;
    if (said === this.#said) return;
    this.#bar.setAttribute("aria-valuetext", this.#counts.textContent);
    if (this.#said.startsWith(`${id} `)) announce(this.#counts.textContent);
    this.#said = said;
  }
}
customElements.define("job-progress", JobProgress);
