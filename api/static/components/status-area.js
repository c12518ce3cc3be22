// The state of the service: one sentence first, then its parts; refreshed every ten seconds.
import * as api from "../lib/api.js";
import { button, h } from "../lib/dom.js";
import { formatNumber } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import "./error-state.js";
import "./health-tile.js";
import "./page-header.js";
import "./page-note.js";
import "./progress-line.js";

const REFRESH_MS = 10_000;

class StatusArea extends HTMLElement {
  #timer = null;
  #age = null;
  #health = null;
  #checked = h("span", { class: "helper tabular wide-only" });
  #body = h("div", { class: "status-page" });

  connectedCallback() {
    if (!this.firstElementChild) {
      const actions = [
        this.#checked,
        button(t("status.check"), { icon: "refresh-cw", small: true, onclick: () => this.#read() }),
        button(t("status.report"), { icon: "clipboard-list", small: true, onclick: () => this.#report() }),
      ];
      this.append(
        h(
          "main",
          { id: "main", "aria-label": t("status.title"), class: "plain-main" },
          h("page-header", { ".content": { title: t("status.title"), actions } }),
          h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": t("area.status") }, this.#body),
        ),
      );
    }
    document.title = t("title.of", { title: t("status.title") });
    this.#read();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearInterval(this.#age);
  }

  set route(place) {
    this.place = place;
  }

  set facts(facts) {
    this.me = facts.me;
  }

  async #read() {
    clearTimeout(this.#timer);
    try {
      this.#health = await api.health();
      this.#draw(this.#health);
      this.#aged(Date.now());
    } catch (error) {
      this.#body.replaceChildren(
        h("error-state", { ".content": { title: t("status.failed"), error, retry: () => this.#read() } }),
      );
    }
    if (this.isConnected) this.#timer = setTimeout(() => this.#read(), REFRESH_MS);
  }

  #aged(since) {
    clearInterval(this.#age);
    const show = () => {
      const seconds = Math.round((Date.now() - since) / 1000);
      this.#checked.textContent = seconds < 2 ? t("status.checked.now") : t("status.checked", { n: seconds });
    };
    show();
    this.#age = setInterval(show, 2000);
  }

  #draw({ status, checks, embedding }) {
    const bad = checks.filter((check) => check.state === "down" || check.state === "slow");
    const off = status === "ok" && checks.some((check) => check.name === "model" && check.state === "off");
    const busy = checks.some((check) => check.state === "rebuilding");
    const tone =
      bad.length || status === "degraded" ? "warn" : status === "starting" || off || busy ? "info" : "ok";
    const name = bad.length || status !== "ok" ? status : busy ? "rebuilding" : off ? "off_only" : "ok";
    const parts = [
      h("page-note", { ".note": { tone, title: t(`status.${name}.title`), text: t(`status.${name}`) } }),
      h("h2", { class: "visually-hidden" }, t("status.parts")),
      h(
        "div",
        { class: "tiles" },
        checks.map((check) => h("health-tile", { ".check": check })),
      ),
    ];
    if (embedding.total > embedding.done) {
      parts.push(
        h(
          "section",
          { class: "tile" },
          h("h2", {}, t("status.running")),
          h("progress-line", {
            ".progress": { share: embedding.done / embedding.total, text: t("status.embedded") },
          }),
          h(
            "p",
            { class: "helper tabular" },
            `${formatNumber(embedding.done)} / ${formatNumber(embedding.total)}`,
          ),
        ),
      );
    }
    this.#body.replaceChildren(...parts);
  }

  // A text for the IT desk; the server puts neither content nor names into it.
  #report() {
    const text = JSON.stringify(
      { checked_at: new Date().toISOString(), user_agent: navigator.userAgent, ...this.#health },
      null,
      2,
    );
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    h("a", { href: address, download: "gongmun-status.txt" }).click();
    URL.revokeObjectURL(address);
  }
}
customElements.define("status-area", StatusArea);
