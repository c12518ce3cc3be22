// Keys that work on every page, and the rule about Hangul composition.
import { recall } from "./storage.js";

/** True while an input method is composing: that Enter ends a syllable and never sends. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

const isField = (node) =>
  node instanceof Element && node.closest("input, textarea, select, [contenteditable]") !== null;

const layers = [];

/** Put a closable layer on top; returns the function that takes it off again. */
export function pushLayer(close) {
  const layer = { close };
  layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

const keys = new Map();

/** Let `key` call `action` outside fields; `action` returns false to let the key pass. */
export function onKey(key, action) {
  keys.set(key, action);
  return () => keys.get(key) === action && keys.delete(key);
}

addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    const top = layers.at(-1);
    if (top) top.close();
    else if (keys.get("Escape")?.() === false) return;
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  if (event.key.length === 1 && !recall("single_keys", true)) return;
  const action = keys.get(event.key);
  if (action && action() !== false) event.preventDefault();
});
