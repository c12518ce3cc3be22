"""Who is asking, and what this installation offers."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import ContextDep
from api.schemas.status import LimitsView, MeView, ModelView, NamedView
from assistant import __version__

router = APIRouter(prefix="/me", tags=["me"])

FILE_TYPES = (
    *(".hwp", ".hwpx", ".pdf", ".docx", ".xlsx", ".xls", ".ods", ".pptx", ".csv", ".tsv"),
    *(".html", ".htm", ".md", ".txt", ".eml", ".zip"),
)


@router.get("")
def get_me(context: ContextDep) -> MeView:
    """Return what the page needs before anything else."""
    assistant, principal, settings = context.assistant, context.principal, context.settings
    name = settings.llm_model if assistant.model is not None else ""
    return MeView(
        institution=NamedView(id=principal.institution_id, name=principal.institution_name),
        person=None,
        model=ModelView(configured=assistant.model is not None, name=name),
        words_only=assistant.words_only,
        limits=LimitsView(
            question_max_chars=settings.question_max_chars,
            upload_max_bytes=settings.upload_max_bytes,
        ),
        version=__version__,
        file_types=list(FILE_TYPES),
    )
