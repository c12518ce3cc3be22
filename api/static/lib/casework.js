// What a person does in a case, each with its form, its words when done, and what went wrong.
import { askBody, askEvent, askLetter, askPoint } from "../components/case-dialogs.js";
import { t } from "./i18n.js";
import { complain, toast } from "./notify.js";
import * as points from "./points.js";

/** Do `work`; say `done` when it was done, and what went wrong otherwise. */
async function attempt(work, done = "") {
  try {
    const result = await work();
    if (result !== false && done) toast(done);
    return result;
  } catch (error) {
    complain(error);
    return false;
  }
}

export class Casework {
  #case;

  constructor(aCase) {
    this.#case = aCase;
  }

  get #points() {
    return this.#case.view.case_points;
  }

  #find(id) {
    return this.#points.find((one) => one.point_id === id);
  }

  /** Write the points anew; what was before can be brought back for a while. */
  async #rewrite(list, done) {
    const before = this.#points;
    const kept = await attempt(() => this.#case.setPoints(list));
    if (!kept) return;
    const back = () => this.#case.setPoints(points.restored(before, this.#points));
    toast(done, { undo: () => attempt(back) });
  }

  addMask = (span) => attempt(() => this.#case.addMask(span), t("mask.added"));
  liftMask = (id) => attempt(() => this.#case.liftMask(id), t("mask.lifted"));
  checkMasks = () => attempt(() => this.#case.checkMasks(), t("mask.checked_now"));
  change = (details) => attempt(() => this.#case.change(details), t("case.changed"));
  withdraw = (id) => attempt(() => this.#case.withdraw(id), t("event.withdrawn"));

  async record() {
    const event = await askEvent();
    if (event) await attempt(() => this.#case.record(event), t("event.recorded"));
  }

  async addPoint() {
    const words = await askPoint({ title: t("point.add") });
    if (words) await this.#rewrite(points.withPoint(this.#points, words[0]), t("point.added"));
  }

  async editPoint(id) {
    const one = this.#find(id);
    const words = await askPoint({ title: t("point.edit"), first: one.question || one.text });
    if (!words) return;
    const values = { question: words[0], text: one.text || words[0] };
    await this.#rewrite(points.changedPoint(this.#points, id, values), t("point.changed"));
  }

  async splitPoint(id) {
    const one = this.#find(id);
    const words = await askPoint({ title: t("point.split"), first: one.question || one.text, second: "" });
    if (words?.[1]) await this.#rewrite(points.partedPoint(this.#points, id, words), t("point.changed"));
  }

  async referPoint(id) {
    const body = await askBody(this.#find(id).other_body);
    const values = { status: "other_body", other_body: body };
    if (body) await this.#rewrite(points.changedPoint(this.#points, id, values), t("point.changed"));
  }

  mergePoint = (id) => this.#rewrite(points.mergedPoint(this.#points, id), t("point.changed"));
  movePoint = (id, step) => this.#rewrite(points.movedPoint(this.#points, id, step), t("point.changed"));
  removePoint = (id) => this.#rewrite(points.withoutPoint(this.#points, id), t("point.removed"));

  /** Ask for a letter and write it; the id of its paper, "" when it was not written. */
  async write(first) {
    const letter = await askLetter(first);
    if (!letter) return "";
    return (await attempt(() => this.#case.write(letter))) || "";
  }

  answerAgain = (id, paper, parent) =>
    attempt(() => this.#case.answerAgain(id, paper, parent), t("point.answered_again"));
}
