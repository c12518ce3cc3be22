"""Lists of a DOCX: Word counts by itself wherever it would count the same as we do."""

from __future__ import annotations

import unicodedata

from assistant.domain import DraftStyle
from assistant.writing.docx_styles import HEADING_LIST, ITEM_LIST, Look
from assistant.writing.docx_xml import part, w
from assistant.writing.numbering import circled_number, ganada, roman

# Format and text of each level, and the width of its mark in syllables with the gap after it.
_OFFICIAL = (
    ("decimal", "%1.", 1.7),
    ("ganada", "%2.", 1.8),
    ("decimal", "%3)", 1.8),
    ("ganada", "%4)", 1.9),
    ("decimal", "(%5)", 2.1),
    ("ganada", "(%6)", 2.3),
    ("decimalEnclosedCircle", "%7", 1.5),
    ("ganada", "(%8)", 1.5),
)
_HEADINGS = (
    ("upperRoman", "%1.", 2.2),
    ("decimal", "%2.", 1.7),
    ("ganada", "%3.", 1.7),
    ("decimal", "%4)", 1.5),
    ("ganada", "%5)", 1.8),
    ("decimal", "(%6)", 1.8),
    ("ganada", "(%7)", 2.2),
    ("decimalEnclosedCircle", "%8", 1.5),
)
_BULLETS = tuple(("bullet", sign, 1.5) for sign in ("□", "○", "-", "·", "·", "·", "·", "·"))
_CIRCLES, _LETTERS = 20, 14  # as far as Word counts in these formats


class Lists:
    """The lists of one document, filled while its body is written."""

    def __init__(self, style: DraftStyle, look: Look) -> None:
        self._look = look
        self._is_report = style is DraftStyle.REPORT
        items = _BULLETS if self._is_report else _OFFICIAL
        self._levels = {HEADING_LIST: _HEADINGS, ITEM_LIST: items}
        self._counts = {number: [0] * 8 for number in self._levels}
        # Levels that a deeper item has skipped: whether those count as begun, programs differ.
        self._skipped: dict[int, set[int]] = {number: set() for number in self._levels}
        self._literal: dict[tuple[int, str, bool], int] = {}

    def mark(self, marker: str, *, depth: int, is_heading: bool) -> str:
        """Return what makes Word show `marker` before a paragraph.

        Where Word would come to another mark (past its alphabet, at ㉮, after such a place), the
        paragraph gets a list of its own with the mark as fixed text.
        """
        level = min(max(depth, 1), 8) - 1
        number = HEADING_LIST if is_heading and self._is_report else ITEM_LIST
        if _same(marker, self._next(number, level)):
            self._count(number, level)
        else:
            key = (level, marker, is_heading)
            number = self._literal.setdefault(key, len(self._literal) + ITEM_LIST + 1)
        return w("numPr", w("ilvl", val=level), w("numId", val=number))

    def part(self) -> bytes:
        """Return the part with the definitions of all lists."""
        abstract = [
            w(
                "abstractNum",
                w("multiLevelType", val="multilevel"),
                *(self._level(number, n, *level) for n, level in enumerate(levels)),
                abstractNumId=number,
            )
            for number, levels in self._levels.items()
        ]
        abstract += [
            w(
                "abstractNum",
                w("multiLevelType", val="multilevel"),
                *(self._level(0, n, "decimal", marker, _width(marker)) for n in range(level + 1)),
                abstractNumId=number,
            )
            for (level, marker, _), number in self._literal.items()
        ]
        numbers = range(1, len(abstract) + 1)
        nums = (w("num", w("abstractNumId", val=n), numId=n) for n in numbers)
        return part("numbering", *abstract, *nums)

    def _count(self, number: int, level: int) -> None:
        counts, skipped = self._counts[number], self._skipped[number]
        skipped |= {above for above in range(level) if not counts[above]}
        skipped -= set(range(level + 1, 8))
        counts[level] += 1
        counts[level + 1 :] = [0] * (7 - level)

    def _next(self, number: int, level: int) -> str:
        """Return the mark that Word would surely show for the next paragraph of the list."""
        if level in self._skipped[number]:
            return ""
        form, text, _ = self._levels[number][level]
        ordinal = self._counts[number][level] + 1
        if form == "bullet":
            return text
        if form == "upperRoman":
            shown = roman(ordinal)
        elif form == "ganada":
            shown = ganada(ordinal) if ordinal <= _LETTERS else ""
        elif form == "decimalEnclosedCircle":
            shown = circled_number(ordinal) if ordinal <= _CIRCLES else ""
        else:
            shown = str(ordinal)
        return text.replace(f"%{level + 1}", shown) if shown else ""

    def _level(self, number: int, level: int, form: str, text: str, width: float) -> str:
        is_heading = number == HEADING_LIST
        hanging = round(self._look.em * width)
        left = hanging + (0 if is_heading else self._look.em * level)
        style = w("pStyle", val=f"Item{level + 1}") if number == ITEM_LIST else ""
        font = w("rFonts", hint="eastAsia") if form == "bullet" else ""
        return w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=form),
            style,
            w("suff", val="tab"),
            w("lvlText", val=text),
            w("lvlJc", val="left"),
            w(
                "pPr",
                w("tabs", w("tab", val="num", pos=left)),
                w("ind", left=left, hanging=hanging),
            ),
            w("rPr", font) if font else "",
            ilvl=level,
        )


def _same(one: str, other: str) -> bool:
    """Compare two marks; a Roman number in letters reads the same as the one character."""
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)


def _width(marker: str) -> float:
    """Return the room for a mark and the gap after it, in syllables.

    >>> _width("거."), _width("㉮")
    (1.8, 1.5)
    """
    return 0.5 + sum(1.0 if ord(char) > 0xFF else 0.3 if char in ".()" else 0.6 for char in marker)
