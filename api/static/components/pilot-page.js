// One pilot: overview, record, files and their proposals, reports.
import { DraftEvidence } from "../lib/draft-evidence.js";
import { h, icon, iconButton, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { complain, toast } from "../lib/notify.js";
import { PilotCase } from "../lib/pilot-case.js";
import * as router from "../lib/router.js";
import { openDialog } from "./confirm-dialog.js";
import { errorState } from "./error-state.js";
import "./evidence-pane.js";
import "./pilot-overview.js";
import "./pilot-proposals.js";
import "./pilot-record.js";
import "./pilot-report.js";
import "./pilot-source.js";

const VIEWS = ["overview", "record", "files", "report"];

async function attempt(work, done = "") {
  try {
    const result = await work();
    if (result && done) toast(done);
    return result;
  } catch (error) {
    complain(error);
    return false;
  }
}

class PilotPage extends HTMLElement {
  #case = new PilotCase();
  #parts = Object.fromEntries(
    [["overview", "overview"], ["record", "record"], ["files", "proposals"], ["report", "report"]].map(([view, name]) => [view, h(`pilot-${name}`)]),
  );
  #head = h("header", { class: "page-header with-line" });
  #body = h("div", { class: "pilot-body" });
  #pane = h("evidence-pane", { hidden: true, "data-part": "pane" });
  #source = h("pilot-source", { hidden: true, "data-part": "pane" });
  #evidence = null;
  #place = { params: new URLSearchParams() };
  #files = h("input", { type: "file", multiple: true, hidden: true });

  connectedCallback() {
    if (this.firstElementChild) return;
    this.append(this.#head, h("div", { class: "pilot-columns" }, this.#body, this.#pane, this.#source), this.#files);
    this.#case.addEventListener("change", () => this.#draw());
    this.#files.addEventListener("change", () => attempt(() => this.#case.addFiles([...this.#files.files]), t("files.read")));
    this.#evidence = new DraftEvidence({ pane: this.#pane, sheet: this.#parts.report.panel.sheet });
    this.#evidence.listen(this);
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("show-view", ({ view }) => router.update({ view, paper: "", ev: "" }));
    on("add-files", () => this.#files.click());
    on("accept", ({ ids }) => attempt(() => this.#case.accept(ids), t("files.accepted")));
    on("dismiss", ({ ids }) => attempt(() => this.#case.dismiss(ids), t("files.dismissed")));
    on("edit-value", (detail) => this.#edit(detail));
    on("open-source", ({ name }) => this.#openSource(name));
    this.#source.addEventListener("close-pane", () => router.closeLayer(["ev"]));
    on("open-paper", ({ id }) => router.update({ paper: id }));
    on("write-report", ({ kind }) => this.#write(kind));
    on("draft-shown", () => this.#follow());
  }

  /** The place in the address: the pilot, its view, the open paper and source. */
  set route(place) {
    this.#place = place;
    if (place.item !== this.#case.id) this.#body.replaceChildren(skeleton());
    this.#case.open(place.item);
    this.#draw();
  }

  get #view() {
    const view = this.#place.params.get("view");
    return VIEWS.includes(view) ? view : "overview";
  }

  #draw() {
    const { pilot, choices, validation, error, isWriting } = this.#case;
    if (!pilot) {
      const retry = () => this.#case.read();
      this.#head.replaceChildren(this.#back(), h("h1", {}, t("area.pilots")));
      if (error) this.#body.replaceChildren(errorState({ title: t("pilot.failed"), error, retry }));
      return;
    }
    document.title = t("title.of", { title: pilot.record.product?.name || pilot.record.title });
    this.#drawHead(pilot);
    const part = this.#parts[this.#view];
    this.#body.className = `pilot-body of-${this.#view}`;
    if (part.parentElement !== this.#body) this.#body.replaceChildren(part);
    const paper = this.#place.params.get("paper") ?? "";
    if (this.#view === "report") part.content = { pilot, validation, paper, isWriting };
    else part.content = this.#view === "files" ? { files: pilot.files, choices } : pilot;
    this.#follow();
  }

  #back() {
    return iconButton(t("pilot.back"), "arrow-left", { onclick: () => router.go({ area: "pilots" }) });
  }

  #drawHead({ record, open_choices: open }) {
    const facts = [t("area.pilots"), record.code, record.supplier?.name, record.institution?.name].filter(Boolean);
    const name = h("div", { class: "case-name" }, h("p", { class: "helper" }, facts.join(" · ")), h("h1", {}, record.product?.name || record.title));
    const tab = (view) =>
      h(
        "button",
        { type: "button", class: "view-tab", "aria-pressed": String(view === this.#view), onclick: () => tell(this, "show-view", { view }) },
        t(`pilot.view.${view}`),
        view === "files" && open > 0 && h("span", { class: "tabular" }, ` ${open}`),
      );
    // Where values wait to be taken over, that comes first.
    const isAside = this.#view === "files" && open > 0;
    const write = h("button", { type: "button", class: `button ${isAside ? "outlined" : "filled"}`, onclick: () => this.#write("completion") }, icon("sparkles", 16), t("report.write"));
    this.#head.replaceChildren(this.#back(), name, h("div", { class: "actions" }, h("div", { class: "view-tabs", role: "group", "aria-label": t("pilot.views") }, VIEWS.map(tab)), write));
  }

  #follow() {
    const draft = this.#view === "report" ? this.#parts.report.draft : null;
    const ev = this.#place.params.get("ev") ?? "";
    this.#pane.hidden = !(draft && this.#evidence.show(ev, draft));
    const labels = this.#case.pilot?.labels ?? {};
    this.#source.hidden = !this.#source.show(this.#case.id, ev, labels[ev.slice(2)]);
  }

  #openSource(name) {
    const open = this.#place.params.get("ev") ?? "";
    if (name === open) this.#source.enter();
    else router.update({ ev: name }, { layer: open === "", replace: open !== "" });
  }

  async #write(kind) {
    router.update({ view: "report", paper: "", ev: "" });
    const made = await attempt(() => this.#case.write(kind), t("report.written"));
    if (made?.paper_id) router.update({ paper: made.paper_id }, { replace: true });
  }

  async #edit({ place, label, value }) {
    const shown = value === null || value === undefined ? "" : String(value);
    const input = h("input", { class: "input", name: "value", value: shown, autocomplete: "off" });
    const body = [h("label", { class: "field" }, label, input), h("p", { class: "helper" }, t("record.edit.text"))];
    const values = await openDialog({ title: t("record.edit"), body, submit: t("record.keep") });
    if (!values || values.value === shown) return;
    await attempt(() => this.#case.change([{ place, value: values.value.trim() || null }]), t("record.kept"));
  }
}
customElements.define("pilot-page", PilotPage);
