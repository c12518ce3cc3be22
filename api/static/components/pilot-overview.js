// A pilot at a glance: steps, what is due next, checklist, score, charts, the two axes.
import { h, icon, tell } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { stepsOf } from "../lib/course.js";
import { t } from "../lib/i18n.js";
import { calendarAddress } from "../lib/pilots.js";
import "./bar-chart.js";
import { articleWords } from "./clock-working.js";
import { note } from "./page-note.js";
import { growthCard, relevanceCard } from "./pilot-axes.js";
import "./pilot-checklist.js";
import "./score-card.js";
import { stepDetail } from "./step-detail.js";
import "./step-line.js";

class PilotOverview extends HTMLElement {
  #steps = h("step-line");
  #detail = h("div", { class: "pilot-next" });
  #next = h("div", { class: "pilot-next" });
  #checklist = h("pilot-checklist", { class: "card flush" });
  #score = h("score-card", { class: "card" });
  #side = h("div", { class: "pilot-side" });
  #axes = h("div", { class: "pilot-axes" });
  #pilot = null;
  #open = "";

  connectedCallback() {
    if (this.firstElementChild) return;
    const main = h("div", { class: "pilot-main" }, this.#checklist, this.#axes);
    this.append(this.#steps, this.#detail, this.#next, h("div", { class: "pilot-grid" }, main, this.#side));
    this.#steps.addEventListener("open-step", ({ detail }) => this.#toggle(detail.id));
  }

  // The details of a step below the line; the same step once more closes them.
  #toggle(id) {
    this.#open = id === this.#open ? "" : id;
    const step = this.#pilot.course.steps.find((one) => one.step_id === this.#open);
    this.#steps.open = this.#open;
    this.#detail.replaceChildren(...(step ? [stepDetail(step)] : []));
  }

  /** The pilot as the server gives it. */
  set content(pilot) {
    const { figures, course, record } = pilot;
    const open = this.#pilot?.pilot_id === pilot.pilot_id ? this.#open : "";
    this.#pilot = pilot;
    this.#steps.steps = stepsOf(course);
    this.#open = "";
    this.#toggle(open);
    this.#next.replaceChildren(...this.#notes(pilot));
    this.#checklist.content = { fulfilment: figures.fulfilment, sourceOf: (place) => this.#sourceOf(record, place) };
    this.#score.score = this.#scoreOf(figures.score);
    this.#side.replaceChildren(...[this.#score, this.#effects(figures.effects), this.#survey(figures.surveys)].filter(Boolean));
    this.#axes.replaceChildren(growthCard(figures.growth), relevanceCard(figures.relevance));
  }

  #sourceOf({ sources = {} }, place) {
    const own = [`${place}.value`, place].find((one) => one in sources);
    return own && { ...sources[own], place: own };
  }

  #notes(pilot) {
    const { next_act: next, cancelled_on: cancelled } = pilot.course;
    const files = pilot.open_choices
      ? [note({ tone: "info", title: t("pilot.proposed", { n: pilot.open_choices }), action: this.#go("files", t("pilot.look_at_values")) })]
      : [];
    if (cancelled) return [...files, note({ tone: "plain", title: t("pilot.cancelled_on", { date: formatDate(cancelled) }) })];
    if (!next) return files;
    const words = h("span", {}, next.limit.why, " ", articleWords(next.limit.article));
    const calendar = h("a", { class: "button small outlined", href: calendarAddress(pilot.pilot_id), download: "" }, icon("calendar-plus", 16), t("pilot.calendar"));
    const tone = next.limit.is_late ? "danger" : next.limit.days <= 14 ? "warn" : "info";
    return [...files, note({ tone, symbol: "calendar-clock", title: next.text, text: words, action: calendar })];
  }

  #go(view, words) {
    return h("button", { type: "button", class: "button small outlined", onclick: () => tell(this, "show-view", { view }) }, words);
  }

  #scoreOf({ parts, total }) {
    return {
      title: t("pilot.satisfaction"),
      total: total.value === null ? null : total.value,
      most: 100,
      working: parts[0].points.working,
      parts: parts.map(({ maximum, points, reason }) => ({
        label: points.name,
        text: points.value,
        most: maximum,
        share: points.value === null ? null : Number(points.value) / maximum,
        note: points.note || reason,
      })),
    };
  }

  #effects({ comparisons }) {
    const known = comparisons.filter((one) => one.rate.value !== null);
    if (!known.length) return null;
    const bars = comparisons.map((one) => {
      const value = one.rate.value === null ? null : Number(one.rate.value);
      return { label: one.text, value, text: one.rate.text, tone: value !== null && value < 100 ? "short" : "" };
    });
    const chart = { title: t("pilot.effects"), unit: t("pilot.effects.unit"), bars, goal: { value: 100, label: t("pilot.effects.goal") } };
    return h("bar-chart", { class: "card", ".chart": chart });
  }

  #survey(surveys) {
    const survey = surveys.find((one) => one.questions.some((question) => question.mean.value !== null));
    if (!survey) return null;
    const bars = survey.questions.map((one) => ({
      label: one.text,
      value: one.mean.value === null ? null : Number(one.mean.value),
      text: one.mean.value === null ? "" : `${one.mean.text} (n=${one.people})`,
    }));
    return h("bar-chart", { class: "card", ".chart": { title: survey.name || t("pilot.survey"), unit: survey.response.value === null ? "" : survey.response.text, bars } });
  }
}
customElements.define("pilot-overview", PilotOverview);
