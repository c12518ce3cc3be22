// Files on their way to the server, two at a time; each says how far it is and what came of it.
import * as api from "./api.js";

const AT_ONCE = 2;
let count = 0;

/** The queue; fires `change` and, for each file taken, `accepted` (detail: the document). */
export class Uploads extends EventTarget {
  items = [];

  #fire(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Queue `files` for a collection; too large ones are refused here, before a byte is sent. */
  add(files, { collectionId, grade, limit, tooLarge }) {
    for (const file of files) {
      const item = {
        key: `up-${(count += 1)}`,
        file,
        collectionId,
        grade,
        state: "waiting",
        progress: 0,
        error: null,
        document: null,
      };
      if (limit && file.size > limit) Object.assign(item, { state: "refused", error: { code: "document_too_large", detail: tooLarge } });
      this.items.push(item);
    }
    this.#fire("change");
    this.#next();
  }

  /** Try a refused file again. */
  retry(item) {
    Object.assign(item, { state: "waiting", progress: 0, error: null });
    this.#next();
  }

  /** Take a row away. */
  dismiss(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#fire("change");
  }

  #next() {
    const busy = this.items.filter((item) => item.state === "sending").length;
    for (const item of this.items.filter((one) => one.state === "waiting").slice(0, AT_ONCE - busy))
      this.#send(item);
  }

  async #send(item) {
    item.state = "sending";
    this.#fire("change");
    const onprogress = (share) => {
      item.progress = share;
      this.#fire("change");
    };
    try {
      const { document, duplicate } = await api.upload(item.file, {
        collectionId: item.collectionId,
        grade: item.grade,
        onprogress,
      });
      Object.assign(item, { document, state: duplicate ? "duplicate" : "accepted" });
      if (!duplicate) {
        this.items = this.items.filter((other) => other !== item);
        this.#fire("accepted", document);
      }
    } catch (error) {
      Object.assign(item, { state: "refused", error });
    }
    this.#fire("change");
    this.#next();
  }
}
