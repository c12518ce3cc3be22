// The source beside the text: which one of how many, the article, and its citation to copy.
import { citationText, copyText } from "../lib/cite.js";
import { button, h, icon, iconButton, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { toast } from "../lib/notify.js";
import { reveal } from "../lib/passage.js";
import { errorState } from "./error-state.js";
import "./evidence-article.js";
import "./sheet-handle.js";

const WALK = [
  [-1, "previous_source", "chevron-up"],
  [1, "next_source", "chevron-down"],
];

class EvidencePane extends HTMLElement {
  #title = h("h2", { tabindex: "-1", id: "evidence-title" }, t("evidence"));
  #count = h("span", { class: "helper tabular" });
  #body = h("div", {
    class: "pane-body",
    tabindex: "0",
    role: "region",
    "aria-labelledby": "evidence-title",
  });
  #foot = h("div", { class: "pane-foot" });
  #original = h("div", { class: "pane-source" });
  #walk = WALK.map(([step, name, symbol]) =>
    iconButton(t(name), symbol, { onclick: () => tell(this, "walk", { step }) }),
  );

  connectedCallback() {
    if (this.firstElementChild) return;
    const close = iconButton(t("close"), "x", { onclick: () => tell(this, "close-pane") });
    const actions = h("div", { class: "actions" }, this.#original, close);
    const head = h("div", { class: "pane-head" }, this.#title, this.#count, this.#walk, actions);
    const parts = [h("sheet-handle"), head, this.#body, this.#foot];
    this.append(h("aside", { "aria-labelledby": "evidence-title", class: "pane" }, parts));
  }

  /** Focus the pane's title: a second Enter on a citation moves here. */
  enter() {
    this.#title.focus();
  }

  /** `place` in the answer's sources, as `{at, of}`; null when the source is not one of them. */
  set place(place) {
    this.#count.textContent = place ? `${place.at} / ${place.of}` : "";
    for (const step of this.#walk) step.hidden = !place || place.of < 2;
  }

  /** Nothing is known yet. */
  loading() {
    this.#fill(skeleton());
  }

  failed(error, retry) {
    const gone = error.status === 404;
    const title = t(gone ? "evidence.gone" : "evidence.failed");
    this.#fill(errorState({ title, error, retry: gone ? null : retry }));
  }

  #fill(body) {
    this.#body.replaceChildren(body);
    this.#foot.replaceChildren();
    this.#foot.hidden = true;
    this.#original.replaceChildren();
  }

  /** Show `section`; `citation` (or null) tells the span; `uses` counts the sentences resting on it. */
  show({ section, citation, uses = 0 }) {
    this.#fill(h("evidence-article", { ".content": { section, citation } }));
    if (section.source_url) this.#original.append(this.#link(section.source_url));
    if (citation) {
      const copy = button(t("cite.copy"), { icon: "copy", small: true, onclick: () => this.#copy(citation) });
      this.#foot.append(h("p", { class: "helper" }, uses ? t("evidence.uses", { n: uses }) : t("evidence.unused")), copy);
      this.#foot.hidden = false;
    }
    this.#reveal();
  }

  #link(href) {
    const words = [icon("external-link", 16), h("span", {}, t("evidence.original"))];
    return h("a", { class: "button plain small", href, target: "_blank", rel: "noopener noreferrer" }, words);
  }

  async #copy(citation) {
    const done = await copyText(citationText(citation));
    toast(t(done ? "cite.copied" : "copy.failed"), { symbol: done ? "copy" : "circle-alert" });
  }

  // A pane that is only being opened has no height yet, and nothing in it could be scrolled to.
  #reveal() {
    const go = () => reveal(this.#body.querySelector("mark"), this.#body);
    if (this.#body.clientHeight) go();
    else requestAnimationFrame(go);
  }
}
customElements.define("evidence-pane", EvidencePane);
