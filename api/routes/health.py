"""How the installation is doing, in words."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.deps import ContextDep
from api.openapi import problems
from api.schemas.status import CheckView, HealthView, ProgressView
from assistant import __version__
from assistant.errors import IndexUnavailableError
from assistant.health import inspect, overall

router = APIRouter(tags=["health"])


@router.get("/health")
def get_health(context: ContextDep) -> HealthView:
    """Return the state of each part and how far background work is."""
    assistant = context.assistant
    checks = inspect(assistant)
    counts = assistant.store.documents.counts(institution_ids=context.principal.visible)
    done, total = assistant.keeper.embedding_progress()
    return HealthView(
        status=overall(checks, ready=assistant.is_ready),
        version=__version__,
        checks=[
            CheckView(
                name=check.name,
                state=check.state,
                detail=check.detail(context.language),
                facts=dict(check.facts),
            )
            for check in checks
        ],
        embedding=ProgressView(done=done, total=total),
        documents=counts.documents,
        chunks=counts.chunks,
    )


@router.get("/ready", status_code=status.HTTP_204_NO_CONTENT, responses=problems(503))
def get_ready(context: ContextDep) -> Response:
    """Answer 204 once questions can be answered."""
    if not context.assistant.is_ready:
        raise IndexUnavailableError(index="lexical")
    return Response(status_code=status.HTTP_204_NO_CONTENT)
