// The turns of a conversation; keeps each turn's element, so that nothing jumps while text streams.
import { h, skeleton } from "../lib/dom.js";
import { Hold } from "../lib/hold.js";
import { t } from "../lib/i18n.js";
import { linkCitation } from "../lib/linking.js";
import "./chat-turn.js";
import { errorState } from "./error-state.js";

// Room that a new answer needs below its question before the thread has to move up.
const ROOM_PX = 360;
const TOP_PX = 20;

class ChatThread extends HTMLElement {
  #turns = new Map();
  #session = null;
  #leaf = "";
  #queued = false;
  #opening = false;
  #linked = [null, null, null];
  #list = h("div", { class: "turns" });
  #onchange = () => this.#queue();
  #hold = new Hold({ place: () => this.#toLast(), busy: () => this.#session.running !== null });

  connectedCallback() {
    this.addEventListener("redraw", () => this.#draw());
  }

  /** The session to show and the turn whose branch is chosen. */
  set view({ session, leaf }) {
    this.#leaf = leaf;
    if (session !== this.#session) {
      this.#session?.removeEventListener("change", this.#onchange);
      this.#session = session;
      this.#turns.clear();
      this.#list.replaceChildren();
      session.addEventListener("change", this.#onchange);
      this.#opening = true;
      this.#draw();
    } else this.#draw();
  }

  get scroller() {
    return this.closest(".scroller");
  }

  // Several events of one frame are drawn together.
  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => {
      this.#queued = false;
      this.#draw();
    });
  }

  #draw() {
    const { scroller } = this;
    if (!scroller || !this.#session) return;
    const { error, loading, turns } = this.#session;
    if (!turns.length && (error || loading)) {
      this.replaceChildren(error ? this.#failed(error) : skeleton());
      return;
    }
    const top = scroller.scrollTop;
    if (this.firstElementChild !== this.#list) this.replaceChildren(this.#list);
    this.#fill(this.#session.path(this.#leaf));
    this.highlight(...this.#linked);
    // The final answer takes the place of the provisional text; nothing moves.
    scroller.scrollTop = top;
    if (this.#opening && this.#list.childElementCount) {
      this.#opening = false;
      this.#toLast();
    }
    this.#hold.settle();
  }

  #failed(error) {
    const retry = () => this.#session.load(this.#session.id);
    return errorState({ title: t("conversation.failed"), error, retry });
  }

  #fill(path) {
    const shown = path.map((turn) => {
      if (!this.#turns.has(turn)) this.#turns.set(turn, h("chat-turn"));
      const element = this.#turns.get(turn);
      element.content = {
        turn,
        siblings: this.#session.children(turn.parent_turn_id ?? null).map((other) => other.turn_id),
      };
      return element;
    });
    for (const old of [...this.#list.children]) if (!shown.includes(old)) old.remove();
    shown.forEach(
      (element, at) =>
        this.#list.children[at] !== element &&
        this.#list.insertBefore(element, this.#list.children[at] ?? null),
    );
  }

  #toLast() {
    const last = this.#list.lastElementChild;
    const { scroller } = this;
    const offset =
      last.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    scroller.scrollTop = this.#list.childElementCount > 1 ? offset - TOP_PX : 0;
  }

  /**
   * Make room for the answer to the question just asked: where there is too little, the question
   * goes to the top and keeps the view to itself, so that nothing has to move while text arrives.
   */
  makeRoom() {
    this.#draw();
    const last = this.#list.lastElementChild;
    const { scroller } = this;
    const below = scroller.getBoundingClientRect().bottom - last.getBoundingClientRect().top;
    for (const turn of this.#list.children) turn.classList.toggle("latest", turn === last && below < ROOM_PX);
    if (below >= ROOM_PX) return;
    this.#list.style.setProperty("--room", `${scroller.clientHeight - 2 * TOP_PX}px`);
    this.#hold.begin(scroller);
  }

  /** Edit the last question (↑ in the empty composer). */
  editLast() {
    this.#list.lastElementChild?.edit();
  }

  #element(id) {
    return [...this.#turns].find(([turn]) => turn.turn_id === id)?.[1];
  }

  /** Put focus on the switch between edited questions of the turn `id`. */
  focusSiblings(id) {
    this.#element(id)?.querySelector(".siblings button:not([disabled])")?.focus();
  }

  /** The citation buttons of the turn `id`, in reading order. */
  citesOf(id) {
    return [...(this.#element(id)?.querySelectorAll("cite-chip .cite") ?? [])];
  }

  /** Mark what rests on citation `number` of the turn `id`; kept until the next call. */
  highlight(id, number, sentence = null) {
    this.#linked = [id, number, sentence];
    for (const [turn, element] of this.#turns)
      linkCitation(element, turn.turn_id === id ? number : null, sentence);
  }
}
customElements.define("chat-thread", ChatThread);
