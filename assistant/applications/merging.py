"""From candidates to a cell: the same value said twice is one, two values are a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assistant.applications.rules import Candidate, Searched
from assistant.applications.spots import Strength
from assistant.applications.values import WORDS, is_same
from assistant.domain import CellStatus, CellValue, Column, ColumnSet, ColumnType, ItemCell

MAX_SIDES = 4
MAX_VALUES = 40
MAX_PASSAGES = 5
_DOUBTS = ("unit_assumed",)

Texts = Mapping[tuple[int, int | None, int | None], str]


def cells(
    searched: Searched, columns: ColumnSet, *, texts: Texts, file_name: str
) -> tuple[ItemCell, ...]:
    """Return one cell for each column, from what rules found.

    Args:
        searched: What `rules.search` gave.
        columns: Whose order the cells have.
        texts: The text of every place as it stands in the document (`layout.texts`).
        file_name: Of the document, for the evidence.
    """
    return tuple(
        _cell(
            column,
            _pool(column, searched.candidates.get(column.name, ())),
            searched.unread.get(column.name),
            texts=texts,
            file_name=file_name,
        )
        for column in columns.columns
    )


def _pool(column: Column, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that count: for words the surest alone, for figures all sure ones.

    What stands right after orders to an assistant counts only where nothing farther off says a
    value.
    """
    if not found:
        return []
    least_doubt = min(one.place.doubt for one in found)
    if not column.many or not least_doubt:
        found = [one for one in found if one.place.doubt == least_doubt]
    best = max(one.strength for one in found)
    if column.type in WORDS and column.type is not ColumnType.PASSAGE:
        return [one for one in found if one.strength == best]
    least = min(best, Strength.TOLD)
    return [one for one in found if one.strength >= least]


def _cell(
    column: Column,
    pool: Sequence[Candidate],
    unread: str | None,
    *,
    texts: Texts,
    file_name: str,
) -> ItemCell:
    if not pool:
        reason = "absent" if unread is None else "unreadable_value" if unread else "blank"
        return ItemCell(
            column=column.name, status=CellStatus.NOT_STATED, reason=reason, note=unread or ""
        )
    chosen, is_conflict = _several(column, pool) if column.many else _single(column, pool)
    values = tuple(as_value(one, texts=texts, file_name=file_name) for one in chosen)
    if is_conflict:
        return ItemCell(
            column=column.name,
            status=CellStatus.CONFLICTING,
            values=values,
            reason="two_values",
        )
    status, reason = _standing(chosen)
    return ItemCell(column=column.name, status=status, values=values, reason=reason)


def _standing(chosen: Sequence[Candidate]) -> tuple[CellStatus, str]:
    flags = [one.reading.flag for one in chosen if one.reading.flag]
    if any(one.place.is_doubtful for one in chosen):
        return CellStatus.INFERRED, "near_orders"
    if all(one.place.is_ocr for one in chosen):
        return CellStatus.INFERRED, "read_off_picture"
    if doubt := next((flag for flag in flags if flag in _DOUBTS), ""):
        return CellStatus.INFERRED, doubt
    if flags:
        return CellStatus.FOUND, flags[0]
    is_paired = any(one.strength is not Strength.TOLD for one in chosen)
    return CellStatus.FOUND, "label" if is_paired else "pattern"


def _single(column: Column, pool: Sequence[Candidate]) -> tuple[list[Candidate], bool]:
    groups = _grouped(column, pool)
    sides = [_surest(group) for group in groups]
    return sides[:MAX_SIDES], len(sides) > 1


def _grouped(column: Column, pool: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for one in pool:
        for group in groups:
            if any(is_same(column, one.reading.value, other.reading.value) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _surest(group: Sequence[Candidate]) -> Candidate:
    """Return the candidate that speaks for a group: the surest, undoubted and first one."""
    return max(group, key=lambda one: (one.strength, not one.reading.flag, not one.place.is_ocr))


def _several(column: Column, pool: Sequence[Candidate]) -> tuple[list[Candidate], bool]:
    """Return the values of a list, each once; two values for the same year are a conflict."""
    groups = _grouped_by_year(column, pool)
    chosen = [_surest(group) for group in groups]
    years = [one.qualifier for one in chosen if one.qualifier]
    is_conflict = len(years) != len(set(years))
    if years and not is_conflict:
        chosen = [one for one in chosen if one.qualifier]
    limit = MAX_PASSAGES if column.type is ColumnType.PASSAGE else MAX_VALUES
    return chosen[:limit], is_conflict


def _grouped_by_year(column: Column, pool: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for one in pool:
        for group in groups:
            first = group[0]
            is_year = one.qualifier == first.qualifier or not one.qualifier
            if is_year and (
                one.reading.value == first.reading.value
                or (
                    column.type in WORDS and is_same(column, one.reading.value, first.reading.value)
                )
            ):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def as_value(
    one: Candidate, *, texts: Texts, file_name: str, by: Literal["rule", "model"] = "rule"
) -> CellValue:
    """Return a candidate as a value with the words of the document that say it."""
    place = one.place
    source = texts[place.block, place.row, place.column]
    evidence = place.evidence(
        one.reading.start,
        one.reading.end,
        source=source,
        file_name=file_name,
        label=one.label,
    )
    return CellValue(
        value=one.reading.value,
        display=one.reading.display,
        raw=evidence.quote,
        evidence=evidence,
        by=by,
        qualifier=one.qualifier,
    )


def as_doubtful(cell: ItemCell, reason: str) -> ItemCell:
    """Return a cell as one that a person has to confirm."""
    return replace(cell, status=CellStatus.INFERRED, reason=reason)
