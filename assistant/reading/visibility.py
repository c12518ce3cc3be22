"""Which elements of a web page a person would not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_SIMPLE_SELECTOR = re.compile(r"(?:([a-z][a-z0-9]*)|\*)?(?:([.#])([\w-]+))?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|cm|mm|in)?")
_TINY = {"px": 2.0, "pt": 2.0, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.0}
_FAR_AWAY = -500.0
_NEARLY_OFF = 0.1
_WHITE_FROM = 240
_MAX_CSS_CHARS = 200_000
_NAMED = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "black": (0, 0, 0),
    "transparent": None,
}
_Colour = tuple[int, int, int] | None
_PAPER: _Colour = (255, 255, 255)


def declarations(style: str) -> dict[str, str]:
    """Read the declarations of a `style` attribute.

    >>> declarations("Color: #FFF !important; display:none")
    {'color': '#fff', 'display': 'none'}
    """
    pairs = (piece.split(":", 1) for piece in style.split(";") if ":" in piece)
    return {
        name.strip().lower(): value.lower().replace("!important", "").strip()
        for name, value in pairs
    }


class StyleSheet:
    """The rules of a page's own style sheets that have a simple selector: tag, class or id."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[tuple[str, str, str], dict[str, str]] = {}
        for selectors, body in _rules("\n".join(sheets)[:_MAX_CSS_CHARS]):
            for selector in selectors.split(","):
                match = _SIMPLE_SELECTOR.match(selector.strip())
                if match and match[0]:
                    key = ((match[1] or "").lower(), match[2] or "", match[3] or "")
                    self._rules.setdefault(key, {}).update(declarations(body))

    def style_of(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """Return what holds for an element, its own `style` last."""
        style: dict[str, str] = {}
        names = [("", "", ""), *((".", name, "") for name in attributes.get("class", "").split())]
        marks = [(".", name) for _, name, _ in names[1:]] + [("#", attributes.get("id", ""))]
        for key in ((tag, "", ""), *((t, m, n) for m, n in marks if n for t in ("", tag))):
            style.update(self._rules.get(key, {}))
        style.update(declarations(attributes.get("style", "")))
        return style


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and body of each rule, those within `@media` included.

    By search alone: expressions over text in which nothing closes take the square of its length.

    >>> list(_rules("a{b:c} /* p{x:y} */ @media print {i, u{d:e}} f{"))
    [('a', 'b:c'), ('i, u', 'd:e')]
    """
    for piece in _without_comments(sheet).split("}")[:-1]:
        before, brace, body = piece.rpartition("{")
        if brace:
            yield before.rpartition("{")[2].strip(), body


def _without_comments(sheet: str) -> str:
    kept: list[str] = []
    end = 0
    while (start := sheet.find("/*", end)) >= 0 and (close := sheet.find("*/", start + 2)) >= 0:
        kept.append(sheet[end:start])
        end = close + 2
    return "".join([*kept, sheet[end:]])


def is_hidden(tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> bool:
    """Tell whether an element is kept from the eye by attributes, place, size or transparency.

    >>> is_hidden("p", {"hidden": ""}, {}), is_hidden("p", {}, {"font-size": "12pt"})
    (True, False)
    """
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if tag == "input" and attributes.get("type", "").lower() == "hidden":
        return True
    return _is_switched_off(style) or _is_tiny(style) or _is_out_of_sight(style)


def ink_and_paper(
    style: Mapping[str, str], attributes: Mapping[str, str], inherited: tuple[_Colour, _Colour]
) -> tuple[_Colour, _Colour]:
    """Return text and background colour of an element from its own style and its parent's."""
    ink, paper = inherited
    own_paper = (
        style.get("background-color") or style.get("background") or attributes.get("bgcolor")
    )
    own_ink = style.get("color") or attributes.get("color")
    if own_paper:
        known, colour = _colour(own_paper)
        # A picture or gradient: what is behind the text is unknown, so nothing is called hidden.
        paper = (colour or paper) if known else None
    if own_ink:
        known, colour = _colour(own_ink)
        ink = (colour or paper) if known else (0, 0, 0)
    return ink, paper


def is_same_colour(ink: _Colour, paper: _Colour) -> bool:
    """Tell whether text of one colour cannot be seen on the other.

    >>> is_same_colour((255, 255, 255), (250, 250, 250)), is_same_colour((0, 0, 0), None)
    (True, False)
    """
    if ink is None or paper is None:
        return False
    return max(abs(a - b) for a, b in zip(ink, paper, strict=True)) <= 255 - _WHITE_FROM


def _is_switched_off(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or _below(style.get("opacity", ""), _NEARLY_OFF)
    )


def _is_tiny(style: Mapping[str, str]) -> bool:
    size = style.get("font-size", "")
    match = _NUMBER.match(size)
    if match and float(match[1]) <= _TINY.get(match[2] or "", -1.0):
        return True
    is_clipped = style.get("overflow") == "hidden" or style.get("overflow-y") == "hidden"
    return is_clipped and any(
        _below(style.get(side, ""), 2.0) for side in ("height", "width", "max-height")
    )


def _is_out_of_sight(style: Mapping[str, str]) -> bool:
    is_placed = style.get("position") in {"absolute", "fixed"}
    sides = ("left", "top", "right", "bottom") if is_placed else ()
    if any(
        _below(style.get(side, ""), _FAR_AWAY) for side in (*sides, "text-indent", "margin-left")
    ):
        return True
    clip = style.get("clip", "") + style.get("clip-path", "")
    return clip.replace(" ", "").startswith(("rect(0", "inset(100%", "inset(50%")) or (
        "scale(0)" in style.get("transform", "")
    )


def _below(value: str, bound: float) -> bool:
    match = _NUMBER.match(value.strip())
    return match is not None and float(match[1]) < bound


def _colour(value: str) -> tuple[bool, _Colour]:
    """Return whether the value is understood, and the colour, None for see-through."""
    value = value.strip()
    word = value.split()[0] if value else ""
    if word in _NAMED:
        return True, _NAMED[word]
    if word.startswith("#") and re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", word):
        digits = word[1:] if len(word) > 5 else "".join(c * 2 for c in word[1:])
        if digits[6:] and int(digits[6:], 16) < 255 * _NEARLY_OFF:
            return True, None
        return True, (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
    if value.startswith(("rgb(", "rgba(")):
        parts = [float(n) for n in re.findall(r"-?\d*\.?\d+", value)][:4]
        if len(parts) == 4 and parts[3] < _NEARLY_OFF:
            return True, None
        if len(parts) >= 3:
            return True, (int(parts[0]), int(parts[1]), int(parts[2]))
    return False, None
