// One row of the file list: a document of the server, or an upload of this page.
import { h, iconButton, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./file-state.js";

/** PDF of report.pdf; nothing where there is no short ending. */
const shortType = (name) => /\.(\w{1,4})$/.exec(name)?.[1].toUpperCase() ?? "";

function row(props, { type, name, state, date }) {
  const title = h("div", { class: "file-name" }, h("span", { class: "file-type" }, type), name);
  return h(
    "tr",
    props,
    h("td", { class: "col-name" }, title),
    h("td", { class: "col-state" }, state),
    h("td", { class: "col-date tabular" }, date),
  );
}

/** The row of a document; a click or Enter on its name opens it. */
export function documentRow(file) {
  const { document_id: id, file_name: name, title, shared } = file;
  const open = (event) => {
    event.stopPropagation();
    tell(event.currentTarget, "open-document", { id });
  };
  const opener = { type: "button", class: "row-open", tabindex: "-1", onclick: open };
  return row(
    { "data-document": id, onclick: open },
    {
      type: shortType(name) || file.file_type,
      name: h("button", opener, shared ? title : name || title),
      state: h("file-state", { ".document": file }),
      date: formatWhen(file.created_at),
    },
  );
}

/** The row of an upload; one that ended can be dismissed. */
export function uploadRow(item) {
  const { name } = item.file;
  const dismiss = (event) => tell(event.currentTarget, "dismiss-upload", { item });
  const ended = item.state === "refused" || item.state === "duplicate";
  return row(
    { class: "upload-row" },
    {
      type: shortType(name),
      name: h("span", { class: "row-open" }, name),
      state: h("file-state", { ".upload": item }),
      date: ended ? iconButton(t("documents.dismiss", { name }), "x", { onclick: dismiss }) : t("when.now"),
    },
  );
}
