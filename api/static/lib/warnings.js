// What to know about how a file was read: which warning counts most, and how it is shown.
import { hasText, t } from "./i18n.js";

// Told, but no reason to doubt what was read.
const MILD = new Set(["memos", "external_content", "second_reader"]);
// What an official should see first in a row with room for one.
const FIRST = ["suspicious_instruction", "doubtful_text", "ocr", "hidden_text", "little_text"];

const rank = ({ code }) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);

/** True when a warning gives reason to look at the original. */
export const isDoubt = ({ code }) => !MILD.has(code);

/** The warnings in the order in which they matter; mild ones last. */
export const byWeight = (warnings) =>
  [...warnings].sort((one, other) => isDoubt(other) - isDoubt(one) || rank(one) - rank(other));

/** The word for the state of a file with this warning. */
export function warningWord({ code }) {
  const key = `state.doubtful.${code}`;
  return hasText(key) ? t(key) : t("state.doubtful");
}

/** Where it is and how often, as far as that is known. */
export function warningPlace({ page, count }) {
  const where = page ? t("page_n", { n: page }) : "";
  const often = count > 1 ? t("preview.places", { n: count }) : "";
  return [where, often].filter(Boolean).join(" · ");
}
