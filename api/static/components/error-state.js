// A failure in its place: what happened, what to do, the request number, and a retry.
import { button, h, icon } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./page-header.js";

class ErrorState extends HTMLElement {
  set content({ title, error, retry = null }) {
    const number = error?.requestId ? t("error.request", { id: error.requestId }) : "";
    this.replaceChildren(
      ...[
        icon("server-off", 21, "danger"),
        h("p", { class: "state-title", role: "alert" }, title),
        h(
          "p",
          { class: "state-text" },
          error?.detail ?? "",
          number && h("span", { class: "helper" }, ` ${number}`),
        ),
        retry && button(t("retry"), { small: true, onclick: retry }),
      ].filter(Boolean),
    );
  }
}
customElements.define("error-state", ErrorState);

/** What stands in the place of a page that cannot be loaded: its area, the way back, the failure. */
export const failedPage = (head, content) => [h("page-header", { ".content": head }), errorState(content)];

/** A failure as a node: `{title, error, retry}`. */
export const errorState = (content) => h("error-state", { ".content": content });
