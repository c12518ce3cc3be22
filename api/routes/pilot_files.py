"""The files of a pilot: read for what they say, accepted or turned down value by value."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, status

from api.deps import Context, ContextDep
from api.openapi import UPLOAD_BODY, problems
from api.routes.pilots import detail_of, whose
from api.schemas.pilot_sources import ValueSourceView
from api.schemas.pilots import ChoiceList, DecisionBody, FileBody, TakenFile, TakenOver
from api.uploads import arriving, safe_name
from api.views.pilots import choice_views, value_source_view
from assistant.errors import DocumentUnreadableError

router = APIRouter(prefix="/pilots", tags=["pilots"])

_LOOK_EVERY_S = 0.1


@router.post(
    "/{pilot_id}/files",
    status_code=status.HTTP_201_CREATED,
    responses=problems(403, 404, 422, 507),
    openapi_extra=UPLOAD_BODY,
)
async def upload(
    pilot_id: str,
    request: Request,
    context: ContextDep,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000)],
    by: Annotated[str, Query(min_length=1, max_length=100)],
) -> TakenFile:
    """Take a file, wait until it is read, and return what it says; nothing is put."""
    stored = await asyncio.to_thread(context.assistant.store.pilots.get, pilot_id, **whose(context))
    ingest = context.assistant.ingest
    async with arriving(request, ingest.arrivals_dir, context.settings) as arrival:
        received = await asyncio.to_thread(
            ingest.receive,
            arrival.path,
            file_name=safe_name(file_name),
            collection_id=_collection_id(context),
            grade=stored.grade,
            sha256=arrival.sha256,
            size_bytes=arrival.size_bytes,
            **whose(context),
        )
        sha256 = arrival.sha256
    await _until_read(context, received.document_id, sha256)
    return await asyncio.to_thread(_take_in, context, pilot_id, received.document_id, by)


@router.post("/{pilot_id}/documents", responses=problems(403, 404, 422))
def add_document(pilot_id: str, body: FileBody, context: ContextDep) -> TakenFile:
    """Read a stored document for what it says of a pilot; nothing is put."""
    return _take_in(context, pilot_id, body.document_id, body.by)


@router.get("/{pilot_id}/proposals", responses=problems(404))
def list_choices(pilot_id: str, context: ContextDep) -> ChoiceList:
    """Return what files say and nobody has decided on yet, conflicts first."""
    held = context.assistant.pilot_files.choices(pilot_id, **whose(context))
    return ChoiceList(choices=choice_views(held))


@router.get("/{pilot_id}/source", responses=problems(404, 422))
def value_source(
    pilot_id: str,
    context: ContextDep,
    place: Annotated[str, Query(max_length=200)] = "",
    proposal_id: Annotated[str, Query(max_length=200)] = "",
) -> ValueSourceView:
    """Return where a value of the record, or a proposed one, stands in its file."""
    found = context.assistant.pilot_files.locate(
        pilot_id, place=place, proposal_id=proposal_id, **whose(context)
    )
    return value_source_view(found)


@router.post("/{pilot_id}/proposals/accept", responses=problems(403, 404, 409, 422))
def accept(pilot_id: str, body: DecisionBody, context: ContextDep) -> TakenOver:
    """Take values over; without ids, all on which files and record agree."""
    flow, ours = context.assistant.pilot_files, whose(context)
    if body.proposal_ids is None:
        taken = flow.accept_agreed(pilot_id, by=body.by, **ours)
    else:
        taken = flow.accept(pilot_id, body.proposal_ids, by=body.by, **ours)
    return TakenOver(
        accepted=taken.accepted,
        conflicts=choice_views(taken.conflicts),
        pilot=detail_of(pilot_id, context),
    )


@router.post("/{pilot_id}/proposals/reject", responses=problems(403, 404, 422))
def reject(pilot_id: str, body: DecisionBody, context: ContextDep) -> ChoiceList:
    """Turn proposals down."""
    flow, ours = context.assistant.pilot_files, whose(context)
    flow.reject(pilot_id, body.proposal_ids or (), by=body.by, **ours)
    return ChoiceList(choices=choice_views(flow.choices(pilot_id, **ours)))


def _take_in(context: Context, pilot_id: str, document_id: str, by: str) -> TakenFile:
    flow, ours = context.assistant.pilot_files, whose(context)
    flow.take_in(pilot_id, document_id, by=by, **ours)
    record = context.assistant.store.documents.get(
        document_id, institution_ids=context.principal.visible
    ).record
    held = [
        choice
        for choice in flow.choices(pilot_id, **ours)
        if any(
            each.proposal.source.document_id == document_id
            for option in choice.options
            for each in option.proposals
        )
    ]
    return TakenFile(
        document_id=document_id, file_name=record.file_name, choices=choice_views(held)
    )


async def _until_read(context: Context, document_id: str, sha256: str) -> None:
    """Wait until the bytes that came are the current version of their document.

    Raises:
        DocumentUnreadableError: They cannot be read, or not within the time there is for it.
    """
    store, visible = context.assistant.store, context.principal.visible
    loop = asyncio.get_running_loop()
    until = loop.time() + context.settings.reader_timeout_s + 30
    while loop.time() < until:
        record = (
            await asyncio.to_thread(store.documents.get, document_id, institution_ids=visible)
        ).record
        if record.version_id and record.sha256 == sha256:
            return
        if record.error_code is not None:
            raise DocumentUnreadableError(reason=record.error_reason or "damaged")
        await asyncio.sleep(_LOOK_EVERY_S)
    raise DocumentUnreadableError(reason="timeout")


def _collection_id(context: Context) -> str:
    """Return the institution's collection of pilots, else its first one."""
    own = context.assistant.store.collections.list(
        institution_ids=(context.principal.institution_id,)
    )
    named = [one for one in own if "시범" in one.name]
    return (named or own)[0].collection_id
