// The side list of conversations: search, rename, delete with undo.
import * as api from "../lib/api.js";
import { h, icon, skeleton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isComposing } from "../lib/keyboard.js";
import "./conversation-groups.js";
import { errorState } from "./error-state.js";
import { askTitle } from "./conversation-dialog.js";
import { complain, toast } from "../lib/notify.js";

class ConversationList extends HTMLElement {
  #body = h("div", { class: "list-body" });
  #groups = h("conversation-groups");
  #search = h("input", {
    type: "search",
    id: "conversation-search",
    placeholder: t("conversation.search"),
    "aria-label": t("conversation.search"),
    autocomplete: "off",
  });
  #known = null;
  #error = null;
  #active = null;
  #running = new Set();

  connectedCallback() {
    if (this.firstElementChild) return;
    let timer = null;
    this.#search.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => this.refresh(), isComposing(event) ? 400 : 200);
    });
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.preventDefault();
      if (!this.#search.value) this.#search.blur();
      this.#search.value = "";
      this.refresh();
    });
    const words = [icon("square-pen", 16), h("span", {}, t("conversation.new"))];
    const fresh = h("a", { class: "button outlined small", href: "#/ask" }, words);
    const head = h("div", { class: "list-head" }, h("h2", { class: "list-title" }, t("area.ask")), fresh);
    const hint = h("kbd", { "aria-hidden": "true" }, "/");
    const search = h("div", { class: "search" }, icon("search", 16), this.#search, hint);
    this.append(
      h("nav", { "aria-label": t("conversation.list"), class: "side-list" }, head, search, this.#body),
    );
    this.addEventListener("rename-conversation", ({ detail }) => this.rename(detail));
    this.addEventListener("delete-conversation", ({ detail }) => this.remove(detail));
    this.#draw();
  }

  focusSearch() {
    this.#search.focus();
    this.#search.select();
  }

  /** Read the list again; the old one stays until the new one is there. */
  async refresh() {
    try {
      this.#known = (await api.conversations(this.#search.value.trim())).conversations;
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
    this.#draw();
  }

  /** The conversation being shown, and those that are being answered on this page. */
  set place({ active, running }) {
    const same = active === this.#active && [...running].join() === [...this.#running].join();
    this.#active = active;
    this.#running = new Set(running);
    if (!same) this.#draw();
  }

  #draw() {
    if (this.#known?.length) {
      if (this.#groups.parentElement !== this.#body) this.#body.replaceChildren(this.#groups);
      this.#groups.content = { conversations: this.#known, active: this.#active, running: this.#running };
    } else this.#body.replaceChildren(this.#instead());
  }

  #instead() {
    if (this.#known) {
      const text = t(this.#search.value ? "conversation.none_found" : "conversation.none");
      return h("p", { class: "list-empty" }, text);
    }
    const title = t("conversation.list.failed");
    const retry = () => this.refresh();
    return this.#error ? errorState({ title, error: this.#error, retry }) : skeleton();
  }

  /** Ask for a new title and save it. */
  async rename({ id, title }) {
    const wanted = await askTitle(title);
    if (!wanted) return;
    try {
      await api.renameConversation(id, wanted);
      tell(this, "conversation-renamed", { id, title: wanted });
    } catch (error) {
      complain(error);
    }
    await this.refresh();
  }

  /** Delete at once; the toast takes it back. Focus goes to the next item. */
  async remove({ id }) {
    try {
      await api.deleteConversation(id);
    } catch (error) {
      complain(error);
      return;
    }
    if (!this.#groups.focusAfter(id)) this.#search.focus();
    this.#known = (this.#known ?? []).filter((conversation) => conversation.conversation_id !== id);
    this.#draw();
    tell(this, "conversation-deleted", { id });
    toast(t("conversation.deleted"), { symbol: "trash-2", undo: () => this.#restore(id) });
  }

  async #restore(id) {
    try {
      await api.restoreConversation(id);
      tell(this, "conversation-restored", { id });
    } catch (error) {
      complain(error);
    }
    await this.refresh();
  }
}
customElements.define("conversation-list", ConversationList);
