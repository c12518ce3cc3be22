// The head of the Ask page: title of the conversation, its files, menu; on the first page the institution.
import { button, h, iconButton, tell } from "../lib/dom.js";
import { answerFile } from "../lib/api.js";
import { answerItems } from "../lib/files.js";
import { formatDate, today } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import * as router from "../lib/router.js";
import "./menu-button.js";
import "./page-header.js";
import { badge } from "./state-badge.js";

class ThreadHeader extends HTMLElement {
  #drawn = "";

  /**
   * The session, whether it is still the first page, the institution's name, and the turn of the
   * last answer that can leave as a file.
   */
  set place({ session, start, institution, exportable }) {
    const { id, title } = session;
    const key = [start, title, id, institution, exportable].join();
    if (this.#drawn === key) return;
    this.#drawn = key;
    const actions = start
      ? [institution && badge("line", "building-2", institution)]
      : [...(id ? this.#actions({ id, title }, exportable) : []), this.#fresh()];
    const paper = t("print.head", { institution, date: formatDate(today(), { weekday: true }) });
    this.replaceChildren(
      h("page-header", {
        ".content": {
          title: start ? null : title || t("conversation.new"),
          actions: actions.filter(Boolean),
          list: t("conversation.list"),
        },
      }),
      h("p", { class: "print-head" }, paper),
    );
  }

  #actions(conversation, exportable) {
    return [
      exportable ? this.#files(exportable) : this.#print(),
      h("menu-button", {
        ".menu": {
          label: t("more"),
          items: [
            { text: t("rename"), icon: "pencil", action: () => tell(this, "menu-rename", conversation) },
            {
              text: t("delete"),
              icon: "trash-2",
              danger: true,
              action: () => tell(this, "menu-delete", conversation),
            },
          ],
        },
      }),
    ];
  }

  #print() {
    return button(t("print"), { icon: "printer", kind: "plain", small: true, onclick: () => print() });
  }

  #files(turnId) {
    const items = answerItems((format) => answerFile(turnId, format));
    const look = { kind: "plain", small: true };
    const menu = { label: t("export.document"), symbol: "file-output", isWorded: true, look, items };
    return h("menu-button", { ".menu": menu });
  }

  #fresh() {
    return iconButton(t("conversation.new"), "square-pen", {
      class: "icon-button phone-only",
      onclick: () => router.go({ area: "ask" }),
    });
  }
}
customElements.define("thread-header", ThreadHeader);
