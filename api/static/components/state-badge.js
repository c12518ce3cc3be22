// A state in words: tone, symbol and text together.
import { h, icon, spinner } from "../lib/dom.js";

class StateBadge extends HTMLElement {
  /** `tone` is ok, warn, danger, info or plain. */
  set badge({ tone = "plain", symbol = null, text }) {
    this.className = `badge ${tone}`;
    const picture = symbol === "busy" ? spinner(14) : symbol && icon(symbol, 14);
    this.replaceChildren(...[picture, h("span", {}, text)].filter(Boolean));
  }
}
customElements.define("state-badge", StateBadge);

/** A badge as a node. */
export const badge = (tone, symbol, text) => h("state-badge", { ".badge": { tone, symbol, text } });

/** 승인, or AI 초안 for what no person has approved; `words` looks up the text. */
export function draftBadge({ approval, is_generated: isGenerated }, words) {
  if (approval) return badge("ok", "stamp", words("draft.state.approved"));
  return isGenerated ? badge("info", "sparkles", words("draft.state.ai")) : null;
}

const STANDINGS = {
  in_force: ["ok", "check"],
  not_yet: ["warn", "clock-alert"],
  superseded: ["warn", "history"],
  repealed: ["danger", "ban"],
};

/** 시행 중, 시행 전, 개정됨, 폐지 as a badge; `words` looks up the text. */
export function standingBadge(standing, words) {
  const [tone, symbol] = STANDINGS[standing] ?? ["plain", null];
  return badge(tone, symbol, words(`standing.${standing}`));
}
