// What the files of a pilot propose, each value with its cell or passage; nothing is taken over silently.
import { button, h, icon, tell } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import "./empty-state.js";
import { badge } from "./state-badge.js";

class PilotProposals extends HTMLElement {
  /** `files` of the pilot and the `choices` that nobody has decided on. */
  set content({ files, choices }) {
    const add = button(t("files.add"), { icon: "upload", onclick: () => tell(this, "add-files") });
    const list = files.map((one) => h("li", {}, icon("file-text", 16), one.file_name, h("span", { class: "helper" }, one.added_by)));
    const shelf = h(
      "section",
      { class: "card" },
      h("div", { class: "card-head" }, h("h2", {}, t("files.title")), add),
      list.length ? h("ul", { class: "pilot-files" }, list) : h("p", { class: "helper" }, t("files.none")),
    );
    const agreed = choices.filter((one) => !one.is_conflict).length;
    const all = button(t("files.accept_all", { n: agreed }), {
      ...{ icon: "copy-check", kind: "filled", disabled: agreed === 0 },
      onclick: () => tell(this, "accept", { ids: null }),
    });
    const head = h("div", { class: "card-head" }, h("h2", {}, t("files.proposed", { n: choices.length })), all);
    const none = { symbol: "check", title: t("files.decided"), text: t("files.decided.text") };
    const rows = choices.length
      ? h("ul", { class: "choices" }, choices.map((one) => this.#choice(one)))
      : h("empty-state", { ".content": none });
    this.replaceChildren(shelf, h("section", { class: "card" }, head, rows));
  }

  #choice({ label, current_text: current, is_conflict: isConflict, options }) {
    const state = isConflict ? badge("danger", "git-compare", t("files.conflict")) : badge("info", null, t("files.new"));
    const now = current && h("p", { class: "helper" }, t("files.now", { value: current }));
    return h("li", { class: "choice" }, h("div", { class: "choice-head" }, h("h3", {}, label), state), now, options.map((one) => this.#option(one)));
  }

  #option({ text, proposals }) {
    const ids = proposals.map((one) => one.proposal_id);
    const press = ({ proposal_id: id, file_name: file, where }) => {
      const name = `p:${id}`;
      const open = () => tell(this, "open-source", { name });
      const words = h("span", {}, `${file} · ${where}`);
      return h("button", { type: "button", class: "source-press", "data-source": name, onclick: open }, icon("file-text", 14), words);
    };
    const where = proposals.map((one) => h("span", { class: "helper" }, press(one), one.quote && h("q", {}, one.quote)));
    return h(
      "div",
      { class: "option" },
      h("div", { class: "option-words" }, h("b", {}, text), where),
      button(t("files.accept"), { icon: "check", small: true, onclick: () => tell(this, "accept", { ids }) }),
      button(t("files.dismiss"), { small: true, kind: "plain", onclick: () => tell(this, "dismiss", { ids }) }),
    );
  }
}
customElements.define("pilot-proposals", PilotProposals);
