// The source of a citation of a draft, shown beside it; the address says which: ev=n:3.
import * as api from "./api.js";
import { pushLayer } from "./keyboard.js";
import * as router from "./router.js";

const MORE = 3;

/** Keeps pane, sheet and address in step; `parts` are `{pane, sheet, onopen}`. */
export class DraftEvidence {
  #parts;
  #draft = null;
  #shown = "";
  #opener = null;
  #pop = null;
  #sections = new Map();

  constructor(parts) {
    this.#parts = parts;
  }

  /** Answer the events of chips and pane within `area`. */
  listen(area) {
    const on = (name, action) => area.addEventListener(name, (event) => action(event.detail));
    on("open-citation", ({ number, opener }) => this.open(number, opener));
    on("walk", ({ step }) => this.walk(step));
    on("close-pane", () => this.close());
    on("load-following", ({ holder }) => this.#following(holder));
  }

  open(number, opener = null) {
    this.#opener = opener ?? this.#opener;
    const name = `n:${number}`;
    if (name === this.#shown) this.#parts.pane.enter();
    else router.update({ ev: name }, { layer: this.#shown === "", replace: this.#shown !== "" });
  }

  close() {
    if (this.#shown) router.closeLayer(["ev"]);
  }

  /** Previous or next source of the draft; the first one when none is open. */
  walk(step) {
    const count = this.#draft?.citations.length ?? 0;
    if (!count) return false;
    const at = this.#shown ? Number(this.#shown.slice(2)) + step : 1;
    if (at >= 1 && at <= count) this.open(at);
    return true;
  }

  /** Follow the address; returns whether a source is open. */
  show(name, draft) {
    this.#draft = draft;
    const number = Number(name.slice(2));
    const citation = draft?.citations.find((one) => one.number === number) ?? null;
    this.#parts.sheet.highlight(citation ? number : null);
    if (!citation) {
      this.#leave();
      return false;
    }
    this.#pop ??= pushLayer(() => this.close());
    if (name !== this.#shown) {
      this.#shown = name;
      this.#load(citation);
    }
    return true;
  }

  #leave() {
    this.#pop?.();
    this.#pop = null;
    if (this.#shown) this.#opener?.focus({ preventScroll: true });
    this.#shown = "";
  }

  async #load(citation) {
    const { pane } = this.#parts;
    const { document_id: document, version_id: version, section_ordinal: ordinal, number } = citation;
    const key = `${document}/${version}/${ordinal}`;
    pane.place = { at: number, of: this.#draft.citations.length };
    try {
      if (!this.#sections.has(key)) {
        pane.loading();
        this.#sections.set(key, await api.section(citation));
      }
      if (this.#shown === `n:${number}`)
        pane.show({ section: this.#sections.get(key), citation, uses: this.#uses(number) });
    } catch (error) {
      pane.failed(error, () => this.#load(citation));
    }
  }

  #uses(number) {
    return this.#draft.parts
      .flatMap(({ blocks }) => blocks)
      .flatMap(({ sentences = [] }) => sentences)
      .filter(({ status, citation_numbers: cited }) => status === "supported" && cited.includes(number)).length;
  }

  async #following(holder) {
    const citation = this.#draft.citations.find(({ number }) => `n:${number}` === this.#shown);
    try {
      const { following } = await api.section(citation, MORE);
      holder.following = following;
    } catch (error) {
      this.#parts.pane.failed(error, () => this.#load(citation));
    }
  }
}
