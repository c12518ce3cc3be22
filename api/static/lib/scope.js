// What a question may draw on: collections, reference date, grades. Kept for this visit.
const KEY = "gongmun:scope";

/** Everything, today. */
export const EVERYTHING = Object.freeze({ collection_ids: [], reference_date: "", grades: ["O", "S"] });

/** The scope chosen in this visit. */
export function loadScope() {
  try {
    return { ...EVERYTHING, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...EVERYTHING };
  }
}

/** Remember `scope` until the tab is closed. */
export function saveScope(scope) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(scope));
  } catch {
    // the page keeps it
  }
}

/** The part of a question's body that `scope` fills; what is not narrowed is left out. */
export function scopeBody({ collection_ids: collections, reference_date: date, grades }) {
  const body = { grades };
  if (collections.length) body.collection_ids = collections;
  if (date) body.reference_date = date;
  return body;
}
