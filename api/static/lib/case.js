// One complaint as its page keeps it: the case, its original text, its clock; what people do in it.
import * as api from "./complaints.js";
import { Opened } from "./opened.js";

export class Case extends Opened {
  blank = { view: null, original: null, clock: null, writing: null };
  view = null;
  original = null;
  clock = null;
  writing = null; // {done, total} while a letter is written
  #stop = null;

  async open(id) {
    if (id !== this.id) this.#stop?.abort();
    await super.open(id);
  }

  async *load(id) {
    const [view, original, clock] = await Promise.all([api.complaint(id), api.original(id), api.clock(id)]);
    yield { view, original, clock };
  }

  addMask = (span, kind) => this.act((id, by) => api.addMask(id, { ...span, kind, by }));
  liftMask = (mask) => this.act((id, by) => api.liftMask(id, mask, by));
  checkMasks = () => this.act((id, by) => api.checkMasks(id, by));
  change = (details) => this.act((id, by) => api.change(id, { ...details, by }));
  record = (event) => this.act((id, by) => api.record(id, { event, by }));
  withdraw = (event) => this.act((id, by) => api.withdraw(id, event, by));
  setPoints = (points) =>
    this.act((id, by) => api.setPoints(id, { points, by, revision: this.view.revision }));

  /** Write a letter; `writing` tells how far it is; resolves with the id of the paper, "" when stopped. */
  async write(letter) {
    this.#stop?.abort();
    this.#stop = new AbortController();
    this.writing = { done: 0, total: this.view.case_points.length };
    this.changed();
    let paper = "";
    try {
      for await (const { event, data } of api.writeLetter(this.id, letter, this.#stop.signal)) {
        if (event === "progress") this.writing = { done: data.done, total: data.total };
        if (event === "written") paper = data.paper_id;
        if (event === "error") throw Object.assign(new Error(data.detail), data);
        this.changed();
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      this.writing = null;
      await this.read();
    }
    return paper;
  }

  stopWriting() {
    this.#stop?.abort();
  }

  async answerAgain(pointId, paperId, parent) {
    const answered = await api.answerAgain(this.id, pointId, { paper_id: paperId, parent });
    await this.read();
    return answered;
  }
}
