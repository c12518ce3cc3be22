// 화면 설정: theme, language, single-letter keys. Kept on this device.
import { h } from "../lib/dom.js";
import { language, t } from "../lib/i18n.js";
import { personName } from "../lib/person.js";
import { keep, recall } from "../lib/storage.js";
import { openDialog } from "./confirm-dialog.js";

function choice(name, options, chosen) {
  return h(
    "fieldset",
    {},
    h("legend", {}, t(`settings.${name}`)),
    h(
      "div",
      { class: "row" },
      options.map((value) =>
        h(
          "label",
          { class: "check" },
          h("input", { type: "radio", name, value, checked: value === chosen }),
          h("span", {}, t(`settings.${name}.${value}`)),
        ),
      ),
    ),
  );
}

function useTheme(theme) {
  keep("theme", theme === "system" ? null : theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Show the settings; each takes effect at once. */
export async function openSettings({ me }) {
  const keys = h(
    "label",
    { class: "check" },
    h("input", { type: "checkbox", name: "keys", checked: recall("single_keys", true) }),
    h("span", {}, t("settings.keys")),
  );
  const body = h(
    "div",
    { class: "settings" },
    choice("theme", ["system", "light", "dark"], recall("theme") ?? "system"),
    choice("language", ["ko", "en"], language),
    h("fieldset", {}, h("legend", {}, t("settings.keyboard")), keys),
    h(
      "label",
      { class: "field" },
      t("person.name"),
      h("input", { class: "input", name: "person", maxlength: "100", value: personName(), autocomplete: "name" }),
    ),
    me
      ? h(
          "p",
          { class: "helper" },
          t("settings.about", { institution: me.institution.name, version: me.version }),
        )
      : "",
  );
  body.addEventListener("change", ({ target }) => {
    if (target.name === "theme") useTheme(target.value);
    if (target.name === "person") keep("person", target.value.trim() || null);
    if (target.name === "keys") keep("single_keys", target.checked);
    if (target.name === "language") {
      keep("language", target.value);
      location.reload();
    }
  });
  await openDialog({ title: t("settings.title"), body: [body] });
}
