// 도움말: the list of keys and a short help.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openDialog } from "./confirm-dialog.js";

const KEYS = [
  [["/"], "key.search"],
  [["?"], "key.help"],
  [["Esc"], "key.escape"],
  [["Enter"], "key.send"],
  [["Shift", "Enter"], "key.line"],
  [["↑"], "key.edit"],
  [["["], "key.previous"],
  [["]"], "key.next"],
  [["n"], "key.open_next"],
  [["p"], "key.open_previous"],
  [["Ctrl", "S"], "key.save"],
  [["Ctrl", "Z"], "key.undo"],
  [["↑", "↓"], "key.rows"],
  [["Space"], "key.pick"],
  [["F2"], "key.correct"],
  [["Delete"], "key.delete"],
];

/** Show the help. */
export function openHelp() {
  const rows = KEYS.map(([keys, text]) =>
    h(
      "div",
      { class: "key-row" },
      h(
        "dt",
        {},
        keys.map((key) => h("kbd", {}, key)),
      ),
      h("dd", {}, t(text)),
    ),
  );
  return openDialog({
    title: t("help.title"),
    wide: true,
    body: [
      h(
        "ul",
        { class: "help-text" },
        ["help.1", "help.2", "help.3", "help.4"].map((key) => h("li", {}, t(key))),
      ),
      h("h3", {}, t("help.keys")),
      h("dl", { class: "keys" }, rows),
      h("p", { class: "helper" }, t("help.single")),
    ],
  });
}
