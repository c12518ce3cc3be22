"""Collections of documents."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.deps import ContextDep
from api.openapi import problems
from api.schemas.documents import CollectionList, CollectionRequest, CollectionView
from api.views.documents import collection_view
from assistant.domain import Grade
from assistant.text import clean

router = APIRouter(prefix="/collections", tags=["collections"])


@router.get("")
def list_collections(context: ContextDep) -> CollectionList:
    """Return the shared collections and those of the institution."""
    visible = context.principal.visible
    found = context.assistant.store.collections.list(institution_ids=visible)
    return CollectionList(collections=[collection_view(collection) for collection in found])


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(403, 409, 422))
def create_collection(body: CollectionRequest, context: ContextDep) -> CollectionView:
    """Begin a collection."""
    created = context.assistant.store.collections.create(
        clean(body.name),
        institution_id=context.principal.institution_id,
        grade=Grade(body.grade),
    )
    return collection_view(created)


@router.delete(
    "/{collection_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(403, 404, 409),
)
def delete_collection(collection_id: str, context: ContextDep) -> Response:
    """Delete a collection that is empty."""
    context.assistant.store.collections.delete(
        collection_id, institution_id=context.principal.institution_id
    )
    return Response(status_code=status.HTTP_204_NO_CONTENT)
