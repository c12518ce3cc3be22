// A note about the page or an area: information, warning, failure or success, in words.
import { h, icon } from "../lib/dom.js";

const SYMBOLS = { info: "info", warn: "triangle-alert", danger: "circle-x", ok: "check", plain: "info" };

class PageNote extends HTMLElement {
  /** `title` is set bold before `text`; `action` is a node at the end. */
  set note({ tone = "info", title = "", text = "", symbol = SYMBOLS[tone], action = null, extra = "" }) {
    this.className = `note ${tone}`;
    this.replaceChildren(
      icon(symbol, 18),
      h(
        "p",
        {},
        title && h("strong", {}, title),
        title && text ? " " : "",
        text,
        extra && h("span", { class: "helper" }, ` ${extra}`),
      ),
      ...(action ? [action] : []),
    );
  }
}
customElements.define("page-note", PageNote);

/** A note as a node: `{tone, title, text, symbol, action, extra}`. */
export const note = (content) => h("page-note", { ".note": content });
