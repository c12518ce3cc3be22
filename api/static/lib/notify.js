// Short messages at the lower edge; `toast-region` shows them.

/** Show `text`; `undo` adds 되돌리기, which runs it. */
export function toast(text, { symbol = "check", undo = null } = {}) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, symbol, undo } }));
}

/** Say what went wrong with something that was just done. */
export function complain(error) {
  toast(error.detail, { symbol: "circle-alert" });
}
