// What has to be known about a draft as a whole: AI draft, voided approval, two texts, saving.
import { button, h, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { note } from "./page-note.js";

class DraftNotes extends HTMLElement {
  #said = "";

  /** `{draft, conflict, saving, error}` */
  set content({ draft, conflict, saving, error }) {
    const said = JSON.stringify([
      draft.version.number,
      draft.approval?.at,
      draft.lapsed?.at,
      conflict?.yours.version.number,
      saving === "offline" || saving === "failed" ? saving : "",
    ]);
    if (said === this.#said) return;
    this.#said = said;
    this.replaceChildren(
      ...[
        conflict && this.#conflict(conflict),
        saving === "offline" && note({ tone: "warn", symbol: "wifi-off", text: t("draft.offline") }),
        saving === "failed" && error && note({ tone: "danger", text: error.detail }),
        !draft.approval && draft.lapsed && note({ tone: "warn", title: t("draft.lapsed"), text: t("draft.lapsed.text") }),
        !draft.approval &&
          draft.is_generated &&
          note({ tone: "info", symbol: "sparkles", title: t("draft.ai"), text: t("draft.ai.text") }),
      ].filter(Boolean),
    );
  }

  #conflict({ current }) {
    const by = current.version.by || t("draft.by.ai");
    const compare = button(t("draft.conflict.compare"), {
      icon: "git-compare",
      small: true,
      onclick: () => tell(this, "compare-conflict"),
    });
    return note({
      tone: "warn",
      symbol: "git-compare",
      title: t("draft.conflict"),
      text: t("draft.conflict.by", { by }),
      action: h("div", { class: "row" }, compare),
    });
  }
}
customElements.define("draft-notes", DraftNotes);
