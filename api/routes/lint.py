"""The linter for official documents: a text or stored document checked, and put right."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Context, ContextDep
from api.openapi import problems
from api.schemas.lint import FixRequest, LintRequest, LintView
from api.views.lint import lint_view
from assistant.errors import NotFoundError
from assistant.officialdoc import fix, fix_all, lint, plain_text

router = APIRouter(prefix="/lint", tags=["lint"])


@router.post("", responses=problems(403, 404, 422))
def check(body: LintRequest, context: ContextDep) -> LintView:
    """Return what is to be put right in a text or stored document; nothing is kept."""
    if body.document_id is not None:
        return _check_document(body.document_id, body, context)
    text = body.text or ""
    return lint_view(text, lint(text, kind=body.kind))


@router.post("/fix", responses=problems(403, 422))
def put_right(body: FixRequest) -> LintView:
    """Return the text with the picked findings put right, and what is left to find in it."""
    if body.picks is None:
        fixed = fix_all(body.text, kind=body.kind)
    else:
        picked = {(pick.rule, pick.start, pick.end) for pick in body.picks}
        findings = lint(body.text, kind=body.kind)
        fixed = fix(
            body.text,
            [one for one in findings if (one.rule, one.place.start, one.place.end) in picked],
        )
    return lint_view(fixed, lint(fixed, kind=body.kind))


def _check_document(document_id: str, body: LintRequest, context: Context) -> LintView:
    store, visible = context.assistant.store, context.principal.visible
    record = store.documents.get(document_id, institution_ids=visible).record
    if not record.version_id:
        raise NotFoundError(what="document")
    document = context.assistant.preview.reading(record.version_id, institution_ids=visible)
    return lint_view(plain_text(document), lint(document, kind=body.kind))
