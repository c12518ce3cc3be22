// The columns of the queue of complaints.
import { h } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { dueBadge } from "./due-badge.js";
import { pointBar } from "./point-bar.js";
import { badge } from "./state-badge.js";

/** Where a case stands: its draft, masks that nobody has checked, or nothing yet. */
export function stageBadge({ drafting, letters, masks, due }) {
  if (drafting.state === "failed") return badge("danger", "circle-x", t("stage.failed"));
  if (drafting.state === "waiting") return badge("plain", "hourglass", t("stage.waiting"));
  if (drafting.state === "running") {
    const { done, total } = drafting;
    return badge("plain", "busy", t("stage.drafting", { done, total }));
  }
  if (["done", "done_late", "closed", "transferred", "withdrawn", "returned"].includes(due.state))
    return badge("ok", "check", t("stage.over"));
  if (letters.length) return badge("info", "file-text", t("stage.drafted"));
  if (!masks.is_checked && masks.candidates)
    return badge("warn", "shield-alert", t("stage.masks", { n: masks.candidates }));
  return badge("plain", null, t("stage.none"));
}

/** What the data-table is told of the queue. */
export const QUEUE = {
  key: (row) => row.complaint_id,
  name: (row) => row.title,
  picks: true,
};

/** The columns; made late, because texts are there only then. */
export const columns = () => [
  { key: "due", label: t("queue.due"), width: "9.5rem", cell: (row) => dueBadge(row.due) },
  { key: "title", label: t("queue.title"), cell: (row) => titleCell(row) },
  { key: "kind", label: t("queue.kind"), width: "9.75rem", cell: (row) => h("span", { class: "t2", title: row.kind_name }, t(`kind.${row.kind}`)) },
  {
    key: "received",
    label: t("queue.received"),
    width: "5.5rem",
    align: "end",
    cell: (row) => h("span", { class: "t2" }, formatWhen(row.received_at)),
  },
  { key: "points", label: t("queue.points"), width: "9rem", cell: (row) => pointBar(row.points) },
  { key: "stage", label: t("queue.stage"), width: "9.75rem", cell: (row) => stageBadge(row) },
];

function titleCell(row) {
  const same = row.group_id && h("span", { class: "badge line small" }, t("queue.grouped"));
  return [h("span", { class: "case-title", title: row.title }, row.title || t("queue.untitled")), same].filter(Boolean);
}
