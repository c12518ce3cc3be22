// Offsets and line breaking of Korean text.

/** UTF-16 index of the code point with index `count`; the server counts code points. */
export function utf16Index(text, count) {
  let index = 0;
  for (let seen = 0; seen < count && index < text.length; seen += 1) {
    index += text.codePointAt(index) > 0xffff ? 2 : 1;
  }
  return index;
}

/** Where `quote` stands in `text` as UTF-16 indexes, or null; code point offsets are a claim to check. */
export function locate(text, { start, end, quote }) {
  const from = utf16Index(text, start);
  const to = utf16Index(text, end);
  if (to > from && (!quote || text.slice(from, to) === quote)) return { start: from, end: to };
  const at = quote ? text.indexOf(quote) : -1;
  return at < 0 ? null : { start: at, end: at + quote.length };
}

// Dates, amounts and article numbers that hold a space and must not be broken at it.
const WHOLE =
  /\d{4}\. ?\d{1,2}\. ?\d{1,2}\.(?:\([월화수목금토일]\))?|\d{4}년 \d{1,2}월(?: \d{1,2}일)?|\d{1,2}월 \d{1,2}일|\d[\d,.]*(?:억|만|천)?(?: \d[\d,]*(?:만|천))? (?:원|개월|퍼센트|%)|제\d+조(?:의\d+)? 제\d+항(?: 제\d+호)?/g;

// What a person still has to fill in: 【확인 필요】, 【확인 필요: 현장 확인 결과】.
const OPEN = /【확인 필요[^】]*】?/g;
const MARKED = new RegExp(`(?<open>${OPEN.source})|${WHOLE.source}`, "g");

/** `text` in pieces, each marked as breakable or whole, or open: left for a person. */
export function pieces(text) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > last) found.push({ text: text.slice(last, match.index), whole: false });
    found.push({ text: match[0], whole: !match.groups.open, open: Boolean(match.groups.open) });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push({ text: text.slice(last), whole: false });
  return found;
}

/** `text` split before its last word, so that a chip can be kept with that word. */
export function splitLastWord(text) {
  const trimmed = text.trimEnd();
  // There is no break inside a Korean word (keep-all), so the end of a long one is enough.
  let cut = Math.max(trimmed.lastIndexOf(" ") + 1, trimmed.length - 12);
  for (const match of trimmed.matchAll(MARKED)) {
    if (match.index < cut && cut < match.index + match[0].length) cut = match.index;
  }
  return [trimmed.slice(0, cut), trimmed.slice(cut)];
}

/** True for a sentence that is a row of a table. */
export const isTableRow = (text) => /^\s*\|.*\|\s*$/.test(text);

/** The cells of a row as one line: 항목 · 2025년 · 2026년. */
export function rowAsLine(text) {
  return isTableRow(text)
    ? text
        .trim()
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(" · ")
    : text;
}

/** Model text before it is checked: keys such as [S1] mean nothing to a reader. */
export function withoutKeys(text) {
  return text.replace(/\s?\[S\d+(?:\s*,\s*S\d+)*\]/g, "").replace(/\s?\[S?\d*$/, "");
}
