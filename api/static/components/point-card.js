// One point of a complaint: its number, state, wording, and what can be done with it.
import { h, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { parted } from "../lib/segments.js";
import "./menu-button.js";
import { badge } from "./state-badge.js";

const STATES = {
  answered: ["ok", "check"],
  partly: ["warn", "circle-dashed"],
  no_basis: ["warn", "circle-help"],
  other_body: ["plain", "building-2"],
  untouched: ["plain", null],
};

/** 확인됨, 일부 확인, 근거 없음, 다른 기관, 답변 전. */
export const pointBadge = (status) => badge(...STATES[status], t(`point.${status}`));

/** A card for `point`, number `at` + 1 of `count`; `isOn` when it is the one in question. */
export function pointCard(point, { at, count, isOn, canAnswer }) {
  const host = h("li", { class: "point-card", "data-point": point.point_id, "aria-current": isOn ? "true" : null });
  const act = (name) => () => tell(host, name, { id: point.point_id });
  const items = [
    { text: t("point.edit"), icon: "pencil", action: act("edit-point") },
    at > 0 && { text: t("point.up"), icon: "arrow-up", action: act("point-up") },
    at + 1 < count && { text: t("point.down"), icon: "arrow-down", action: act("point-down") },
    at > 0 && { text: t("point.merge"), icon: "copy-plus", action: act("merge-point") },
    { text: t("point.split"), icon: "split", action: act("split-point") },
    { text: t("point.elsewhere"), icon: "building-2", action: act("refer-point") },
    { text: t("point.remove"), icon: "trash-2", danger: true, action: act("remove-point") },
  ].filter(Boolean);
  const head = h(
    "div",
    { class: "point-head" },
    h("b", { class: "tabular" }, String(at + 1)),
    pointBadge(point.status),
    h("span", { class: "grow" }),
    canAnswer && iconButton(t("point.again"), "refresh-cw", { class: "icon-button quiet", "aria-label": t("point.again.of", { n: at + 1 }), onclick: act("answer-point") }),
    h("menu-button", { ".menu": { label: t("point.menu", { n: at + 1 }), items } }),
  );
  const words = parted(point.question || point.text).map(({ text, label }) =>
    label ? h("span", { class: "mask" }, label) : text,
  );
  const press = h("button", { type: "button", class: "point-text", onclick: act("choose-point") }, words);
  const body = point.other_body && h("p", { class: "helper" }, t("point.to", { body: point.other_body }));
  host.append(head, press, ...(body ? [body] : []));
  return host;
}
