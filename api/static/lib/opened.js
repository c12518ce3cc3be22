// What a page keeps of one thing of the server: opened by its id, and read anew after what a person does in it.
import { askPerson } from "../components/person-dialog.js";

/** Subclasses give `blank`, what is kept of nothing, and `load(id)`, which yields what was read, bit by bit. */
export class Opened extends EventTarget {
  error = null;
  #id = "";

  get id() {
    return this.#id;
  }

  /** Show another one, or none with "". */
  async open(id) {
    if (id === this.#id) return;
    this.#id = id;
    Object.assign(this, this.blank, { error: null });
    if (id) await this.read();
  }

  /** Read it; what comes when another one is open already is left. */
  async read() {
    const id = this.#id;
    try {
      for await (const facts of this.load(id)) {
        if (id !== this.#id) return;
        Object.assign(this, facts, { error: null });
        this.changed();
      }
    } catch (error) {
      if (id !== this.#id) return;
      this.error = error;
      this.changed();
    }
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** Do something in the person's name and read anew; false when the person leaves the question of the name. */
  async act(work) {
    const by = await askPerson();
    if (!by) return false;
    const result = await work(this.#id, by);
    await this.read();
    return result ?? true;
  }
}
