// Which source is open beside the thread: `c:<turn>:<number>` (a citation) or
// `s:<document>:<version>:<ordinal>` (a section that was found), as the address says.
import * as api from "./api.js";
import { pushLayer } from "./keyboard.js";
import * as router from "./router.js";

const MORE = 3;

/** Keeps pane, thread and address in step; draws nothing itself. */
export class EvidenceWalk {
  #parts;
  #session = null;
  #shown = "";
  #opener = null;
  #pop = null;
  #sections = new Map();

  constructor({ pane, thread, split }) {
    this.#parts = { pane, thread, split };
  }

  /** Answer the events of chips, rows and pane within `area`. */
  listen(area) {
    const on = (name, action) => area.addEventListener(name, (event) => action(event.detail, event.target));
    on("open-citation", ({ number, opener }, target) =>
      this.#open(`c:${target.closest("chat-turn").turn.turn_id}:${number}`, opener),
    );
    on("open-section", ({ passage, opener }) =>
      this.#open(
        ["s", passage.document_id, passage.version_id, passage.section_ordinal]
          .map(encodeURIComponent)
          .join(":"),
        opener,
      ),
    );
    on("walk", ({ step }) => this.walk(step));
    on("close-pane", () => this.close());
    on("load-following", ({ holder }) => this.#following(holder));
  }

  #open(name, opener) {
    this.#opener = opener;
    if (name === this.#shown) this.#parts.pane.enter();
    else router.update({ ev: name }, { layer: this.#shown === "", replace: this.#shown !== "" });
  }

  /** Close the pane; focus goes back to where it was opened. */
  close() {
    router.closeLayer(["ev"]);
  }

  /** Previous or next source of the answer; the first one when none is open. */
  walk(step) {
    const last = this.#session
      ?.path(router.current().params.get("leaf") ?? "")
      .findLast((turn) => turn.answer?.citations.length);
    const at = this.#citation(this.#shown);
    const turn = at?.turn ?? last;
    if (!turn) return false;
    const number = at ? at.citation.number + step : 1;
    if (!turn.answer.citations.some((citation) => citation.number === number)) return true;
    router.update(
      { ev: `c:${turn.turn_id}:${number}` },
      { layer: this.#shown === "", replace: this.#shown !== "" },
    );
    const chip = this.#parts.thread
      .citesOf(turn.turn_id)
      .find((cite) => cite.dataset.cite === String(number));
    chip?.scrollIntoView({ block: "nearest" });
    if (chip) this.#opener = chip;
    return true;
  }

  #citation(name) {
    const [kind, id, number] = name.split(":");
    const turn = kind === "c" ? this.#session?.turn(id) : null;
    const citation = turn?.answer?.citations.find((one) => one.number === Number(number));
    return citation ? { turn, citation } : null;
  }

  /** Follow the address. Called after every change; does work only when the source changes. */
  show(name, session) {
    this.#session = session;
    const found = this.#citation(name);
    const known = name !== "" && (found !== null || name.startsWith("s:"));
    this.#parts.thread.highlight(
      found?.turn.turn_id ?? null,
      found?.citation.number ?? null,
      this.#opener?.closest("sentence-mark") ?? null,
    );
    if (!known) {
      if (this.#shown) this.#leave();
      return;
    }
    if (name === this.#shown) return;
    this.#shown = name;
    this.#parts.split.paneOpen = true;
    this.#pop ??= pushLayer(() => this.close());
    this.#load(name, found);
  }

  #leave() {
    const inside =
      this.#parts.pane.contains(document.activeElement) || document.activeElement === document.body;
    this.#shown = "";
    this.#parts.split.paneOpen = false;
    this.#pop?.();
    this.#pop = null;
    if (inside) this.#opener?.focus({ preventScroll: true });
  }

  #address(name, found) {
    if (found) return found.citation;
    const [, documentId, versionId, ordinal] = name.split(":").map(decodeURIComponent);
    return { document_id: documentId, version_id: versionId, section_ordinal: ordinal };
  }

  async #load(name, found) {
    const { pane } = this.#parts;
    const place = this.#address(name, found);
    const key = `${place.document_id}/${place.version_id}/${place.section_ordinal}`;
    pane.place = found ? { at: found.citation.number, of: found.turn.answer.citations.length } : null;
    try {
      if (!this.#sections.has(key)) {
        pane.loading();
        this.#sections.set(key, await api.section(place));
      }
      if (this.#shown !== name) return;
      const uses = found
        ? found.turn.answer.sentences.filter(
            ({ status, citation_numbers: numbers }) =>
              status === "supported" && numbers.includes(found.citation.number),
          ).length
        : 0;
      pane.show({ section: this.#sections.get(key), citation: found?.citation ?? null, uses });
    } catch (error) {
      if (this.#shown === name) pane.failed(error, () => this.#load(name, found));
    }
  }

  async #following(holder) {
    const place = this.#address(this.#shown, this.#citation(this.#shown));
    try {
      const { following } = await api.section(place, MORE);
      holder.following = following;
    } catch (error) {
      this.#parts.pane.failed(error, () => this.#load(this.#shown, this.#citation(this.#shown)));
    }
  }
}
