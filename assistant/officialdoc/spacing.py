"""Blanks, brackets, full-width letters, units and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from assistant.officialdoc.findings import Found, correction
from assistant.officialdoc.marks import read_mark
from assistant.officialdoc.script import Line, Script, attachment_head

_DOUBLE = re.compile(r"(?<=[가-힣A-Za-z0-9,.)」]) {2,}(?=[가-힣A-Za-z0-9(「“])")
_SPACED_LABEL = re.compile(r"^[가-힣](?: {1,8}[가-힣]){1,5} {0,4}[:：]")
_BEFORE_MARK = re.compile(
    r"(?<=[가-힣A-Za-z0-9)」]) +(?=[,.](?:\s|$))|(?<=\() +(?=\S)|(?<=\S) +(?=\))"
)
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ（），．％]+")
_PAIRS = {")": "(", "」": "「", "』": "『", "]": "[", "”": "“"}
_OPENING = frozenset(_PAIRS.values())
_WRONG_UNITS = {
    "KM": "km", "Km": "km", "CM": "cm", "Cm": "cm", "MM": "mm", "KG": "kg", "Kg": "kg",
    "m2": "㎡", "M2": "㎡", "km2": "㎢", "m3": "㎥", "M3": "㎥", "KW": "kW", "Kw": "kW",
    "KWH": "kWh", "KWh": "kWh", "Kwh": "kWh", "Khz": "kHz", "KHz": "kHz", "Mhz": "MHz",
}  # fmt: skip
_UNIT = re.compile(r"(?<=\d)(?P<gap> ?)(?P<unit>[A-Za-z]{1,3}[23]?)(?![A-Za-z0-9/])")
_MEASURED = re.compile(
    r"(?<![A-Za-z\d.,])(?P<number>\d[\d,.]{0,15})(?P<gap> ?)"
    r"(?P<unit>kWh|kW|km|cm|mm|kg|ha|㎡|㎢|㎥|℃|m|t|L|%)(?![A-Za-z0-9/²³])"
)
_ILLEGAL = re.compile(
    r"(?<=\d)\s?(?P<unit>평(?:형|수)?|돈쭝|근|마지기|인치|마일|야드|피트|갤런|파운드|에이커)"
    r"(?=[\s,.)은을의이가]|$)"
)
_LEGAL = {
    "근": "g 또는 kg", "돈쭝": "g", "파운드": "kg", "갤런": "L", "평": "㎡", "평형": "㎡",
    "평수": "㎡", "마지기": "㎡", "에이커": "㎡",
}  # fmt: skip
_PHONE = re.compile(
    r"(?<![\d\-(])(?P<area>0(?:2|[3-6]\d|70|10|11|16|17|18|19|50\d?))"
    r"(?P<s1>\)\s?|\s?[.·]\s?|\s-\s|[ -])"
    r"(?P<middle>\d{3,4})(?P<s2>\s?[.·]\s?|\s-\s|[ -])(?P<last>\d{4})(?![\d\-])"
)


def spacing(script: Script) -> Iterator[Found]:
    """Yield what is wrong with blanks, brackets, full-width letters, units and numbers."""
    for index, line in enumerate(script.lines):
        if line.is_blank:
            continue
        yield from _full_width(line)
        yield from _units(line)
        in_body = script.head_end <= index < script.foot_start
        if in_body:
            yield from _phones(line)
        if in_body and not line.is_table:
            yield from _blanks(line, script)
    yield from _mixed_units(script)
    yield from _brackets(script)


def _blanks(line: Line, script: Script) -> Iterator[Found]:
    for match in _BEFORE_MARK.finditer(line.masked):
        # A blank before the end mark's dot belongs to the rule on end marks.
        if not line.masked[: match.start()].endswith("끝"):
            yield correction("blank-before-mark", line.start + match.start(), match.group(), "")
    if not script.is_exact or attachment_head(line.text) is not None:
        return
    mark = read_mark(line.text)
    at = mark.text_at if mark else 0
    rest = line.masked[at:]
    gaps = [
        m
        for m in _DOUBLE.finditer(rest)
        if not re.match(r"끝|[-<(〈]\s?끝|\d+\s*$|\)|[,.]", rest[m.end() :])
    ]
    # More blanks than two set columns; an office file that holds them was laid out with them.
    is_columns = any(len(gap.group()) > 2 for gap in gaps) and (
        len(gaps) > 1 or line.block is not None
    )
    if is_columns or _SPACED_LABEL.match(rest) or rest.replace(" ", "").isdigit():
        return
    for gap in gaps:
        yield correction("blank-double", line.start + at + gap.start(), gap.group(), " ")


def _full_width(line: Line) -> Iterator[Found]:
    for match in _FULL_WIDTH.finditer(line.masked):
        wanted = unicodedata.normalize("NFKC", match.group())
        yield correction("full-width", line.start + match.start(), match.group(), wanted)


def _units(line: Line) -> Iterator[Found]:
    for match in _UNIT.finditer(line.masked):
        wanted = _WRONG_UNITS.get(match["unit"])
        if wanted:
            yield correction("unit-symbol", line.start + match.start("unit"), match["unit"], wanted)
    for match in _ILLEGAL.finditer(line.masked):
        start = line.start + match.start("unit")
        yield Found(
            rule="unit-legal",
            start=start,
            end=start + len(match["unit"]),
            facts={"found": match["unit"], "wanted": _LEGAL.get(match["unit"], "m, cm, km 따위")},
        )


def _mixed_units(script: Script) -> Iterator[Found]:
    """A unit that is written close here and apart there takes the form that is more common."""
    places = [
        (line, match)
        for line in script.shown()
        if not line.is_table
        for match in _MEASURED.finditer(line.masked)
    ]
    counts = Counter((match["unit"], bool(match["gap"])) for _, match in places)
    for line, match in places:
        unit, is_apart = match["unit"], bool(match["gap"])
        mine, other = counts[unit, is_apart], counts[unit, not is_apart]
        if other > mine or (other == mine and is_apart):
            wanted = match["number"] + ("" if is_apart else " ") + unit
            yield correction("unit-mixed", line.start + match.start(), match.group(), wanted)


def _phones(line: Line) -> Iterator[Found]:
    for match in _PHONE.finditer(line.masked):
        wanted = f"{match['area']}-{match['middle']}-{match['last']}"
        if match.group() != wanted:
            yield correction("phone-form", line.start + match.start(), match.group(), wanted)


def _brackets(script: Script) -> Iterator[Found]:
    """Brackets that do not close, over lines: a sentence may be wrapped inside one."""
    if not script.is_exact:
        return
    opened: list[tuple[str, int]] = []
    for sign, at in _signs(script):
        if sign in _OPENING:
            opened.append((sign, at))
        elif opened and opened[-1][0] == _PAIRS[sign]:
            opened.pop()
        elif sign != ")" or not _is_numbered(script.text, at):
            yield _open_bracket(sign, at)
    yield from (_open_bracket(sign, at) for sign, at in opened)


def _signs(script: Script) -> Iterator[tuple[str, int]]:
    """Yield every bracket outside tables, those of an item's mark left out."""
    for line in script.shown():
        mark = read_mark(line.text)
        begin = mark.end if mark else 0
        for at, sign in enumerate(line.masked[begin:], begin):
            if not line.is_table and (sign in _OPENING or sign in _PAIRS):
                yield sign, line.start + at


def _is_numbered(text: str, at: int) -> bool:
    """Return whether the bracket at `at` closes a mark inside a sentence, as in `1) 가`."""
    return bool(re.search(r"(?:^|[\s,·])(?:\d{1,2}|[가-하])$", text[max(at - 4, 0) : at]))


def _open_bracket(sign: str, at: int) -> Found:
    return Found(rule="bracket-open", start=at, end=at + 1, facts={"found": sign})
