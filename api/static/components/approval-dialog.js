// The decision: which text, what was checked, and a reason for each place that is taken over.
import { button, h, icon } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { personName, setPersonName } from "../lib/person.js";
import { personField } from "./person-dialog.js";

const HASH_SHOWN = 12;

const inFours = (hash) => hash.slice(0, HASH_SHOWN).match(/.{1,4}/g).join(" ");

function facts(draft, due) {
  const row = (name, ...words) => [h("dt", {}, t(name)), h("dd", {}, words)];
  const version = t("draft.version", { n: draft.version.number });
  return h(
    "dl",
    { class: "approval-facts" },
    row("approval.paper", h("strong", {}, draft.title), ` · ${version}`),
    row("approval.hash", h("span", { class: "tabular" }, inFours(draft.version.content_hash)), ` · ${t("approval.hash.text")}`),
    due ? row("approval.due", formatDate(due, { weekday: true })) : null,
  );
}

function checked(draft) {
  const count = (status) =>
    draft.parts
      .flatMap(({ blocks }) => blocks)
      .flatMap(({ sentences = [] }) => sentences)
      .filter((sentence) => sentence.status === status).length;
  const kinds = new Set(draft.items.map(({ kind }) => kind));
  const rows = [
    count("supported") > 0 && t("approval.supported", { n: count("supported") }),
    count("computed") > 0 && t("approval.computed", { n: count("computed") }),
    !["unsupported", "differs", "unchecked"].some((kind) => kinds.has(kind)) && t("approval.no_doubt"),
    !kinds.has("open") && t("approval.no_open"),
  ].filter(Boolean);
  return h(
    "ul",
    { class: "approval-checked" },
    rows.map((words) => h("li", {}, icon("check", 18), words)),
  );
}

function itemRow(item, at) {
  const id = `approval-${at}`;
  const tick = h("input", { type: "checkbox", id });
  const reason = h("input", {
    class: "input",
    id: `${id}-reason`,
    name: item.item_id,
    maxlength: "1000",
    autocomplete: "off",
  });
  const words = [t("approval.reason"), h("span", { class: "must" }, ` ${t("approval.must")}`)];
  const field = h("label", { class: "field", for: reason.id, hidden: true }, h("span", {}, words), reason);
  tick.addEventListener("change", () => {
    field.hidden = !tick.checked;
    reason.required = tick.checked;
    if (tick.checked) reason.focus();
    else reason.value = "";
  });
  const label = h("label", { for: id }, h("strong", {}, t(`approval.item.${item.kind}`)), h("span", {}, item.text));
  return { node: h("li", {}, tick, h("div", {}, label, field)), tick, reason, item };
}

/** Resolve with acknowledgements for `draft`, or null when the person leaves. */
export function openApproval({ draft, due = "" }) {
  const rows = draft.items.map(itemRow);
  const warn = h("p", { class: "field-error", role: "alert" });
  const leave = button(t("cancel"), { type: "button", onclick: () => dialog.close() });
  const approve = button(t("draft.approve"), { type: "submit", kind: "filled", icon: "stamp" });
  const name = personName() ? null : personField();
  const form = h(
    "form",
    { method: "dialog", novalidate: true },
    h("h2", { id: "approval-title" }, t("approval.title")),
    h("p", { class: "dialog-text" }, t("approval.text", { by: personName() || t("person.you") })),
    facts(draft, due),
    h("h3", {}, t("approval.checked")),
    checked(draft),
    rows.length ? h("h3", {}, t("approval.open", { n: rows.length })) : null,
    rows.length ? h("ul", { class: "approval-items" }, rows.map(({ node }) => node)) : null,
    name,
    warn,
    h("div", { class: "dialog-actions" }, leave, approve),
  );
  const dialog = h("dialog", { class: "wide approval", "aria-labelledby": "approval-title" }, form);
  const opener = document.activeElement;
  return new Promise((resolve) => {
    let decided = null;
    form.addEventListener("keydown", (event) => {
      // Enter in a text field decides nothing.
      if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    });
    form.addEventListener("submit", (event) => {
      const missing = rows.find(({ tick, reason }) => !tick.checked || !reason.value.trim());
      const unnamed = name && !name.querySelector("input").value.trim();
      if (missing || unnamed) {
        event.preventDefault();
        warn.textContent = t(missing ? "approval.missing" : "person.missing");
        const at = missing ? (missing.tick.checked ? missing.reason : missing.tick) : name.querySelector("input");
        at.focus();
        return;
      }
      if (name) setPersonName(name.querySelector("input").value);
      decided = rows.map(({ item, reason }) => ({ item_id: item.item_id, reason: reason.value.trim() }));
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus?.();
      resolve(decided);
    });
    document.body.append(dialog);
    dialog.showModal();
    const first = rows[0]?.tick ?? leave;
    first.focus();
    // The question stays in view wherever there is room for it.
    dialog.scrollTop = 0;
    first.scrollIntoView({ block: "nearest" });
  });
}
