// The points of a complaint that need an answer.
import { button, h, iconButton, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { pointCard } from "./point-card.js";

class PointList extends HTMLElement {
  #list = h("ol", { class: "points" });
  #title = h("h2", {});
  #count = h("span", { class: "helper" });
  #drawn = "";

  connectedCallback() {
    if (this.firstElementChild) return;
    const add = iconButton(t("point.add"), "plus", { onclick: () => tell(this, "add-point") });
    const head = h("div", { class: "column-head" }, this.#title, h("span", { class: "grow" }), this.#count, add);
    this.append(head, h("div", { class: "column-body" }, this.#list));
  }

  /** The points, the one in question, and whether a reply is there to answer them in. */
  set content({ points, point, canAnswer }) {
    const settled = points.filter((one) => ["answered", "other_body"].includes(one.status)).length;
    this.#title.textContent = t("points.title", { n: points.length });
    this.#count.textContent = points.length ? t("points.confirmed", { n: settled }) : "";
    const drawn = JSON.stringify([points, point, canAnswer]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = document.activeElement?.closest(".point-card")?.dataset.point;
    const add = button(t("point.add"), { icon: "plus", small: true, onclick: () => tell(this, "add-point") });
    const empty = h("li", { class: "points-empty" }, h("p", { class: "helper" }, t("points.empty")), add);
    const cards = points.map((one, at) =>
      pointCard(one, { at, count: points.length, isOn: one.point_id === point, canAnswer }),
    );
    this.#list.replaceChildren(...(cards.length ? cards : [empty]));
    if (focused) this.focusPoint(focused);
  }

  focusPoint(id) {
    this.querySelector(`[data-point="${CSS.escape(id)}"] .point-text`)?.focus();
  }
}
customElements.define("point-list", PointList);
