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

/** 20.0, 1,243: at most one digit after the point. */
export function short(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}
