"""What a selection looks at over all rows: limits, missing papers, groups and counts.

Everything is computed from the cells; nothing here judges a product. A person's correction of a
cell counts before what was read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.applications.folding import same_name
from assistant.domain import (
    CellCorrection,
    CellStatus,
    ColumnSet,
    ItemResult,
    PaperFound,
    PaperNeed,
    PaperPresence,
)

RULE = "혁신제품 구매 운영 규정"
PATENT_YEARS = 7  # 제11조제5항: from the registration of a patent
UTILITY_YEARS = 3  # 제11조제5항: of a utility model
TRL_RANGE = (7, 9)  # 별지 13의4: 시제품
FOREIGN_PERCENT = 50.0  # 제17조: of the direct cost of materials
UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionRow:
    """One application among those that are compared, with the corrections that hold for it."""

    item_id: str
    result: ItemResult
    corrections: tuple[CellCorrection, ...] = ()

    def values(self, column: str) -> tuple[str, ...]:
        """Return the canonical values of a column; several of a contradiction all count."""
        for correction in self.corrections:
            if correction.column == column:
                return tuple(v.strip() for v in correction.value.split(";") if v.strip())
        return tuple(value.value for value in self.result.cell(column).values)

    def is_sure(self, column: str) -> bool:
        """Whether a person or the file itself says it, without a contradiction."""
        if any(correction.column == column for correction in self.corrections):
            return True
        return self.result.cell(column).status is CellStatus.FOUND

    @property
    def patents(self) -> tuple[tuple[str, str], ...]:
        """Patents with their dates of registration, "" where the file does not pair them.

        Number and date belong together when they stand in the same row of a table, or when there
        is one of each.
        """
        numbers = self.result.cell("patents").values
        dates = self.result.cell("patent_registered").values
        by_place = {(v.evidence.block, v.evidence.row): v.value for v in dates}
        if len(numbers) == len(dates) == 1:
            return ((numbers[0].value, dates[0].value),)
        return tuple(
            (n.value, by_place.get((n.evidence.block, n.evidence.row), UNKNOWN)) for n in numbers
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFinding:
    """A limit of the rules that a row is beyond, or of which the row does not say enough.

    `code` is patent_age, utility_age, trl or foreign_parts; `is_known` False means that the value
    is missing, contradictory or to be confirmed. `basis` names the rule.
    """

    item_id: str
    code: str
    value: str
    limit: str
    basis: str
    is_known: bool = True


def limits(rows: Sequence[SelectionRow], *, on: date) -> tuple[LimitFinding, ...]:
    """Return the limits that rows are beyond on a day (접수마감일), and those not known.

    Source: 혁신제품 구매 운영 규정 제11조제5항, 제17조, 별지 13의4.
    """
    return tuple(
        finding
        for row in rows
        for finding in (
            *_patent_ages(row, on),
            *_number(row, "trl", TRL_RANGE, "별지 제13호의4서식"),
            *_number(row, "foreign_parts", (0, FOREIGN_PERCENT), "제17조"),
        )
    )


def _number(
    row: SelectionRow, column: str, bounds: tuple[float, float], basis: str
) -> list[LimitFinding]:
    low, high = bounds
    values = row.values(column)
    limit = f"{low:g}~{high:g}"
    held = [float(value) for value in values if _is_number(value)]
    beyond = [value for value in held if not low <= value <= high]
    is_known = bool(held) and row.is_sure(column)
    if not beyond and is_known:
        return []
    return [
        LimitFinding(
            item_id=row.item_id,
            code=column,
            value=", ".join(values),
            limit=limit,
            basis=f"「{RULE}」 {basis}",
            is_known=is_known,
        )
    ]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _patent_ages(row: SelectionRow, on: date) -> list[LimitFinding]:
    """Return the patents that are too old; a product needs one that is not."""
    findings = []
    for number, registered in row.patents:
        is_utility = number.startswith("20-")
        years = UTILITY_YEARS if is_utility else PATENT_YEARS
        code = "utility_age" if is_utility else "patent_age"
        try:
            day = date.fromisoformat(registered)
        except ValueError:
            day = None
        if day is not None and on <= _after(day, years):
            continue
        findings.append(
            LimitFinding(
                item_id=row.item_id,
                code=code,
                value=f"{number} ({registered})" if registered else number,
                limit=f"{years}",
                basis=f"「{RULE}」 제11조제5항",
                is_known=day is not None,
            )
        )
    return findings


def _after(day: date, years: int) -> date:
    """Return the same day some years later, 28 February for a leap day.

    >>> _after(date(2020, 2, 29), 7)
    datetime.date(2027, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPapers:
    """Papers that a row lacks: always required ones, and those to be asked about."""

    item_id: str
    missing: tuple[PaperFound, ...]
    unclear: tuple[PaperFound, ...]


def missing_papers(rows: Sequence[SelectionRow]) -> tuple[MissingPapers, ...]:
    """Return for each row the papers marked as not handed in, and those it does not mention.

    A paper that is required only where it applies counts as missing when the file says so; when
    it is not mentioned, nothing can be said. Source: 혁신제품 구매 운영 규정 별표 2.
    """
    found = []
    for row in rows:
        papers = row.result.papers
        missing = tuple(p for p in papers if p.presence is PaperPresence.MISSING)
        unclear = tuple(
            p
            for p in papers
            if p.presence is PaperPresence.NOT_MENTIONED and p.need is PaperNeed.ALWAYS
        )
        if missing or unclear:
            found.append(MissingPapers(item_id=row.item_id, missing=missing, unclear=unclear))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that share a value; `label` is how the first of them writes it, "" for not stated."""

    column: str
    label: str
    item_ids: tuple[str, ...]


def groups(rows: Sequence[SelectionRow], column: str) -> tuple[Group, ...]:
    """Return the rows grouped by a column, largest group first; spelling does not part them."""
    labels: dict[str, str] = {}
    held: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        values = row.values(column) or (UNKNOWN,)
        for value in dict.fromkeys(values):
            key = same_name(value) if value else UNKNOWN
            labels.setdefault(key, value)
            held[key].append(row.item_id)
    ordered = sorted(held, key=lambda key: (key == UNKNOWN, -len(held[key]), labels[key]))
    return tuple(
        Group(column=column, label=labels[key], item_ids=tuple(held[key])) for key in ordered
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCount:
    """How the cells of a column stand over all rows."""

    column: str
    by_status: Mapping[CellStatus, int]

    @property
    def total(self) -> int:
        """Number of rows."""
        return sum(self.by_status.values())


def counts(rows: Sequence[SelectionRow], columns: ColumnSet) -> tuple[ColumnCount, ...]:
    """Return for each column how many rows state it, leave it open or contradict themselves."""
    return tuple(
        ColumnCount(
            column=column.name,
            by_status=Counter(row.result.cell(column.name).status for row in rows),
        )
        for column in columns.columns
    )
