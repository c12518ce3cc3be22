"""Answer without a model: the sentences of the passages that answer best, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.domain import Passage, SectionKind, Span
from assistant.law.articles import PARAGRAPH_MARKS
from assistant.law.question import QuestionShape, defines, gives
from assistant.text import normalise, squeeze, strip_amendment_marks

PASSAGES_READ = 5
RANK_WEIGHT = (1.0, 0.82, 0.7, 0.6, 0.52)
UNIT_MAX_CHARS = 330
MIN_SHARE = 0.45
PER_PASSAGE = 5
SENTENCES = 8
ITEMS = 8  # of lists, beside the sentences
JOINT_CHARS = 2  # a blank line between sentences of two passages
HIT_BONUS = 0.35
FIGURE_BONUS = 0.5
DEFINITION_BONUS = 1.5
ITEM_SHARE = 0.75  # of the worth of a list's head, for its items, where a list is asked for
HEADING_SHARE = 0.25  # of the weight of a word that stands in the heading alone
EXCEPTION_SHARE = 0.6  # of the worth of a sentence, for the exception that follows it
LONG_CHARS = 80
LONG_BY = 240

_ITEM = r"\d+(?:의\d+)?\.(?=\s)"
_SUBITEM = r"[가-하]\.(?=\s)"
_MARK = re.compile(rf"\s*(?:[{PARAGRAPH_MARKS}]|{_ITEM}|{_SUBITEM}|[-*•○□ㅇ](?=\s))\s*")
_ITEM_MARK = re.compile(_ITEM)
_SUBITEM_MARK = re.compile(_SUBITEM)
_HEAD = re.compile(r"다음|아래|각\s*[호목]|가지")
_DELETED = re.compile(r"삭제(?:\s*<[^>]*>)?")
_LEANS = re.compile(r"(?:다만|이\s*경우|그러나|단),?\s")

Units = Callable[[str], Sequence[Span]]
Heads: TypeAlias = "dict[int, _Unit]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A verbatim span of a passage chosen for an answer."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A sentence or an item of a list.

    `rests_on` is the unit without which this one says nothing: the head of its list, or the
    sentence to which it is the exception.
    """

    rank: int
    start: int
    end: int
    worth: float
    is_item: bool = False
    in_item: bool = False
    rests_on: _Unit | None = None

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def place(self) -> tuple[int, int]:
        return self.rank, self.start


def extract(
    passages: Sequence[Passage],
    *,
    terms: Mapping[str, float],
    shape: QuestionShape,
    units: Units,
    max_chars: int,
) -> tuple[Extract, ...]:
    """Return the best sentences within `max_chars`, in the order of the passages.

    An item comes with the head of its list, an exception with its sentence, where there is room.

    Args:
        passages: in rank order.
        terms: words of the question with their weights.
        shape: what the question asks for.
        units: cuts a section's text into its sentences, 항, 호 and 목.
        max_chars: of all sentences together, spaces between them included.
    """
    found: list[_Unit] = []
    for rank, passage in enumerate(passages[:PASSAGES_READ]):
        found += _scored(passage, rank, terms=terms, shape=shape, units=units(passage.text))
    if not found:
        return ()
    chosen = _chosen(found, max_chars)
    places = {unit.place for unit in chosen}
    return tuple(
        _marked(passages[unit.rank], unit, places)
        for unit in sorted(chosen, key=lambda unit: unit.place)
    )


def _marked(passage: Passage, unit: _Unit, places: set[tuple[int, int]]) -> Extract:
    """Leave out the ①, 1. or 가. that stands before the words, but below the head of its list."""
    head = unit.rests_on
    mark = _MARK.match(passage.text, unit.start, unit.end)
    keeps = unit.is_item and head is not None and head.place in places
    start = unit.start if mark is None or keeps else mark.end()
    return Extract(passage=passage, start=start, end=unit.end)


def _scored(
    passage: Passage,
    rank: int,
    *,
    terms: Mapping[str, float],
    shape: QuestionShape,
    units: Sequence[Span],
) -> list[_Unit]:
    scored: list[_Unit] = []
    heads: dict[int, _Unit] = {}  # by depth: the last sentence that may head a list
    before: _Unit | None = None
    for span in units:
        raw = passage.text[span.start : span.end]
        if _is_empty(raw):
            continue
        if _is_heading(passage, span, raw):
            heads, before = {}, None
            continue
        depth = 1 if _ITEM_MARK.match(raw) else 2 if _SUBITEM_MARK.match(raw) else 0
        leans = before is not None and _leans(passage.text, before, span)
        head = before if leans else heads.get(depth - 1)
        worth = _worth(passage, span, raw, terms=terms, shape=shape) * RANK_WEIGHT[rank]
        if leans and before is not None:
            worth = max(worth, EXCEPTION_SHARE * before.worth)
        elif head is not None and shape.lists:
            worth = max(worth, ITEM_SHARE * head.worth)
        known = heads.get(depth)
        goes_on = known is not None and "\n" not in passage.text[known.end : span.start]
        announces = not leans and (not goes_on or _HEAD.search(raw) is not None)
        before = _Unit(
            rank=rank,
            start=span.start,
            end=span.end,
            worth=worth,
            is_item=depth > 0,
            in_item=depth > 0 or (leans and before is not None and before.in_item),
            rests_on=head,
        )
        scored.append(before)
        heads = _heads(heads, before, depth, announces=announces)
    return scored


