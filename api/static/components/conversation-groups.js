// The conversations of the list, grouped by day.
import { h, icon, spinner, tell } from "../lib/dom.js";
import { dayGroup } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./menu-button.js";

class ConversationGroups extends HTMLElement {
  /** `conversations`, the `active` id and the ids that are being answered on this page. */
  set content({ conversations, active, running }) {
    const focused = document.activeElement?.closest?.("[data-conversation]")?.dataset.conversation;
    const groups = new Map();
    for (const conversation of conversations) {
      const day = dayGroup(conversation.updated_at);
      if (!groups.has(day)) groups.set(day, []);
      groups.get(day).push(conversation);
    }
    this.replaceChildren(
      ...[...groups].map(([day, members], at) =>
        h(
          "section",
          { "aria-labelledby": `day-${at}` },
          h("h3", { id: `day-${at}` }, day),
          h(
            "ul",
            {},
            members.map((conversation) => this.#item(conversation, active, running)),
          ),
        ),
      ),
    );
    if (focused)
      this.querySelector(`[data-conversation="${CSS.escape(focused)}"] a`)?.focus({ preventScroll: true });
  }

  #item(conversation, active, running) {
    const { conversation_id: id, title, flagged } = conversation;
    const busy = conversation.running || running.has(id);
    const state = busy
      ? h("span", { class: "list-state", role: "img", "aria-label": t("conversation.running") }, spinner(16))
      : flagged
        ? h(
            "span",
            { class: "list-state wa", role: "img", "aria-label": t("conversation.flagged") },
            icon("triangle-alert", 16),
          )
        : null;
    const link = h(
      "a",
      { href: `#/ask/${encodeURIComponent(id)}`, "aria-current": id === active ? "page" : null, title },
      h("span", { class: "list-name" }, title),
      state,
    );
    return h(
      "li",
      { "data-conversation": id, class: "list-item" },
      link,
      h("menu-button", {
        ".menu": {
          label: t("conversation.menu", { title }),
          items: [
            {
              text: t("rename"),
              icon: "pencil",
              action: () => tell(this, "rename-conversation", { id, title }),
            },
            {
              text: t("delete"),
              icon: "trash-2",
              danger: true,
              action: () => tell(this, "delete-conversation", { id, title }),
            },
          ],
        },
      }),
    );
  }

  /** Move focus to the item after `id` (or before it); false when there is none. */
  focusAfter(id) {
    const links = [...this.querySelectorAll("[data-conversation] a")];
    const at = links.findIndex((link) => link.parentElement.dataset.conversation === id);
    const next = links[at + 1] ?? links[at - 1];
    next?.focus();
    return Boolean(next);
  }
}
customElements.define("conversation-groups", ConversationGroups);
