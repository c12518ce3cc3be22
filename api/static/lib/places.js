// A place names a value of a record: `plan.ends_on`, `items[3].target`, `events[matched].on`.

const PART = /([^.[\]]+)|\[([^\]]+)\]/g;

function row(rows, name) {
  const number = Number(name);
  return (
    rows.find((one) => ["number", "item_number"].some((key) => one[key] === number)) ??
    rows.find((one) => [one.kind, one.section, one.growth_id].includes(name)) ??
    rows[number - 1]
  );
}

/** The value at `place` of `record`; undefined where there is none. */
export function valueAt(record, place) {
  let value = record;
  for (const [, field, index] of place.matchAll(PART)) {
    if (value === null || value === undefined) return undefined;
    value = field === undefined ? row(value, index) : value[field];
  }
  return value;
}

/** The part of the record that a place is in: plan, items, growth … */
export const sectionOf = (place) => /^[^.[]+/.exec(place)[0];
