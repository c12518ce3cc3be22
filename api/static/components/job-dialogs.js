// Forms of the area: a new job, a new column with a trial on one file, a corrected cell.
import { button, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import * as api from "../lib/jobs.js";
import { keep, recall } from "../lib/storage.js";
import { openDialog } from "./confirm-dialog.js";

const TYPES = ["text", "passage", "number", "won", "percent", "date", "choice", "patent"];

const field = (label, control, help = "") => h("label", { class: "field" }, label, control, help && h("span", { class: "helper" }, help));
const input = (name, props = {}) => h("input", { class: "input", name, autocomplete: "off", ...props });

/** Ask for files or a collection and a table; `{title, table, files, collectionId, isTrial}` or null. */
export async function askJob({ tables: all, collections, types }) {
  // The table that was used last comes first, at the very first that of applications.
  const last = recall("table", "product_application");
  const tables = [...all].sort((a, b) => (b.name === last) - (a.name === last));
  const files = input("files", { type: "file", multiple: true, accept: types?.join(",") });
  const table = h("select", { class: "input", name: "table" }, tables.map((one) => h("option", { value: one.name }, `${one.title} · ${t("job.columns", { n: one.columns.length })}`)));
  const purpose = h("p", { class: "helper" }, tables[0]?.purpose ?? "");
  table.addEventListener("change", () => (purpose.textContent = tables.find((one) => one.name === table.value).purpose));
  const own = collections.filter((one) => !one.shared);
  const shelf = h("select", { class: "input", name: "collection" }, h("option", { value: "" }, t("job.no_collection")), own.map((one) => h("option", { value: one.collection_id }, one.name)));
  const values = await openDialog({
    title: t("job.new"),
    submit: t("job.begin"),
    wide: true,
    body: [
      field(t("job.title"), input("title", { maxlength: 200, placeholder: t("job.title.example") })),
      field(t("job.table"), table),
      purpose,
      field(t("job.files"), files, t("job.files.help")),
      h("label", { class: "check" }, h("input", { type: "checkbox", name: "trial" }), h("span", {}, t("job.trial"))),
      field(t("job.collection"), shelf),
    ],
  });
  if (!values) return null;
  keep("table", values.table);
  return { title: values.title.trim(), table: values.table, files: [...files.files], collectionId: values.collection || null, isTrial: Boolean(values.trial) };
}

const slug = () => `own_${Date.now().toString(36)}`;

/** Ask for a column of one's own, tried on the file of a row first; the column as tables hold it, or null. */
export async function askColumn({ job, rows, open }) {
  const type = h("select", { class: "input", name: "type" }, TYPES.map((value) => h("option", { value }, t(`column.${value}`))));
  const labels = h("textarea", { class: "input", name: "labels", rows: 3, required: true });
  const choices = h("textarea", { class: "input", name: "choices", rows: 3 });
  const ofChoices = field(t("column.choices"), choices);
  ofChoices.hidden = true;
  type.addEventListener("change", () => (ofChoices.hidden = type.value !== "choice"));
  const result = h("div", { class: "trial", "aria-live": "polite" });
  const form = () => labels.closest("form");
  const read = rows.filter((row) => row.state === "done");
  const files = h("select", { class: "input", "aria-label": t("column.file") }, read.map((row) => h("option", { value: row.item_id, selected: row.item_id === open }, row.file.file_name)));
  const trial = button(t("column.try"), {
    ...{ small: true, icon: "play" },
    onclick: () => form().reportValidity() && tryColumn({ data: columnOf(new FormData(form())), job, row: files.value, result }),
  });
  const values = await openDialog({
    title: t("column.new"),
    submit: t("column.keep"),
    body: [
      field(t("column.label"), input("label", { required: true, maxlength: 60 })),
      field(t("column.meaning"), input("meaning", { required: true, maxlength: 300 })),
      field(t("column.type"), type),
      ofChoices,
      field(t("column.labels"), labels, t("column.labels.help")),
      read.length ? h("div", { class: "trial-line" }, files, trial) : h("p", { class: "helper" }, t("column.no_file")),
      result,
    ],
  });
  return values ? columnOf(values) : null;
}

function columnOf(values) {
  const given = values instanceof FormData ? Object.fromEntries(values) : values;
  const lines = (text) => (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);
  const column = { name: slug(), label: given.label.trim(), meaning: given.meaning.trim(), type: given.type, labels: lines(given.labels) };
  if (given.type === "choice") column.choices = lines(given.choices);
  return column;
}

async function tryColumn({ data, job, row, result }) {
  const table = { ...job.table.data, name: slug(), columns: [data] };
  result.replaceChildren(t("column.trying"));
  try {
    const item = await api.tryTable({ row: { job_id: job.job_id, item_id: row }, data: table });
    const [cell] = item.cells;
    const why = h("p", { class: "helper" }, `${t(`cell.${cell.status}`)} · ${cell.reason_text}`);
    const quote = cell.values[0] && h("q", {}, cell.values[0].evidence.quote);
    result.replaceChildren(...[h("b", {}, cell.display || t("cell.not_stated")), why, quote].filter(Boolean));
  } catch (error) {
    result.replaceChildren(h("span", { class: "da" }, error.detail));
  }
}

/** Ask for the right value of a cell; `{value, reason}` or null. */
export async function askValue({ column, cell }) {
  const value = column.type === "choice"
    ? h("select", { class: "input", name: "value" }, h("option", { value: "" }, t("cell.not_stated")), column.choices.map((one) => h("option", { value: one.value, selected: one.value === cell.value }, one.value)))
    : input("value", { value: cell.value ?? "", maxlength: 2000 });
  const body = [field(column.label, value, t("cell.correct.help")), field(t("cell.why"), input("reason", { maxlength: 500 }))];
  const values = await openDialog({ title: t("cell.correct"), body, submit: t("cell.keep") });
  return values && { value: values.value.trim(), reason: values.reason.trim() };
}
