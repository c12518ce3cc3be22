// When something is due, in the short words of a table: 1일 지남, 오늘 13:10, D-1, with tone and symbol.
import { formatDay, formatTime, toDate } from "./format.js";
import { t } from "./i18n.js";

const OVER = ["done", "done_late", "transferred", "withdrawn", "returned", "closed"];

/** `{tone, symbol, text, date}` of a due view of the server; `tone` is danger, warn, plain or done. */
export function dueWords({ on, at, state, remaining, needs_period: needsPeriod }) {
  if (needsPeriod) return { tone: "warn", symbol: "circle-help", text: t("due.period"), date: "" };
  const date = on ? formatDay(on) : "";
  if (OVER.includes(state)) return { tone: "done", symbol: "check", text: t(`due.state.${state}`), date };
  if (state === "waiting") return { tone: "plain", symbol: "hourglass", text: t("due.waiting"), date };
  const { days = 0, minutes = null, is_late: isLate = false } = remaining ?? {};
  if (isLate) {
    const text = days ? t("due.late", { days }) : t("due.late_hours");
    return { tone: "danger", symbol: "clock-alert", text, date };
  }
  if (days === 0 || minutes !== null) {
    const when = at ? `${t("day.today")} ${formatTime(at)}` : t("day.today");
    const today = on && toDate(on).toDateString() === new Date().toDateString();
    if (today || days === 0) return { tone: "warn", symbol: null, text: when, date: "" };
  }
  return { tone: days <= 1 ? "warn" : "plain", symbol: null, text: `D-${days}`, date };
}
