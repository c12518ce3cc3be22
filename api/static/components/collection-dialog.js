// Making and deleting collections.
import * as api from "../lib/api.js";
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import * as router from "../lib/router.js";
import { openDialog } from "./confirm-dialog.js";
import { complain, toast } from "../lib/notify.js";

const changed = () => document.dispatchEvent(new CustomEvent("collections-changed"));

/** Ask for name and grade and make the collection; then it is shown. */
export async function askCollection() {
  const grade = (value, checked) =>
    h(
      "label",
      { class: "check" },
      h("input", { type: "radio", name: "grade", value, checked }),
      h("span", {}, t(`collection.grade.${value}`)),
    );
  const values = await openDialog({
    title: t("collection.new.title"),
    submit: t("collection.create"),
    body: [
      h(
        "label",
        { class: "field" },
        t("collection.name"),
        h("input", { class: "input", name: "name", required: true, maxlength: "80", autocomplete: "off" }),
      ),
      h(
        "fieldset",
        {},
        h("legend", {}, t("collection.grade")),
        h("div", { class: "row" }, grade("S", true), grade("O", false)),
      ),
    ],
  });
  if (!values?.name.trim()) return;
  try {
    const { collection_id: id } = await api.createCollection(values.name.trim(), values.grade);
    changed();
    router.go({ area: "documents", item: id });
  } catch (error) {
    complain(error);
  }
}

/** Delete an empty collection, after asking. */
export async function dropCollection({ collection_id: id, name }) {
  const sure = await openDialog({
    title: t("collection.delete.title", { name }),
    body: [h("p", {}, t("collection.delete.text"))],
    submit: t("collection.delete"),
    danger: true,
  });
  if (!sure) return;
  try {
    await api.deleteCollection(id);
    toast(t("collection.deleted"), { symbol: "trash-2" });
    changed();
    router.go({ area: "documents" });
  } catch (error) {
    complain(error);
  }
}
