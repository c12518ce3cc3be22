// Holding a place in a scroller still while what stands below it is being drawn.

// Chromium knows how far a scroller that is a size container can move only some frames later.
const FRAMES = 12;
const MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];

/** Puts the view back where it should be until the work is over or a person moves it. */
export class Hold {
  #place;
  #busy;
  #frames = 0;
  #held = false;
  #let = () => (this.#held = false);

  /** `place` puts the view where it should be; `busy` says whether more is to come. */
  constructor({ place, busy }) {
    this.#place = place;
    this.#busy = busy;
  }

  /** Hold from now on; what a person does in `scroller` lets go. */
  begin(scroller) {
    for (const move of MOVES) scroller.addEventListener(move, this.#let, { passive: true });
    this.#held = true;
    this.#frames = FRAMES;
    this.#frame();
  }

  /** Put the view back after something was drawn. */
  settle() {
    if (!this.#held) return;
    this.#place();
    this.#held = this.#frames > 0 || this.#busy();
  }

  #frame() {
    this.#frames -= 1;
    this.settle();
    if (this.#held && this.#frames > 0) requestAnimationFrame(() => this.#frame());
  }
}
