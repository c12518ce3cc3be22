// What can be done with a whole job: aids, columns, files out, files in, away with it.
import { button, h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { exportAddress } from "../lib/jobs.js";
import "./menu-button.js";

const FORMATS = ["xlsx", "csv", "json", "hwpx", "docx", "pdf"];

/** The buttons of the head of a job; they speak through `from`, `choose` asks for more files. */
export function jobActions(from, { job, picker, choose }) {
  const take = (one) => ({
    text: t(`sheet.as.${one}`),
    action: () => tell(from, "export", { address: exportAddress(job.job_id, one) }),
  });
  const out = { label: t("sheet.export"), symbol: "download", isWorded: true, items: FORMATS.map(take) };
  const acts = [
    { text: t("job.add"), icon: "file-up", action: choose },
    { text: t("job.remove.do"), icon: "trash-2", danger: true, action: () => tell(from, "remove-job") },
  ];
  return [
    button(t("aids.title"), { icon: "list-checks", onclick: () => tell(from, "show-aids") }),
    picker,
    h("menu-button", { ".menu": out }),
    h("menu-button", { ".menu": { label: t("job.more"), items: acts } }),
  ];
}
