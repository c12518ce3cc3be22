// How far a job is: done of total, time left, tokens, cost, failures, conflicts; pause, go on, cancel.
import { button, h, tell } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

const STEER = {
  running: [["pause", "pause"], ["cancel", "x"]],
  paused: [["resume", "play"], ["cancel", "x"]],
  cancelled: [["resume", "play"]],
  done: [],
};

function left(seconds) {
  if (seconds === null || seconds === undefined) return "";
  return seconds < 60 ? t("job.left_soon") : t("job.left", { n: Math.ceil(seconds / 60) });
}

class JobProgress extends HTMLElement {
  #bar = h("div", { class: "job-bar", role: "progressbar", "aria-valuemin": 0, "aria-label": t("job.progress") });
  #said = -1;

  /** The job as the server gives it, whether a model had a share in it, and how many files wait to be sent. */
  set content({ job, hasModel, rest }) {
    const { total, done, failed, running, waiting, conflicting } = job.counts;
    const tokens = job.prompt_tokens === null ? null : job.prompt_tokens + (job.completion_tokens ?? 0);
    const cost = [
      tokens !== null && t("job.tokens", { n: formatNumber(tokens) }),
      job.cost_won !== null && t("job.cost", { n: formatNumber(job.cost_won < 10 ? job.cost_won : Math.round(job.cost_won)) }),
      job.reused > 0 && t("job.reused", { n: job.reused }),
    ].filter(Boolean);
    const facts = [job.state === "running" ? left(job.left_s) : t(`job.state.${job.state}`), cost.join(" · ")].filter(Boolean);
    const marks = [
      failed > 0 && badge("danger", "circle-x", t("job.failed", { n: failed })),
      conflicting > 0 && badge("warn", "triangle-alert", t("job.conflicts", { n: conflicting })),
    ].filter(Boolean);
    const steer = STEER[job.state].map(([how, symbol]) =>
      button(t(`job.${how}`), { icon: symbol, small: true, onclick: () => tell(this, "steer", { how }) }),
    );
    if (failed > 0 && job.state !== "running")
      steer.push(button(t("job.retry"), { icon: "refresh-cw", small: true, onclick: () => tell(this, "run-again", { failed_only: true }) }));
    if (rest) steer.unshift(button(t("job.rest", { n: rest }), { icon: "play", kind: "filled", small: true, onclick: () => tell(this, "add-rest") }));
    const head = h(
      "div",
      { class: "job-line" },
      h("b", { class: "job-count tabular" }, t("job.done_of", { done, total })),
      facts.map((text) => h("span", { class: "helper tabular" }, text)),
      h("span", { class: "grow" }),
      marks,
      steer,
    );
    const counts = t("job.counts", { done, running, failed, waiting });
    const foot = h("div", { class: "job-line" }, h("span", { class: "helper tabular" }, counts), h("span", { class: "grow" }), h("span", { class: "helper" }, this.#note(job, hasModel)));
    this.#fill(job.counts, counts);
    this.replaceChildren(head, this.#bar, foot);
  }

  #note({ state }, hasModel) {
    if (state === "running" || state === "paused") return t("job.goes_on");
    return hasModel ? "" : t("job.no_model");
  }

  #fill({ total, done, failed, running }, text) {
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
    const tenth = total ? Math.floor((10 * (done + failed)) / total) : 0;
    if (tenth !== this.#said) this.#bar.setAttribute("aria-valuetext", text);
    this.#said = tenth;
  }
}
customElements.define("job-progress", JobProgress);
