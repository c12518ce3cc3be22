// Where a paper belongs: its case, its pilot or its table, and the way back there.
import { t } from "./i18n.js";
import { address } from "./router.js";

const PLACES = {
  complaint: { area: "complaints", name: "draft.back.complaint" },
  pilot: { area: "pilots", name: "draft.back.pilot", params: (paper) => ({ view: "report", paper }) },
  batch: { area: "applications", name: "draft.back.batch" },
};
// The report over all pilots is of no single one.
const PORTFOLIO = "portfolio";

/** `{area, back}` of a draft: its area, and the link to what it is about. */
export function homeOf({ subject, subject_id: id, paper_id: paper }) {
  const { area, name, params = () => ({}) } = PLACES[subject];
  const isOfAll = id === PORTFOLIO;
  const place = isOfAll ? { area } : { area, item: id, params: params(paper) };
  return { area, back: { label: t(isOfAll ? "pilot.back" : name), href: address(place) } };
}
