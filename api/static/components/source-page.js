// The place of a file that something was read from: the text and tables around it, the words marked.
import { BlockWriter } from "../lib/blocks.js";
import { h, icon, skeleton } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { fileAddress } from "../lib/jobs.js";
import { blocksAround, markQuote, placeIn } from "../lib/quote-search.js";

class SourcePage extends HTMLElement {
  #head = h("div", { class: "source-head" });
  #paper = h("div", { class: "source-paper", tabindex: "0", role: "region", "aria-label": t("cell.page") });
  #asked = 0;
  #shown = "";

  connectedCallback() {
    if (!this.firstElementChild) this.append(this.#head, this.#paper);
  }

  /** `{job, item, evidence}`: the job's id, the row, and the place; a null place only names the file. */
  set place({ job, item, evidence }) {
    const key = JSON.stringify([item.item_id, item.file.file_name, evidence]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#asked += 1;
    const page = evidence?.page && (item.page_count ? t("cell.page_of", { n: evidence.page, of: item.page_count }) : t("page_n", { n: evidence.page }));
    this.#head.replaceChildren(
      h("b", { title: item.file.file_name }, item.file.file_name),
      h("span", { class: "helper tabular" }, page || ""),
      h("a", { class: "link-button", href: fileAddress(job, item.item_id), download: "" }, icon("download", 14), t("cell.file")),
    );
    this.#paper.hidden = !evidence;
    if (evidence) this.#show({ job, item, evidence }, this.#asked);
  }

  async #show({ job, item, evidence }, asked) {
    // What was shown stays for the moment that the next place takes, so that walking does not flicker.
    const wait = setTimeout(() => this.#paper.replaceChildren(skeleton()), 300);
    try {
      const { blocks, at } = await blocksAround(job, item.item_id, evidence);
      if (asked !== this.#asked) return;
      clearTimeout(wait);
      const writer = new BlockWriter();
      const drawn = blocks.map((block) => writer.write(block));
      const page = h("div", { class: "blocks", lang: "ko" }, drawn);
      this.#paper.replaceChildren(page);
      const mark = at < 0 ? null : markQuote(placeIn(drawn[at].at(-1), blocks[at], evidence), evidence.quote);
      if (mark) this.#reveal(mark);
      else page.prepend(h("p", { class: "wa" }, t("cell.not_found_any_more")));
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#shown = "";
      this.#paper.replaceChildren(h("p", { class: "helper" }, error.detail ?? t("error.http")));
    } finally {
      clearTimeout(wait);
    }
  }

  #reveal(mark) {
    const paper = this.#paper;
    const top = mark.getBoundingClientRect().top - paper.getBoundingClientRect().top + paper.scrollTop;
    paper.scrollTop = top - paper.clientHeight / 3;
    const frame = mark.closest(".table-frame");
    if (frame) frame.scrollLeft = mark.offsetLeft - frame.clientWidth / 3;
  }
}
customElements.define("source-page", SourcePage);
