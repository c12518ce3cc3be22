// From values to places on a chart: round steps for the axis, and where a value stands on it.

/** About `wanted` round values that enclose [low, high]: 15, 25, 35. */
export function ticks(low, high, wanted = 3) {
  const spread = high - low || Math.abs(high) || 1;
  const rough = spread / Math.max(wanted - 1, 1);
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * size).find((one) => one >= rough * 0.999);
  const first = Math.floor(low / step) * step;
  const count = Math.max(Math.ceil((high - first) / step - 1e-9), 1);
  return Array.from({ length: count + 1 }, (_, i) => Number((first + i * step).toPrecision(12)));
}

/** A function from values in [low, high] to places between `from` and `to`. */
export function linear([low, high], [from, to]) {
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}

// Of 11 pixels: a Hangul syllable or ideograph, a space, anything else as wide as a bold figure.
const widthOf = (letter) => (letter > "\u10ff" ? 10 : letter === " " ? 3 : 6.8);

/** About how many pixels `text` takes in the letters of a chart. */
export const lettersWide = (text) => [...text].reduce((sum, letter) => sum + widthOf(letter), 0);

/** `text`, cut with an ellipsis when it is wider than `most` pixels in the letters of a chart. */
export function fitted(text, most) {
  if (lettersWide(text) <= most) return text;
  const letters = [...text];
  while (letters.length > 1 && lettersWide(letters.join("")) > most - 10) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** 20.0, 1,243: at most one digit after the point. */
export function short(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