def _leans(text: str, before: _Unit, span: Span) -> bool:
    """Return whether a unit goes on in the line of an item, or limits the sentence before it."""
    goes_on = "\n" not in text[before.end : span.start]
    return goes_on and (before.in_item or _LEANS.match(text, span.start, span.end) is not None)


def _heads(heads: Mapping[int, _Unit], unit: _Unit, depth: int, *, announces: bool) -> Heads:
    """Return what may head the units that follow, by depth.

    `announces` is false of a further sentence of a line whose first one announces the list.
    """
    if not announces:
        return dict(heads)
    return {level: head for level, head in heads.items() if level < depth} | {depth: unit}


def _worth(
    passage: Passage, span: Span, raw: str, *, terms: Mapping[str, float], shape: QuestionShape
) -> float:
    total = sum(terms.values()) or 1.0
    folded = squeeze(strip_amendment_marks(raw))
    heading = squeeze(passage.heading)
    worth = sum(weight for word, weight in terms.items() if word in folded) / total
    # What the heading names, the sentences below it do not repeat.
    below = (w for word, w in terms.items() if word in heading and word not in folded)
    worth += HEADING_SHARE * sum(below) / total
    worth += FIGURE_BONUS * any(gives(kind, raw) for kind in shape.expects)
    worth += DEFINITION_BONUS * any(defines(term, raw) for term in shape.defines)
    worth += _hit_bonus(passage, span)
    # A long sentence holds many words by chance and uses up the room.
    return worth / (1 + math.log1p(max(0, len(folded) - LONG_CHARS) / LONG_BY))


def _is_empty(raw: str) -> bool:
    """Return whether nothing but marks of amendments and numbering stands in a unit."""
    mark = _MARK.match(raw)
    words = strip_amendment_marks(raw[mark.end() :] if mark else raw).strip(" .")
    return not words or _DELETED.fullmatch(words) is not None


def _is_heading(passage: Passage, unit: Span, raw: str) -> bool:
    """Return whether a unit names what follows: a title, a caption, the head of a table."""
    if unit.start == 0 and (
        passage.section_kind is SectionKind.ARTICLE or normalise(raw) == passage.label
    ):
        return "\n" in passage.text
    following = passage.text[unit.end : unit.end + 8].lstrip("\n")
    is_row = raw.startswith("|")
    return (
        (len(raw) < 8 and not _MARK.match(raw))
        or raw.startswith("| ---")
        or following.startswith("| ---")
        or (following.startswith("|") and not is_row)
    )


def _hit_bonus(passage: Passage, unit: Span) -> float:
    for place, hit in enumerate(passage.hits[:3]):
        if hit.start <= unit.start < hit.end:
            return HIT_BONUS / (place + 1)
    return 0.0


def _chosen(found: Sequence[_Unit], max_chars: int) -> list[_Unit]:
    """Take the best sentence of each good passage first, then whatever is best."""
    best = max(unit.worth for unit in found)
    firsts: list[_Unit] = []
    for rank in sorted({unit.rank for unit in found}):
        firsts.append(max((u for u in found if u.rank == rank), key=lambda unit: unit.worth))
    rest = sorted(found, key=lambda unit: -unit.worth)
    chosen: dict[tuple[int, int], _Unit] = {}
    for unit in [*firsts[:3], *rest]:
        if unit.place in chosen or unit.worth < MIN_SHARE * best:
            continue
        together = [one for one in _with_frame(unit) if one.place not in chosen]
        for group in (together, [unit]):
            if _fit(group, list(chosen.values()), max_chars):
                chosen |= {one.place: one for one in group}
                break
    return list(chosen.values())


def _with_frame(unit: _Unit) -> list[_Unit]:
    frame = [unit]
    while frame[-1].rests_on is not None:
        frame.append(frame[-1].rests_on)
    return frame


def _fit(group: Sequence[_Unit], chosen: Sequence[_Unit], max_chars: int) -> bool:
    """Return whether units can join the chosen ones without making the answer too long."""
    joined = [*chosen, *group]
    sentences = [unit for unit in joined if not unit.is_item]
    own = [unit for unit in sentences if unit.rank == group[0].rank]
    return (
        sum(unit.length + JOINT_CHARS for unit in joined) <= max_chars
        and (not chosen or all(unit.length <= UNIT_MAX_CHARS for unit in group))
        and len(joined) - len(sentences) <= ITEMS
        and len(sentences) <= SENTENCES
        and len(own) <= PER_PASSAGE
    )
