"""Jobs as files to take away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response, status

from api.deps import ContextDep
from api.openapi import FILE, problems
from api.schemas.jobs import ReportCreate, ReportCreated
from api.uploads import safe_name
from assistant.domain import PaperSubject
from assistant.flows.selection import look_over
from assistant.jobs import MEDIA_TYPES, export_job, items_of, roll_up

router = APIRouter(prefix="/jobs", tags=["jobs"])

Format = Literal["xlsx", "csv", "json", "hwpx", "docx", "pdf"]


@router.get("/{job_id}/export", response_class=Response, responses=FILE | problems(404, 422))
def export(
    job_id: str,
    context: ContextDep,
    fmt: Annotated[Format, Query(alias="format")] = "xlsx",
) -> Response:
    """Return a job as a file: values with evidence, or a book with a page for each file."""
    principal = context.principal
    store = context.assistant.store
    job = context.assistant.jobs.batch.job(job_id, institution_id=principal.institution_id)
    data = export_job(store, job, fmt, institution=principal.institution_name, at=datetime.now(UTC))
    name = quote(safe_name(f"{job.title}.{fmt}").replace("/", " "))
    return Response(
        data,
        media_type=MEDIA_TYPES[fmt],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.post(
    "/{job_id}/report",
    status_code=status.HTTP_201_CREATED,
    responses=problems(403, 404, 422),
)
def make_report(job_id: str, body: ReportCreate, context: ContextDep) -> ReportCreated:
    """Make the report for the deliberation meeting, a paper to be worked on and signed."""
    own = context.principal.institution_id
    job = context.assistant.jobs.batch.job(job_id, institution_id=own)
    items = items_of(context.assistant.store, job)
    found = look_over(items, job.columns, on=body.on or context.assistant.today())
    state = context.assistant.papers.create(
        roll_up(job, items, found),
        subject=PaperSubject.BATCH,
        subject_id=job_id,
        institution_id=own,
    )
    return ReportCreated(paper_id=state.record.paper_id)
