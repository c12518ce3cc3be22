// One job as its page keeps it: the job, its rows as they come in, and what people do with them.
import * as api from "./jobs.js";
import { askPerson } from "../components/person-dialog.js";

const PAGE = 500;
const TELL_MS = 120;

export class JobSheet extends EventTarget {
  job = null;
  rows = [];
  error = null;
  isLoaded = false;
  #id = "";
  #byId = new Map();
  #stream = null;
  #timer = null;
  #again = null;

  get id() {
    return this.#id;
  }

  async open(id) {
    if (id === this.#id) return;
    this.close();
    this.#id = id;
    if (id) await this.read();
  }

  close() {
    this.#stream?.close();
    this.#stream = null;
    clearTimeout(this.#timer);
    this.#timer = null;
    clearTimeout(this.#again);
    this.#id = "";
    this.#byId.clear();
    Object.assign(this, { job: null, rows: [], error: null, isLoaded: false });
  }

  async read() {
    const id = this.#id;
    try {
      const job = await api.job(id);
      let after = -1;
      let changed = 0;
      do {
        const page = await api.items(id, { after, limit: PAGE });
        if (id !== this.#id) return;
        for (const one of page.items) this.#byId.set(one.item_id, one);
        changed = after === -1 ? page.changed : Math.min(changed, page.changed);
        after = page.next_after;
        Object.assign(this, { job, error: null });
        this.#arrange();
      } while (after !== null);
      this.isLoaded = true;
      this.#changed();
      this.#watch(changed);
    } catch (error) {
      if (id !== this.#id) return;
      this.error = error;
      this.#changed();
    }
  }

  #watch(after) {
    this.#stream?.close();
    const stream = api.events(this.#id, after);
    this.#stream = stream;
    let last = after;
    stream.addEventListener("job", ({ data }) => {
      this.job = JSON.parse(data);
      last = this.job.changed;
      this.#soon();
      // The server ends the stream when the job is over; the browser would connect again.
      if (["done", "cancelled"].includes(this.job.state)) this.#unwatch(stream);
    });
    stream.addEventListener("item", ({ data }) => {
      const one = JSON.parse(data);
      this.#byId.set(one.item_id, one);
      this.#soon();
    });
    stream.onerror = () => {
      stream.close();
      if (this.#stream === stream) this.#again = setTimeout(() => this.#watch(last), 3_000);
    };
  }

  #unwatch(stream) {
    stream.close();
    if (this.#stream === stream) this.#stream = null;
  }

  /** Look again whether something goes on, where the job had ended. */
  follow() {
    if (this.isLoaded && !this.#stream) this.#watch(this.job.changed);
  }

  /** Rows come in bursts: tell of them a few times a second. */
  #soon() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#arrange();
    }, TELL_MS);
  }

  #arrange() {
    this.rows = [...this.#byId.values()].sort((a, b) => a.position - b.position);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  row(id) {
    return this.#byId.get(id) ?? null;
  }

  async steer(how) {
    this.job = await api.steer(this.#id, how);
    this.#changed();
    if (how === "resume") this.#watch(this.job.changed);
  }

  async runAgain(body) {
    const { count } = await api.runAgain(this.#id, body);
    this.job = await api.job(this.#id);
    this.#watch(this.job.changed - count - 1);
    return count;
  }

  async #act(itemId, work) {
    const by = await askPerson();
    if (!by) return false;
    const item = await work(by);
    const { items } = await api.items(this.#id, { after: item.position - 1, limit: 1 });
    for (const one of items) this.#byId.set(one.item_id, one);
    this.job = await api.job(this.#id);
    this.#arrange();
    return item;
  }

  correct = (itemId, column, value, reason = "") =>
    this.#act(itemId, (by) => api.correct(this.#id, itemId, column, { value, by, reason }));
  withdraw = (itemId, column) => this.#act(itemId, (by) => api.withdraw(this.#id, itemId, column, by));
  confirm = (itemId, isConfirmed = true) =>
    this.#act(itemId, (by) => api.confirm(this.#id, itemId, { by, is_confirmed: isConfirmed }));
}
