// Always below a draft: what is missing in words, the way to it, export and approval.
import { copyText } from "../lib/cite.js";
import { draftFile, draftText } from "../lib/api.js";
import { button, h, icon, tell } from "../lib/dom.js";
import { fileItems } from "../lib/files.js";
import { formatDate, formatTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { complain, toast } from "../lib/notify.js";
import "./menu-button.js";

const ORDER = ["open", "unsupported", "differs", "unchecked", "form", "personal", "point"];

/** 확인 필요 2 · 근거 없음 1 */
export function itemWords(items) {
  return ORDER.map((kind) => [kind, items.filter((item) => item.kind === kind).length])
    .filter(([, count]) => count)
    .map(([kind, count]) => `${t(`draft.item.${kind}`)} ${count}`)
    .join(" · ");
}

class ApproveBar extends HTMLElement {
  #said = "";

  /** `{draft, hasConflict}` */
  set content({ draft, hasConflict }) {
    const said = JSON.stringify([draft.version.number, draft.items.length, draft.approval?.at, hasConflict]);
    if (said === this.#said) return;
    this.#said = said;
    const { approval, items } = draft;
    const state = approval ? this.#approved(approval) : this.#blocked(items, hasConflict);
    const next = items.length > 0 && !approval;
    this.replaceChildren(
      state,
      h(
        "div",
        { class: "actions" },
        next &&
          button(t("draft.next"), {
            icon: "chevron-down",
            onclick: () => tell(this, "walk-items", { step: 1 }),
          }),
        this.#export(draft),
        approval
          ? null
          : button(t("draft.approve"), {
              icon: "stamp",
              kind: items.length || hasConflict ? "outlined" : "filled",
              onclick: () => tell(this, "approve"),
            }),
      ),
    );
  }

  /** The open place that is being looked at: `{item, at, of}`. */
  set item({ item, at, of }) {
    const text = this.querySelector(".bar-state .helper");
    const words = [`${at + 1} / ${of}`, t(`draft.item.${item.kind}`), item.text].join(" · ");
    if (text && item.kind !== "open") text.textContent = words;
    else if (text) text.textContent = `${at + 1} / ${of} · ${item.text}`;
  }

  #blocked(items, hasConflict) {
    if (hasConflict) return this.#state("git-compare", "warn", t("draft.blocked.conflict"), t("draft.conflict.text"));
    if (items.length)
      return this.#state("lock", "warn", t("draft.blocked", { n: items.length }), itemWords(items));
    return this.#state("check", "ok", t("draft.ready"), t("draft.ready.text"));
  }

  #approved({ by, at, acknowledgements }) {
    const when = `${formatDate(at, { weekday: true })} ${formatTime(at)}`;
    const taken = acknowledgements.length ? ` · ${t("draft.taken", { n: acknowledgements.length })}` : "";
    return this.#state("stamp", "ok", t("draft.approved.by", { by }), `${when}${taken}`);
  }

  #state(symbol, tone, title, text) {
    return h(
      "div",
      { class: `bar-state ${tone}`, role: "status" },
      icon(symbol, 18),
      h("p", {}, h("strong", {}, title), h("span", { class: "helper" }, text)),
    );
  }

  #export(draft) {
    const copy = { text: t("draft.copy"), icon: "copy", action: () => this.#copy(draft.paper_id) };
    const items = [...fileItems((format) => draftFile(draft.paper_id, format)), copy];
    const menu = { label: t("draft.export"), symbol: "download", isWorded: true, items };
    return h("menu-button", { class: "menu-holder", ".menu": menu });
  }

  async #copy(paperId) {
    try {
      const done = await copyText(await draftText(paperId));
      toast(t(done ? "draft.copied" : "copy.failed"), { symbol: done ? "copy" : "circle-alert" });
    } catch (error) {
      complain(error);
    }
  }
}
customElements.define("approve-bar", ApproveBar);
