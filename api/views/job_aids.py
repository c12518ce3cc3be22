"""The aids to a selection for the page."""

from __future__ import annotations

from typing import cast

from api.schemas.job_aids import (
    CountView,
    DuplicateView,
    GroupView,
    JobAids,
    LackView,
    LimitCode,
    LimitView,
    ReasonView,
)
from assistant.applications import LimitFinding
from assistant.domain import CellStatus, ColumnSet
from assistant.flows.selection import Selection, column_of
from assistant.wording import Language
from assistant.wording.selection import likeness_text, limit_text


def aids_view(found: Selection, columns: ColumnSet, language: Language) -> JobAids:
    """Return the aids with the words that people read."""
    labels = {column.name: column.label for column in columns.columns}
    papers = {paper.name: paper.label for paper in columns.papers}
    return JobAids(
        on=found.on,
        row_count=found.row_count,
        duplicates=[
            DuplicateView(
                first=pair.first,
                second=pair.second,
                reasons=[
                    ReasonView(
                        code=reason.code,
                        text=likeness_text(reason.code, reason.detail, language),
                        share=reason.share,
                    )
                    for reason in pair.reasons
                ],
            )
            for pair in found.duplicates
        ],
        limits=[_limit(one, language) for one in found.limits],
        missing_papers=[
            LackView(
                item_id=lack.item_id,
                missing=[papers.get(one.paper, one.paper) for one in lack.missing],
                unclear=[papers.get(one.paper, one.paper) for one in lack.unclear],
            )
            for lack in found.missing_papers
        ],
        groups=[
            GroupView(
                column=group.column,
                column_label=labels[group.column],
                label=group.label,
                item_ids=list(group.item_ids),
            )
            for group in found.groups
        ],
        counts=[
            CountView(
                column=one.column,
                label=labels[one.column],
                found=one.by_status.get(CellStatus.FOUND, 0),
                inferred=one.by_status.get(CellStatus.INFERRED, 0),
                not_stated=one.by_status.get(CellStatus.NOT_STATED, 0),
                conflicting=one.by_status.get(CellStatus.CONFLICTING, 0),
            )
            for one in found.counts
        ],
    )


def _limit(found: LimitFinding, language: Language) -> LimitView:
    return LimitView(
        item_id=found.item_id,
        code=cast(LimitCode, found.code),
        column=column_of(found),
        text=limit_text(
            found.code,
            value=found.value,
            limit=found.limit,
            is_known=found.is_known,
            language=language,
        ),
        value=found.value,
        basis=found.basis,
        is_known=found.is_known,
    )
