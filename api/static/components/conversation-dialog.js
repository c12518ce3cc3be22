// Renaming a conversation.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openDialog } from "./confirm-dialog.js";

/** Ask for a new title; null when it is left as it was. */
export async function askTitle(title) {
  const input = h("input", { class: "input", name: "title", value: title, required: true, maxlength: "120" });
  const values = await openDialog({
    title: t("conversation.rename"),
    body: [h("label", { class: "field" }, t("conversation.title"), input)],
    submit: t("save"),
  });
  const wanted = values?.title.trim();
  return wanted && wanted !== title ? wanted : null;
}
