// The state that matters, kept in the address: #/ask/<conversation>?ev=c:<turn>:1
import { AREA_NAMES } from "./areas.js";

export const routes = new EventTarget();

/** The address as `{area, item, params}`; an unknown area is the Ask page. */
export function current() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [area, item = ""] = path.split("/");
  const known = AREA_NAMES.includes(area);
  return {
    area: known ? area : "ask",
    item: known ? decodeURIComponent(item) : "",
    params: new URLSearchParams(search),
  };
}

/** The hash of a place; empty parameters are left out. */
export function address({ area, item = "", params = {} }) {
  const filled = Object.entries(params).filter(
    ([, value]) => value !== "" && value !== null && value !== undefined,
  );
  const search = filled.length ? `?${new URLSearchParams(filled)}` : "";
  return `#/${area}${item ? `/${encodeURIComponent(item)}` : ""}${search}`;
}

/** Go to a place; `replace` changes the address without a step for Back. */
export function go(place, { replace = false, layer = false } = {}) {
  const hash = address(place);
  if (hash === location.hash) return;
  if (replace) history.replaceState({ ...history.state }, "", hash);
  else history.pushState({ layer }, "", hash);
  routes.dispatchEvent(new Event("change"));
}

/** Change parameters of the present place. Opening a layer is a step that Back closes. */
export function update(changes, options) {
  const { area, item, params } = current();
  go({ area, item, params: { ...Object.fromEntries(params), ...changes } }, options);
}

/** Close a layer opened with `layer: true`: one step back, so that the history stays straight. */
export function closeLayer(names) {
  if (history.state?.layer) history.back();
  else update(Object.fromEntries(names.map((name) => [name, ""])), { replace: true });
}

addEventListener("popstate", () => routes.dispatchEvent(new Event("change")));
