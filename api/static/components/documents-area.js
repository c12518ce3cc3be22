// The Documents page: collections | files | what was read.
import { Shelf } from "../lib/documents.js";
import { h } from "../lib/dom.js";
import { Filing } from "../lib/filing.js";
import { t } from "../lib/i18n.js";
import { onKey, pushLayer } from "../lib/keyboard.js";
import * as router from "../lib/router.js";
import { Uploads } from "../lib/uploads.js";
import { askCollection, dropCollection } from "./collection-dialog.js";
import "./collection-list.js";
import "./document-pane.js";
import "./documents-header.js";
import "./file-shelf.js";
import "./split-view.js";

class DocumentsArea extends HTMLElement {
  #facts = {};
  #place = { item: "", params: new URLSearchParams() };
  #shelf = new Shelf();
  #uploads = new Uploads();
  #split = h("split-view", { class: "documents" });
  #list = h("collection-list");
  #header = h("documents-header");
  #page = h("file-shelf", { class: "files-page" });
  #pane = h("document-pane");
  #filing = new Filing({
    page: this,
    shelf: this.#shelf,
    uploads: this.#uploads,
    focusRow: (id, how) => this.#page.files.focusRow(id, how) || this.#header.focusSearch(),
    closePane: (id) => id === this.#open && router.closeLayer(["doc"]),
  });
  #open = "";
  #pop = null;
  #off = null;

  connectedCallback() {
    if (!this.firstElementChild) this.#build();
    this.#off = onKey("/", () => this.#header.focusSearch());
    this.#shelf.connect();
  }

  disconnectedCallback() {
    this.#off();
    this.#shelf.disconnect();
    this.#pop?.();
    this.#pop = null;
    this.#open = "";
  }

  #build() {
    const scroller = h("div", { class: "scroller" }, this.#page);
    const main = h("main", { id: "main", "aria-label": t("area.documents") }, this.#header, scroller);
    this.#split.parts = { list: this.#list, main, pane: this.#pane };
    this.append(this.#split);
    this.#page.drop.listen(main);
    this.#shelf.addEventListener("change", ({ detail }) => this.#changed(detail));
    this.#uploads.addEventListener("change", () => this.#draw());
    const on = (name, action) => this.addEventListener(name, (event) => action(event.detail));
    on("toggle-list", () => this.#split.toggleList());
    on("new-collection", () => askCollection());
    on("delete-collection", ({ collection }) => dropCollection(collection));
    on("choose-files", () => this.#page.drop.choose());
    on("files", ({ files }) => this.#filing.put(files, this.#collection, this.#limit));
    on("search-documents", ({ query }) => router.update({ q: query }, { replace: true }));
    on("open-document", ({ id }) =>
      id === this.#open
        ? this.#pane.enter()
        : router.update({ doc: id }, { layer: !this.#open, replace: Boolean(this.#open) }),
    );
    on("close-pane", () => router.closeLayer(["doc"]));
    on("delete-document", ({ id }) => this.#collection?.shared || this.#filing.remove(id));
    on("retry-document", ({ document }) => this.#filing.retry(document));
    on("retry-upload", ({ item }) => this.#uploads.retry(item));
    on("dismiss-upload", ({ item }) => this.#uploads.dismiss(item));
  }

  set facts(facts) {
    this.#facts = { ...facts };
    if (facts.me) this.#page.drop.limits = { types: facts.me.file_types, size: this.#limit };
    if (this.isConnected) this.route = this.#place;
  }

  get #limit() {
    return this.#facts.me?.limits.upload_max_bytes ?? 0;
  }

  get #collection() {
    const all = this.#facts.collections ?? [];
    return (
      all.find((one) => one.collection_id === this.#place.item) ??
      all.find((one) => !one.shared) ??
      all[0] ??
      null
    );
  }

  /** The place in the address: collection, open document, search. */
  set route(place) {
    if (place.item !== this.#place.item) this.#split.toggleList(false);
    this.#place = place;
    const query = place.params.get("q") ?? "";
    if (this.#collection) this.#shelf.show(this.#collection.collection_id, query);
    this.#header.place = { collection: this.#collection, query };
    this.#list.content = {
      collections: this.#facts.collections,
      active: this.#collection?.collection_id,
      institution: this.#facts.me?.institution.name,
    };
    document.title = t("title.of", { title: this.#collection?.name ?? t("area.documents") });
    this.#follow(place.params.get("doc") ?? "");
    this.#draw();
  }

  #follow(id) {
    if (id === this.#open) return;
    const closed = this.#open;
    const inside = this.#pane.contains(document.activeElement) || document.activeElement === document.body;
    this.#open = id;
    this.#split.paneOpen = id !== "";
    if (id) {
      this.#pop ??= pushLayer(() => router.closeLayer(["doc"]));
      this.#pane.open(id);
      return;
    }
    this.#pop?.();
    this.#pop = null;
    if (inside) this.#page.files.focusRow(closed);
  }

  #changed(document) {
    if (document && document.document_id === this.#open) this.#pane.open(this.#open);
    this.#draw();
  }

  #draw() {
    const shared = this.#collection?.shared ?? true;
    const uploads = shared
      ? []
      : this.#uploads.items.filter((item) => item.collectionId === this.#collection.collection_id);
    this.#page.content = {
      shelf: this.#shelf,
      uploads,
      shared,
      query: this.#place.params.get("q") ?? "",
      selected: this.#open,
    };
  }
}
customElements.define("documents-area", DocumentsArea);
