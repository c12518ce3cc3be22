// What is found beside a case: similar complaints with reasons, repeated ones, signs of another's remit.
import * as api from "../lib/complaints.js";
import { button, h, icon } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { complain, toast } from "../lib/notify.js";
import { articleWords } from "./clock-working.js";
import { askPerson } from "./person-dialog.js";

const HOLDS = { true: ["check", "ok"], false: ["x", "da"], null: ["circle-help", "wa"] };

class CaseSimilar extends HTMLElement {
  #shown = "";
  #view = null;
  #found = null;
  #group = null;

  /** The case; what resembles it is looked up once, and again when it has changed. */
  set content(view) {
    const key = `${view.complaint_id}.${view.revision}.${view.group_id}`;
    this.#view = view;
    if (key === this.#shown) return;
    this.#shown = key;
    this.#read(key);
  }

  async #read(key) {
    try {
      const [found, group] = await Promise.all([
        api.similar(this.#view.complaint_id),
        this.#view.group_id ? api.group(this.#view.group_id) : null,
      ]);
      if (key !== this.#shown) return;
      [this.#found, this.#group] = [found, group];
      this.#draw();
    } catch (error) {
      this.replaceChildren(h("p", { class: "helper" }, error.detail ?? t("error.http")));
    }
  }

  #draw() {
    const { similar, repeats, remit } = this.#found;
    const blocks = [
      similar.length > 0 && this.#similar(similar),
      this.#group && this.#master(),
      repeats.count > 1 && this.#repeats(repeats),
      remit.length > 0 && this.#remit(remit),
    ].filter(Boolean);
    this.replaceChildren(...blocks);
  }

  #similar(similar) {
    const rows = similar.map((one) =>
      h(
        "li",
        {},
        h("a", { href: `#/complaints/${encodeURIComponent(one.complaint_id)}` }, one.title || t("queue.untitled")),
        h("span", { class: "helper tabular" }, formatDate(one.received_on)),
        h("p", { class: "helper" }, one.reasons.map((reason) => `${t(`like.${reason.kind}`)}: ${reason.text}`).join(" · ")),
      ),
    );
    const ids = similar.map((one) => one.complaint_id);
    const join = !this.#group && button(t("similar.group"), { icon: "copy-plus", small: true, onclick: () => this.#make(ids) });
    return h("section", {}, h("h3", {}, t("similar.title", { n: similar.length })), h("ul", {}, rows), join);
  }

  // One reviewed reply for the group: each member's own reply is still approved by itself.
  #master() {
    const reply = this.#view.letters.findLast((one) => one.letter === "reply");
    const take = reply && button(t("similar.take_over"), { icon: "copy-check", small: true, onclick: () => this.#takeOver(reply.paper_id) });
    const n = this.#group.complaint_ids?.length ?? 0;
    return h("section", {}, h("h3", {}, t("similar.grouped", { n })), h("p", { class: "helper" }, t("similar.master")), take);
  }

  #repeats({ count, facts, may_be_closed: may }) {
    const rows = facts.map((one) => {
      const [symbol, tone] = HOLDS[String(one.holds)];
      return h("li", {}, icon(symbol, 14, tone), h("span", {}, one.text, " ", articleWords(one.article)));
    });
    const words = t(may ? "repeat.may" : "repeat.may_not");
    return h("section", {}, h("h3", {}, t("repeat.title", { n: count })), h("ul", { class: "facts-list" }, rows), h("p", { class: "helper" }, words));
  }

  #remit(remit) {
    const rows = remit.map((one) =>
      h("li", {}, h("b", {}, one.body), h("span", { class: "helper" }, ` ${one.subject} · ${one.words.join(", ")} · ${one.basis}`)),
    );
    return h("section", {}, h("h3", {}, t("remit.title")), h("ul", {}, rows), h("p", { class: "helper" }, t("remit.text")));
  }

  async #make(ids) {
    const by = await askPerson();
    if (!by) return;
    try {
      const { complaint_id: lead, title } = this.#view;
      await api.makeGroup({ by, lead_id: lead, complaint_ids: [lead, ...ids], title: title.slice(0, 200) });
      toast(t("similar.made"));
      this.dispatchEvent(new CustomEvent("case-changed", { bubbles: true }));
    } catch (error) {
      complain(error);
    }
  }

  async #takeOver(paper) {
    try {
      await api.setMaster(this.#view.group_id, paper);
      const { replies } = await api.takeOver(this.#view.group_id);
      toast(t("similar.taken", { n: replies?.length ?? 0 }));
    } catch (error) {
      complain(error);
    }
  }
}
customElements.define("case-similar", CaseSimilar);
