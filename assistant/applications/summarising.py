"""A summary without a model: what an official asks first, each line on the words that say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import CellEvidence, CellStatus, ColumnSet, ColumnType, ItemCell
from assistant.text import truncate

MAX_LINES = 10
MAX_CHARS = 160
# What an official asks first; columns of other tables follow in their own order.
_FIRST = (
    "product", "company", "technology", "innovation", "public_value", "trl", "price",
    "institutions", "patents", "certificates",
)  # fmt: skip
_PER_PASSAGE_COLUMN = 2
_CITED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """A line in 개조식 made of found values; `is_verbatim` when the document says it so."""

    text: str
    evidence: tuple[CellEvidence, ...]
    is_verbatim: bool


def summary_lines(cells: Sequence[ItemCell], columns: ColumnSet) -> list[SummaryLine]:
    """Return up to ten lines made of what was found; nothing that is doubtful has a share in it."""
    lines: list[SummaryLine] = []
    for cell in _ordered(cells, columns):
        column = columns.column(cell.column)
        if column.type is ColumnType.PASSAGE:
            lines += [
                SummaryLine(
                    text=f"○ {truncate(value.display, MAX_CHARS)}",
                    evidence=(value.evidence,),
                    is_verbatim=True,
                )
                for value in cell.values[:_PER_PASSAGE_COLUMN]
            ]
        else:
            lines.append(
                SummaryLine(
                    text=f"○ {column.label}: {truncate(cell.display, MAX_CHARS)}",
                    evidence=tuple(value.evidence for value in cell.values[:_CITED]),
                    is_verbatim=False,
                )
            )
    return lines[:MAX_LINES]


def _ordered(cells: Sequence[ItemCell], columns: ColumnSet) -> list[ItemCell]:
    known = {column.name for column in columns.columns}
    stated = [c for c in cells if c.column in known and c.status is CellStatus.FOUND]
    rank = {name: place for place, name in enumerate(_FIRST)}
    return sorted(stated, key=lambda cell: rank.get(cell.column, len(rank)))
