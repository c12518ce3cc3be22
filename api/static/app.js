// Start: texts, rail, the area that the address names, and what the server says of itself.
import * as api from "./lib/api.js";
import { h } from "./lib/dom.js";
import { loadTexts, t } from "./lib/i18n.js";
import { onKey } from "./lib/keyboard.js";
import { learnCollections } from "./lib/names.js";
import * as router from "./lib/router.js";

await loadTexts();
// Elements read texts when they are made, hence after the texts are there.
const [{ openHelp }, { openSettings }] = await Promise.all([
  import("./components/help-dialog.js"),
  import("./components/settings-dialog.js"),
  import("./components/toast-region.js"),
  import("./components/page-note.js"),
  import("./components/app-rail.js"),
  import("./components/applications-area.js"),
  import("./components/ask-area.js"),
  import("./components/complaints-area.js"),
  import("./components/documents-area.js"),
  import("./components/pilots-area.js"),
  import("./components/status-area.js"),
  import("./components/drafts-area.js"),
]);

const REFRESH_MS = 15_000;
const holder = document.getElementById("area");
const rail = document.querySelector("app-rail");
const offline = h("page-note", { class: "note warn", role: "status" });
const areas = new Map();
const facts = { me: null, collections: null, health: null, online: navigator.onLine };

function areaOf(name) {
  if (!areas.has(name)) areas.set(name, document.createElement(`${name}-area`));
  return areas.get(name);
}

function show() {
  const place = router.current();
  const area = areaOf(place.area);
  if (holder.firstElementChild !== area) {
    holder.replaceChildren(area);
    area.facts = facts;
  }
  rail.area = place.area;
  area.route = place;
}

function share() {
  for (const area of areas.values()) area.facts = facts;
}

async function readFacts() {
  const [me, collections, health] = await Promise.allSettled([api.me(), api.collections(), api.health()]);
  facts.me = me.value ?? facts.me;
  facts.collections = collections.value?.collections ?? facts.collections;
  learnCollections(facts.collections ?? []);
  facts.health = health.value ?? facts.health;
  setOnline(
    navigator.onLine &&
      [me, collections, health].some(
        ({ status, reason }) => status === "fulfilled" || reason.code !== "network",
      ),
  );
  share();
  // While texts are being embedded the notes change; after that the facts rarely do.
  const { done = 0, total = 0 } = facts.health?.embedding ?? {};
  setTimeout(readFacts, !facts.online || done < total ? REFRESH_MS / 3 : REFRESH_MS * 4);
}

function setOnline(online) {
  facts.online = online;
  if (online) offline.remove();
  else if (!offline.isConnected) {
    offline.note = { tone: "warn", symbol: "wifi-off", title: t("offline.title"), text: t("offline.text") };
    offline.classList.add("offline");
    document.getElementById("shell").after(offline);
  }
  share();
}

document.title = t("title");
document.getElementById("skip").textContent = t("skip");
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  const main = document.querySelector("main");
  main.tabIndex = -1;
  main.focus();
});
document.addEventListener("help", openHelp);
document.addEventListener("settings", () => openSettings(facts));
document.addEventListener("collections-changed", async () => {
  facts.collections = (await api.collections()).collections;
  learnCollections(facts.collections);
  share();
});
addEventListener("online", readFacts);
addEventListener("offline", () => setOnline(false));
onKey("?", openHelp);
router.routes.addEventListener("change", show);
show();
readFacts();
