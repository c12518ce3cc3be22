// Complaints over HTTP: the queue, a case, what people decide in it, and its letters.
import { json, query, sendFile, stream } from "./api.js";

const at = (id, rest = "") => `/complaints/${encodeURIComponent(id)}${rest}`;

export const queue = (filters) => json("GET", `/complaints${query(filters)}`);
export const complaint = (id) => json("GET", at(id));
export const clock = (id) => json("GET", at(id, "/clock")).then((answer) => answer.clock);
export const original = (id) => json("GET", at(id, "/original"));

export const take = (body) => json("POST", "/complaints", { body });
export const takeFile = (file, values, options) => sendFile("/complaints/file", file, values, options);
export const takeTable = (file, options) => sendFile("/complaints/table", file, {}, options);

export const change = (id, body) => json("PATCH", at(id), { body });
export const addMask = (id, body) => json("POST", at(id, "/masks"), { body });
export const checkMasks = (id, by) => json("POST", at(id, "/masks/check"), { body: { by } });
export const liftMask = (id, mask, by) =>
  json("DELETE", at(id, `/masks/${encodeURIComponent(mask)}${query({ by })}`));
export const setPoints = (id, body) => json("PUT", at(id, "/points"), { body });
export const record = (id, body) => json("POST", at(id, "/events"), { body });
export const withdraw = (id, event, by) =>
  json("DELETE", at(id, `/events/${encodeURIComponent(event)}${query({ by })}`));

export const writeLetter = (id, letter, signal) => stream(at(id, "/letters"), letter, signal);
export const answerAgain = (id, point, body) =>
  json("POST", at(id, `/points/${encodeURIComponent(point)}/answer`), { body });
export const draftMany = (ids, letter = {}) =>
  json("POST", "/complaints/drafts", { body: { complaint_ids: ids, letter } });
export const cancelDraft = (id) => json("DELETE", at(id, "/drafting"));
export const similar = (id) => json("GET", at(id, "/similar"));
export const group = (groupId) => json("GET", `/complaints/groups/${encodeURIComponent(groupId)}`);
export const makeGroup = (body) => json("POST", "/complaints/groups", { body });
export const setMaster = (groupId, paperId) =>
  json("PUT", `/complaints/groups/${encodeURIComponent(groupId)}/master`, { body: { paper_id: paperId } });
export const takeOver = (groupId, ids = []) =>
  json("POST", `/complaints/groups/${encodeURIComponent(groupId)}/replies`, { body: { complaint_ids: ids } });
