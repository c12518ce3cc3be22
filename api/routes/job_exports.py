"""Jobs as files to take away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api.deps import ContextDep
from api.openapi import FILE, problems
from api.uploads import safe_name
from assistant.jobs.exporting import MEDIA_TYPES, export_job

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
