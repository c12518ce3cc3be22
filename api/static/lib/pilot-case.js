// One pilot as its page keeps it, and what people do in it.
import { Opened } from "./opened.js";
import * as api from "./pilots.js";

export class PilotCase extends Opened {
  blank = { pilot: null, choices: [], validation: null, isWriting: false };
  pilot = null;
  choices = [];
  validation = null;
  isWriting = false;

  async *load(id) {
    const [pilot, choices] = await Promise.all([api.pilot(id), api.choices(id)]);
    yield { pilot, choices };
    yield { validation: await api.validate(id) };
  }

  change = (changes) => this.act((id, by) => api.change(id, this.pilot.version, { changes, by }));
  accept = (ids) => this.act((id, by) => api.accept(id, { by, proposal_ids: ids }));
  dismiss = (ids) => this.act((id, by) => api.reject(id, { by, proposal_ids: ids }));

  /** Put files in and read each for this pilot. */
  addFiles = (files) =>
    this.act(async (id, by) => {
      for (const file of files) await api.addFile(id, file, by);
    });

  async write(kind) {
    this.isWriting = true;
    this.changed();
    try {
      return await this.act((id, by) => api.writeReport(id, kind, by));
    } finally {
      this.isWriting = false;
      this.changed();
    }
  }
}
