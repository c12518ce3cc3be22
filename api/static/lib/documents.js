// The files of one collection as the server has them, kept up to date by its events.
import * as api from "./api.js";

const PART = 100;

/** Documents of a collection; fires `change`, and `settled` when one was read or refused. */
export class Shelf extends EventTarget {
  documents = null;
  cursor = null;
  error = null;
  #collection = "";
  #query = "";
  #events = null;
  #reading = 0;

  #fire(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Follow the server's events while the page is shown. */
  connect() {
    this.#events = api.documentEvents();
    // What changed before the events began, or while they were cut off, is in the list.
    this.#events.addEventListener("open", () => this.#collection && this.read());
    this.#events.addEventListener("document", (event) => this.take(JSON.parse(event.data)));
    this.#events.addEventListener("gone", (event) => this.#drop(JSON.parse(event.data).document_id));
  }

  disconnect() {
    this.#events?.close();
  }

  /** Show another collection or search; the same one again changes nothing. */
  show(collection, query) {
    if (collection === this.#collection && query === this.#query) return;
    this.#collection = collection;
    this.#query = query;
    this.documents = null;
    this.error = null;
    this.read();
  }

  /** Read the list, or its next part. */
  async read(cursor = null) {
    const number = (this.#reading += 1);
    try {
      const found = await api.documents({
        collection_id: this.#collection,
        query: this.#query,
        limit: PART,
        cursor,
      });
      if (number !== this.#reading) return;
      this.documents = cursor ? [...this.documents, ...found.documents] : found.documents;
      this.cursor = found.next_cursor;
      this.error = null;
    } catch (error) {
      if (number !== this.#reading) return;
      this.error = error;
    }
    this.#fire("change");
  }

  /** Put a document in its row; one of this collection that is not listed yet in its place by time. */
  take(document) {
    const at = this.documents?.findIndex((one) => one.document_id === document.document_id) ?? -1;
    if (at >= 0) {
      const before = this.documents[at];
      this.documents[at] = document;
      if (before.state !== document.state && ["ready", "failed"].includes(document.state))
        this.#fire("settled", document);
    } else if (this.documents && !this.#query && document.collection_id === this.#collection)
      this.#insert(document);
    else return;
    this.#fire("change", document);
  }

  #insert(document) {
    const older = this.documents.findIndex((one) => one.created_at <= document.created_at);
    if (older >= 0) this.documents.splice(older, 0, document);
    else if (!this.cursor) this.documents.push(document);
  }

  #drop(id) {
    this.documents = this.documents?.filter((one) => one.document_id !== id) ?? null;
    this.#fire("change");
  }

  /** Say that the list changed. */
  touch() {
    this.#fire("change");
  }

  /** Delete a document; gives `{cited_in}`. */
  async remove(id) {
    const result = await api.deleteDocument(id);
    this.documents = this.documents?.filter((one) => one.document_id !== id) ?? null;
    return result;
  }

  /** Take a deletion back. */
  async restore(id) {
    await api.restoreDocument(id);
    await this.read();
  }

  /** Read a failed file again. */
  async retry(document) {
    await api.retryDocument(document.document_id);
    this.take({ ...document, state: "waiting", progress: null, error: null });
  }
}
