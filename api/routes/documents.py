"""Documents: listed, opened, put in, watched, deleted and brought back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, status
from fastapi.responses import FileResponse, StreamingResponse

from api.deps import Context, ContextDep
from api.openapi import ALREADY_THERE, EVENT_STREAM, FILE, UPLOAD_BODY, problems
from api.schemas.base import EnteredGrade
from api.schemas.documents import (
    DeletionResult,
    DocumentDetail,
    DocumentList,
    DocumentView,
    UploadResult,
)
from api.schemas.preview import Preview
from api.streaming import EventStream
from api.uploads import arriving, safe_name
from api.views.documents import document_detail, document_view
from api.views.preview import NOTHING, preview_view
from api.watching import DocumentWatch, SingleWatch
from assistant.domain import PUBLIC_INSTITUTION, DocumentState, Grade
from assistant.errors import ConflictError, NotFoundError, UnknownFilterError
from assistant.store import Collection, DocumentFilter

router = APIRouter(prefix="/documents", tags=["documents"])

_ANY_BYTES = "application/octet-stream"


def _collection(context: Context, collection_id: str | None) -> Collection:
    """Return the collection to upload to: the one named, or the institution's first."""
    visible = context.principal.visible
    found = context.assistant.store.collections.list(institution_ids=visible)
    own = [one for one in found if one.institution_id != PUBLIC_INSTITUTION]
    if collection_id is None:
        return own[0]
    if any(one.collection_id == collection_id for one in found if one not in own):
        raise ConflictError(reason="shared_read_only")
    chosen = next((one for one in own if one.collection_id == collection_id), None)
    if chosen is None:
        raise UnknownFilterError(name="collection_id", value=collection_id[:100])
    return chosen


def _require_own(context: Context, document_id: str) -> None:
    detail = context.assistant.store.documents.get(
        document_id, institution_ids=context.principal.visible
    )
    if detail.record.institution_id != context.principal.institution_id:
        raise ConflictError(reason="shared_read_only")


def _view(context: Context, document_id: str) -> DocumentView:
    detail = context.assistant.store.documents.get(
        document_id, institution_ids=context.principal.visible
    )
    return document_view(detail, context.language)


@router.get("", responses=problems(422))
def list_documents(
    context: ContextDep,
    collection_id: Annotated[str | None, Query(max_length=200)] = None,
    query: Annotated[str, Query(max_length=200)] = "",
    state: DocumentState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> DocumentList:
    """Return documents, newest first."""
    visible = context.principal.visible
    collections = context.assistant.store.collections.list(institution_ids=visible)
    if collection_id and all(collection_id != one.collection_id for one in collections):
        raise UnknownFilterError(name="collection_id", value=collection_id[:100])
    filters = DocumentFilter(
        collection_id=collection_id or None, query=query, state=state, limit=limit, cursor=cursor
    )
    page = context.assistant.store.documents.list(institution_ids=visible, filters=filters)
    return DocumentList(
        documents=[document_view(detail, context.language) for detail in page.documents],
        next_cursor=page.next_cursor,
    )


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=UploadResult,
    responses=ALREADY_THERE | problems(403, 409, 422, 507),
    openapi_extra=UPLOAD_BODY,
)
async def upload(
    request: Request,
    response: Response,
    context: ContextDep,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000)],
    collection_id: Annotated[str | None, Query(max_length=200)] = None,
    grade: EnteredGrade | None = None,
) -> UploadResult:
    """Take a file: when this answers, the file is safe and will be read."""
    collection = await asyncio.to_thread(_collection, context, collection_id)
    ingest = context.assistant.ingest
    async with arriving(request, ingest.arrivals_dir, context.settings) as arrival:
        received = await asyncio.to_thread(
            ingest.receive,
            arrival.path,
            file_name=safe_name(file_name),
            institution_id=context.principal.institution_id,
            collection_id=collection.collection_id,
            grade=Grade(grade) if grade else collection.grade,
            sha256=arrival.sha256,
            size_bytes=arrival.size_bytes,
        )
    if received.duplicate:
        response.status_code = status.HTTP_200_OK
    document = await asyncio.to_thread(_view, context, received.document_id)
    return UploadResult(document=document, duplicate=received.duplicate, changed=received.changed)


