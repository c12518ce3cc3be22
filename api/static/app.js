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
]);
// Each area brings a few dozen small files, which are fetched when it is first shown.
const LOADERS = {
  applications: () => import("./components/applications-area.js"),
  ask: () => import("./components/ask-area.js"),
  complaints: () => import("./components/complaints-area.js"),
  documents: () => import("./components/documents-area.js"),
  drafts: () => import("./components/drafts-area.js"),
  pilots: () => import("./components/pilots-area.js"),
  status: () => import("./components/status-area.js"),
};

const REFRESH_MS = 15_000;
const holder = document.getElementById("area");
const rail = document.querySelector("app-rail");
const offline = h("page-note", { class: "note warn", role: "status" });
const areas = new Map();
const facts = { me: null, collections: null, health: null, online: navigator.onLine };

async function areaOf(name) {
  await LOADERS[name]();
  if (!areas.has(name)) areas.set(name, document.createElement(`${name}-area`));
  return areas.get(name);
}

async function show() {
  const wanted = router.current().area;
  rail.area = wanted;
  let area;
  try {
    // An area that is there follows at once: panes keep pace with the arrow keys.
    area = areas.get(wanted) ?? (await areaOf(wanted));
  } catch {
    // The files did not come: the offline note says so, and the next try is a press away.
    setOnline(false);
    return;
  }
  const place = router.current();
  if (place.area !== wanted) return;
  if (holder.firstElementChild !== area) {
    holder.replaceChildren(area);
    area.facts = facts;
  }
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
