// Screen text by key, from locales/*.json. Korean is the first language and the fallback.
import { recall } from "./storage.js";

let texts = {};
export let language = "ko";

async function read(code) {
  const response = await fetch(new URL(`../locales/${code}.json`, import.meta.url));
  return response.json();
}

/** Load the chosen language; called once before anything is drawn. */
export async function loadTexts() {
  language = recall("language", "ko") === "en" ? "en" : "ko";
  const [korean, chosen] = await Promise.all([read("ko"), language === "ko" ? {} : read(language)]);
  texts = { ...korean, ...chosen };
  document.documentElement.lang = language;
}

/** The text of `key` with `{names}` filled in from `values`. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** True when `key` has a text; for codes that newer servers may add. */
export function hasText(key) {
  return key in texts;
}