@router.get("/events", response_class=StreamingResponse, responses=EVENT_STREAM)
async def watch_all(request: Request, context: ContextDep) -> EventStream:
    """Tell of every document on its way in, and of each one that changes or goes."""
    watch = DocumentWatch(
        store=context.assistant.store,
        visible=context.principal.visible,
        language=context.language,
        stopping=request.app.state.stopping,
    )
    return await watch.response()


@router.get("/{document_id}", responses=problems(404))
def get_document(document_id: str, context: ContextDep) -> DocumentDetail:
    """Return a document with its versions."""
    documents, visible = context.assistant.store.documents, context.principal.visible
    detail = documents.get(document_id, institution_ids=visible)
    versions = documents.versions(detail.record.document_id, institution_ids=visible)
    return document_detail(detail, versions, context.language)


@router.get(
    "/{document_id}/events",
    response_class=StreamingResponse,
    responses=EVENT_STREAM | problems(404),
)
async def watch_one(document_id: str, request: Request, context: ContextDep) -> EventStream:
    """Tell of one document until nothing more happens to it."""
    look = partial(_view, context, document_id)
    await asyncio.to_thread(look)
    return SingleWatch(look=look, stopping=request.app.state.stopping).response()


@router.get("/{document_id}/preview", responses=problems(404, 422, 503))
def preview(
    document_id: str,
    context: ContextDep,
    version_id: Annotated[str | None, Query(max_length=200)] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Preview:
    """Return blocks and tables as read, of the current version unless another is named."""
    store, visible = context.assistant.store, context.principal.visible
    record = store.documents.get(document_id, institution_ids=visible).record
    chosen = version_id or record.version_id
    if not chosen:
        return NOTHING
    if version_id is not None:
        version = store.documents.version(version_id, institution_ids=visible)
        if version.document_id != record.document_id:
            raise NotFoundError(what="document")
    document = context.assistant.preview.reading(chosen, institution_ids=visible)
    return preview_view(document, offset=offset, limit=limit, language=context.language)


@router.get("/{document_id}/file", response_class=FileResponse, responses=FILE | problems(404))
def download(document_id: str, context: ContextDep) -> FileResponse:
    """Return the original file, always as an attachment."""
    detail = context.assistant.store.documents.get(
        document_id, institution_ids=context.principal.visible
    )
    path = context.assistant.ingest.blob_path(detail.blob_id)
    if not detail.blob_id or not path.is_file():
        raise NotFoundError(what="document")
    return FileResponse(
        path,
        media_type=_ANY_BYTES,
        filename=safe_name(detail.record.file_name).rpartition("/")[2],
        content_disposition_type="attachment",
    )


@router.delete("/{document_id}", responses=problems(403, 404, 409))
def delete_document(document_id: str, context: ContextDep) -> DeletionResult:
    """Delete a document; it can be brought back for a while."""
    _require_own(context, document_id)
    deletion = context.assistant.store.documents.delete(
        document_id, institution_id=context.principal.institution_id
    )
    context.assistant.wake()
    return DeletionResult(undo_until=deletion.undo_until, cited_in=deletion.cited_in)


@router.post("/{document_id}/restore", responses=problems(403, 404, 409))
def restore_document(document_id: str, context: ContextDep) -> DocumentView:
    """Bring a deleted document back."""
    detail = context.assistant.ingest.restore(
        document_id, institution_id=context.principal.institution_id
    )
    context.assistant.wake()
    return document_view(detail, context.language)


@router.post(
    "/{document_id}/retry",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(403, 404, 409),
)
def retry_document(document_id: str, context: ContextDep) -> DocumentView:
    """Read a failed file again."""
    _require_own(context, document_id)
    if not _view(context, document_id).error:
        raise ConflictError(reason="not_failed")
    context.assistant.ingest.retry(document_id, institution_id=context.principal.institution_id)
    return _view(context, document_id)
