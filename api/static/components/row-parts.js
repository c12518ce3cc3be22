// Parts that the panes of a cell and of a row share: what to know of the file, and its confirmation.
import { button, h, icon, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";

// That there is no model is said once for the table.
const SAID_ELSEWHERE = ["no_model", "grade_withheld"];

/** What there is to know of the file of a row, and who has confirmed it. */
export function rowNotes(item) {
  const notes = item.notices
    .filter(({ code }) => !SAID_ELSEWHERE.includes(code))
    .map(({ text }) => h("p", { class: "note warn" }, icon("triangle-alert", 16), h("span", {}, text)));
  const who = item.confirmation;
  if (who) notes.push(h("p", { class: "helper" }, t("row.confirmed_by", { by: who.by, when: formatWhen(who.at) })));
  return notes;
}

/** Confirms a row, or takes its confirmation back. */
export function confirmButton(from, item) {
  const props = item.confirmation ? { icon: "rotate-ccw" } : { icon: "check", kind: "filled" };
  const press = () => tell(from, "confirm-row", { on: !item.confirmation });
  return button(t(item.confirmation ? "row.unconfirm" : "row.confirm"), { ...props, small: true, onclick: press });
}
