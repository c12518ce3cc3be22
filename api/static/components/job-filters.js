// Which rows of a table over many files a chip keeps, and the words that they are found by.
const seen = new WeakMap();

/** What is counted of a row, once for each state of it. */
function facts(row) {
  if (!seen.has(row)) {
    const cells = Object.values(row.cells);
    const conflicts = cells.filter((cell) => cell.status === "conflicting" && !cell.is_corrected).length;
    const inferred = cells.filter((cell) => cell.status === "inferred" && !cell.is_corrected).length;
    const outdated = cells.filter((cell) => cell.is_outdated).length;
    seen.set(row, { conflicts, doubts: conflicts + inferred + outdated, text: null });
  }
  return seen.get(row);
}

/** How many cells of a row a person should look at. */
export const doubts = (row) => facts(row).doubts;

/** How many cells of a row state two values of which none was chosen yet. */
export const conflicts = (row) => facts(row).conflicts;

/** All that is shown of a row, in small letters. */
export function textOf(row) {
  const known = facts(row);
  known.text ??= [row.title, row.file.file_name, ...Object.values(row.cells).map((cell) => cell.display)].join(" ").toLowerCase();
  return known.text;
}

/** The chips in their order: which rows each keeps. */
export const CHIPS = {
  all: () => true,
  doubts: (row) => doubts(row) > 0,
  conflicts: (row) => conflicts(row) > 0,
  papers: (row) => row.missing_papers.length > 0,
  failed: (row) => row.state === "failed",
  open: (row) => row.state === "done" && !row.confirmation,
};
