// Conversations under way: one session each, living on while another one is looked at.
import * as api from "./api.js";
import { scopeBody } from "./scope.js";

const LIVE = { step: null, wordsOnly: false, passages: [], provisional: "", error: null };
let counter = 0;

/** A conversation with its turns; fires `change` (detail: turn or null), `started`, `finished`. */
export class ChatSession extends EventTarget {
  id = null;
  title = "";
  turns = [];
  loading = false;
  error = null;
  running = null;

  #fire(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Read the conversation from the server, keeping a turn that is being streamed here. */
  async load(id) {
    this.id = id;
    this.loading = this.turns.length === 0;
    this.error = null;
    if (this.loading) this.#fire("change");
    try {
      const { title, turns } = await api.conversation(id);
      this.title = title;
      const live = new Map(
        this.turns.filter((turn) => turn === this.running).map((turn) => [turn.turn_id, turn]),
      );
      this.turns = turns.map((turn) => live.get(turn.turn_id) ?? { ...LIVE, ...turn });
    } catch (error) {
      this.error = error;
    }
    this.loading = false;
    this.#fire("change");
    // Another page of this person is still answering here: look again until it is done.
    const elsewhere = this.turns.some((turn) => turn.state === "running" && turn !== this.running);
    if (elsewhere) setTimeout(() => this.load(id), 2500);
  }

  /** The turns on the way to `leaf` (or to the newest), oldest first. */
  path(leaf) {
    const wanted = new Set();
    for (let turn = this.turn(leaf); turn; turn = this.turn(turn.parent_turn_id)) wanted.add(turn.turn_id);
    const shown = [];
    let parent = null;
    for (;;) {
      const children = this.children(parent);
      if (!children.length) return shown;
      const next = children.find((turn) => wanted.has(turn.turn_id)) ?? children.at(-1);
      shown.push(next);
      parent = next.turn_id;
    }
  }

  /** The turn of the last finished answer in the branch of `leaf`, "" when there is none. */
  exportable(leaf) {
    const isDone = ({ state, answer }) => state === "final" && answer?.outcome === "answered";
    return this.path(leaf).findLast(isDone)?.turn_id ?? "";
  }

  turn(id) {
    return this.turns.find((turn) => turn.turn_id === id) ?? null;
  }

  children(parent) {
    return this.turns.filter((turn) => (turn.parent_turn_id ?? null) === parent);
  }

  /** Ask; resolves when the answer is there or has failed. `replaces` makes a sibling of that turn. */
  async send(question, scope, { parent = null, replaces = null } = {}) {
    const control = new AbortController();
    const turn = {
      ...LIVE,
      turn_id: `new-${(counter += 1)}`,
      question,
      state: "running",
      answer: null,
      feedback: null,
      control,
      parent_turn_id: replaces ? (this.turn(replaces)?.parent_turn_id ?? null) : parent,
      created_at: new Date().toISOString(),
    };
    this.turns.push(turn);
    this.running = turn;
    this.#fire("change", turn);
    const body = { question, ...scopeBody(scope) };
    if (this.id) body.conversation_id = this.id;
    if (replaces) body.replaces_turn_id = replaces;
    else if (parent) body.parent_turn_id = parent;
    try {
      for await (const { event, data } of api.ask(body, control.signal)) this.#take(turn, event, data);
      if (turn.state === "running") this.#drop(turn, new Error("the stream was cut"));
    } catch (error) {
      if (turn.state === "running") this.#drop(turn, error);
      else console.error(error);
    }
    if (this.running === turn) this.running = null;
    this.#fire("finished", turn);
    this.#fire("change", turn);
    return turn;
  }

  #take(turn, event, data) {
    if (event === "started") {
      turn.turn_id = data.turn_id;
      this.title = data.title;
      const isNew = this.id === null;
      this.id = data.conversation_id;
      this.#fire("started", { turn, isNew });
    } else if (event === "status") {
      turn.step = data.step;
      turn.wordsOnly = data.words_only;
      if (data.step === "retrying") turn.provisional = "";
    } else if (event === "passages") turn.passages = data.passages;
    else if (event === "delta") turn.provisional += data.text;
    else if (event === "answer") {
      turn.answer = data;
      turn.state = data.state;
    } else if (event === "error") this.#drop(turn, new api.ApiError(data));
    this.#fire("change", turn);
  }

  #drop(turn, error) {
    turn.state = turn.control.signal.aborted ? "stopped" : "failed";
    turn.error = turn.state === "failed" ? error : null;
  }

  rename(title) {
    this.title = title;
  }

  /** Take away a turn that never reached the server. */
  forget(turn) {
    this.turns = this.turns.filter((other) => other !== turn);
    this.#fire("change");
  }

  /** Stop the running answer; its text stays. The connection is cut if the server is silent. */
  async stop() {
    const turn = this.running;
    if (!turn) return;
    const cut = setTimeout(() => turn.control.abort(), 2000);
    try {
      if (turn.turn_id.startsWith("new-")) turn.control.abort();
      else await api.stopTurn(turn.turn_id);
    } catch {
      turn.control.abort();
    }
    this.addEventListener("finished", () => clearTimeout(cut), { once: true });
  }
}

const sessions = new Map();

/** The session of a conversation, read if it is not known yet. */
export function openSession(id) {
  if (!sessions.has(id)) {
    const session = new ChatSession();
    sessions.set(id, session);
    session.load(id);
  }
  return sessions.get(id);
}

/** A session without a conversation; it is filed under its id when the server has given one. */
export function newSession() {
  const session = new ChatSession();
  session.addEventListener("started", () => sessions.set(session.id, session));
  return session;
}

/** The session of a conversation if it was opened on this page. */
export function knownSession(id) {
  return sessions.get(id) ?? null;
}

/** Forget what is known of a conversation. */
export function closeSession(id) {
  sessions.delete(id);
}
