"""Answer without a model: the sentences of the passages that answer best, verbatim."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
JOINT_CHARS = 2  # a blank line between sentences of two passages
HIT_BONUS = 0.35
FIGURE_BONUS = 0.5
DEFINITION_BONUS = 1.5

_MARK = re.compile(
    rf"\s*(?:[{PARAGRAPH_MARKS}]|\d+(?:의\d+)?\.(?=\s)|[가-하]\.(?=\s)|[-*•○□ㅇ](?=\s))\s*"
)

Units = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A verbatim span of a passage chosen for an answer."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    rank: int
    start: int
    end: int
    worth: float

    @property
    def length(self) -> int:
        return self.end - self.start


def extract(
    passages: Sequence[Passage],
    *,
    terms: Mapping[str, float],
    shape: QuestionShape,
    units: Units,
    max_chars: int,
) -> tuple[Extract, ...]:
    """Return the best sentences within `max_chars`, in the order of the passages.

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
    return tuple(
        _without_mark(passages[unit.rank], unit)
        for unit in sorted(chosen, key=lambda unit: (unit.rank, unit.start))
    )


def _without_mark(passage: Passage, unit: _Unit) -> Extract:
    """Leave out the ①, 1. or 가. that stands before the words: it says nothing out of its list."""
    mark = _MARK.match(passage.text, unit.start, unit.end)
    return Extract(passage=passage, start=mark.end() if mark else unit.start, end=unit.end)


def _scored(
    passage: Passage,
    rank: int,
    *,
    terms: Mapping[str, float],
    shape: QuestionShape,
    units: Sequence[Span],
) -> list[_Unit]:
    total = sum(terms.values()) or 1.0
    scored: list[_Unit] = []
    for unit in units:
        raw = passage.text[unit.start : unit.end]
        if _is_heading(passage, unit, raw):
            continue
        folded = squeeze(strip_amendment_marks(raw))
        share = sum(weight for word, weight in terms.items() if word in folded) / total
        worth = share
        worth += FIGURE_BONUS * any(gives(kind, raw) for kind in shape.expects)
        worth += DEFINITION_BONUS * any(defines(term, raw) for term in shape.defines)
        worth += _hit_bonus(passage, unit)
        # A long sentence holds many words by chance and uses up the room.
        worth /= 1 + math.log1p(max(0, len(folded) - 80) / 120)
        scored.append(
            _Unit(rank=rank, start=unit.start, end=unit.end, worth=worth * RANK_WEIGHT[rank])
        )
    return scored


def _is_heading(passage: Passage, unit: Span, raw: str) -> bool:
    """Return whether a unit names what follows: a title, a caption, the head of a table."""
    if unit.start == 0 and (
        passage.section_kind is SectionKind.ARTICLE or normalise(raw) == passage.label
    ):
        return "\n" in passage.text
    following = passage.text[unit.end : unit.end + 8].lstrip("\n")
    is_row = raw.startswith("|")
    return (
        len(raw) < 8
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
    room = max_chars
    best = max(unit.worth for unit in found)
    chosen: list[_Unit] = []
    firsts: list[_Unit] = []
    for rank in sorted({unit.rank for unit in found}):
        own = [unit for unit in found if unit.rank == rank]
        firsts.append(max(own, key=lambda unit: unit.worth))
    rest = sorted(found, key=lambda unit: -unit.worth)
    for unit in [*firsts[:3], *rest]:
        fits = unit.length + JOINT_CHARS <= room and (unit.length <= UNIT_MAX_CHARS or not chosen)
        taken = sum(other.rank == unit.rank for other in chosen)
        if unit in chosen or not fits or taken >= PER_PASSAGE or len(chosen) >= SENTENCES:
            continue
        if unit.worth >= MIN_SHARE * best:
            chosen.append(unit)
            room -= unit.length + JOINT_CHARS
    return chosen
