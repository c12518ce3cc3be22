// The HTTP client: JSON in and out, problem+json to ApiError, streams of events.
import { language, t } from "./i18n.js";
import { readEvents } from "./sse.js";

/** A failure the server explained (or the network): `detail` is what people read. */
export class ApiError extends Error {
  constructor({ status = 0, code = "network", detail, request_id: requestId = "", ...facts }) {
    super(detail ?? t("error.network"));
    this.name = "ApiError";
    Object.assign(this, { status, code, detail: detail ?? t("error.network"), requestId, facts });
  }
}

async function problemOf(response) {
  try {
    const body = await response.json();
    if (body.detail && typeof body.detail === "string")
      return new ApiError({ status: response.status, ...body });
  } catch {
    // not JSON: a proxy answered
  }
  const requestId = response.headers.get("X-Request-ID") ?? "";
  return new ApiError({
    status: response.status,
    code: "http",
    detail: t("error.http"),
    request_id: requestId,
  });
}

async function send(method, path, { body, signal, accept = "application/json", headers: more } = {}) {
  const headers = { Accept: accept, "Accept-Language": language, ...more };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError({});
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The JSON that the server answers, null for an empty answer. */
export async function json(method, path, options) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

/** `?a=b` of the values that are not empty. */
export function query(values) {
  const pairs = Object.entries(values).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
}

const enc = encodeURIComponent;

/** Yield `{event, data}` of what a POST to `path` streams back. */
export async function* stream(path, body, signal) {
  const response = await send("POST", path, { body, signal, accept: "text/event-stream" });
  yield* readEvents(response.body);
}

/** Yield `{event, data}` of the answer to a question. */
export const ask = (question, signal) => stream("/chat", question, signal);

export const me = () => json("GET", "/me");
export const health = () => json("GET", "/health");
export const stopTurn = (turn) => json("POST", `/turns/${enc(turn)}/stop`);
export const sendFeedback = (turn, feedback) =>
  json("POST", `/turns/${enc(turn)}/feedback`, { body: feedback });

export const conversations = (search = "", limit = 200) =>
  json("GET", `/conversations${query({ query: search, limit })}`);
export const conversation = (id) => json("GET", `/conversations/${enc(id)}`);
export const renameConversation = (id, title) =>
  json("PATCH", `/conversations/${enc(id)}`, { body: { title } });
export const deleteConversation = (id) => json("DELETE", `/conversations/${enc(id)}`);
export const restoreConversation = (id) => json("POST", `/conversations/${enc(id)}/restore`);

export const section = (
  { document_id: document, version_id: version, section_ordinal: ordinal },
  after = 0,
) => json("GET", `/sections/${enc(document)}/${enc(version)}/${ordinal}${query({ after: after || null })}`);

export const collections = () => json("GET", "/collections");
export const createCollection = (name, grade) => json("POST", "/collections", { body: { name, grade } });
export const deleteCollection = (id) => json("DELETE", `/collections/${enc(id)}`);

export const documents = (filters) => json("GET", `/documents${query(filters)}`);
export const documentById = (id) => json("GET", `/documents/${enc(id)}`);
export const preview = (id, filters) => json("GET", `/documents/${enc(id)}/preview${query(filters)}`);
export const deleteDocument = (id) => json("DELETE", `/documents/${enc(id)}`);
export const restoreDocument = (id) => json("POST", `/documents/${enc(id)}/restore`);
export const retryDocument = (id) => json("POST", `/documents/${enc(id)}/retry`);
export const fileAddress = (id) => `/api/documents/${enc(id)}/file`;
export const documentEvents = () => new EventSource("/api/documents/events");

export const draft = (id) => json("GET", `/drafts/${enc(id)}`);
export const draftVersions = (id) => json("GET", `/drafts/${enc(id)}/versions`);
export const draftVersion = (id, number) => json("GET", `/drafts/${enc(id)}/versions/${number}`);
export const compareDraft = (id, versions) => json("GET", `/drafts/${enc(id)}/compare${query(versions)}`);
const at = (match) => ({ headers: { "If-Match": match } });
export const editDraft = (id, part, body, match) =>
  json("PATCH", `/drafts/${enc(id)}/parts/${enc(part)}`, { body, ...at(match) });
export const fillCells = (id, part, body, match) =>
  json("PATCH", `/drafts/${enc(id)}/parts/${enc(part)}/cells`, { body, ...at(match) });
export const renameDraft = (id, body, match) => json("PATCH", `/drafts/${enc(id)}/names`, { body, ...at(match) });
export const restoreDraft = (id, body, match) => json("POST", `/drafts/${enc(id)}/restore`, { body, ...at(match) });
export const settleDraft = (id, body, match) => json("POST", `/drafts/${enc(id)}/settle`, { body, ...at(match) });
export const approveDraft = (id, body) => json("POST", `/drafts/${enc(id)}/approve`, { body });
export const commentDraft = (id, body) => json("POST", `/drafts/${enc(id)}/comments`, { body });
export const resolveComment = (id, comment, body) =>
  json("PATCH", `/drafts/${enc(id)}/comments/${enc(comment)}`, { body });
export const answerFile = (id, format) => `/api/turns/${enc(id)}/export${query({ format })}`;
export const draftFile = (id, format) => `/api/drafts/${enc(id)}/export${query({ format })}`;
export const draftPicture = (id, digest) => `/api/drafts/${enc(id)}/pictures/${enc(digest)}`;
export const draftText = async (id) =>
  (await send("GET", `/drafts/${enc(id)}/export?format=txt&plain=true`, { accept: "text/plain" })).text();

/** Send one document; `onprogress` gets the share sent. */
export const upload = (file, { collectionId, grade, ...options }) =>
  sendFile("/documents", file, { collection_id: collectionId, grade }, options);

/** Send one file to `path`. XHR, because fetch reports no upload progress. */
export function sendFile(path, file, values = {}, { onprogress = () => {}, signal } = {}) {
  const address = `/api${path}${query({ ...values, file_name: file.name })}`;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept-Language", language);
    request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError({}));
    request.onload = () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = { detail: t("error.http") };
      }
      if (request.status < 300) resolve(body);
      else reject(new ApiError({ ...body, status: request.status }));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
