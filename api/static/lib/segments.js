// A text cut where it is masked, cut again where a point stands: what is drawn piece by piece.

const within = (from, to, spans) => spans.some(({ start, end }) => start < to && end > from);

/**
 * Pieces `{start, text, mask, on}` of `segments` between `from` and `to`; `on` where one of `spans`
 * stands. Places count in the original.
 */
export function pieces(segments, spans, { from = 0, to = Infinity } = {}) {
  const cuts = spans.flatMap(({ start, end }) => [start, end]);
  const found = [];
  for (const { start, text, mask } of segments) {
    const end = start + text.length;
    if (end <= from || start >= to) continue;
    const [low, high] = [Math.max(start, from), Math.min(end, to)];
    if (mask) {
      found.push({ start: low, text, mask, on: within(low, high, spans) });
      continue;
    }
    const inner = [...new Set([low, ...cuts.filter((cut) => cut > low && cut < high), high])].sort((a, b) => a - b);
    for (let i = 0; i + 1 < inner.length; i += 1) {
      const [a, b] = [inner[i], inner[i + 1]];
      found.push({ start: a, text: text.slice(a - start, b - start), mask: null, on: within(a, b, spans) });
    }
  }
  return found;
}

/** The pieces as paragraphs: cut at line breaks, the breaks left out. */
export function paragraphs(all) {
  const lines = [[]];
  for (const piece of all) {
    if (piece.mask) {
      lines.at(-1).push(piece);
      continue;
    }
    let at = piece.start;
    piece.text.split("\n").forEach((part, i) => {
      if (i) lines.push([]);
      if (part) lines.at(-1).push({ ...piece, start: at, text: part });
      at += part.length + 1;
    });
  }
  return lines.filter((line) => line.length);
}

const PLACEHOLDER = /⟦([^·⟧]+)·[^⟧]*⟧/u;

/** `{text}` and `{label}` in turn: a masked text with its placeholders taken out. */
export function parted(masked) {
  return masked.split(/(⟦[^⟧]*⟧)/u).flatMap((part) => {
    const label = PLACEHOLDER.exec(part)?.[1];
    return label ? [{ label }] : part ? [{ text: part }] : [];
  });
}
