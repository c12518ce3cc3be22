// The jobs of the institution, newest first.
import { button, h, skeleton, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./empty-state.js";
import { errorState, failedPage } from "./error-state.js";
import "./page-header.js";
import "./progress-line.js";
import { badge } from "./state-badge.js";

const STATES = { running: ["info", "busy"], paused: ["warn", "pause"], done: ["ok", "check"], cancelled: ["plain", "x"] };

class JobList extends HTMLElement {
  #page = h("div", { class: "job-list scroller" });

  connectedCallback() {
    if (this.firstElementChild) return;
    const fresh = button(t("job.new"), { icon: "plus", kind: "filled", onclick: () => tell(this, "new-job") });
    this.append(h("page-header", { ".content": { title: t("area.applications"), actions: [fresh] } }), this.#page);
  }

  /** Jobs, null while they are loaded. */
  set content({ jobs, error, retry }) {
    if (error && !jobs) return this.#page.replaceChildren(errorState({ title: t("job.list_failed"), error, retry }));
    if (!jobs) return this.#page.replaceChildren(skeleton());
    if (!jobs.length) {
      const action = button(t("job.new"), { icon: "plus", onclick: () => tell(this, "new-job") });
      const empty = { symbol: "table-2", title: t("job.none"), text: t("job.none.text"), action };
      return this.#page.replaceChildren(h("empty-state", { ".content": empty }));
    }
    this.#page.replaceChildren(h("ul", {}, jobs.map((job) => this.#row(job))));
  }

  #row(job) {
    const { total, done, failed } = job.counts;
    const facts = [job.table.title, t("job.files_n", { n: total }), formatWhen(job.created_at), job.by].filter(Boolean);
    const bar = h("progress", { max: total || 1, value: done + failed, "aria-label": t("job.done_of", { done, total }) });
    return h(
      "li",
      { class: "job-row" },
      h("a", { href: `#/applications/${encodeURIComponent(job.job_id)}` }, h("b", {}, job.title || job.table.title), h("span", { class: "helper" }, facts.join(" · "))),
      bar,
      h("span", { class: "helper tabular job-share" }, `${done}/${total}`),
      h(
        "span",
        { class: "job-badges" },
        badge(...STATES[job.state], t(`job.state.${job.state}`)),
        failed ? badge("danger", "circle-x", t("job.failed", { n: failed })) : null,
      ),
    );
  }
}
customElements.define("job-list", JobList);

/** What is shown in the place of a job that cannot be loaded. */
export function notThere(sheet) {
  const back = { label: t("sheet.back"), href: "#/applications" };
  const error = { title: t("job.failed_to_load"), error: sheet.error, retry: () => sheet.read() };
  return h("div", {}, failedPage({ title: t("area.applications"), back }, error));
}
