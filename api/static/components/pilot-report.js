// The reports of a pilot: outline with the kind of each section | the sheet | what the checks found.
import { DraftSession } from "../lib/draft-session.js";
import { button, h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./check-list.js";
import "./draft-panel.js";
import "./empty-state.js";

const KINDS = ["completion", "plan", "interim", "supplement", "summary"];

class PilotReport extends HTMLElement {
  #outline = h("nav", { class: "report-outline", "aria-label": t("report.outline") });
  #sheet = h("div", { class: "report-sheet" });
  #panel = h("draft-panel");
  #checks = h("aside", { class: "report-checks", "aria-label": t("report.checks") });
  #list = h("check-list");
  #session = null;
  #pilot = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    this.append(this.#outline, this.#sheet, this.#checks);
    this.#checks.append(h("h2", {}, t("report.checks")), this.#list);
    this.addEventListener("draft-shown", () => this.#draw());
  }

  /** The pilot, its validation (null while it is made) and the id of the open paper, "" for none. */
  set content({ pilot, validation, paper, isWriting }) {
    this.#pilot = pilot;
    if (validation) this.#list.content = validation;
    else this.#list.replaceChildren(skeleton());
    const open = pilot.papers.find((one) => one.paper_id === paper) ?? pilot.papers[0];
    if (isWriting) this.#sheet.replaceChildren(h("p", { class: "writing" }, t("report.writing")), skeleton());
    else if (!open) this.#sheet.replaceChildren(this.#empty());
    else this.#show(open.paper_id);
    this.#draw();
  }

  /** The sheet, for those who show the source of a sentence. */
  get panel() {
    return this.#panel;
  }

  get draft() {
    return this.#session?.draft ?? null;
  }

  #show(id) {
    if (this.#panel.parentElement !== this.#sheet) this.#sheet.replaceChildren(this.#panel);
    if (this.#session?.id === id) return;
    this.#session = new DraftSession(id);
    this.#panel.session = this.#session;
    this.#session.load();
  }

  #empty() {
    const write = button(t("report.write"), { icon: "sparkles", onclick: () => tell(this, "write-report", { kind: "completion" }) });
    return h("empty-state", { ".content": { symbol: "file-text", title: t("report.none"), text: t("report.none.text"), action: write } });
  }

  #draw() {
    const { papers } = this.#pilot;
    const draft = this.#session?.draft;
    const which = h(
      "select",
      { class: "input", "aria-label": t("report.which"), onchange: (event) => tell(this, "open-paper", { id: event.target.value }) },
      papers.map((one) => h("option", { value: one.paper_id, selected: one.paper_id === draft?.paper_id }, one.title)),
    );
    const make = h("select", { class: "chip", "aria-label": t("report.new") }, h("option", { value: "" }, t("report.new")));
    make.append(...KINDS.map((kind) => h("option", { value: kind }, t(`report.${kind}`))));
    make.addEventListener("change", () => make.value && tell(this, "write-report", { kind: make.value }));
    const parts = (draft?.parts ?? []).filter((part) => part.heading);
    const items = parts.map((part) => {
      const isOpen = draft.items?.some((one) => one.part_id === part.part_id);
      const kind = isOpen ? h("span", { class: "badge warn" }, t("part.open")) : h("span", { class: `badge ${part.kind === "drafted" ? "info" : ""}` }, t(`part.${part.kind}`));
      const go = () => this.#panel.querySelector(`[data-part="${CSS.escape(part.part_id)}"]`)?.scrollIntoView({ block: "start" });
      return h("li", { class: part.level > 1 ? "inner" : null }, h("button", { type: "button", onclick: go }, h("span", {}, part.heading), kind));
    });
    const export_ = (format) => h("a", { class: "button small outlined", href: `/api/drafts/${encodeURIComponent(draft.paper_id)}/export?format=${format}`, download: "" }, icon("download", 14), format.toUpperCase());
    const files = draft ? h("div", { class: "exports" }, ["hwpx", "docx", "pdf"].map(export_), h("a", { class: "link-button", href: `#/drafts/${encodeURIComponent(draft.paper_id)}` }, t("case.versions"))) : null;
    this.#outline.replaceChildren(...[papers.length > 0 && which, make, files, h("ol", {}, items)].filter(Boolean));
  }
}
customElements.define("pilot-report", PilotReport);
