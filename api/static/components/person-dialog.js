// Asks once for position and name; every change and decision carries it.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { personName, setPersonName } from "../lib/person.js";
import { openDialog } from "./confirm-dialog.js";

/** The field for position and name. */
export const personField = () =>
  h(
    "label",
    { class: "field" },
    h("span", {}, t("person.label")),
    h("input", {
      name: "person",
      required: true,
      maxlength: "80",
      autocomplete: "name",
      placeholder: t("person.example"),
      value: personName(),
    }),
  );

/** Resolve with the name, asking for it when it is not known; "" when the person leaves. */
export async function askPerson({ again = false } = {}) {
  if (personName() && !again) return personName();
  const values = await openDialog({
    title: t("person.title"),
    body: [h("p", { class: "dialog-text" }, t("person.text")), personField()],
    submit: t("person.keep"),
  });
  if (values?.person) setPersonName(values.person);
  return values ? personName() : "";
}
