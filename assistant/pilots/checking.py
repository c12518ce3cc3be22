"""All checks of a pilot's papers in one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.deadlines import SEOUL, Office
from assistant.domain import EventKind, Opinion, PilotRecord
from assistant.figures import PilotFigures, compute_figures
from assistant.pilots.course import Course, course
from assistant.pilots.findings import Examined, PilotFinding, Severity
from assistant.pilots.further_checks import check_plan_further, check_results_further
from assistant.pilots.opinion_checks import check_opinions
from assistant.pilots.plan_checks import check_plan
from assistant.pilots.record_checks import check_committee, check_days, check_evaluation
from assistant.pilots.report_checks import check_report
from assistant.pilots.thresholds import Thresholds


def examine(
    record: PilotRecord,
    *,
    now: datetime,
    office: Office | None = None,
    figures: PilotFigures | None = None,
    stands: Course | None = None,
    thresholds: Thresholds | None = None,
) -> Examined:
    """Return a pilot with its figures and its course, computed where they are not given."""
    return Examined(
        record=record,
        figures=figures or compute_figures(record),
        course=stands or course(record, now=now, office=office),
        today=now.astimezone(SEOUL).date(),
        thresholds=thresholds,
    )


def validate(
    case: Examined,
    *,
    opinions: Sequence[Opinion] = (),
    evidence: Sequence[str] = (),
    for_report: bool | None = None,
) -> tuple[PilotFinding, ...]:
    """Return what is wrong, what must be put right first.

    Args:
        case: the pilot, as `examine` gives it.
        opinions: what a draft says; those of a report on file are looked at as well.
        evidence: texts of the pilot's own files that may carry numbers of the opinions.
        for_report: whether results are looked at; by default once the pilot has ended or a report
            exists. A cancelled pilot owes no results.
    """
    found = tuple(_findings(case, opinions, evidence, _with_results(case, for_report)))
    return tuple(sorted(found, key=lambda each: each.severity is not Severity.MUST))


def _with_results(case: Examined, wanted: bool | None) -> bool:
    if wanted is not None:
        return wanted
    record = case.record
    if case.course.is_cancelled:
        return False
    return record.report is not None or record.day_of(EventKind.ENDED) is not None


def _findings(
    case: Examined, opinions: Sequence[Opinion], evidence: Sequence[str], with_results: bool
) -> Iterator[PilotFinding]:
    yield from check_plan(case)
    yield from check_plan_further(case)
    yield from check_days(case)
    yield from check_evaluation(case)
    if with_results:
        yield from check_report(case)
        yield from check_committee(case)
        yield from check_results_further(case)
    written = case.record.report.opinions if case.record.report is not None else ()
    yield from check_opinions(case, (*written, *opinions), evidence)
