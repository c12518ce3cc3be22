// A small panel under (or above) the button that opened it.
import { pushLayer } from "./keyboard.js";

const EDGE = 8;

/** Let the arrow keys walk through the items of a menu. */
export function walkable(panel) {
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...panel.querySelectorAll(".menu-item")];
    all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
  });
}

// Into the first control; what has to be read before a control further down comes first.
function enter(panel) {
  const first = panel.querySelector("input, select, button, a");
  const isBelow = first && first.getBoundingClientRect().bottom > panel.getBoundingClientRect().bottom;
  if (isBelow) panel.tabIndex = -1;
  (isBelow ? panel : first)?.focus();
}

/** Make `anchor` show and hide `panel`; returns `{open, close}`. Focus comes back to the button. */
export function popup(anchor, panel, { onopen = () => {} } = {}) {
  let pop = null;
  panel.hidden = true;
  anchor.setAttribute("aria-expanded", "false");

  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) close({ focus: false });
  };
  function close({ focus = true } = {}) {
    if (!pop) return;
    pop();
    pop = null;
    panel.hidden = true;
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) anchor.focus();
  }
  function open() {
    onopen();
    panel.hidden = false;
    anchor.setAttribute("aria-expanded", "true");
    pop = pushLayer(close);
    document.addEventListener("pointerdown", outside, true);
    // Near the lower edge, of the window or of what scrolls, the panel opens where more room is. On a phone
    // the inner size of the window grows with what sticks out of it, hence the size of the page.
    const { clientHeight, clientWidth } = document.documentElement;
    const around = anchor.closest(".scroller")?.getBoundingClientRect() ?? { top: 0, bottom: clientHeight };
    const { top, bottom } = anchor.getBoundingClientRect();
    const below = around.bottom - bottom;
    panel.classList.toggle("above", below < panel.offsetHeight + 16 && top - around.top > below);
    panel.classList.toggle(
      "from-end",
      anchor.getBoundingClientRect().left + panel.offsetWidth > clientWidth - EDGE,
    );
    panel.style.translate = "";
    const { left } = panel.getBoundingClientRect();
    if (left < EDGE) panel.style.translate = `${EDGE - left}px 0`;
    enter(panel);
  }
  anchor.addEventListener("click", () => (pop ? close() : open()));
  panel.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !panel.contains(event.relatedTarget) && event.relatedTarget !== anchor)
      close({ focus: false });
  });
  return { open, close };
}
