// Small values kept on this device. Storage may be off or full: then they last as long as the page.
const PREFIX = "gongmun:";
const memory = new Map();

/** The stored value of `key`, or `fallback`. */
export function recall(key, fallback = null) {
  try {
    const text = localStorage.getItem(PREFIX + key);
    if (text !== null) return JSON.parse(text);
  } catch {
    // fall through to memory
  }
  return memory.has(key) ? memory.get(key) : fallback;
}

/** Keep `value` under `key`; `null` forgets it. */
export function keep(key, value) {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // kept in memory
  }
}
