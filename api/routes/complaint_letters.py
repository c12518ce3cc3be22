"""Letters of complaints: written while the page waits, or many in the background."""

from __future__ import annotations

from fastapi import APIRouter, Request, status
from fastapi.responses import StreamingResponse

from api.complaint_bodies import letter_of
from api.deps import ContextDep
from api.letters import letter_stream
from api.openapi import EVENT_STREAM, problems
from api.schemas.complaint_letters import (
    AnswerAgainRequest,
    AnsweredAgain,
    BulkRequest,
    BulkView,
    CancelView,
    LetterBody,
)
from api.streaming import EventStream

router = APIRouter(prefix="/complaints", tags=["complaints"])


@router.post(
    "/{complaint_id}/letters",
    response_class=StreamingResponse,
    responses=EVENT_STREAM | problems(403, 404, 422),
)
async def write_letter(
    complaint_id: str, body: LetterBody, request: Request, context: ContextDep
) -> EventStream:
    """Write a letter; events are `progress`, then `written` or `error`. Leaving stops it."""
    institution_id = context.principal.institution_id
    desk = context.assistant.complaints
    desk.cases.get(complaint_id, institution_id=institution_id)
    steps = desk.letters.write(complaint_id, letter_of(body), institution_id=institution_id)
    request_id = str(request.scope.get("request_id", ""))
    return letter_stream(steps, language=context.language, request_id=request_id)


@router.post(
    "/{complaint_id}/points/{point_id}/answer", responses=problems(403, 404, 409, 422, 503)
)
async def answer_again(
    complaint_id: str, point_id: str, body: AnswerAgainRequest, context: ContextDep
) -> AnsweredAgain:
    """Answer one point of a reply anew; hand edits of all others stay."""
    institution_id = context.principal.institution_id
    desk = context.assistant.complaints
    number = await desk.letters.answer_again(
        body.paper_id,
        point_id,
        complaint_id=complaint_id,
        parent=body.parent,
        institution_id=institution_id,
    )
    case = desk.cases.get(complaint_id, institution_id=institution_id)
    found = next(one for one in case.points if one.point_id == point_id)
    return AnsweredAgain(paper_id=body.paper_id, version=number, status=found.status)


@router.post("/drafts", status_code=status.HTTP_202_ACCEPTED, responses=problems(403, 422))
def draft_many(body: BulkRequest, context: ContextDep) -> BulkView:
    """Draft letters in the background; the queue shows how far each one is."""
    put = context.assistant.complaints.line.put(
        body.complaint_ids,
        letter_of(body.letter),
        institution_id=context.principal.institution_id,
    )
    return BulkView(waiting=list(put))


@router.delete("/{complaint_id}/drafting", responses=problems(403, 404))
def cancel_draft(complaint_id: str, context: ContextDep) -> CancelView:
    """Take a complaint out of the line, also while it is being drafted."""
    institution_id = context.principal.institution_id
    desk = context.assistant.complaints
    desk.cases.get(complaint_id, institution_id=institution_id)
    return CancelView(cancelled=desk.line.cancel(complaint_id, institution_id=institution_id))
