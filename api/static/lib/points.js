// Points changed by hand: each change gives the whole new list, as the server takes it.

const plain = ({ point_id, text, question, spans, status, other_body }) => ({
  ...{ point_id, text, question, spans, status, other_body },
});

const at = (points, id) => points.findIndex((one) => one.point_id === id);

/** The points with `id` moved by `step` places. */
export function movedPoint(points, id, step) {
  const all = points.map(plain);
  const from = at(all, id);
  const [one] = all.splice(from, 1);
  all.splice(from + step, 0, one);
  return all;
}

/** The points with `id` joined to the one before it. */
export function mergedPoint(points, id) {
  const all = points.map(plain);
  const from = at(all, id);
  const [first, second] = [all[from - 1], all[from]];
  const text = `${first.text} ${second.text}`;
  const spans = [...first.spans, ...second.spans];
  const question = [first.question, second.question].filter(Boolean).join(" ");
  all.splice(from - 1, 2, { ...first, text, question, spans, status: "untouched" });
  return all;
}

/** The points with `id` parted into two with the given wordings. */
export function partedPoint(points, id, [first, second]) {
  const all = points.map(plain);
  const from = at(all, id);
  const one = all[from];
  const part = (text, pointId) => ({ ...one, point_id: pointId, text, question: text, status: "untouched" });
  all.splice(from, 1, part(first, one.point_id), part(second, null));
  return all;
}

/** The points with other values for `id`. */
export const changedPoint = (points, id, values) =>
  points.map((one) => (one.point_id === id ? { ...plain(one), ...values } : plain(one)));

export const withoutPoint = (points, id) => points.filter((one) => one.point_id !== id).map(plain);

export const withPoint = (points, text, spans = []) => [
  ...points.map(plain),
  { point_id: null, text, question: text, spans, status: "untouched", other_body: "" },
];

/** `points` as they were, for a case that now has `present`: those that are gone come back as new ones. */
export function restored(points, present) {
  const known = new Set(present.map((one) => one.point_id));
  return points.map((one) => ({ ...plain(one), point_id: known.has(one.point_id) ? one.point_id : null }));
}
