// Which rows of a table are picked, one by one, as a range, or all of them.

export class Picks {
  #ids = new Set();
  #anchor = 0;

  get ids() {
    return new Set(this.#ids);
  }

  get size() {
    return this.#ids.size;
  }

  has(id) {
    return this.#ids.has(id);
  }

  /** Keep of `ids` what is among `known`. */
  keep(ids, known) {
    this.#ids = new Set([...ids].filter((id) => known.has(id)));
  }

  /** Turn the row `at` of `all` on or off; as a range, all rows since the last turn as well. */
  turn(all, at, isRange) {
    const on = !this.#ids.has(all[at]);
    const [from, to] = isRange ? [this.#anchor, at].sort((a, b) => a - b) : [at, at];
    for (const id of all.slice(from, to + 1)) this.#ids[on ? "add" : "delete"](id);
    this.#anchor = at;
  }

  /** Pick all or none. */
  every(all, on) {
    this.#ids = new Set(on ? all : []);
  }
}
