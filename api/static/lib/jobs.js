// Jobs over many files and the tables that they fill, over HTTP.
import { json, query, sendFile } from "./api.js";

const enc = encodeURIComponent;
const at = (id, rest = "") => `/jobs/${enc(id)}${rest}`;
const row = (id, item, rest = "") => at(id, `/items/${enc(item)}${rest}`);

export const jobs = () => json("GET", "/jobs").then((answer) => answer.jobs);
export const job = (id) => json("GET", at(id));
export const create = (body) => json("POST", "/jobs", { body });
export const addFile = (id, file, options) => sendFile(at(id, "/files"), file, {}, options);
export const remove = (id) => json("DELETE", at(id));
/** Pause, resume or cancel. */
export const steer = (id, how) => json("POST", at(id, `/${how}`));
export const runAgain = (id, body) => json("POST", at(id, "/run"), { body });
export const items = (id, filters) => json("GET", at(id, `/items${query(filters)}`));
export const events = (id, after) => new EventSource(`/api${at(id, `/events${query({ changed_after: after })}`)}`);
export const item = (id, itemId) => json("GET", row(id, itemId));
export const preview = (id, itemId, filters) => json("GET", row(id, itemId, `/preview${query(filters)}`));
export const fileAddress = (id, itemId) => `/api${row(id, itemId, "/file")}`;
/** A row's file, as the page of a source shows it. */
export const fileOf = (id, { item_id: itemId, file, page_count: pages }) => ({
  key: `${id} ${itemId}`,
  name: file.file_name,
  pages,
  address: fileAddress(id, itemId),
  read: (filters) => preview(id, itemId, filters),
});
export const exportAddress = (id, format) => `/api${at(id, `/export${query({ format })}`)}`;
export const correct = (id, itemId, column, body) =>
  json("PUT", row(id, itemId, `/cells/${enc(column)}`), { body });
export const withdraw = (id, itemId, column, by) =>
  json("DELETE", row(id, itemId, `/cells/${enc(column)}${query({ by })}`));
export const confirm = (id, itemId, body) => json("PUT", row(id, itemId, "/confirmation"), { body });

export const tables = () => json("GET", "/tables").then((answer) => answer.tables);
export const saveTable = (name, body) => json("PUT", `/tables/${enc(name)}`, { body });
export const tryTable = (body) => json("POST", "/tables/try", { body });
export const aids = (id) => json("GET", at(id, "/aids"));
/** The report for the deliberation meeting; `{paper_id}`. */
export const makeReport = (id, by) => json("POST", at(id, "/report"), { body: { by } });
