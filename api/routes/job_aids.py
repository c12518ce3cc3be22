"""Aids to a selection over the rows of a job."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ContextDep
from api.openapi import problems
from api.schemas.base import CalendarDate
from api.schemas.job_aids import JobAids
from api.views.job_aids import aids_view
from assistant.flows.selection import look_over
from assistant.jobs.exporting import items_of

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("/{job_id}/aids", responses=problems(404, 422))
def get_aids(
    job_id: str, context: ContextDep, on: Annotated[CalendarDate | None, Query()] = None
) -> JobAids:
    """Return likely duplicates, limits as of a day or today, papers, groups and counts."""
    own = context.principal.institution_id
    job = context.assistant.jobs.batch.job(job_id, institution_id=own)
    items = items_of(context.assistant.store, job)
    found = look_over(items, job.columns, on=on or context.assistant.today())
    return aids_view(found, job.columns, context.language)
