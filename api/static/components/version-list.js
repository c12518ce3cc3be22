// The versions of a document, newest first.
import { h } from "../lib/dom.js";
import { formatDate } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { badge } from "./state-badge.js";

class VersionList extends HTMLElement {
  set versions(versions) {
    this.replaceChildren(
      h(
        "ul",
        { class: "versions" },
        versions.map((version) =>
          h(
            "li",
            {},
            h("strong", {}, t("document.version", { n: version.number })),
            version.current ? badge("ok", null, t("document.current")) : null,
            h(
              "span",
              { class: "helper tabular" },
              [
                formatDate(version.created_at),
                version.chunks_changed && t("document.changed", { n: version.chunks_changed }),
              ]
                .filter(Boolean)
                .join(" · "),
            ),
          ),
        ),
      ),
      h("p", { class: "helper" }, t("document.versions.text")),
    );
  }
}
customElements.define("version-list", VersionList);
