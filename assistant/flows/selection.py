"""What a selection looks at over all rows of a job: one overview, computed anew each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.applications import (
    ColumnCount,
    Group,
    LikelyDuplicate,
    LimitFinding,
    MissingPapers,
    SelectionRow,
    counts,
    duplicates,
    groups,
    limits,
    missing_papers,
)
from assistant.domain import ColumnSet, JobItem

GROUPED_BY = ("track", "technology")
_COLUMNS: Mapping[str, str] = {"patent_age": "patents", "utility_age": "patents"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The aids over all rows that hold values; nothing in it is a judgement.

    `on` is the day on which limits are looked at. A group of one is left out.
    """

    on: date
    row_count: int
    duplicates: tuple[LikelyDuplicate, ...]
    limits: tuple[LimitFinding, ...]
    missing_papers: tuple[MissingPapers, ...]
    groups: tuple[Group, ...]
    counts: tuple[ColumnCount, ...]


def look_over(items: Sequence[JobItem], columns: ColumnSet, *, on: date) -> Selection:
    """Return the aids for a table; limits and groups only of columns that it has."""
    rows = [
        SelectionRow(item_id=item.item_id, result=item.result, corrections=item.corrections)
        for item in items
        if item.result is not None
    ]
    names = {column.name for column in columns.columns}
    return Selection(
        on=on,
        row_count=len(rows),
        duplicates=duplicates(rows),
        limits=tuple(one for one in limits(rows, on=on) if column_of(one) in names),
        missing_papers=missing_papers(rows),
        groups=tuple(
            group
            for column in GROUPED_BY
            if column in names
            for group in groups(rows, column)
            if len(group.item_ids) > 1
        ),
        counts=counts(rows, columns),
    )


def column_of(limit: LimitFinding) -> str:
    """Return the column whose values a limit is about."""
    return _COLUMNS.get(limit.code, limit.code)
