// The place of a file that something was read from: the text and tables around it, the words marked.
import { BlockWriter } from "../lib/blocks.js";
import { h, icon, skeleton } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { reveal } from "../lib/passage.js";
import { blocksAround, markQuote, placeIn } from "../lib/quote-search.js";

class SourcePage extends HTMLElement {
  #head = h("div", { class: "source-head" });
  #paper = h("div", { class: "source-paper", tabindex: "0", role: "region", "aria-label": t("cell.page") });
  #asked = 0;
  #shown = "";

  connectedCallback() {
    if (!this.firstElementChild) this.append(this.#head, this.#paper);
  }

  /**
   * `{file, evidence}`: the file as `fileOf` of jobs or documents gives it, and the place; a null place only
   * names the file.
   */
  set place({ file, evidence }) {
    const key = JSON.stringify([file.key, file.name, evidence]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#asked += 1;
    const page = evidence?.page && (file.pages ? t("cell.page_of", { n: evidence.page, of: file.pages }) : t("page_n", { n: evidence.page }));
    this.#head.replaceChildren(
      h("b", { title: file.name }, file.name),
      h("span", { class: "helper tabular" }, page || ""),
      h("a", { class: "link-button", href: file.address, download: "" }, icon("download", 14), t("cell.file")),
    );
    this.#paper.hidden = !evidence;
    if (evidence) this.#show({ file, evidence }, this.#asked);
  }

  async #show({ file, evidence }, asked) {
    // What was shown stays for the moment that the next place takes, so that walking does not flicker.
    const wait = setTimeout(() => this.#paper.replaceChildren(skeleton()), 300);
    try {
      const { blocks, at } = await blocksAround(file, evidence);
      if (asked !== this.#asked) return;
      clearTimeout(wait);
      const writer = new BlockWriter();
      const drawn = blocks.map((block) => writer.write(block));
      const page = h("div", { class: "blocks", lang: "ko" }, drawn);
      this.#paper.replaceChildren(page);
      const mark = at < 0 ? null : markQuote(placeIn(drawn[at].at(-1), blocks[at], evidence), evidence.quote);
      if (mark) reveal(mark, this.#paper);
      else page.prepend(h("p", { class: "wa" }, t("cell.not_found_any_more")));
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#shown = "";
      this.#paper.replaceChildren(h("p", { class: "helper" }, error.detail ?? t("error.http")));
    } finally {
      clearTimeout(wait);
    }
  }
}
customElements.define("source-page", SourcePage);
