"""Conversations: listed, opened, renamed, deleted and brought back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from api.deps import ContextDep
from api.openapi import problems
from api.schemas.chat import ConversationDetail, ConversationList, RenameRequest
from api.views.answers import conversation_view, turn_view

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.get("", responses=problems(422))
def list_conversations(
    context: ContextDep,
    query: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ConversationList:
    """Return conversations, newest first; `query` looks in titles and questions."""
    items = context.assistant.store.conversations.list(
        institution_id=context.principal.institution_id, query=query, limit=limit
    )
    return ConversationList(conversations=[conversation_view(item) for item in items])


@router.get("/{conversation_id}", responses=problems(404))
def get_conversation(conversation_id: str, context: ContextDep) -> ConversationDetail:
    """Return a conversation with all its turns."""
    conversations = context.assistant.store.conversations
    institution_id = context.principal.institution_id
    found = conversations.get(conversation_id, institution_id=institution_id)
    turns = conversations.turns(conversation_id, institution_id=institution_id)
    today = context.assistant.today()
    return ConversationDetail(
        conversation_id=found.conversation_id,
        title=found.title,
        turns=[turn_view(turn, today=today, language=context.language) for turn in turns],
    )


@router.patch("/{conversation_id}", responses=problems(403, 404, 422))
def rename_conversation(
    conversation_id: str, body: RenameRequest, context: ContextDep
) -> ConversationDetail:
    """Give a conversation another title."""
    context.assistant.store.conversations.rename(
        conversation_id, body.title, institution_id=context.principal.institution_id
    )
    return get_conversation(conversation_id, context)


@router.delete(
    "/{conversation_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404),
)
def delete_conversation(conversation_id: str, context: ContextDep) -> Response:
    """Delete a conversation; it can be brought back for ten minutes."""
    context.assistant.store.conversations.delete(
        conversation_id, institution_id=context.principal.institution_id
    )
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.post(
    "/{conversation_id}/restore",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404),
)
def restore_conversation(conversation_id: str, context: ContextDep) -> Response:
    """Bring a deleted conversation back."""
    context.assistant.store.conversations.restore(
        conversation_id, institution_id=context.principal.institution_id
    )
    return Response(status_code=status.HTTP_204_NO_CONTENT)
