// Where a value of a pilot was read: the file beside the record, the cell or words marked.
import { fileAddress, preview } from "../lib/api.js";
import { h, iconButton, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { pushLayer } from "../lib/keyboard.js";
import { valueSource } from "../lib/pilots.js";
import { errorState } from "./error-state.js";
import { note } from "./page-note.js";
import "./sheet-handle.js";
import "./source-page.js";

const fileOf = ({ document_id: id, file_name: name, page_count: pages }) => ({
  key: id,
  name,
  pages,
  address: fileAddress(id),
  read: (filters) => preview(id, filters),
});

class PilotSource extends HTMLElement {
  #title = h("h2", { tabindex: "-1", id: "source-title" }, t("evidence"));
  #body = h("div", { class: "pane-body" });
  #shown = "";
  #pop = null;

  connectedCallback() {
    if (this.firstElementChild) return;
    const close = iconButton(t("close"), "x", { onclick: () => tell(this, "close-pane") });
    const head = h("div", { class: "pane-head" }, this.#title, h("div", { class: "actions" }, close));
    this.append(h("aside", { class: "pane", "aria-labelledby": "source-title" }, h("sheet-handle"), head, this.#body));
  }

  /** Follow the address: `v:<place>` of the record, `p:<id>` of a proposal; returns whether one is open. */
  show(pilotId, name, label = "") {
    const isOpen = /^[vp]:./.test(name);
    if (!isOpen) {
      this.#leave();
      return false;
    }
    if (name === this.#shown) return true;
    this.hidden = false;
    this.#pop ??= pushLayer(() => tell(this, "close-pane"));
    this.#shown = name;
    this.#load(pilotId, name, label);
    return true;
  }

  #leave() {
    this.#pop?.();
    this.#pop = null;
    const isBack = this.contains(document.activeElement) || document.activeElement === document.body;
    // The view may have been drawn anew meanwhile; the button of the source is another one then.
    const opener = this.parentElement.querySelector(`[data-source="${CSS.escape(this.#shown)}"]`);
    if (this.#shown && isBack) opener?.focus({ preventScroll: true });
    this.#shown = "";
  }

  /** Focus the title: a second press on a source moves here. */
  enter() {
    this.#title.focus();
  }

  async #load(pilotId, name, label) {
    const wait = setTimeout(() => this.#body.replaceChildren(skeleton()), 300);
    const [kind, id] = [name[0], name.slice(2)];
    try {
      const found = await valueSource(pilotId, kind === "p" ? { proposal_id: id } : { place: id });
      if (name === this.#shown) this.#draw(found, label);
    } catch (error) {
      if (name !== this.#shown) return;
      const retry = error.status === 404 ? null : () => this.#load(pilotId, name, label);
      this.#body.replaceChildren(errorState({ title: t("evidence.failed"), error, retry }));
    } finally {
      clearTimeout(wait);
    }
  }

  #draw(found, label) {
    const page = h("source-page");
    const gone = found.at ? null : note({ tone: "warn", text: t("pilot.source.changed") });
    const quote = found.quote && h("q", {}, found.quote);
    const where = h("p", { class: "source-where" }, h("span", { class: "helper" }, found.where), quote);
    const words = label && h("h3", { class: "pane-title" }, label);
    this.#body.replaceChildren(...[words, where, gone, page].filter(Boolean));
    page.place = { file: fileOf(found), evidence: found.at };
  }
}
customElements.define("pilot-source", PilotSource);
