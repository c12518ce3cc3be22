// The queue of complaints as the page keeps it: filters, rows, counts; read anew while drafts are made.
import * as api from "./complaints.js";

const SLOW_MS = 30_000;
const QUICK_MS = 2_000;
const PAGE = 500;

export class Queue extends EventTarget {
  rows = [];
  counts = {};
  total = 0;
  error = null;
  isLoaded = false;
  #filters = { which: "open", kind: "", query: "" };
  #timer = null;
  #asked = 0;

  connect() {
    this.read();
  }

  disconnect() {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  /** Show other rows; the present ones stay until the new ones are there. */
  show(filters) {
    if (JSON.stringify(filters) === JSON.stringify(this.#filters) && this.isLoaded) return;
    this.#filters = filters;
    this.read();
  }

  get isDrafting() {
    return this.rows.some((row) => ["waiting", "running"].includes(row.drafting.state));
  }

  async read() {
    clearTimeout(this.#timer);
    const asked = (this.#asked += 1);
    try {
      const answer = await api.queue({ ...this.#filters, limit: PAGE });
      if (asked !== this.#asked) return;
      const known = new Map(this.rows.map((row) => [row.complaint_id, row]));
      // The same object for what has not changed, so that its row is not drawn anew.
      this.rows = answer.complaints.map((row) => {
        const old = known.get(row.complaint_id);
        return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
      });
      Object.assign(this, { counts: answer.counts, total: answer.total, error: null, isLoaded: true });
    } catch (error) {
      if (asked !== this.#asked) return;
      this.error = error;
    }
    this.#timer = setTimeout(() => this.read(), this.isDrafting ? QUICK_MS : SLOW_MS);
    this.dispatchEvent(new Event("change"));
  }
}
