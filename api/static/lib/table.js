// What a table of many rows needs to know: which are in view, and how values are put in order.

/** The rows [first, last) to draw for a view of `height` px scrolled to `top`, `ahead` rows beyond it. */
export function inView({ top, height, rowHeight, count, ahead = 12 }) {
  if (matchMedia("print").matches) return [0, count]; // paper does not scroll
  const first = Math.max(0, Math.floor(top / rowHeight) - ahead);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + ahead);
  return [Math.min(first, last), last];
}

const order = new Intl.Collator("ko", { numeric: true });

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return order.compare(String(a), String(b));
}

const isEmpty = (value) => value === null || value === undefined || value === "";

/** `rows` by `value(row)`; rows without a value stand last in both directions, equal ones as they were. */
export function sorted(rows, value, direction = "ascending") {
  const sign = direction === "descending" ? -1 : 1;
  return rows
    .map((row, at) => [value(row), at, row])
    .sort(([a, i], [b, j]) => {
      if (isEmpty(a) || isEmpty(b)) return isEmpty(a) - isEmpty(b) || i - j;
      return sign * compare(a, b) || i - j;
    })
    .map(([, , row]) => row);
}

/** The place that a key moves to in a grid of `rows` x `columns`, or null when it is no such key. */
export function moved({ row, column }, { key, ctrlKey = false }, { rows, columns, page = 10 }) {
  const places = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + page, column],
    PageUp: [row - page, column],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? rows - 1 : row, columns - 1],
  };
  if (!(key in places)) return null;
  const within = (value, count) => Math.min(Math.max(value, 0), Math.max(count - 1, 0));
  return { row: within(places[key][0], rows), column: within(places[key][1], columns) };
}

/** Put `rows` into `body` in this order; rows that are in place are not touched, others leave. */
export function place(body, rows) {
  const kept = new Set(rows);
  for (const old of [...body.children]) if (!kept.has(old)) old.remove();
  rows.forEach((row, at) => body.children[at] !== row && body.insertBefore(row, body.children[at] ?? null));
}

/** Scroll `frame`, with a head of `head` px, so that row `at` of `rowHeight` px can be seen. */
export function reveal(frame, at, rowHeight, head) {
  const [top, bottom] = [at * rowHeight, (at + 1) * rowHeight + head];
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = bottom - frame.clientHeight;
}

/** Scroll `frame` sideways so that `cell` can be seen beside a first column that stays. */
export function revealAcross(frame, cell) {
  if (!cell?.previousElementSibling) return void (frame.scrollLeft = 0);
  const fixed = cell.parentElement.firstElementChild.offsetWidth;
  const [left, right] = [cell.offsetLeft - fixed, cell.offsetLeft + cell.offsetWidth];
  if (left < frame.scrollLeft) frame.scrollLeft = left;
  else if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth;
}
