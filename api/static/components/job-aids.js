// Aids to the selection: likely duplicates, limits, papers, groups; found by code, decided by people.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { aids } from "../lib/jobs.js";
import { complain } from "../lib/notify.js";
import { openDialog } from "./confirm-dialog.js";
import { nameOf } from "./job-columns.js";

const section = (title, rows, none) =>
  h("section", { class: "aid" }, h("h3", {}, title, h("span", { class: "helper" }, ` ${rows.length}`)), rows.length ? h("ul", {}, rows) : h("p", { class: "helper" }, none));

/** Show the aids of a job in a dialog. */
export async function showAids(sheet) {
  let found;
  try {
    found = await aids(sheet.id);
  } catch (error) {
    complain(error);
    return;
  }
  const name = (id) => {
    const row = sheet.row(id);
    return row ? nameOf(row)[0] : id;
  };
  const duplicates = found.duplicates.map((one) => h("li", {}, h("b", {}, `${name(one.first)} · ${name(one.second)}`), h("span", { class: "helper" }, one.reasons.map((reason) => reason.text).join(", "))));
  const limits = found.limits.map((one) => h("li", {}, h("b", {}, name(one.item_id)), h("span", { class: "helper" }, one.text)));
  const papers = found.missing_papers.map((one) => h("li", {}, h("b", {}, name(one.item_id)), h("span", { class: "helper" }, [...one.missing, ...one.unclear].join(", "))));
  const groups = found.groups.map((one) => h("li", {}, h("b", {}, one.label || t("cell.not_stated")), h("span", { class: "helper" }, one.column_label), h("span", { class: "helper" }, t("aids.count", { n: one.item_ids.length }))));
  await openDialog({
    title: t("aids.title"),
    wide: true,
    body: [
      h("p", { class: "helper" }, t("aids.text")),
      section(t("aids.duplicates"), duplicates, t("aids.none")),
      section(t("aids.limits"), limits, t("aids.none")),
      section(t("aids.papers"), papers, t("aids.none")),
      section(t("aids.groups"), groups, t("aids.none")),
    ],
  });
}
