"""Values in running text: `label: value`, (label) value, below a heading, and in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.applications.folding import fold
from assistant.applications.labels import Label, Labels
from assistant.applications.layout import Place
from assistant.applications.spots import Spot, Strength, is_of_others
from assistant.applications.values import WORDS
from assistant.domain import Column, ColumnType

_COLON = re.compile(r"\s{0,3}[:=→▶]\s{0,3}|\s{0,2}\|\s{0,3}|\t+")
_OTHER_PAIR = re.compile(r"(?:\s{2,}|\s*[,/|;]\s*)[가-힣A-Za-z][가-힣A-Za-z \-]{1,14}\s?[:=]\s")
_OPEN = re.compile(r"^[\s\-·•▪▶▷◆◇■□○●ㅇ※*>☞❍◦\d.)①-⑳]*[(\[【〔<「]?\s?$")
_CLOSED = re.compile(r"^\s?[)\]】〕>」]\s{0,2}[:=]?\s{0,3}(?=\S)")
_GAP = re.compile(r"^(?:\s{2,}|\t)(?=\S)")
_SPACE = re.compile(r"^\s(?=\S)")
_PARTICLE = re.compile(r"^(?:은|는|이|가|으로는|로는)\s+")
_TOPIC = re.compile(r"^(?:은|는|으로는|로는)\s+")
# Words are the value of a label only where the sentence equates the two: 제품명은 … 이며.
_EQUATED = re.compile(
    r"\s?(?:이며|이고|입니다|이다|으로서|로서|이라는|라는|이라고|라고|임(?=[\s.,]|$)|인\s|에\s?해당)"
)
_LIST_EQUATED = re.compile(r"\s?(?:등(?:이|으로|에|의|임)|이며|이고|입니다|이다|임(?=[\s.]|$))")
_SENTENCE_END = re.compile(r"(?<=[다음함임됨])[.]\s|[.]\s(?=[가-힣]{2})|\n")
_BOUND = re.compile(
    r"^\s*(?:단계|점|%|원)?\s*(?:\)?\s*(?:이상|이하|미만|초과|~|에서|부터|였|이었|수준이었)|"
    r"(?:을|를)?\s*(?:목표|달성\s?(?:예정|계획|목표)))"
)
_STATED = re.compile(r"[다음함됨][.]")
_PARTED = re.compile(r"[:=/|,]\s{0,2}$")
_TOLD_WINDOW = 40
_SURE_LABEL = 3  # characters, spaces within included
_NEAR_WINDOW = 14
_FEW_WORDS = 3
_SHORT_LINE = 60
_BULLETS_TAKEN = 5
_YEAR_BEFORE = re.compile(r"((?:19|20)\d{2})\s?년(?:도)?[^\n\d]{0,16}$")


@dataclass(frozen=True, slots=True)
class _Line:
    place: Place
    start: int
    text: str  # folded

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A label in a line and where what follows it begins.

    `is_pair`: something parts them; `is_loose`: it is white space alone.
    """

    start: int
    end: int
    label: Label
    is_pair: bool
    is_loose: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it is a label beyond doubt: 유형 within a sentence is a word like others."""
        return self.is_pair or len(self.label.text) >= _SURE_LABEL


def line_spots(places: Sequence[Place], labels: Labels) -> Iterator[Spot]:
    """Yield where values of the columns may stand in text that is no table, in reading order."""
    lines = [line for place in places for line in _lines(place)]
    hits = [_hits(line, labels) for line in lines]
    for number, line in enumerate(lines):
        context = line.place.heading if not line.place.is_heading else ""
        for spot in _of_line(line, hits[number]):
            if not is_of_others(spot.column, context, _clause_before(line, spot)):
                yield spot
        label = labels.match(line.text)
        if label is not None and label.columns and not any(hit.is_pair for hit in hits[number]):
            yield from _below(number, label, lines, hits, labels)


def _lines(place: Place) -> Iterator[_Line]:
    start = 0
    for text in place.text.split("\n"):
        if text.strip():
            yield _Line(place, start, fold(text))
        start += len(text) + 1


def _clause_before(line: _Line, spot: Spot) -> str:
    before = line.text[: max(0, spot.start - line.start)]
    return before[-30:]


def _hits(line: _Line, labels: Labels) -> list[_Hit]:
    found: list[_Hit] = []
    for start, end, label in labels.running(line.text):
        rest = line.text[end:]
        colon = _COLON.match(rest)
        opens = _OPEN.match(line.text[:start])
        if colon is not None:
            found.append(_Hit(start, end + colon.end(), label, is_pair=True))
        elif opens and (closed := _CLOSED.match(rest)):
            found.append(_Hit(start, end + closed.end(), label, is_pair=True))
        elif opens and (gap := _GAP.match(rest)):
            found.append(_Hit(start, end + gap.end(), label, is_pair=True, is_loose=True))
        elif opens and len(line.text) <= _SHORT_LINE and (space := _SPACE.match(rest)):
            is_short = not re.search(r"[다음함임됨][.]?$", line.text.rstrip())
            is_typed = any(column.type not in WORDS for column in label.columns)
            is_pair = is_short and (is_typed or start == 0)
            found.append(_Hit(start, end + space.end(), label, is_pair=is_pair, is_loose=True))
        else:
            found.append(_Hit(start, end, label, is_pair=False))
    return found


def _of_line(line: _Line, hits: Sequence[_Hit]) -> Iterator[Spot]:
    is_soup = _is_soup(line, hits)
    for number, hit in enumerate(hits):
        following = [other for other in hits[number + 1 :] if other.is_pair]
        limit = following[0].start if following else len(line.text)
        after = next((o.start for o in hits[number + 1 :] if o.is_told), len(line.text))
        if hit.is_loose:
            limit = min(limit, after)
        if hit.is_pair:
            stray = _OTHER_PAIR.search(line.text, hit.end, limit)
            limit = stray.start() if stray else limit
            if line.text[hit.end : limit].strip():
                yield from _spots(line, hit, hit.end, limit, Strength.PAIRED)
            continue
        if is_soup and line.text[hit.end : after].strip():
            yield from _spots(line, hit, hit.end, after, Strength.TOLD)
            continue
        yield from _told(line, hit, min(limit, after))


def _is_soup(line: _Line, hits: Sequence[_Hit]) -> bool:
    """Return whether a line is labels and values in turn with nothing between them, as scans give.

    The lines of a form that was recognised are often run together.
    """
    told = [hit for hit in hits if hit.is_told]
    if len(told) < 2 or any(hit.is_pair and not hit.is_loose for hit in hits):
        return False
    if _STATED.search(line.text):
        return False
    if _COLON.search(line.text):  # 물품분류: 세부품명 수위계 / 세부품명번호 4111230301
        return all(_PARTED.search(line.text[: hit.start]) for hit in told)
    return not any(_PARTICLE.match(line.text[hit.end :]) for hit in hits)


def _told(line: _Line, hit: _Hit, limit: int) -> Iterator[Spot]:
    """Yield what a sentence tells of a label: `단가는 1,250만원이며`."""
    ending = _SENTENCE_END.search(line.text, hit.end, limit)
    limit = ending.start() if ending else limit
    after = line.text[hit.end : hit.end + 8]
    particle = _PARTICLE.match(after)
    begin = hit.end + (particle.end() if particle else 0)
    for column in hit.label.columns:
        if column.type is ColumnType.PASSAGE or (column.type is ColumnType.CHOICE and not particle):
            continue
        if column.type is ColumnType.TEXT:
            end = _equated(column, line.text, begin, limit) if _TOPIC.match(after) else begin
            if not hit.is_told and len(line.text[begin:end].split()) > _FEW_WORDS:
                end = begin  # 모델은 …: a common word with a sentence about it
        else:
            is_wide = particle or column.type is ColumnType.DATE
            end = min(limit, begin + (_TOLD_WINDOW if is_wide else _NEAR_WINDOW))
            if end < limit:
                end = _word_end(line.text, end)
        if begin < end:
            yield from _spots(line, hit, begin, end, Strength.TOLD, only=column)


def _equated(column: Column, text: str, begin: int, limit: int) -> int:
    """Return where the words end that a sentence gives as the value, `begin` for none."""
    pattern = _LIST_EQUATED if column.many else _EQUATED
    stop = pattern.search(text, begin, limit)
    if stop is not None:
        return stop.start()
    is_before_label = limit < len(text) and text[begin:limit].rstrip().endswith(",")
    return limit if is_before_label else begin  # 제품명은 가나 수위계, 모델명은 GN-1입니다


def _word_end(text: str, at: int) -> int:
    while at < len(text) and (text[at].isalnum() or text[at] in ".-,"):
        at += 1
    return at


def is_bound(column: Column, text: str, end: int) -> bool:
    """Return whether a figure in a sentence is a limit, a goal or a range and no value."""
    if column.type not in {ColumnType.NUMBER, ColumnType.WON, ColumnType.PERCENT}:
        return False
    return bool(_BOUND.match(fold(text[end : end + 20])))


def _spots(
    line: _Line,
    hit: _Hit,
    start: int,
    end: int,
    strength: Strength,
    *,
    only: Column | None = None,
) -> Iterator[Spot]:
    year = _YEAR_BEFORE.search(line.text[: hit.start])
    for column in (only,) if only is not None else hit.label.columns:
        yield Spot(
            column=column,
            place=line.place,
            start=line.start + start,
            end=line.start + end,
            label=line.text[hit.start : hit.end].strip(" :=|\t"),
            strength=strength,
            unit=hit.label.unit,
            qualifier=year[1] if year and column.many else "",
        )


# -- below a heading ------------------------------------------------------------------------------


def _below(
    number: int,
    label: Label,
    lines: Sequence[_Line],
    hits: Sequence[Sequence[_Hit]],
    labels: Labels,
) -> Iterator[Spot]:
    """Yield what stands below a line that is nothing but a label."""
    own = lines[number].place
    for column in label.columns:
        limit = _BULLETS_TAKEN if column.many else 1
        following = zip(lines[number + 1 :], hits[number + 1 :], strict=True)
        for taken, (line, found) in enumerate(following):
            is_new_heading = line.place.is_heading and line.place is not own
            is_pair = any(hit.is_pair and hit.label.columns for hit in found[:1])
            if (
                taken >= limit
                or is_new_heading
                or is_pair
                or labels.match(line.text) is not None
                or is_of_others(column, line.place.heading)
            ):
                break
            yield Spot(
                column=column,
                place=line.place,
                start=line.start,
                end=line.end,
                label=label.text,
                strength=Strength.TOLD if column.many or not taken else Strength.WEAK,
                unit=label.unit,
            )
