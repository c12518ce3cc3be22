// Dates, times, numbers and sizes as officials write them.
import { language, t } from "./i18n.js";

const WEEKDAYS = ["일", "월", "화", "수", "목", "금", "토"];

/** A `YYYY-MM-DD` or ISO time as a local Date; dates stay on their day in every time zone. */
export function toDate(value) {
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return plain ? new Date(Number(plain[1]), plain[2] - 1, Number(plain[3])) : new Date(value);
}

/** 2026. 11. 23. (English: 23 Nov 2026). */
export function formatDate(value, { weekday = false } = {}) {
  if (!value) return "";
  const date = toDate(value);
  if (language === "en") {
    const options = { day: "numeric", month: "short", year: "numeric" };
    return date.toLocaleDateString("en-GB", weekday ? { ...options, weekday: "short" } : options);
  }
  const text = `${date.getFullYear()}. ${date.getMonth() + 1}. ${date.getDate()}.`;
  return weekday ? `${text}(${WEEKDAYS[date.getDay()]})` : text;
}

/** 15:30. */
export function formatTime(value) {
  const date = toDate(value);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

/** A day of this year without the year, 11. 20. (English: 20 Nov); any other with it. */
export function formatDay(value, now = new Date()) {
  const date = toDate(value);
  if (date.getFullYear() !== now.getFullYear()) return formatDate(value);
  if (language === "en") return date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return `${date.getMonth() + 1}. ${date.getDate()}.`;
}

/** A short day for tables: 방금, 15:30, 11. 20., and past years with the year. */
export function formatWhen(value, now = new Date()) {
  const date = toDate(value);
  if (now - date < 60_000) return t("when.now");
  if (date.toDateString() === now.toDateString()) return formatTime(value);
  return formatDay(value, now);
}

/** Today as `YYYY-MM-DD` in local time. */
export function today(now = new Date()) {
  const pad = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** The heading under which a time is listed: 오늘, 어제, 지난 7일, 지난 30일, or its month. */
export function dayGroup(value, now = new Date()) {
  const start = (d) => new Date(d.getFullYear(), d.getMonth(), d.getDate());
  const date = toDate(value);
  const days = Math.round((start(now) - start(date)) / 86_400_000);
  if (days <= 0) return t("day.today");
  if (days === 1) return t("day.yesterday");
  if (days <= 7) return t("day.week");
  if (days <= 30) return t("day.month");
  return t("day.of_month", { year: date.getFullYear(), month: date.getMonth() + 1 });
}

/** 1,243,800. */
export function formatNumber(value) {
  return Number(value).toLocaleString("en-US");
}

/** 4.2초. */
export function formatSeconds(milliseconds) {
  return t("seconds", { n: (milliseconds / 1000).toFixed(1) });
}

/** 12 KB, 3.4 MB. */
export function formatSize(bytes) {
  if (bytes < 1024) return `${bytes}B`;
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)}KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(bytes < 10 * 1024 ** 2 ? 1 : 0)}MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)}GB`;
}

/** 62%. */
export function formatPercent(share) {
  return `${Math.floor(share * 100)}%`;
}
