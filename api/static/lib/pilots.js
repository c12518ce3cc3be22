// Pilots over HTTP: the portfolio, a record with what follows from it, files, reports.
import { json, query, sendFile } from "./api.js";

const at = (id, rest = "") => `/pilots/${encodeURIComponent(id)}${rest}`;

export const portfolio = () => json("GET", "/pilots");
export const compare = (one, other) => json("GET", `/pilots/compare${query({ one, other })}`);
export const create = (body) => json("POST", "/pilots", { body });
export const pilot = (id) => json("GET", at(id));
/** Change the record while looking at `version`; another one since then is refused. */
export const change = (id, version, body) =>
  json("PATCH", at(id), { body, headers: { "If-Match": `"${version}"` } });
export const addFile = (id, file, by, options) => sendFile(at(id, "/files"), file, { by }, options);
export const choices = (id) => json("GET", at(id, "/proposals")).then((answer) => answer.choices);
export const accept = (id, body) => json("POST", at(id, "/proposals/accept"), { body });
export const reject = (id, body) => json("POST", at(id, "/proposals/reject"), { body });
/** Where a value was read: `{place}` of the record or `{proposal_id}`. */
export const valueSource = (id, which) => json("GET", at(id, `/source${query(which)}`));
export const validate = (id) => json("GET", at(id, "/validate"));
export const writeReport = (id, kind, by) => json("POST", at(id, "/report"), { body: { kind, by } });
export const calendarAddress = (id) => `/api${at(id, "/calendar.ics")}`;
export const exportAddress = (format) => `/api/pilots/export${query({ format })}`;
export const portfolioReport = (by) => json("POST", "/pilots/portfolio/report", { body: { by } });
