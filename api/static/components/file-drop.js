// The place for new files: drop anywhere in the column, or choose.
import { button, h, icon, tell } from "../lib/dom.js";
import { formatSize } from "../lib/format.js";
import { t } from "../lib/i18n.js";

class FileDrop extends HTMLElement {
  #field = h("input", { type: "file", multiple: true, hidden: true });

  /** What may be uploaded: `types` (".pdf") and the largest `size` in bytes. */
  set limits({ types, size }) {
    this.#field.accept = types.join(",");
    const names = [...new Set(types.map((type) => type.slice(1).toUpperCase().replace(/^HTM$/, "HTML")))];
    this.#field.onchange = () => {
      this.#give(this.#field.files);
      this.#field.value = "";
    };
    this.replaceChildren(
      h(
        "div",
        { class: "drop" },
        icon("file-up", 18),
        h(
          "div",
          {},
          h("p", { class: "drop-title" }, t("documents.drop")),
          h(
            "p",
            { class: "helper" },
            t("documents.drop.help", { types: names.join(", "), size: formatSize(size) }),
          ),
        ),
        button(t("documents.choose"), { small: true, onclick: () => this.choose() }),
      ),
      this.#field,
    );
  }

  choose() {
    this.#field.click();
  }

  /** Let files be dropped anywhere on `target`. */
  listen(target) {
    let depth = 0;
    const carries = (event) => event.dataTransfer?.types.includes("Files") && !this.hidden;
    const mark = () => target.classList.toggle("dragging", depth > 0);
    target.addEventListener("dragenter", (event) => {
      if (carries(event)) {
        depth += 1;
        mark();
      }
    });
    target.addEventListener("dragleave", (event) => {
      if (carries(event)) {
        depth = Math.max(0, depth - 1);
        mark();
      }
    });
    target.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    target.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      depth = 0;
      mark();
      this.#give(event.dataTransfer.files);
    });
  }

  #give(files) {
    if (files.length) tell(this, "files", { files: [...files] });
  }
}
customElements.define("file-drop", FileDrop);
