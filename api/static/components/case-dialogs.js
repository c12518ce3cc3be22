// Small forms of a case: what happened, points, letters. Each resolves with what to send, or null.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openDialog } from "./confirm-dialog.js";

const DAY_TYPES = ["supplement_requested", "supplement_prolonged", "supplement_urged"];
const TYPES = [
  ...["extended", "progress_notified", "transferred", ...DAY_TYPES, "supplement_received", "supplement_bounced", "ended"],
];
const OPTIONS = {
  ground: ["cooperation", "facts", "force_majeure", "similar"],
  to: ["department", "within_body", "other_body"],
  how: ["answered", "withdrawn", "returned", "closed"],
};
const NEEDS = { extended: ["ground", "length"], transferred: ["to"], ended: ["how"] };

export const field = (label, control) => h("label", { class: "field" }, label, control);

export const choice = (name, values, words, chosen = values[0]) =>
  h(
    "select",
    { class: "input", name },
    values.map((value) => h("option", { value, selected: value === chosen }, words(value))),
  );

export const lines = (name, value = "", props = {}) =>
  h("textarea", { class: "input", name, rows: 4, ...props }, value);

/** The time now as the server takes it, and as a field shows it. */
const now = () => {
  const date = new Date(Date.now() + 9 * 3_600_000);
  return date.toISOString().slice(0, 16);
};

/** Ask what happened in a case; the event as the API takes it. */
export async function askEvent(first = "extended") {
  const type = choice("type", TYPES, (value) => t(`event.${value}`), first);
  const parts = {
    ground: field(t("event.ground"), choice("ground", OPTIONS.ground, (value) => t(`ground.${value}`))),
    length: field(t("event.length"), h("input", { class: "input", name: "length", type: "number", min: 1, max: 60 })),
    to: field(t("event.to"), choice("to", OPTIONS.to, (value) => t(`to.${value}`))),
    how: field(t("event.how"), choice("how", OPTIONS.how, (value) => t(`how.${value}`))),
    until: field(t("event.until"), h("input", { class: "input", name: "until", type: "date" })),
  };
  const consent = h("label", { class: "check" }, h("input", { type: "checkbox", name: "consent" }), t("event.consent"));
  const show = () => {
    const needs = DAY_TYPES.includes(type.value) ? ["until"] : (NEEDS[type.value] ?? []);
    for (const [name, part] of Object.entries(parts)) part.hidden = !needs.includes(name);
    consent.hidden = type.value !== "extended";
  };
  type.addEventListener("change", show);
  show();
  const when = h("input", { class: "input", name: "at", type: "datetime-local", value: now(), required: true });
  const values = await openDialog({
    title: t("event.title"),
    body: [field(t("event.type"), type), field(t("event.at"), when), ...Object.values(parts), consent],
    submit: t("event.record"),
  });
  if (!values) return null;
  const needs = DAY_TYPES.includes(values.type) ? ["until"] : (NEEDS[values.type] ?? []);
  const event = { type: values.type, at: `${values.at}:00+09:00` };
  for (const name of needs) if (values[name]) event[name] = name === "length" ? { number: Number(values.length) } : values[name];
  if (values.type === "extended") event.consent = values.consent === "on";
  return event;
}

/** Ask for the wording of a point, or of the two that it is parted into. */
export async function askPoint({ title, first = "", second = null }) {
  const body = [field(t("point.wording"), lines("first", first, { required: true }))];
  if (second !== null) body.push(field(t("point.wording_second"), lines("second", second, { required: true })));
  const values = await openDialog({ title, body, submit: t("point.keep") });
  if (!values?.first.trim()) return null;
  return second === null ? [values.first.trim()] : [values.first.trim(), values.second.trim()];
}

/** Ask which body a point belongs to. */
export async function askBody(known = "") {
  const name = h("input", { class: "input", name: "body", required: true, value: known, maxlength: 200 });
  const values = await openDialog({ title: t("point.elsewhere"), body: [field(t("point.body"), name)], submit: t("point.keep") });
  return values?.body.trim() || null;
}

/** Ask what is needed for a letter; the body of the request. */
export async function askLetter(first = "reply") {
  const kinds = ["reply", "extension", "supplement", "transfer", "progress", "closing"];
  const letter = choice("letter", kinds, (value) => t(`letter.${value}`), first);
  const decision = field(t("letter.decision"), choice("decision", ["answer", "partial", "refusal", "referral"], (value) => t(`decision.${value}`)));
  const disposition = h("label", { class: "check" }, h("input", { type: "checkbox", name: "is_disposition" }), t("letter.disposition"));
  const notified = field(t("letter.notified"), h("input", { class: "input", name: "notified_on", type: "date" }));
  const refuses = () => letter.value === "reply" && ["partial", "refusal"].includes(decision.querySelector("select").value);
  const parts = {
    ground: field(t("event.ground"), choice("ground", OPTIONS.ground, (value) => t(`ground.${value}`))),
    length: field(t("event.length"), h("input", { class: "input", name: "length", type: "number", min: 1, max: 60 })),
    needs: field(t("letter.needs"), lines("needs")),
    until: field(t("letter.until"), h("input", { class: "input", name: "until", type: "date" })),
    destination: field(t("letter.destination"), h("input", { class: "input", name: "destination", maxlength: 200 })),
    expected_on: field(t("letter.expected"), h("input", { class: "input", name: "expected_on", type: "date" })),
    reason: field(t("letter.reason"), lines("reason")),
  };
  const needed = {
    reply: ["reason"],
    extension: ["ground", "length", "reason"],
    supplement: ["needs", "until"],
    transfer: ["destination", "reason"],
    progress: ["expected_on", "reason"],
    closing: ["reason"],
  };
  const show = () => {
    decision.hidden = letter.value !== "reply";
    disposition.hidden = notified.hidden = !refuses();
    for (const [name, part] of Object.entries(parts)) part.hidden = !needed[letter.value].includes(name);
  };
  for (const one of [letter, decision]) one.addEventListener("change", show);
  show();
  const body = [field(t("letter.kind"), letter), decision, disposition, notified, ...Object.values(parts), h("p", { class: "helper" }, t("letter.note"))];
  const values = await openDialog({ title: t("letter.title"), body, submit: t("letter.write") });
  if (!values) return null;
  const wanted = { letter: values.letter };
  if (values.letter === "reply") wanted.decision = values.decision;
  if (refuses()) wanted.is_disposition = values.is_disposition === "on";
  if (refuses() && values.notified_on) wanted.notified_on = values.notified_on;
  for (const name of needed[values.letter]) if (values[name]?.trim()) wanted[name] = values[name].trim();
  if (wanted.length) wanted.length = { number: Number(wanted.length) };
  if (wanted.needs) wanted.needs = wanted.needs.split("\n").map((line) => line.trim()).filter(Boolean);
  return wanted;
}
