// Who is working here: asked once, kept on this device, sent with everything that a person decides.
import { openDialog } from "../components/confirm-dialog.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { keep, recall } from "./storage.js";

/** The name kept on this device, or "". */
export const personName = () => recall("person", "");

/** The name, asked for when it is not known yet; "" when the person leaves the question. */
export async function person({ again = false } = {}) {
  const known = personName();
  if (known && !again) return known;
  const name = h("input", {
    ...{ class: "input", name: "person", required: true, maxlength: "100", value: known, autocomplete: "name" },
    placeholder: t("person.example"),
  });
  const values = await openDialog({
    title: t("person.title"),
    body: [h("p", {}, t("person.text")), h("label", { class: "field" }, t("person.name"), name)],
    submit: t("person.keep"),
  });
  const given = values?.person.trim() ?? "";
  if (given) keep("person", given);
  return given;
}
