// One pilot as its page keeps it, and what people do in it.
import { askPerson } from "../components/person-dialog.js";
import * as api from "./pilots.js";

export class PilotCase extends EventTarget {
  pilot = null;
  choices = [];
  validation = null;
  error = null;
  isWriting = false;
  #id = "";

  get id() {
    return this.#id;
  }

  async open(id) {
    if (id === this.#id) return;
    this.#id = id;
    Object.assign(this, { pilot: null, choices: [], validation: null, error: null, isWriting: false });
    if (id) await this.read();
  }

  async read() {
    const id = this.#id;
    try {
      const [pilot, choices] = await Promise.all([api.pilot(id), api.choices(id)]);
      if (id !== this.#id) return;
      Object.assign(this, { pilot, choices, error: null });
      this.#changed();
      const validation = await api.validate(id);
      if (id === this.#id) this.validation = validation;
    } catch (error) {
      if (id !== this.#id) return;
      this.error = error;
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }

  async #act(work) {
    const by = await askPerson();
    if (!by) return false;
    const result = await work(this.#id, by);
    await this.read();
    return result ?? true;
  }

  change = (changes) => this.#act((id, by) => api.change(id, this.pilot.version, { changes, by }));
  accept = (ids) => this.#act((id, by) => api.accept(id, { by, proposal_ids: ids }));
  dismiss = (ids) => this.#act((id, by) => api.reject(id, { by, proposal_ids: ids }));

  /** Put files in and read each for this pilot. */
  addFiles = (files) =>
    this.#act(async (id, by) => {
      for (const file of files) await api.addFile(id, file, by);
    });

  async write(kind) {
    this.isWriting = true;
    this.#changed();
    try {
      return await this.#act((id, by) => api.writeReport(id, kind, by));
    } finally {
      this.isWriting = false;
      this.#changed();
    }
  }
}
