// What is done with files: putting in, trying again, deleting and taking that back.
import { announce, tell } from "./dom.js";
import { formatSize } from "./format.js";
import { t } from "./i18n.js";
import { complain, toast } from "./notify.js";

/** The actions of the Documents page on its `shelf` and `uploads`. */
export class Filing {
  #parts;

  /** `page` is told what changed; `focusRow` moves focus in the list, `closePane` shuts the pane. */
  constructor({ page, shelf, uploads, focusRow, closePane }) {
    this.#parts = { page, shelf, uploads, focusRow, closePane };
    uploads.addEventListener("accepted", ({ detail }) => {
      shelf.take(detail);
      tell(page, "collections-changed");
    });
    shelf.addEventListener("settled", ({ detail: { state, file_name: name } }) =>
      announce(t(state === "ready" ? "documents.ready" : "documents.refused", { name })),
    );
  }

  /** Queue `files` for `collection`; `limit` is the largest size in bytes. */
  put(files, collection, limit) {
    if (!collection) return;
    const tooLarge = t("documents.too_large", { size: formatSize(limit) });
    const { collection_id: collectionId, grade } = collection;
    this.#parts.uploads.add(files, { collectionId, grade, limit, tooLarge });
  }

  /** Read a failed file again. */
  retry(document) {
    this.#parts.shelf.retry(document).catch(complain);
  }

  /** Delete at once; the toast takes it back. Focus goes to the next row. */
  async remove(id) {
    const { page, shelf, focusRow, closePane } = this.#parts;
    const name = shelf.documents?.find((one) => one.document_id === id)?.file_name ?? "";
    try {
      const { cited_in: n } = await shelf.remove(id);
      closePane(id);
      focusRow(id, { after: true });
      shelf.touch();
      tell(page, "collections-changed");
      const text = t(n ? "documents.deleted.cited" : "documents.deleted", { name, n });
      toast(text, { symbol: "trash-2", undo: () => this.#restore(id) });
    } catch (error) {
      complain(error);
    }
  }

  async #restore(id) {
    const { page, shelf, focusRow } = this.#parts;
    try {
      await shelf.restore(id);
      tell(page, "collections-changed");
      focusRow(id);
    } catch (error) {
      complain(error);
    }
  }
}
