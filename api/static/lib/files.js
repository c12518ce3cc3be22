// The formats that a text leaves in, as items of a menu.
import { t } from "./i18n.js";

const FORMATS = ["hwpx", "docx", "pdf", "html", "md", "txt"];

/** Items for `menu-button`; `addressOf(format)` is where the file lies. */
export function fileItems(addressOf) {
  return FORMATS.map((format) => ({
    text: t(`draft.format.${format}`),
    icon: "file-text",
    href: addressOf(format),
  }));
}

/** Items for an answer: its files, then the page on paper. */
export function answerItems(addressOf) {
  return [...fileItems(addressOf), printItem()];
}

function printItem() {
  return { text: t("print"), icon: "printer", action: () => print() };
}
