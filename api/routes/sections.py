"""Sections: the evidence behind a citation, whole and with what stands around it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.deps import ContextDep
from api.openapi import problems
from api.schemas.documents import SectionView
from api.views.documents import section_view

router = APIRouter(prefix="/sections", tags=["sections"])


@router.get("/{document_id}/{version_id}/{ordinal}", responses=problems(404, 422))
def get_section(
    document_id: str,
    version_id: str,
    ordinal: Annotated[int, Path(ge=0, le=1_000_000)],
    context: ContextDep,
    after: Annotated[int, Query(ge=0, le=20)] = 0,
) -> SectionView:
    """Return a section, of an earlier version too, with `after` of those that follow it."""
    sections, visible = context.assistant.store.sections, context.principal.visible
    found = sections.view(document_id, version_id, ordinal, institution_ids=visible)
    following = (
        sections.following(version_id, ordinal, after, institution_ids=visible) if after else []
    )
    today = context.assistant.today()
    return section_view(found, following, today=today, language=context.language)
