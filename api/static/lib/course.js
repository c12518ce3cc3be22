// The course of a pilot in the words of the step line.
import { formatDay } from "./format.js";
import { t } from "./i18n.js";

const SHOWN = { done: "done", unrecorded: "unrecorded", ahead: "ahead", skipped: "skipped", running: "now" };

/** done, unrecorded, now, due, late, ahead or skipped, as the step line shows it. */
export function stateOf(step) {
  if (step.is_late && step.state !== "done") return "late";
  if (step.state !== "current") return SHOWN[step.state];
  return step.limits.some((one) => one.due_on && !one.done_on) ? "due" : "now";
}

/** What the step line takes of the steps of a course. */
export function stepsOf({ steps }) {
  return steps.map((step) => {
    const open = step.limits.find((one) => one.due_on && !one.done_on && !one.is_planned);
    const state = stateOf(step);
    const left = open && (open.is_late ? t("due.late", { days: open.days }) : `D-${open.days}`);
    const when = step.done_on ? formatDay(step.done_on) : open ? t("step.until", { date: formatDay(open.due_on) }) : step.who;
    const note = ["due", "late"].includes(state) && left ? left : "";
    return { id: step.step_id, label: step.name, state, when, note, title: step.why };
  });
}
