// The areas of the rail in their order, each with its symbol; `status` stands below them.
export const AREAS = [
  ["ask", "message-square-text"],
  ["complaints", "inbox"],
  ["pilots", "flask-conical"],
  ["applications", "table-2"],
  ["documents", "folder-open"],
];

/** The names of all areas that an address may hold; a draft lives with its case and has no place in the rail. */
export const AREA_NAMES = [...AREAS.map(([name]) => name), "status", "drafts"];
