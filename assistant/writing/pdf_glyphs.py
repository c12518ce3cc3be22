"""A small font of what the fonts of a PDF lack, so that no letter is lost and each one copies back.

A PDF says of each glyph which text it stands for, and only one. Where a font draws two characters
with one glyph (`…` and `⋯`), the second would copy back as the first; where no font has a
character, an empty box would stand for it. This font gives both a glyph of their own: borrowed
outlines, or a frame with the character's number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # no stubs
from fontTools.misc.transform import Scale  # type: ignore[import-untyped]  # no stubs
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # no stubs
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]  # no stubs
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]  # no stubs
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # no stubs
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs

from assistant.writing.fonts import Fonts
from assistant.writing.pdf_text import clusters

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]  # no stubs

FAMILY = "Gongmun Supplement"

_UNITS = 1000
_ASCENT, _DESCENT = 880, -120
_MISSING_WIDTH = 1000
_PIXEL = 60
_OPTIONAL = ("liga", "dlig", "hlig", "clig")  # what the template turns off
_SPLIT = "\u0e33\u0eb3"  # vowels of Thai and Lao that are always set in two
# Tone marks of old Hangul: alone, in a font that has a dotted circle, they would be given one.
_TONES = "\u302e\u302f"
# The sixteen digits, five rows of three dots each: 4 is the left dot, 2 the middle, 1 the right.
_DIGITS = {
    "0": "75557",
    "1": "26227",
    "2": "71747",
    "3": "71717",
    "4": "55711",
    "5": "74717",
    "6": "74757",
    "7": "71122",
    "8": "75757",
    "9": "75717",
    "A": "25755",
    "B": "65656",
    "C": "74447",
    "D": "65556",
    "E": "74747",
    "F": "74744",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """The font as a TTF file, empty where it is not needed, and the characters only it can show."""

    font: bytes
    missing: tuple[str, ...]


def supplement(text: Iterable[str], fonts: Fonts) -> Supplement:
    """Return the font that sets what the others cannot, of all the words in `text`."""
    wanted = {cluster for word in text for cluster in clusters(word)}
    lacking, missing = _lacking(sorted(wanted), fonts)
    if not lacking:
        return Supplement(font=b"", missing=())
    return Supplement(font=_built(sorted(lacking), fonts), missing=tuple(sorted(missing)))


@cache
def joined(path: Path) -> frozenset[str]:
    """Return the letters of several characters that a font has as one glyph: old Hangul."""
    font = _open(path)
    letters = {name: chr(code) for code, name in sorted(_characters(path).items(), reverse=True)}
    table = font["GSUB"].table
    optional = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag in _OPTIONAL
        for place in record.Feature.LookupListIndex
    }
    return frozenset(
        letters[first] + "".join(letters[name] for name in ligature.Component)
        for place, lookup in enumerate(table.LookupList.Lookup)
        if place not in optional
        for part in lookup.SubTable
        for first, ligatures in getattr(part, "ligatures", {}).items()
        for ligature in ligatures
        if first in letters and all(name in letters for name in ligature.Component)
    )


def _lacking(wanted: list[str], fonts: Fonts) -> tuple[set[str], set[str]]:
    """Return the characters that need a glyph of the supplement, and those with no outline at all.

    Text is set in the serif font or one of the sans fonts, each backed by the other; what is asked
    of one look is asked of all, because one draft has all of them.
    """
    lacking = {letter for cluster in wanted for letter in cluster if letter in _TONES}
    for chain in (
        (fonts.serif, fonts.sans),
        (fonts.sans, fonts.serif),
        (fonts.sans_bold, fonts.serif),
    ):
        taken: dict[tuple[Path, str], str] = {}
        for cluster in wanted:
            path = next((font for font in chain if _has(font, cluster)), None)
            for letter in cluster:
                glyph = _characters(path).get(ord(letter), "") if path else ""
                if not path or taken.setdefault((path, glyph), letter) != letter:
                    lacking.add(letter)
    missing = {letter for letter in lacking if _source(letter, fonts) is None}
    return {part for letter in lacking for part in (letter, *_shaped_from(letter))}, missing


def _shaped_from(letter: str) -> str:
    """Return the parts that a letter may be set from, which the font must then have as well."""
    if letter in _SPLIT:
        return unicodedata.normalize("NFKD", letter)
    return unicodedata.normalize("NFD", letter)


def _has(font: Path, cluster: str) -> bool:
    return all(ord(letter) in _characters(font) for letter in cluster)


def _source(letter: str, fonts: Fonts) -> Path | None:
    order = (fonts.serif, fonts.sans, fonts.symbols)
    return next((font for font in order if ord(letter) in _characters(font)), None)


@cache
def _open(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


@cache
def _characters(path: Path) -> Mapping[int, str]:
    return _open(path).getBestCmap() or {}


def _built(letters: list[str], fonts: Fonts) -> bytes:
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    drawn = {names[letter]: _glyph(letter, fonts) for letter in letters}
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", *drawn])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf(
        {".notdef": TTGlyphPen(None).glyph(), **{n: g for n, (g, _) in drawn.items()}}
    )
    builder.setupHorizontalMetrics(
        {".notdef": (500, 0), **{n: (w, 0) for n, (_, w) in drawn.items()}}
    )
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable(
        {"familyName": FAMILY, "styleName": "Regular", "psName": "GongmunSupplement"}
    )
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT, usWeightClass=400)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)  # the same draft gives the same bytes
    builder.font.recalcTimestamp = False
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def _glyph(letter: str, fonts: Fonts) -> tuple[Glyph, int]:
    path = _source(letter, fonts)
    if path is None:
        return _frame(f"{ord(letter):04X}"), _MISSING_WIDTH
    font = _open(path)
    name = _characters(path)[ord(letter)]
    outlines = font.getGlyphSet()
    recorded = DecomposingRecordingPen(outlines)
    outlines[name].draw(recorded)
    scale = _UNITS / font["head"].unitsPerEm
    pen = TTGlyphPen(None)
    recorded.replay(
        TransformPen(Cu2QuPen(pen, max_err=1.0, reverse_direction="CFF " in font), Scale(scale))
    )
    return pen.glyph(), round(outlines[name].width * scale)


def _frame(number: str) -> Glyph:
    """Draw a frame with the number of a character in it, in two rows."""
    pen = TTGlyphPen(None)
    _box(pen, 50, -90, 950, 850)
    _box(pen, 85, -55, 915, 815, is_hole=True)
    number = number.zfill(4 if len(number) <= 4 else 6)
    half = len(number) // 2
    left = (_MISSING_WIDTH - (4 * half - 1) * _PIXEL) // 2
    for index, digit in enumerate(number):
        row, column = divmod(index, half)
        _digit(pen, digit, left + column * 4 * _PIXEL, 710 - row * 6 * _PIXEL)
    return pen.glyph()


def _digit(pen: TTGlyphPen, digit: str, left: int, top: int) -> None:
    for row, bits in enumerate(map(int, _DIGITS[digit])):
        for column in range(3):
            if bits & (4 >> column):
                x, y = left + column * _PIXEL, top - row * _PIXEL
                _box(pen, x, y - _PIXEL, x + _PIXEL, y)


def _box(
    pen: TTGlyphPen, left: int, low: int, right: int, top: int, *, is_hole: bool = False
) -> None:
    corners = [(left, low), (left, top), (right, top), (right, low)]
    first, *others = reversed(corners) if is_hole else corners
    pen.moveTo(first)
    for corner in others:
        pen.lineTo(corner)
    pen.closePath()
