// Taking complaints in: one by paste or file, many from a table, with what each row lacked.
import { takeFile, take, takeTable } from "../lib/complaints.js";
import { h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { complain, toast } from "../lib/notify.js";
import { openDialog } from "./confirm-dialog.js";
import { choice, field, lines } from "./case-dialogs.js";

const CHANNELS = ["portal", "website", "email", "visit", "post", "fax", "phone", "other"];
const FORMS = ["document", "electronic", "email", "text_message", "phone", "fax"];

const input = (name, props = {}) => h("input", { class: "input", name, autocomplete: "off", ...props });

const moment = (value) => (value ? `${value}:00+09:00` : null);

/** Ask for a complaint and take it in; its id, or "" when the dialog is left or the server refuses. */
export async function askComplaint() {
  const file = input("file", { type: "file" });
  const text = lines("text", "", { rows: 9, maxlength: 50_000, placeholder: t("intake.text.example") });
  file.addEventListener("change", () => (text.disabled = file.files.length > 0));
  const values = await openDialog({
    title: t("intake.title"),
    wide: true,
    submit: t("intake.take"),
    body: [
      h("p", { class: "helper" }, t("intake.note")),
      field(t("intake.subject"), input("title", { maxlength: 500 })),
      field(t("intake.text"), text),
      field(t("intake.file"), file),
      h(
        "div",
        { class: "field-row" },
        field(t("intake.number"), input("number", { maxlength: 100 })),
        field(t("intake.received"), input("received_at", { type: "datetime-local" })),
        field(t("intake.channel"), choice("channel", CHANNELS, (value) => t(`channel.${value}`))),
        field(t("intake.form"), choice("reply_form", FORMS, (value) => t(`form.${value}`))),
      ),
    ],
  });
  if (!values) return "";
  const given = { number: values.number, received_at: moment(values.received_at) };
  try {
    const picked = file.files[0];
    if (!picked && !values.text?.trim()) {
      toast(t("intake.nothing"), { symbol: "circle-alert" });
      return "";
    }
    const whole = { ...given, text: values.text, title: values.title, channel: values.channel, reply_form: values.reply_form };
    const taken = picked ? await takeFile(picked, given) : await take(whole);
    toast(t("intake.taken"));
    return taken.complaint_id;
  } catch (error) {
    complain(error);
    return "";
  }
}

/** Ask for a table of complaints and take it in; true when something was taken. */
export async function askTable() {
  const file = input("file", { type: "file", accept: ".csv,.tsv,.xlsx,.xls,.ods", required: true });
  const values = await openDialog({
    title: t("table.title"),
    submit: t("table.take"),
    body: [h("p", {}, t("table.text")), field(t("table.file"), file)],
  });
  if (!values || !file.files[0]) return false;
  try {
    const answer = await takeTable(file.files[0]);
    await openDialog({ title: t("table.done", { n: answer.taken.length }), wide: true, body: report(answer), cancel: t("close") });
    return answer.taken.length > 0;
  } catch (error) {
    complain(error);
    return false;
  }
}

function report({ errors, unknown_columns: unknown }) {
  const rows = errors.map((one) =>
    h("li", {}, icon("circle-alert", 16), h("b", { class: "tabular" }, t("table.row", { row: one.row })), ` ${one.detail}`),
  );
  return [
    errors.length ? h("p", {}, t("table.errors", { n: errors.length })) : h("p", {}, t("table.all")),
    errors.length > 0 && h("ul", { class: "row-errors" }, rows),
    unknown.length > 0 && h("p", { class: "helper" }, t("table.unknown", { names: unknown.join(", ") })),
  ].filter(Boolean);
}
