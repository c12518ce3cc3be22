// The versions of a draft, newest first; choosing one compares it with the current one.
import { h, tell } from "../lib/dom.js";
import { formatWhen } from "../lib/format.js";
import { hasText, t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

/** What a version is, in words: 직접 고침, 2판 되살림. */
export function reasonWords(reason) {
  const [code, number = ""] = reason.split(":");
  return hasText(`draft.reason.${code}`) ? t(`draft.reason.${code}`, { n: number }) : t("draft.reason.edited");
}

const TOGETHER_MS = 10 * 60_000;

/** Edits of one person within minutes are one stretch of work: the newest, and those before it. */
export function stretches(versions, apart) {
  const found = [];
  for (const version of versions) {
    const last = found.at(-1)?.at(-1);
    const isFurther =
      last &&
      [last, version].every(({ number, reason, is_aside: aside }) => reason === "edited" && !aside && !apart.has(number)) &&
      last.by === version.by &&
      last.parent === version.number &&
      new Date(last.created_at) - new Date(version.created_at) < TOGETHER_MS;
    if (isFurther) found.at(-1).push(version);
    else found.push([version]);
  }
  return found;
}

class DraftVersions extends HTMLElement {
  #said = "";

  /** `{versions, old, now}`; `old` and `now` are the numbers that are being compared. */
  set content({ versions, old, now }) {
    const said = JSON.stringify([versions, old, now]);
    if (said === this.#said) return;
    this.#said = said;
    this.replaceChildren(
      h("div", { class: "list-head" }, h("h2", {}, t("draft.versions"))),
      h(
        "ol",
        { class: "draft-versions" },
        stretches(versions, new Set([old, now])).map(([newest, ...before]) =>
          h("li", {}, this.#item(newest, old, now), this.#before(before, old, now)),
        ),
      ),
      h("p", { class: "helper list-foot" }, t("draft.versions.text")),
    );
  }

  #before(versions, old, now) {
    if (!versions.length) return null;
    return h(
      "details",
      { class: "earlier-versions" },
      h("summary", {}, t("draft.versions.before", { n: versions.length })),
      versions.map((version) => this.#item(version, old, now)),
    );
  }

  #item(version, old, now) {
    const { number, by, reason, created_at: at } = version;
    const role = number === now ? "now" : number === old ? "old" : "";
    const state = [
      role && badge(role === "now" ? "info" : "plain", null, t(`draft.compare.${role}`)),
      !role && version.is_current && badge("ok", null, t("document.current")),
      version.is_aside && badge("warn", "git-compare", t("draft.aside")),
      !by && badge("info", "sparkles", t("draft.by.ai")),
    ];
    return h(
      "button",
      {
        type: "button",
        class: `version-item ${role}`,
        "aria-current": role ? "true" : null,
        onclick: () => tell(this, "compare", { old: number }),
      },
      h(
        "span",
        { class: "version-head" },
        h("strong", {}, t("draft.version", { n: number })),
        state,
        h("time", { datetime: at, class: "helper" }, formatWhen(at)),
      ),
      h("span", { class: "version-by" }, [by, reasonWords(reason)].filter(Boolean).join(" · ")),
    );
  }
}
customElements.define("draft-versions", DraftVersions);
