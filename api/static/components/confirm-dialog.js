// One dialog for questions and small forms; traps focus, names itself, gives focus back.
import { button, h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";

let count = 0;

/**
 * Show a dialog and resolve with the values of its form fields, or null when it is left.
 * `body` are nodes; `submit` names the action; a `danger` dialog focuses 취소 first.
 */
export function openDialog({
  title,
  body = [],
  submit = null,
  danger = false,
  cancel = t("cancel"),
  wide = false,
}) {
  count += 1;
  const id = `dialog-${count}`;
  const opener = document.activeElement;
  const leave = button(submit ? cancel : t("close"), { type: "button", onclick: () => dialog.close() });
  const actions = [leave, submit && button(submit, { type: "submit", kind: danger ? "danger" : "filled" })];
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id }, title),
    body,
    h("div", { class: "dialog-actions" }, actions),
  );
  const dialog = h("dialog", { class: wide ? "wide" : "", "aria-labelledby": id }, form);
  return new Promise((resolve) => {
    let values = null;
    form.addEventListener("submit", () => (values = Object.fromEntries(new FormData(form))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus?.();
      resolve(values);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector("input, select") ?? leave).focus();
  });
}
