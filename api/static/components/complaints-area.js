// The complaints: the queue, or one case; the working of a due date opens beside the queue.
import { draftMany, clock as readClock } from "../lib/complaints.js";
import { h, iconButton, skeleton } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { onKey, pushLayer } from "../lib/keyboard.js";
import { complain, toast } from "../lib/notify.js";
import { Queue } from "../lib/queue.js";
import * as router from "../lib/router.js";
import { clockWorking } from "./clock-working.js";
import "./complaint-case.js";
import { askComplaint, askTable } from "./complaint-intake.js";
import "./complaint-queue.js";
import { errorState } from "./error-state.js";

class ComplaintsArea extends HTMLElement {
  #queue = new Queue();
  #list = h("complaint-queue");
  #case = h("complaint-case");
  #main = h("main", { id: "main", "aria-label": t("area.complaints") });
  #pane = h("aside", { class: "clock-pane", hidden: true, "aria-label": t("clock.title") });
  #place = { item: "", params: new URLSearchParams() };
  #clockOf = "";
  #off = [];
  #pop = null;

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = [onKey("/", () => !this.#place.item && this.#list.focusSearch())];
    this.#queue.connect();
  }

  disconnectedCallback() {
    for (const off of this.#off) off();
    this.#queue.disconnect();
    this.#closeClock();
  }

  #build() {
    this.append(this.#main, this.#pane);
    this.#queue.addEventListener("change", () => this.#queueChanged());
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("filter", (changes) => router.update(changes, { replace: true }));
    on("open-case", ({ id }) => router.go({ area: "complaints", item: id }));
    on("close-case", () => (history.length > 1 ? history.back() : router.go({ area: "complaints" })));
    on("open-clock", ({ id }) => router.update({ clock: id }, { layer: !this.#clockOf, replace: Boolean(this.#clockOf) }));
    on("take", async () => {
      const id = await askComplaint();
      if (id) router.go({ area: "complaints", item: id });
    });
    on("take-table", async () => (await askTable()) && this.#queue.read());
    on("draft-many", ({ ids }) => this.#draft(ids));
  }

  async #draft(ids) {
    try {
      const { waiting } = await draftMany(ids);
      toast(t("queue.drafting", { n: waiting.length }));
      this.#queue.read();
    } catch (error) {
      complain(error);
    }
  }

  #queueChanged() {
    const overdue = this.#queue.counts.overdue ?? 0;
    document.querySelector("app-rail").count = { area: "complaints", count: overdue, label: t("queue.overdue", { n: overdue }) };
    if (!this.#place.item) this.#list.content = { queue: this.#queue, filters: this.#filters };
  }

  get #filters() {
    const { params } = this.#place;
    return { which: params.get("which") || "open", kind: params.get("kind") ?? "", query: params.get("query") ?? "" };
  }

  set facts(_) {}

  /** The place in the address: a case, or the filters of the queue and the clock that is open. */
  set route(place) {
    this.#place = place;
    const shown = place.item ? this.#case : this.#list;
    if (this.#main.firstElementChild !== shown) this.#main.replaceChildren(shown);
    if (place.item) {
      this.#case.caseId = place.item;
      this.#case.source = place.params.get("ev") ?? "";
      this.#closeClock();
      return;
    }
    document.title = t("title.of", { title: t("area.complaints") });
    this.#queue.show(this.#filters);
    this.#queueChanged();
    this.#clock(place.params.get("clock") ?? "");
  }

  async #clock(id) {
    if (id === this.#clockOf) return;
    if (!id) return this.#closeClock();
    this.#clockOf = id;
    this.#pop ??= pushLayer(() => router.closeLayer(["clock"]));
    const close = iconButton(t("close"), "x", { onclick: () => router.closeLayer(["clock"]) });
    const head = h("div", { class: "pane-head" }, h("h2", {}, t("clock.title")), close);
    const body = h("div", { class: "pane-body" }, skeleton());
    this.#pane.replaceChildren(head, body);
    this.#pane.hidden = false;
    try {
      const clock = await readClock(id);
      if (id === this.#clockOf) body.replaceChildren(...clockWorking(clock));
    } catch (error) {
      body.replaceChildren(errorState({ title: t("clock.failed"), error }));
    }
  }

  #closeClock() {
    const was = this.#clockOf;
    this.#clockOf = "";
    this.#pop?.();
    this.#pop = null;
    this.#pane.hidden = true;
    if (was && this.#pane.contains(document.activeElement)) this.#list.focusRow(was, "due");
  }
}
customElements.define("complaints-area", ComplaintsArea);
