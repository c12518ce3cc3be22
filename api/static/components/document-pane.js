// One document beside the list: what was read, its versions, its facts.
import * as api from "../lib/api.js";
import { h, icon, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./document-facts.js";
import "./document-text.js";
import { errorState } from "./error-state.js";
import "./sheet-handle.js";
import "./version-list.js";

const TABS = ["text", "versions", "facts"];

class DocumentPane extends HTMLElement {
  #document = null;
  #wanted = "";
  #tab = "text";
  #title = h("h2", { id: "document-title", tabindex: "-1" });
  #actions = h("div", { class: "actions" });
  #tabs = h("div", { role: "tablist", class: "tabs", "aria-label": t("document.pane") });
  #body = h("div", { class: "pane-body", role: "tabpanel", id: "document-panel", tabindex: "0" });

  connectedCallback() {
    if (this.firstElementChild) return;
    const head = h("div", { class: "pane-head" }, this.#title, this.#actions);
    const parts = [h("sheet-handle"), head, this.#tabs, this.#body];
    this.append(h("aside", { class: "pane", "aria-labelledby": "document-title" }, parts));
    this.#tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      this.#choose(TABS.at((TABS.indexOf(this.#tab) + step) % TABS.length));
      this.#tabs.querySelector("[aria-selected=true]").focus();
    });
  }

  enter() {
    this.#title.focus();
  }

  /** Show the document `id` (read from the server); the same one again only if it changed. */
  async open(id) {
    this.#wanted = id;
    try {
      const document = await api.documentById(id);
      // Another one may have been asked for meanwhile.
      if (id !== this.#wanted) return;
      const key = ({ document_id, version_id, state }) => [document_id, version_id, state].join();
      const same = this.#document !== null && key(this.#document) === key(document);
      this.#document = document;
      this.#head();
      if (!same) this.#show();
    } catch (error) {
      if (id === this.#wanted) this.#failed(id, error);
    }
  }

  #failed(id, error) {
    const gone = error.status === 404;
    const title = t(gone ? "document.gone" : "document.failed");
    this.#document = null;
    this.#title.textContent = t("document.pane");
    this.#tabs.replaceChildren();
    this.#actions.replaceChildren(this.#close());
    this.#body.replaceChildren(errorState({ title, error, retry: gone ? null : () => this.open(id) }));
  }

  #close() {
    return iconButton(t("close"), "x", { onclick: () => tell(this, "close-pane") });
  }

  #head() {
    const { document_id: id, file_name: name, title, shared } = this.#document;
    const tip = t("document.download");
    const link = { class: "icon-button", href: api.fileAddress(id), download: name, "aria-label": tip };
    const remove = { onclick: () => tell(this, "delete-document", { id }) };
    this.#title.textContent = shared ? title : name || title;
    this.#actions.replaceChildren(
      h("a", { ...link, "data-tip": tip }, icon("download", 18)),
      ...(shared ? [] : [iconButton(t("document.delete"), "trash-2", remove)]),
      this.#close(),
    );
    this.#tabs.replaceChildren(...TABS.map((tab) => this.#tabButton(tab)));
  }

  #tabButton(tab) {
    const chosen = tab === this.#tab;
    const props = {
      type: "button",
      role: "tab",
      "aria-selected": String(chosen),
      "aria-controls": "document-panel",
      tabindex: chosen ? "0" : "-1",
      onclick: () => this.#choose(tab),
    };
    return h("button", props, t(`document.tab.${tab}`, { n: this.#document.version_number }));
  }

  #choose(tab) {
    this.#tab = tab;
    this.#head();
    this.#show();
  }

  #show() {
    const document = this.#document;
    const views = {
      text: () => h("document-text", { ".document": document }),
      versions: () => h("version-list", { ".versions": document.versions }),
      facts: () => h("document-facts", { ".document": document }),
    };
    this.#body.replaceChildren(views[this.#tab]());
    this.#body.scrollTop = 0;
  }
}
customElements.define("document-pane", DocumentPane);
