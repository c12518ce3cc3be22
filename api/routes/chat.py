"""Questions: asked, stopped, judged."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response, status
from fastapi.responses import StreamingResponse

from api.chats import ChatQuestion
from api.deps import Context, ContextDep
from api.downloads import file_response
from api.openapi import EVENT_STREAM, FILE, problems
from api.schemas.chat import ChatRequest, FeedbackRequest
from api.schemas.drafts import ExportFormat
from api.streaming import EventStream
from assistant.domain import Grade, Scope
from assistant.errors import QuestionEmptyError, QuestionTooLongError, UnknownFilterError
from assistant.store import Feedback, NewTurn
from assistant.text import clean

router = APIRouter(tags=["chat"])


def _question(text: str, *, limit: int) -> str:
    question = clean(text).replace("\x00", "").strip()
    if not any(character.isalnum() for character in question):
        raise QuestionEmptyError("no word in the question")
    if len(question) > limit:
        raise QuestionTooLongError(length=len(question), limit=limit)
    return question


def _scope(body: ChatRequest, context: Context) -> Scope:
    """Return the scope asked for; ids in a body are authorised like ids in a path."""
    store, visible = context.assistant.store, context.principal.visible
    if body.collection_ids:
        known = {found.collection_id for found in store.collections.list(institution_ids=visible)}
        _require("collection_ids", body.collection_ids, known)
    if body.document_ids:
        catalog = store.documents.catalog()
        known = {key for key, record in catalog.items() if record.institution_id in visible}
        _require("document_ids", body.document_ids, known)
    grades = tuple(Grade(grade) for grade in dict.fromkeys(body.grades))
    return Scope(
        institution_id=context.principal.institution_id,
        collection_ids=tuple(dict.fromkeys(body.collection_ids)),
        kinds=tuple(dict.fromkeys(body.kinds)),
        document_ids=tuple(dict.fromkeys(body.document_ids)),
        grades=grades or (Grade.OPEN, Grade.SENSITIVE),
        in_force_on=body.reference_date,
    )


def _require(name: str, values: tuple[str, ...], known: set[str]) -> None:
    unknown = next((value for value in values if value not in known), None)
    if unknown is not None:
        raise UnknownFilterError(name=name, value=unknown)


@router.post(
    "/chat",
    response_class=StreamingResponse,
    responses=EVENT_STREAM | problems(403, 404, 413, 422, 429, 503),
)
async def ask(body: ChatRequest, context: ContextDep) -> EventStream:
    """Answer a question; what happens is sent as it happens."""
    text = _question(body.question, limit=context.settings.question_max_chars)
    question = ChatQuestion(
        text=text,
        scope=await asyncio.to_thread(_scope, body, context),
        reference_date=body.reference_date or context.assistant.today(),
        language=context.language,
        new_turn=NewTurn(
            institution_id=context.principal.institution_id,
            question=text,
            conversation_id=body.conversation_id,
            parent_turn_id=body.parent_turn_id,
            replaces_turn_id=body.replaces_turn_id,
            reference_date=body.reference_date,
        ),
    )
    run = await context.chats.start(question)
    return EventStream(run.channel, on_close=run.cancel)


@router.post(
    "/turns/{turn_id}/stop",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404),
)
async def stop(turn_id: str, context: ContextDep) -> Response:
    """End an answer early; what there is of it is kept."""
    await context.chats.stop(turn_id, institution_id=context.principal.institution_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.get(
    "/turns/{turn_id}/export", response_class=Response, responses=FILE | problems(404, 422, 503)
)
def export(
    turn_id: str, context: ContextDep, fmt: Annotated[ExportFormat, Query(alias="format")]
) -> Response:
    """Return a finished answer as a file, with its numbered sources."""
    file = context.assistant.answer_files.export(
        turn_id, fmt, institution_id=context.principal.institution_id
    )
    return file_response(file)


@router.post(
    "/turns/{turn_id}/feedback",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404, 422),
)
def give_feedback(turn_id: str, body: FeedbackRequest, context: ContextDep) -> Response:
    """Keep what an official thinks of an answer; a null verdict takes it back."""
    feedback = None
    if body.verdict is not None:
        feedback = Feedback(
            verdict=body.verdict,
            reasons=tuple(dict.fromkeys(body.reasons)),
            comment=clean(body.comment or ""),
        )
    context.assistant.store.conversations.set_feedback(
        turn_id, feedback, institution_id=context.principal.institution_id
    )
    return Response(status_code=status.HTTP_204_NO_CONTENT)
