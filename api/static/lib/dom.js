// Elements from plain calls. Text enters only as text nodes; there is no way to pass HTML.
const SVG = "http://www.w3.org/2000/svg";
const SPRITE = new URL("../icons.svg", import.meta.url).pathname;

function set(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name.startsWith(".")) element[name.slice(1)] = value;
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
}

/**
 * An element. In `props`, `onclick` adds a listener, `.answer` sets a property, everything else is
 * an attribute (`null` and `false` leave it out). Children are nodes, strings or nested lists.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== false && child !== undefined),
  );
  return element;
}

/** A symbol of the sprite in one of the sizes 14, 16, 18, 21. */
export function icon(name, size = 16, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${size} ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

/** A button with an icon and a visible word. */
export function button(label, { icon: name, kind = "outlined", small = false, ...props } = {}) {
  const classes = `button ${kind}${small ? " small" : ""}`;
  return h(
    "button",
    { type: "button", class: classes, ...props },
    name && icon(name, 16),
    h("span", {}, label),
  );
}

/** A button that shows only an icon; its name is shown as a tooltip on hover and focus. */
export function iconButton(label, name, props = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, "data-tip": label, ...props },
    icon(name, 18),
  );
}

/** The rotating circle of work under way; without motion only its word is seen. */
export function spinner(size = 16) {
  return icon("loader-circle", size, "spin");
}

/** Grey lines that stand for what is being loaded; they show after a moment only. */
export function skeleton() {
  return h("div", { class: "skeleton", "aria-busy": "true" }, h("i"), h("i"), h("i"));
}

/** Tell `parent` something happened; bubbles so that the area can listen once. */
export function tell(element, name, detail = {}) {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

/** Say `text` to screen readers, politely. */
export function announce(text) {
  const region = document.getElementById("live");
  region.textContent = "";
  // A new task makes the same sentence count as a change when it is said twice.
  setTimeout(() => (region.textContent = text), 60);
}

/** An SVG element with attributes and children; text children are text nodes. */
export function s(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}
