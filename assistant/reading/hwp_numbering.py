"""Automatic numbers and bullets, which Hangul draws before a paragraph and writes nowhere."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.reading.package import Element

_DEPTH = 10
_RECORD_DEPTH = 7
_OUTLINE, _NUMBER, _BULLET = 1, 2, 3
_KINDS = {"OUTLINE": _OUTLINE, "NUMBER": _NUMBER, "BULLET": _BULLET}
_FORMATS = (
    *("DIGIT", "CIRCLED_DIGIT", "ROMAN_CAPITAL", "ROMAN_SMALL", "LATIN_CAPITAL", "LATIN_SMALL"),
    *("CIRCLED_LATIN_CAPITAL", "CIRCLED_LATIN_SMALL", "HANGUL_SYLLABLE"),
    *("CIRCLED_HANGUL_SYLLABLE", "HANGUL_JAMO", "CIRCLED_HANGUL_JAMO", "HANGUL_PHONETIC"),
    *("IDEOGRAPH", "CIRCLED_IDEOGRAPH"),
)
_PLACE = re.compile(r"\^(\d{1,2}|[nN])")
_SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_ROMAN = 39
_MAX_MARKER_CHARS = 40


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered: `^1.` with digits, say, from `start`."""

    text: str
    format: int = 0
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """What the file says about numbers, and how far each list has come.

    `shapes` tells of each paragraph shape its kind, the list it belongs to and its depth.
    """

    shapes: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    lists: Mapping[int, Sequence[Level]] = field(default_factory=dict)
    bullets: Mapping[int, str] = field(default_factory=dict)
    outline: int = 0
    _counts: dict[int, list[int]] = field(default_factory=dict)

    def marker(self, shape: int) -> str:
        """Return what stands before the next paragraph of this shape, with a space; or nothing.

        >>> levels = [Level("^1."), Level("^2)", format=8)]
        >>> numbering = Numbering(shapes={5: (2, 1, 0), 6: (2, 1, 1)}, lists={1: levels})
        >>> [numbering.marker(shape) for shape in (5, 6, 6, 5, 6, 9)]
        ['1. ', '가) ', '나) ', '2. ', '가) ', '']
        """
        kind, number, depth = self.shapes.get(shape, (0, 0, 0))
        if kind == _BULLET:
            bullet = self.bullets.get(number, "")
            return f"{bullet} " if bullet else ""
        if kind == _OUTLINE:
            number = self.outline or number
        levels = self.lists.get(number, ())
        if kind not in {_OUTLINE, _NUMBER} or depth >= len(levels):
            return ""
        text = self._numbered(number, levels, depth).strip()[:_MAX_MARKER_CHARS]
        return f"{text} " if text else ""

    def _numbered(self, number: int, levels: Sequence[Level], depth: int) -> str:
        counts = self._counts.setdefault(number, [0] * _DEPTH)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (_DEPTH - depth - 1)

        def count(level: int) -> str:
            at = max(counts[level], 1) - 1 + levels[level].start
            return written(at, levels[level].format)

        def place(found: re.Match[str]) -> str:
            if not found[1].isdigit():
                return ".".join(count(level) for level in range(depth + 1))
            level = int(found[1]) - 1
            return count(level) if 0 <= level <= depth else ""

        return _PLACE.sub(place, levels[depth].text)


def written(number: int, form: int) -> str:
    """Write a number in one of Hangul's forms.

    >>> written(3, 0), written(2, 1), written(4, 2), written(15, 8), written(1, 9)
    ('3', '②', 'Ⅳ', '거', '㉮')
    """
    name = _FORMATS[form] if 0 <= form < len(_FORMATS) else "DIGIT"
    writer, last = _WRITERS.get(name, (str, 0))
    return writer(number) if 1 <= number <= last else str(number)


def _roman(number: int) -> str:
    if number <= 12:
        return chr(0x215F + number)
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text


def _row(first: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1)


def _in(signs: str) -> tuple[Callable[[int], str], int]:
    return (lambda number: signs[number - 1]), len(signs)


