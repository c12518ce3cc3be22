// One paper under work on this page: loaded, saved in order, never losing what was typed.
import * as api from "./api.js";
import { t } from "./i18n.js";
import { personName } from "./person.js";
import { keep, recall } from "./storage.js";

const PAUSE_MS = 1_200;
const RETRY_MS = 5_000;
const CELLS = "cells of ";
const NAME = "name of ";

/** Lines of a part as a person edits them. */
export const partText = (part) =>
  part.blocks
    .filter(({ kind }) => kind === "paragraph")
    .map(({ sentences }) => sentences.map(({ text }) => text).join(" "))
    .join("\n");

/**
 * Tells `change` when the draft or the state of saving is another. `draft` is what this person works
 * on; `conflict` is `{current, yours}` when somebody else saved first: typing goes on beside.
 */
export class DraftSession extends EventTarget {
  draft = null;
  conflict = null;
  error = null;
  saving = "idle"; // idle, waiting, saving, saved, offline, failed
  savedAt = null;
  #pending = new Map();
  #timer = null;
  #running = null;
  #base = null; // the version that text kept from an earlier visit was made from

  constructor(id) {
    super();
    this.id = id;
    const kept = recall(`typed.${id}`, null);
    this.#base = kept?.etag ?? null;
    for (const [part, text] of kept?.parts ?? []) this.#pending.set(part, text);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  async load() {
    try {
      this.error = null;
      this.draft = await api.draft(this.id);
      await this.#findConflict();
      if (this.#pending.size) this.#soon(0);
    } catch (error) {
      this.error = error;
    }
    this.#tell();
  }

  // A text that was set aside earlier waits until somebody chooses.
  async #findConflict() {
    const aside = this.draft.asides[0];
    const yours = aside && (await api.draftVersion(this.id, aside.number));
    this.conflict = yours ? { current: this.draft, yours } : null;
  }

  /** The text of a part as it stands here: typed and not yet saved, or saved. */
  textOf(partId) {
    return this.#pending.get(partId) ?? partText(this.draft.parts.find((part) => part.part_id === partId));
  }

  get hasUnsaved() {
    return this.#pending.size > 0;
  }

  /** Note what is typed; it is saved after a pause, and at once with `now`. */
  type(partId, text, { now = false } = {}) {
    this.#pending.set(partId, text);
    this.#remember();
    if (this.saving !== "offline") this.saving = "waiting";
    this.#tell();
    this.#soon(now ? 0 : PAUSE_MS);
  }

  /** Note what was written into cells of a part's tables; it is saved at once. */
  fill(partId, cells) {
    const name = `${CELLS}${partId}`;
    this.#pending.set(name, [...(this.#pending.get(name) ?? []), ...cells]);
    this.#remember();
    this.#tell();
    return this.flush();
  }

  /** The heading of a part, "" for the title: given and not yet saved, or saved. */
  nameOf(partId) {
    const { title, parts } = this.draft;
    const saved = partId ? parts.find((part) => part.part_id === partId).heading : title;
    return this.#pending.get(`${NAME}${partId}`) ?? saved;
  }

  /** Note another heading of a part, "" for the title; it is saved at once. */
  rename(partId, text) {
    this.#pending.set(`${NAME}${partId}`, text);
    this.#remember();
    this.#tell();
    return this.flush();
  }

  #remember() {
    const etag = this.#base ?? this.draft?.etag;
    keep(`typed.${this.id}`, this.#pending.size ? { etag, parts: [...this.#pending] } : null);
  }

  #soon(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delay);
  }

  /** Save everything that was typed; resolves when nothing is left or saving is not possible. */
  flush() {
    clearTimeout(this.#timer);
    this.#running ??= this.#saveAll().finally(() => (this.#running = null));
    return this.#running;
  }

  async #saveAll() {
    while (this.#pending.size) {
      const [name, typed] = this.#pending.entries().next().value;
      this.saving = "saving";
      this.#tell();
      try {
        this.#saved(await this.#send(name, typed, this.#base ?? this.draft.etag));
      } catch (error) {
        if (error.code === "stale_version") this.#stale(error.facts);
        else {
          this.#fail(error, name);
          return;
        }
      }
      this.#base = null;
      // Typed meanwhile? Then the newer text is still to be saved.
      if (this.#pending.get(name) === typed) this.#pending.delete(name);
      this.#remember();
    }
    this.saving = "saved";
    this.savedAt = new Date();
    this.#tell();
  }

  #send(name, typed, etag) {
    const by = personName();
    if (name.startsWith(CELLS)) return api.fillCells(this.id, name.slice(CELLS.length), { cells: typed, by }, etag);
    if (name.startsWith(NAME)) {
      const names = [{ part_id: name.slice(NAME.length), text: typed }];
      return api.renameDraft(this.id, { names, by }, etag);
    }
    const lines = typed.split("\n").map((text) => ({ text }));
    return api.editDraft(this.id, name, { lines, by }, etag);
  }

  #saved(draft) {
    this.draft = draft;
    if (this.conflict) this.conflict = { ...this.conflict, yours: draft };
  }

  #stale({ current, yours }) {
    this.draft = yours;
    this.conflict = { current, yours };
  }

  #fail(error, name) {
    if (error.code === "network") {
      this.saving = "offline";
      this.#soon(RETRY_MS);
    } else {
      this.saving = "failed";
      this.error = error;
      if (["part_locked", "not_found"].includes(error.code)) this.#pending.delete(name);
    }
    this.#tell();
  }

  async #change(work) {
    await this.flush();
    this.draft = await work();
    this.conflict = null;
    if (this.draft.asides.length) await this.#findConflict();
    this.#tell();
  }

  restore(version) {
    return this.#change(() =>
      api.restoreDraft(this.id, { version, by: personName() }, this.draft.etag).catch((error) => {
        if (error.code !== "stale_version") throw error;
        return error.facts.current;
      }),
    );
  }

  /** Take back this person's last saved edit; false when there is none. */
  undo() {
    const { by, reason, parent } = this.draft.version;
    if (this.hasUnsaved || reason !== "edited" || by !== personName()) return false;
    this.restore(parent);
    return true;
  }

  /** Go on with one of the two texts. */
  settle(take) {
    const { current, yours } = this.conflict;
    const body = { aside: yours.version.number, take, by: personName() };
    return this.#change(() => api.settleDraft(this.id, body, current.etag));
  }

  approve(acknowledgements) {
    const body = { content_hash: this.draft.version.content_hash, by: personName(), acknowledgements };
    return this.#change(() => api.approveDraft(this.id, body));
  }

  async comment(text, partId = "") {
    await api.commentDraft(this.id, { text, part_id: partId, by: personName() });
    await this.#refreshComments();
  }

  async resolve(commentId, isResolved) {
    await api.resolveComment(this.id, commentId, { is_resolved: isResolved, by: personName() });
    await this.#refreshComments();
  }

  async #refreshComments() {
    const { comments } = await api.draft(this.id);
    this.draft = { ...this.draft, comments };
    this.#tell();
  }

  /** How saving stands, in words. */
  get words() {
    return t(`draft.saving.${this.saving}`);
  }
}
