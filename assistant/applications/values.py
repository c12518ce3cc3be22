"""From words to the canonical value of a column: the one place where values are made.

What a rule finds and what a model points at both go through here; no value has another origin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.applications.amounts import read_number, read_percent, read_won
from assistant.applications.choices import read_choices
from assistant.applications.dates import read_dates
from assistant.applications.folding import fold, same_name
from assistant.applications.identifiers import read_identifiers
from assistant.applications.marks import ticked
from assistant.applications.readings import Reading
from assistant.applications.texts import is_blank, read_list, read_passage, read_text
from assistant.domain import Column, ColumnType

WORDS = frozenset({ColumnType.TEXT, ColumnType.PASSAGE})
_RANGE = re.compile(r"^\s*(?:\([^()]{0,10}\)\s*)?(?:부터\s*)?(?:~|-|부터|\s에서\s)\s*$")
_NUMBER_RANGE = re.compile(r"^\s*(?:단계)?\s*~\s*$")


def read_values(column: Column, text: str, *, unit: str = "") -> tuple[Reading, ...]:
    """Return the values of a column's type that a text holds, with their places in it.

    Args:
        column: Whose type, choices and bounds count.
        text: What stands beside a label, or the words that a model quotes.
        unit: The unit that the label, the head or the caption names.
    """
    folded = fold(text)
    if column.type is not ColumnType.PASSAGE:
        boxes = ticked(folded)
        if boxes is not None:
            folded = _only(folded, boxes)
    if column.type is not ColumnType.CHOICE and is_blank(folded):
        return ()
    folded, places = _joined(column, folded)
    found = _READERS.get(column.type, _identified)(column, folded, unit)
    found = [
        replace(_bounded(column, one), start=places[one.start], end=places[one.end - 1] + 1)
        for one in found
    ]
    if column.many:
        return tuple({one.value: one for one in reversed(found)}.values())[::-1]
    return tuple(found[:1])


_BROKEN = re.compile(r"(?<=[\d.,\-])[ \t]?\n[ \t]?(?=[\d\-])")
_SPACED_GROUP = re.compile(r"(?<=\d,)\s(?=\d{3}(?!\d))")


def _joined(column: Column, text: str) -> tuple[str, Sequence[int]]:
    """Join figures that a narrow cell or a scan broke; return the places of what is left."""
    if column.many or column.type in WORDS:
        gaps: list[tuple[int, int]] = []
    else:
        gaps = [match.span() for match in _BROKEN.finditer(text)]
    if column.type is ColumnType.WON:
        gaps += [match.span() for match in _SPACED_GROUP.finditer(text)]
    if not gaps:
        return text, range(len(text))
    dropped = {place for start, end in gaps for place in range(start, end)}
    places = [place for place in range(len(text)) if place not in dropped]
    return "".join(text[place] for place in places), places


def _only(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = [" "] * len(text)
    for start, end in spans:
        kept[start:end] = text[start:end]
    return "".join(kept)


def _bounded(column: Column, reading: Reading) -> Reading:
    if column.low is None and column.high is None:
        return reading
    try:
        number = float(reading.value)
    except ValueError:
        return reading
    is_low = column.low is not None and number < column.low
    is_high = column.high is not None and number > column.high
    return replace(reading, flag="range") if is_low or is_high else reading


# -- one reader for each type ---------------------------------------------------------------------


def _text(column: Column, text: str, _unit: str) -> list[Reading]:
    if column.many:
        return [*read_list(text)]
    reading = read_text(text)
    return [reading] if reading else []


def _passage(column: Column, text: str, _unit: str) -> list[Reading]:
    """Return a text as one value; the bullets of a list are values of their own."""
    starts = [0, *(match.end() for match in _BULLET.finditer(text))] if column.many else [0]
    found = []
    for start, end in pairwise([*starts, len(text)]):
        if reading := read_passage(text[start:end]):
            found.append(replace(reading, start=reading.start + start, end=reading.end + start))
    return found


_LIMIT = re.compile(r"^\s*(?:단계|점|%)?\s*(?:이상|이하|미만|초과|이내)")


def _number(_column: Column, text: str, _unit: str) -> list[Reading]:
    found = [one for one in read_number(text) if not _LIMIT.match(text[one.end :])]
    if any(_NUMBER_RANGE.match(text[one.end : other.start]) for one, other in pairwise(found)):
        return []  # 7~9: the bounds of a form, no value
    return found


def _won(_column: Column, text: str, unit: str) -> list[Reading]:
    return [*read_won(text, unit=unit)]


def _percent(column: Column, text: str, unit: str) -> list[Reading]:
    found = read_percent(text, unit=unit or column.unit)
    return [one for one in found if not _LIMIT.match(text[one.end :])]


def _date(column: Column, text: str, _unit: str) -> list[Reading]:
    """Return dates; of a range (2021. 3. 4. ~ 2039. 5. 6.) the end that the column means."""
    found = [*read_dates(text)]
    kept: list[Reading] = []
    index = 0
    while index < len(found):
        one = found[index]
        following = found[index + 1] if index + 1 < len(found) else None
        if following is not None and _RANGE.match(text[one.end : following.start]):
            kept.append(following if column.pick == "last" else one)
            index += 2
            continue
        kept.append(one)
        index += 1
    exact = [one for one in kept if len(one.value) > _YEAR_CHARS]
    return exact or kept


_YEAR_CHARS = 4
_BULLET = re.compile(r"\n(?=\s*(?:[-·•○●◦ㅇ□■▪]|\d{1,2}[.)]|[가-하][.)]|[①-⑳]))")


def _choice(column: Column, text: str, _unit: str) -> list[Reading]:
    return [*read_choices(text, column.choices, many=column.many)]


def _identified(column: Column, text: str, _unit: str) -> list[Reading]:
    return [*read_identifiers(column.type, text)]


_READERS: dict[ColumnType, Callable[[Column, str, str], Sequence[Reading]]] = {
    ColumnType.TEXT: _text,
    ColumnType.PASSAGE: _passage,
    ColumnType.NUMBER: _number,
    ColumnType.WON: _won,
    ColumnType.PERCENT: _percent,
    ColumnType.DATE: _date,
    ColumnType.CHOICE: _choice,
}


def is_same(column: Column, one: str, other: str) -> bool:
    """Return whether two canonical values say the same.

    >>> name = Column(name="company", label="기업명", meaning="", type=ColumnType.TEXT)
    >>> is_same(name, "㈜가람누리", "주식회사 가람누리"), is_same(name, "가람", "누리")
    (True, False)
    """
    if one == other:
        return True
    if column.type in WORDS:
        first, second = same_name(one), same_name(other)
        return first == second or first in second or second in first
    if column.type is ColumnType.DATE:
        return one.startswith(other) or other.startswith(one)
    return False
