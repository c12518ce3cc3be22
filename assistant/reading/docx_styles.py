"""Styles and numbering of a Word file: what a paragraph is, and the number Word draws before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.reading.numerals import numeral
from assistant.reading.ooxml import is_on
from assistant.reading.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9
_MAX_CHAIN = 20
_HEADING_NAME = re.compile(r"(?i)(?:heading|제목|개요) ?([1-9])\Z")
_TITLE_NAMES = {"title", "제목"}
_CAPTION_NAMES = {"caption", "캡션"}
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Bullets of the symbol fonts, which have no code of their own.
_SYMBOLS = {
    **{"\uf0b7": "•", "\uf0a7": "▪", "\uf06c": "●", "\uf06e": "■", "\uf0a8": "□", "\uf06f": "□"},
    **{"\uf071": "❑", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fe": "☑", "\uf0e8": "➔", "\uf075": "◆"},
    **{"\uf076": "❖", "\uf0e0": "→", "\uf0a1": "○", "\uf09f": "•", "\uf02d": "-"},
}


def value(node: Element | None, path: str) -> str | None:
    """Return the `w:val` at the end of a path of `w:` names, None where there is none."""
    found = (
        node.find("/".join(f"{W}{name}" for name in path.split("/"))) if node is not None else None
    )
    return found.get(VAL) if found is not None else None


def number(text: str | None, default: int = 0) -> int:
    """Read a small number, `default` when it is none.

    >>> number("3"), number("x"), number(None, 1)
    (3, 0, 1)
    """
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def drawn_symbol(character: str) -> str:
    """Return a sign of the symbol fonts as a character that every font has."""
    return _SYMBOLS.get(character, "•" if _PRIVATE.fullmatch(character) else character)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a paragraph or run style says, its ancestors included; None where nothing is said."""

    outline: int | None = None
    is_title: bool = False
    is_caption: bool = False
    numbering: tuple[str, int | None] | None = None
    is_hidden: bool = False
    is_bold: bool = False


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Element | None) -> None:
        nodes = root.iterfind(f"{W}style") if root is not None else ()
        self._nodes = {node.get(f"{W}styleId") or "": node for node in nodes}
        self._known: dict[str, Style] = {}
        self.default = next(
            (
                style_id
                for style_id, node in self._nodes.items()
                if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in {"1", "true"}
            ),
            "",
        )

    def __getitem__(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def _chain(self, style_id: str) -> Iterator[Element]:
        for _ in range(_MAX_CHAIN):
            node = self._nodes.get(style_id)
            if node is None:
                return
            yield node
            style_id = value(node, "basedOn") or ""

    def _resolved(self, style_id: str) -> Style:
        chain = list(self._chain(style_id))
        names = [(value(node, "name") or "").lower() for node in chain]
        return Style(
            outline=next(
                (n for node, name in zip(chain, names, strict=True) for n in _outline(node, name)),
                None,
            ),
            is_title=any(name in _TITLE_NAMES for name in names),
            is_caption=any(name in _CAPTION_NAMES for name in names),
            numbering=next(filter(None, map(_numbering, chain)), None),
            is_hidden=_first_switch(chain, "vanish"),
            is_bold=_first_switch(chain, "b"),
        )


def _outline(node: Element, name: str) -> Iterator[int]:
    said = value(node, "pPr/outlineLvl")
    if said is not None:
        yield number(said, LEVELS)
    elif match := _HEADING_NAME.match(name):
        yield int(match[1]) - 1


def _numbering(node: Element) -> tuple[str, int | None] | None:
    num_id = value(node, "pPr/numPr/numId")
    level = value(node, "pPr/numPr/ilvl")
    return (num_id, None if level is None else number(level)) if num_id is not None else None


def _first_switch(chain: list[Element], name: str) -> bool:
    found = (node.find(f"{W}rPr/{W}{name}") for node in chain)
    return is_on(next((node for node in found if node is not None), None), VAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a numbering scheme."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_digits_only: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class _Scheme:
    """A numbering scheme with where its counters stand."""

    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A use of a scheme, with what it does otherwise."""

    scheme: _Scheme
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """Counts the numbered paragraphs of a file in the order in which they are asked for."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        linked = _style_links(root)
        schemes = {
            node.get(f"{W}abstractNumId"): _Scheme(
                levels=_levels(linked.get(value(node, "numStyleLink") or "", node))
            )
            for node in root.iterfind(f"{W}abstractNum")
        }
        for node in root.iterfind(f"{W}num"):
            scheme = schemes.get(value(node, "abstractNumId"))
            if scheme is not None:
                self._lists[node.get(f"{W}numId") or ""] = _list(node, scheme)

    def level_of(self, num_id: str, style_id: str) -> int:
        """Return the level that a list ties to a paragraph style."""
        found = self._lists.get(num_id)
        levels = {**found.scheme.levels, **found.levels} if found else {}
        return next((n for n, level in levels.items() if level.paragraph_style == style_id), 0)

    def marker(self, num_id: str, level: int) -> str | None:
        """Count one paragraph and return the number before it; None when it is in no list."""
        found = self._lists.get(num_id)
        if found is None or not 0 <= level < LEVELS:
            return None
        levels = {**found.scheme.levels, **found.levels}
        self._count(num_id, found, levels, level)
        own = levels.get(level, _Level())
        if own.style == "bullet":
            return "".join(map(drawn_symbol, own.text))

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, _Level())
            count = found.scheme.counters[place]
            style = "decimal" if own.is_digits_only else other.style
            return numeral(other.start if count is None else count, style)

        return _PLACE.sub(shown, own.text)

    def _count(self, num_id: str, found: _List, levels: dict[int, _Level], level: int) -> None:
        counters = found.scheme.counters
        current = counters[level]
        if level in found.starts and (num_id, level) not in self._started:
            counters[level] = found.starts[level]
        elif current is None:
            counters[level] = levels.get(level, _Level()).start
        else:
            counters[level] = current + 1
        self._started.add((num_id, level))
        for deeper in range(level + 1, LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart is None or level < restart:
                counters[deeper] = None


def _style_links(root: Element) -> dict[str, Element]:
    """Return the schemes that stand behind a numbering style, by its name."""
    named = ((value(node, "styleLink"), node) for node in root.iterfind(f"{W}abstractNum"))
    return {name: node for name, node in named if name}


def _levels(node: Element) -> dict[int, _Level]:
    return dict(map(_level, node.iterfind(f"{W}lvl")))


def _level(node: Element) -> tuple[int, _Level]:
    restart = value(node, "lvlRestart")
    return number(node.get(f"{W}ilvl")), _Level(
        start=number(value(node, "start")),
        style=value(node, "numFmt") or _alternative(node) or "decimal",
        text=(value(node, "lvlText") or "")[:100],
        restart=None if restart is None else number(restart),
        is_digits_only=is_on(node.find(f"{W}isLgl"), VAL),
        paragraph_style=value(node, "pStyle") or "",
    )


def _alternative(node: Element) -> str | None:
    """Look for a format that stands inside an alternative, as newer ones do."""
    found = next(node.iter(f"{W}numFmt"), None)
    return found.get(VAL) if found is not None else None


def _list(node: Element, scheme: _Scheme) -> _List:
    starts, levels = {}, {}
    for override in node.iterfind(f"{W}lvlOverride"):
        place = number(override.get(f"{W}ilvl"))
        said = value(override, "startOverride")
        if said is not None:
            starts[place] = number(said)
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            levels[place] = _level(replaced)[1]
    return _List(scheme=scheme, starts=starts, levels=levels)
