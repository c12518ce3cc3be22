// A case: original | points | draft, with one point in question linked through all three.
import { Case } from "../lib/case.js";
import { Casework } from "../lib/casework.js";
import { DraftEvidence } from "../lib/draft-evidence.js";
import { h, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./case-draft.js";
import "./case-header.js";
import "./case-original.js";
import "./case-tabs.js";
import { failedPage } from "./error-state.js";
import "./evidence-pane.js";
import "./masked-text.js";
import "./point-list.js";

class ComplaintCase extends HTMLElement {
  #case = new Case();
  #work = new Casework(this.#case);
  #header = h("case-header");
  #original = h("case-original", { "data-column": "original" });
  #points = h("point-list", { "data-column": "points" });
  #draft = h("case-draft", { "data-column": "draft" });
  #columns = h("div", { class: "case-columns", "data-shown": "original" }, this.#original, this.#points, this.#draft);
  #tabs = h("case-tabs");
  #pane = h("evidence-pane", { hidden: true });
  #evidence = null;
  #ev = "";
  #point = "";
  #isWriting = false;

  connectedCallback() {
    if (this.firstElementChild) return;
    this.#case.addEventListener("change", () => this.#drawn());
    this.#tabs.addEventListener("show-column", ({ detail }) => (this.#columns.dataset.shown = detail.column));
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("add-mask", (span) => this.#work.addMask(span));
    on("lift-mask", ({ id }) => this.#work.liftMask(id));
    on("check-masks", () => this.#work.checkMasks());
    on("change-case", (details) => this.#work.change(details));
    on("record-event", () => this.#work.record());
    on("withdraw-event", ({ id }) => this.#work.withdraw(id));
    on("add-point", () => this.#work.addPoint());
    on("edit-point", ({ id }) => this.#work.editPoint(id));
    on("split-point", ({ id }) => this.#work.splitPoint(id));
    on("merge-point", ({ id }) => this.#work.mergePoint(id));
    on("point-up", ({ id }) => this.#work.movePoint(id, -1));
    on("point-down", ({ id }) => this.#work.movePoint(id, 1));
    on("refer-point", ({ id }) => this.#work.referPoint(id));
    on("remove-point", ({ id }) => this.#work.removePoint(id));
    on("choose-point", ({ id }) => this.choose(id === this.#point ? "" : id));
    on("write-letter", ({ letter }) => this.#write(letter));
    on("stop-writing", () => this.#case.stopWriting());
    on("answer-point", ({ id }) => this.#again(id));
    on("draft-shown", () => this.#draftShown());
    on("case-changed", () => this.#case.read());
    this.#evidence = new DraftEvidence({ pane: this.#pane, sheet: this.#draft.sheet });
    this.#evidence.listen(this);
  }

  /** The open source of the letter, as the address names it. */
  set source(ev) {
    this.#ev = ev;
    this.#followSource();
  }

  #followSource() {
    this.#pane.hidden = !this.#evidence.show(this.#ev, this.#draft.draft);
  }

  #draftShown() {
    this.#followSource();
    this.#draft.sheet.subject = this.#point;
    // The head shows whether the letter is approved.
    this.#draft.content = { view: this.#case.view, writing: this.#case.writing, point: this.#point };
  }

  /** The id of the case to show; the same one is read anew. */
  set caseId(id) {
    if (id === this.#case.id) return this.#drawn();
    this.#point = "";
    this.replaceChildren(skeleton());
    this.#case.open(id);
  }

  /** Link one point through original, list and draft; "" for none. */
  choose(id) {
    this.#point = id;
    this.#drawn();
  }

  #drawn() {
    const { view, original, clock, error, writing } = this.#case;
    if (!view) {
      if (!error) return;
      const retry = () => this.#case.read();
      const back = { label: t("case.back"), href: "#/complaints" };
      return this.replaceChildren(...failedPage({ title: t("area.complaints"), back }, { title: t("case.failed"), error, retry }));
    }
    if (this.#header.parentElement !== this) this.replaceChildren(this.#header, this.#tabs, this.#columns, this.#pane);
    document.title = t("title.of", { title: view.title || t("area.complaints") });
    this.#header.content = { view, clock };
    this.#original.content = { view, original, point: this.#point };
    // The letters first: whether a point can be answered anew depends on the open one.
    this.#draft.content = { view, writing, point: this.#point };
    if (writing && !this.#isWriting) this.#tabs.show("draft");
    this.#isWriting = Boolean(writing);
    const canAnswer = Boolean(this.#draft.reply);
    this.#points.content = { points: view.case_points, point: this.#point, canAnswer };
    this.#tabs.content = { points: view.case_points.length };
  }

  async #write(letter) {
    const paper = await this.#work.write(letter);
    if (paper) this.#draft.open(paper);
  }

  async #again(id) {
    const { paper, version } = this.#draft.reply;
    if (await this.#work.answerAgain(id, paper, version)) this.#draft.reload();
  }

  /** Ask for the next letter from outside, such as a key. */
  write() {
    tell(this, "write-letter");
  }
}
customElements.define("complaint-case", ComplaintCase);
