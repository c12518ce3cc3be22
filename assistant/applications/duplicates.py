"""Applications that are likely the same product, each pair with what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from assistant.applications.folding import same_name
from assistant.applications.selection import SelectionRow
from assistant.applications.sketches import HASHES, resemblance

LIKE_TECHNOLOGY = 0.6  # share of letter pairs
LIKE_TEXT = 0.7  # share of text; forms alone make up far less
_BAND = 4
_CROWD = 200  # more rows than this under one key are no sign of likeness

ReasonCode = Literal["same_item_and_technology", "similar_text", "same_patents", "same_product"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateReason:
    """What two applications have in common; `share` is 1 for what is equal."""

    code: ReasonCode
    detail: str
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyDuplicate:
    """Two applications to be looked at together; the first came earlier in the table."""

    first: str
    second: str
    reasons: tuple[DuplicateReason, ...]


def duplicates(rows: Sequence[SelectionRow]) -> tuple[LikelyDuplicate, ...]:
    """Return the pairs that are likely duplicates, those with most reasons first.

    The time grows with the number of pairs that share something, not with all pairs.
    """
    order = {row.item_id: place for place, row in enumerate(rows)}
    by_id = {row.item_id: row for row in rows}
    reasons: dict[tuple[str, str], list[DuplicateReason]] = defaultdict(list)
    for first, second in sorted(_candidates(rows, order), key=lambda p: (order[p[0]], order[p[1]])):
        found = [*_compared(by_id[first], by_id[second])]
        if found:
            reasons[first, second] = found
    pairs = [
        LikelyDuplicate(first=first, second=second, reasons=tuple(found))
        for (first, second), found in reasons.items()
    ]
    return tuple(sorted(pairs, key=lambda pair: -sum(r.share for r in pair.reasons)))


def _candidates(rows: Sequence[SelectionRow], order: dict[str, int]) -> set[tuple[str, str]]:
    holders: dict[tuple[str, object], list[str]] = defaultdict(list)
    for row in rows:
        for key in set(_keys(row)):
            holders[key].append(row.item_id)
    pairs: set[tuple[str, str]] = set()
    for held in holders.values():
        if 1 < len(held) <= _CROWD:
            pairs.update(combinations(sorted(held, key=order.__getitem__), 2))
    return pairs


def _keys(row: SelectionRow) -> Iterator[tuple[str, object]]:
    """Yield what a likely duplicate has in common with a row in at least one point."""
    for column in ("item_code", "patents", "product"):
        for value in row.values(column):
            yield column, same_name(value)
    sketch = row.result.sketch
    if len(sketch) == HASHES:
        for start in range(0, HASHES, _BAND):
            yield f"text{start}", sketch[start : start + _BAND]


def _compared(one: SelectionRow, other: SelectionRow) -> Iterator[DuplicateReason]:
    items = _shared(one.values("item_code"), other.values("item_code"))
    likeness = _technology(one.values("technology"), other.values("technology"))
    if items and likeness >= LIKE_TECHNOLOGY:
        detail = f"{', '.join(items)} / {', '.join(one.values('technology'))}"
        yield DuplicateReason(
            code="same_item_and_technology", detail=detail, share=round(likeness, 2)
        )
    if patents := _shared(one.values("patents"), other.values("patents")):
        yield DuplicateReason(code="same_patents", detail=", ".join(patents))
    if _same(one.values("product"), other.values("product")) and _same(
        one.values("company"), other.values("company")
    ):
        yield DuplicateReason(code="same_product", detail=", ".join(one.values("product")))
    share = resemblance(one.result.sketch, other.result.sketch)
    if share >= LIKE_TEXT:
        yield DuplicateReason(code="similar_text", detail=f"{share:.0%}", share=round(share, 2))


def _shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    held = set(other)
    return [value for value in one if value in held]


def _same(one: Iterable[str], other: Iterable[str]) -> bool:
    return bool({same_name(value) for value in one} & {same_name(value) for value in other})


def _technology(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how alike two technologies are written, 0 to 1: shared pairs of letters."""
    first, second = _letter_pairs(one), _letter_pairs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _letter_pairs(texts: Iterable[str]) -> set[str]:
    bare = [same_name(text) for text in texts]
    return {text[at : at + 2] for text in bare for at in range(len(text) - 1)}
