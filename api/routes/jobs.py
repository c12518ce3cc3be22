"""Jobs: the same work over many files, begun, watched, corrected and exported."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status
from fastapi.responses import FileResponse, StreamingResponse

from api.deps import Context, ContextDep
from api.jobwatch import JobWatch
from api.openapi import EVENT_STREAM, FILE, UPLOAD_BODY, problems
from api.schemas.base import EnteredGrade, View
from api.schemas.jobs import (
    CellCorrect,
    ItemBrief,
    ItemPage,
    ItemView,
    JobCreate,
    JobList,
    JobView,
    Name,
    RowConfirm,
    RunAgain,
    RunAgainResult,
)
from api.schemas.preview import Preview
from api.streaming import EventStream
from api.uploads import arriving, safe_name
from api.views.jobs import item_brief, item_view, job_brief, job_view
from api.views.preview import preview_view
from assistant.domain import Grade, Job, JobItem, JobItemState, JobState
from assistant.errors import NotFoundError
from assistant.flows.batch import BatchFlow, Entered

router = APIRouter(prefix="/jobs", tags=["jobs"])

_TOLD_AT_ONCE = 500
_OVER = frozenset({JobState.DONE, JobState.CANCELLED})
Limit = Annotated[int, Query(ge=1, le=500)]


def _batch(context: Context) -> BatchFlow:
    return context.assistant.jobs.batch


def _view(context: Context, job_id: str, item: JobItem) -> ItemView:
    own = context.principal.institution_id
    return item_view(
        item, _batch(context).job(job_id, institution_id=own).columns, context.language
    )


@router.post("", status_code=status.HTTP_202_ACCEPTED, responses=problems(403, 404, 409, 422))
def create_job(body: JobCreate, context: ContextDep) -> JobView:
    """Begin a job; without documents, files may be sent to it afterwards."""
    batch, own = _batch(context), context.principal.institution_id
    columns = context.assistant.jobs.tables.columns(body.table, institution_id=own)
    files = context.assistant.jobs.files.of_documents(body.document_ids, institution_id=own)
    if body.collection_id is not None:
        files += context.assistant.jobs.files.of_collection(body.collection_id, institution_id=own)
    if body.same_files_as is not None:
        files += context.assistant.jobs.files.of_job(body.same_files_as, institution_id=own)
    job = batch.begin(
        institution_id=own, columns=columns, title=body.title, files=files, by=body.by
    )
    return job_view(job)


@router.get("")
def list_jobs(context: ContextDep, limit: Limit = 100) -> JobList:
    """Return jobs, newest first."""
    found = _batch(context).jobs(institution_id=context.principal.institution_id, limit=limit)
    return JobList(jobs=[job_brief(job) for job in found])


@router.get("/{job_id}", responses=problems(404))
def get_job(job_id: str, context: ContextDep) -> JobView:
    """Return a job with its figures."""
    return job_view(_batch(context).job(job_id, institution_id=context.principal.institution_id))


@router.delete(
    "/{job_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(403, 404, 409)
)
def delete_job(job_id: str, context: ContextDep) -> Response:
    """Remove a job that has ended, with all that was found and decided."""
    context.assistant.store.jobs.delete(job_id, institution_id=context.principal.institution_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.post("/{job_id}/pause", responses=problems(403, 404, 409))
def pause_job(job_id: str, context: ContextDep) -> JobView:
    """Begin no more files; those under way are finished."""
    return job_view(_batch(context).pause(job_id, institution_id=context.principal.institution_id))


@router.post("/{job_id}/resume", responses=problems(403, 404, 409))
def resume_job(job_id: str, context: ContextDep) -> JobView:
    """Go on with a paused job."""
    own = context.principal.institution_id
    return job_view(_batch(context).resume(job_id, institution_id=own))


@router.post("/{job_id}/cancel", responses=problems(403, 404, 409))
def cancel_job(job_id: str, context: ContextDep) -> JobView:
    """End a job for good; what was found stays."""
    own = context.principal.institution_id
    return job_view(_batch(context).cancel(job_id, institution_id=own))


@router.post(
    "/{job_id}/run", status_code=status.HTTP_202_ACCEPTED, responses=problems(403, 404, 409, 422)
)
def run_again(job_id: str, body: RunAgain, context: ContextDep) -> RunAgainResult:
    """Run rows again: all, these, or the failed ones; all columns, or these."""
    count = _batch(context).run_again(
        job_id,
        institution_id=context.principal.institution_id,
        item_ids=body.item_ids,
        columns=body.columns,
        failed_only=body.failed_only,
    )
    return RunAgainResult(count=count)


@router.post(
    "/{job_id}/files",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=ItemView,
    responses=problems(403, 404, 409, 422, 507),
    openapi_extra=UPLOAD_BODY,
)
async def add_file(
    job_id: str,
    request: Request,
    context: ContextDep,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000)],
    grade: EnteredGrade | None = None,
) -> ItemView:
    """Take a file into a job: when this answers, the file is safe and will be worked on."""
    batch, own = _batch(context), context.principal.institution_id
    await asyncio.to_thread(batch.job, job_id, institution_id=own)
    async with arriving(request, context.assistant.ingest.arrivals_dir, context.settings) as one:
        file = await asyncio.to_thread(
            context.assistant.jobs.files.take,
            one.path,
            file_name=safe_name(file_name),
            grade=Grade(grade or context.settings.default_grade),
            sha256=one.sha256,
            size_bytes=one.size_bytes,
        )
    item = await asyncio.to_thread(batch.add_file, job_id, file, institution_id=own)
    return await asyncio.to_thread(_view, context, job_id, item)


@router.get("/{job_id}/items", responses=problems(404, 422))
def list_items(
    job_id: str,
    context: ContextDep,
    after: Annotated[int, Query(ge=-1)] = -1,
    limit: Limit = 200,
    state: JobItemState | None = None,
    changed_after: Annotated[int | None, Query(ge=-1)] = None,
) -> ItemPage:
    """Return rows in order."""
    own = context.principal.institution_id
    job = _batch(context).job(job_id, institution_id=own)
    items = context.assistant.store.jobs.items(
        job_id,
        institution_id=own,
        after=after,
        limit=limit,
        state=state,
        changed_after=changed_after,
    )
    return ItemPage(
        items=[item_brief(item, job.columns, context.language) for item in items],
        next_after=items[-1].position if len(items) == limit else None,
        changed=job.changed,
    )


@router.get(
    "/{job_id}/events",
    response_class=StreamingResponse,
    responses=EVENT_STREAM | problems(404),
)
async def watch_job(
    job_id: str,
    request: Request,
    context: ContextDep,
    changed_after: Annotated[int, Query(ge=-1)] = -1,
) -> EventStream:
    """Tell of a job and of each row that changes, until the job has ended."""
    own = context.principal.institution_id
    await asyncio.to_thread(_batch(context).job, job_id, institution_id=own)
    return JobWatch(
        look=partial(_look, context, job_id),
        stopping=request.app.state.stopping,
        after=changed_after,
    ).response()


def _look(context: Context, job_id: str, after: int) -> tuple[View, int, bool, Sequence[View]]:
    own = context.principal.institution_id
    job = _batch(context).job(job_id, institution_id=own)
    rows: list[ItemBrief] = []
    position = -1
    while True:
        items = context.assistant.store.jobs.items(
            job_id,
            institution_id=own,
            after=position,
            limit=_TOLD_AT_ONCE,
            changed_after=after,
        )
        rows += [item_brief(item, job.columns, context.language) for item in items]
        if len(items) < _TOLD_AT_ONCE:
            break
        position = items[-1].position
    return job_view(job), job.changed, job.state in _OVER, rows


@router.get("/{job_id}/items/{item_id}", responses=problems(404))
def get_item(job_id: str, item_id: str, context: ContextDep) -> ItemView:
    """Return a row with everything about it."""
    own = context.principal.institution_id
    item = context.assistant.store.jobs.item(job_id, item_id, institution_id=own)
    return _view(context, job_id, item)


@router.get("/{job_id}/items/{item_id}/preview", responses=problems(404, 422, 503))
def preview_item(
    job_id: str,
    item_id: str,
    context: ContextDep,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Limit = 100,
) -> Preview:
    """Return blocks and tables of the file of a row, as read."""
    own = context.principal.institution_id
    document = context.assistant.jobs.files.reading(job_id, item_id, institution_id=own)
    return preview_view(document, offset=offset, limit=limit, language=context.language)


@router.get(
    "/{job_id}/items/{item_id}/file",
    response_class=FileResponse,
    responses=FILE | problems(404),
)
def download_item(job_id: str, item_id: str, context: ContextDep) -> FileResponse:
    """Return the file of a row, always as an attachment."""
    own = context.principal.institution_id
    item = context.assistant.store.jobs.item(job_id, item_id, institution_id=own)
    path = context.assistant.jobs.files.blob(item.file)
    if not path.is_file():
        raise NotFoundError(what="file")
    return FileResponse(
        path,
        media_type="application/octet-stream",
        filename=safe_name(item.file.file_name).rpartition("/")[2],
        content_disposition_type="attachment",
    )


@router.put("/{job_id}/items/{item_id}/cells/{column}", responses=problems(403, 404, 409, 422))
def correct_cell(
    job_id: str, item_id: str, column: Name, body: CellCorrect, context: ContextDep
) -> ItemView:
    """Keep a person's value for a cell beside the machine's."""
    item = _batch(context).correct(
        job_id,
        item_id,
        Entered(column=column, text=body.value, by=body.by, reason=body.reason),
        institution_id=context.principal.institution_id,
    )
    return _view(context, job_id, item)


@router.delete("/{job_id}/items/{item_id}/cells/{column}", responses=problems(403, 404, 422))
def withdraw_correction(
    job_id: str,
    item_id: str,
    column: Name,
    context: ContextDep,
    by: Annotated[str, Query(min_length=1, max_length=100)],
) -> ItemView:
    """Let the machine's value of a cell hold again."""
    own = context.principal.institution_id
    item = _batch(context).withdraw(job_id, item_id, column, institution_id=own, by=by)
    return _view(context, job_id, item)


@router.put("/{job_id}/items/{item_id}/confirmation", responses=problems(403, 404, 409, 422))
def confirm_item(job_id: str, item_id: str, body: RowConfirm, context: ContextDep) -> ItemView:
    """Note that a person takes a row as it stands, or no longer does."""
    item = context.assistant.store.job_decisions.confirm(
        job_id,
        item_id,
        institution_id=context.principal.institution_id,
        by=body.by,
        is_confirmed=body.is_confirmed,
    )
    return _view(context, job_id, item)


def job_of(context: Context, job_id: str) -> Job:
    """Return a job of the caller's institution; raise `NotFoundError` when it has none."""
    return _batch(context).job(job_id, institution_id=context.principal.institution_id)