_WRITERS: dict[str, tuple[Callable[[int], str], int]] = {
    "CIRCLED_DIGIT": (_row(0x2460), 20),
    "ROMAN_CAPITAL": (_roman, _MAX_ROMAN),
    "ROMAN_SMALL": (lambda number: chr(0x216F + number), 12),
    "LATIN_CAPITAL": (_row(ord("A")), 26),
    "LATIN_SMALL": (_row(ord("a")), 26),
    "CIRCLED_LATIN_CAPITAL": (_row(0x24B6), 26),
    "CIRCLED_LATIN_SMALL": (_row(0x24D0), 26),
    "HANGUL_SYLLABLE": _in(_SYLLABLES),
    "CIRCLED_HANGUL_SYLLABLE": (_row(0x326E), 14),
    "HANGUL_JAMO": _in("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "CIRCLED_HANGUL_JAMO": (_row(0x3260), 14),
    "HANGUL_PHONETIC": _in("일이삼사오육칠팔구십"),
    "IDEOGRAPH": _in("一二三四五六七八九十"),
    "CIRCLED_IDEOGRAPH": (_row(0x3280), 10),
}


# -- where the two formats keep it ---------------------------------------------------------------


def from_header(root: Element) -> Numbering:
    """Read the numbering of a HWPX file from its `header.xml`."""
    lists: dict[int, Sequence[Level]] = {}
    for node in root.iter("{*}numbering"):
        levels = [Level("")] * _DEPTH
        for head in node.iterfind("{*}paraHead"):
            depth = _int(head.get("level")) - 1
            if 0 <= depth < _DEPTH:
                form = str(head.get("numFormat"))
                levels[depth] = Level(
                    text=head.text or "",
                    format=_FORMATS.index(form) if form in _FORMATS else 0,
                    start=_int(head.get("start"), 1),
                )
        lists[_int(node.get("id"))] = levels
    shapes = {}
    for node in root.iter("{*}paraPr"):
        heading = node.find("{*}heading")
        kind = _KINDS.get(str(heading.get("type"))) if heading is not None else None
        if heading is not None and kind:
            place = kind, _int(heading.get("idRef")), _int(heading.get("level"))
            shapes[_int(node.get("id"))] = place
    bullets = {_int(node.get("id")): str(node.get("char") or "") for node in root.iter("{*}bullet")}
    return Numbering(shapes=shapes, lists=lists, bullets=bullets)


def _int(value: object, default: int = 0) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def from_records(
    numberings: Sequence[bytes], bullets: Sequence[bytes], shapes: Sequence[bytes]
) -> Numbering:
    """Read the numbering of a HWP 5 file from the records of its DocInfo."""
    found: dict[int, tuple[int, int, int]] = {}
    for index, shape in enumerate(shapes):
        if len(shape) >= 32:
            (flags,) = struct.unpack_from("<I", shape)
            (number,) = struct.unpack_from("<H", shape, 30)
            if flags >> 23 & 3:
                found[index] = flags >> 23 & 3, number, flags >> 25 & 7
    return Numbering(
        shapes=found,
        lists={index: _levels(record) for index, record in enumerate(numberings, start=1)},
        bullets={index: _bullet(record) for index, record in enumerate(bullets, start=1)},
    )


def _levels(record: bytes) -> list[Level]:
    levels: list[Level] = []
    at = 0
    while len(levels) < _RECORD_DEPTH and at + 14 <= len(record):
        (flags,) = struct.unpack_from("<I", record, at)
        (length,) = struct.unpack_from("<H", record, at + 12)
        text = record[at + 14 : at + 14 + length * 2].decode("utf-16-le", "replace")
        levels.append(Level(text=text, format=flags >> 5 & 0xF))
        at += 14 + length * 2
    return levels


def _bullet(record: bytes) -> str:
    sign = record[12:14].decode("utf-16-le", "replace")
    return sign if sign.isprintable() or "\ue000" <= sign <= "\uf8ff" else ""
