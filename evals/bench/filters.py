"""The filters under which finding is measured, for Gongmun and for the baselines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.domain import DocumentRecord, Grade, Scope, SourceKind
from assistant.store import visible_to
from evals.bench.corpus import OFFICES

DAY = date(2020, 1, 1)
FILTERS: Mapping[str, Scope] = {
    "none": Scope(),
    "kind": Scope(kinds=(SourceKind.LAW,)),
    "collection": Scope(collection_ids=("rules",)),
    "institution": Scope(institution_id=OFFICES[0]),
    "in_force_on": Scope(in_force_on=DAY),
    "grade": Scope(grades=(Grade.OPEN,)),
    "all": Scope(
        kinds=(SourceKind.LAW, SourceKind.DECREE),
        collection_ids=("rules", "inbox"),
        grades=(Grade.OPEN,),
        in_force_on=DAY,
    ),
}


def is_allowed(record: DocumentRecord, scope: Scope) -> bool:
    """Tell whether a document passes the filters, as the baselines judge it."""
    return (
        record.institution_id in visible_to(scope.institution_id)
        and (not scope.kinds or record.kind in scope.kinds)
        and (not scope.collection_ids or record.collection_id in scope.collection_ids)
        and record.grade in scope.grades
        and (
            scope.in_force_on is None
            or record.effective_from is None
            or record.effective_from <= scope.in_force_on
        )
    )


def as_where(scope: Scope) -> dict[str, object] | None:
    """Return the filters that differ from the usual ones in Chroma's own form.

    >>> as_where(Scope(kinds=(SourceKind.LAW,)))
    {'kind': {'$in': ['law']}}
    """
    usual = Scope()
    parts: list[dict[str, object]] = []
    if scope.kinds:
        parts.append({"kind": {"$in": [kind.value for kind in scope.kinds]}})
    if scope.collection_ids:
        parts.append({"collection": {"$in": list(scope.collection_ids)}})
    if scope.institution_id != usual.institution_id:
        parts.append({"institution": {"$in": list(visible_to(scope.institution_id))}})
    if scope.grades != usual.grades:
        parts.append({"grade": {"$in": [grade.value for grade in scope.grades]}})
    if scope.in_force_on is not None:
        parts.append({"effective": {"$lte": day_number(scope.in_force_on)}})
    if len(parts) > 1:
        return {"$and": parts}
    return parts[0] if parts else None


def day_number(day: date | None) -> int:
    """Return a date as a number that can be compared; 0 for none.

    >>> day_number(date(2026, 3, 1))
    20260301
    """
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
