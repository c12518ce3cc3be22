"""Papers under work: read, edited, compared, talked about, approved and exported."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response, status

from api.deps import Context, ContextDep
from api.downloads import file_response
from api.errors import PreconditionRequiredError, StaleVersionError
from api.openapi import FILE, problems
from api.schemas.drafts import (
    ApproveRequest,
    CellsRequest,
    CommentRequest,
    CommentView,
    ComparisonView,
    DraftVersionList,
    DraftView,
    EditRequest,
    ExportFormat,
    NamesRequest,
    ResolveRequest,
    RestoreRequest,
    SettleRequest,
)
from api.views.drafts import comment_view, comparison_view, draft_view, etag_of, version_views
from assistant.drafting import PaperState, SaveResult
from assistant.errors import NotFoundError
from assistant.flows.paper import PaperFlow
from assistant.papers import CellText, Line

router = APIRouter(prefix="/drafts", tags=["drafts"])

IfMatch = Annotated[str | None, Header(max_length=200)]
_ETAG = re.compile(r'^\s*(?:W/)?"(?P<number>\d{1,7})-[0-9a-f]*"\s*$')
_PNG = b"\x89PNG"


@router.get("/{paper_id}", responses=problems(404))
def get_draft(paper_id: str, context: ContextDep, response: Response) -> DraftView:
    """Return a paper as it is now; `ETag` names its version."""
    return _shown(_papers(context).get(paper_id, **_whose(context)), context, response)


@router.patch("/{paper_id}/parts/{part_id}", responses=problems(403, 404, 412, 422, 428))
def edit_part(
    paper_id: str,
    part_id: str,
    body: EditRequest,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> DraftView:
    """Save a part as a person wrote it.

    When another version is current by now, the answer is 412 with both texts; yours is kept aside.
    """
    result = _papers(context).edit(
        paper_id,
        part_id,
        [Line(text=line.text, depth=line.depth) for line in body.lines],
        parent=_version(if_match),
        by=body.by,
        **_whose(context),
    )
    return _saved(result, context, response)


@router.patch("/{paper_id}/parts/{part_id}/cells", responses=problems(403, 404, 412, 422, 428))
def edit_cells(
    paper_id: str,
    part_id: str,
    body: CellsRequest,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> DraftView:
    """Save cells of a part's tables as a person wrote them, as `edit_part` does paragraphs."""
    result = _papers(context).edit_cells(
        paper_id,
        part_id,
        [CellText(**cell.model_dump()) for cell in body.cells],
        parent=_version(if_match),
        by=body.by,
        **_whose(context),
    )
    return _saved(result, context, response)


@router.patch("/{paper_id}/names", responses=problems(403, 404, 412, 422, 428))
def rename(
    paper_id: str,
    body: NamesRequest,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> DraftView:
    """Save title and headings as a person gave them, as `edit_part` does paragraphs."""
    result = _papers(context).rename(
        paper_id,
        {one.part_id: one.text for one in body.names},
        parent=_version(if_match),
        by=body.by,
        **_whose(context),
    )
    return _saved(result, context, response)


@router.post("/{paper_id}/restore", responses=problems(403, 404, 412, 422, 428))
def restore(
    paper_id: str,
    body: RestoreRequest,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> DraftView:
    """Make an earlier version the newest one again."""
    parent = _version(if_match)
    result = _papers(context).restore(
        paper_id, body.version, parent=parent, by=body.by, **_whose(context)
    )
    return _saved(result, context, response)


@router.post("/{paper_id}/settle", responses=problems(403, 404, 409, 422, 428))
def settle(
    paper_id: str,
    body: SettleRequest,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> DraftView:
    """Choose between two texts that were saved at once; both stay in the list of versions."""
    state = _papers(context).settle(
        paper_id,
        body.aside,
        parent=_version(if_match),
        by=body.by,
        take=body.take,
        **_whose(context),
    )
    return _shown(state, context, response)


@router.get("/{paper_id}/versions", responses=problems(404))
def list_versions(paper_id: str, context: ContextDep) -> DraftVersionList:
    """Return the versions of a paper, newest first."""
    papers, whose = _papers(context), _whose(context)
    current = papers.get(paper_id, **whose).record.current.number
    return DraftVersionList(
        versions=version_views(papers.versions(paper_id, **whose), current=current)
    )


@router.get("/{paper_id}/versions/{number}", responses=problems(404, 422))
def get_version(
    paper_id: str,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    context: ContextDep,
    response: Response,
) -> DraftView:
    """Return a paper as it was in one of its versions."""
    return _shown(_papers(context).version(paper_id, number, **_whose(context)), context, response)


@router.get("/{paper_id}/compare", responses=problems(404, 422))
def compare(
    paper_id: str,
    context: ContextDep,
    old: Annotated[int, Query(ge=1, le=1_000_000)],
    new: Annotated[int, Query(ge=1, le=1_000_000)],
) -> ComparisonView:
    """Return what differs between two versions."""
    papers, whose = _papers(context), _whose(context)
    before, after = papers.version(paper_id, old, **whose), papers.version(paper_id, new, **whose)
    current = papers.get(paper_id, **whose).record.current.number
    return comparison_view(
        papers.compare(paper_id, old, new, **whose),
        before.record.current,
        after.record.current,
        current=current,
    )


@router.post(
    "/{paper_id}/comments", status_code=status.HTTP_201_CREATED, responses=problems(403, 404, 422)
)
def comment(paper_id: str, body: CommentRequest, context: ContextDep) -> CommentView:
    """Remark on a part."""
    made = _papers(context).comment(
        paper_id, body.text, part_id=body.part_id, by=body.by, **_whose(context)
    )
    return comment_view(made)


@router.patch("/{paper_id}/comments/{comment_id}", responses=problems(403, 404, 422))
def resolve(
    paper_id: str, comment_id: str, body: ResolveRequest, context: ContextDep
) -> CommentView:
    """Mark a remark as dealt with, or as open again."""
    changed = _papers(context).resolve(
        paper_id, comment_id, by=body.by, is_resolved=body.is_resolved, **_whose(context)
    )
    return comment_view(changed)


@router.post("/{paper_id}/approve", responses=problems(403, 404, 409, 422))
def approve(
    paper_id: str, body: ApproveRequest, context: ContextDep, response: Response
) -> DraftView:
    """Take a text over by name; every open item needs a reason."""
    state = _papers(context).approve(
        paper_id,
        content_hash=body.content_hash,
        by=body.by,
        reasons={one.item_id: one.reason for one in body.acknowledgements},
        **_whose(context),
    )
    return _shown(state, context, response)


@router.get("/{paper_id}/export", response_class=Response, responses=FILE | problems(404, 422, 503))
def export(
    paper_id: str,
    context: ContextDep,
    fmt: Annotated[ExportFormat, Query(alias="format")],
    plain: bool = False,
) -> Response:
    """Return the current version as a file; `plain` leaves out the numbers and sources."""
    return file_response(_papers(context).export(paper_id, fmt, is_plain=plain, **_whose(context)))


@router.get(
    "/{paper_id}/pictures/{digest}", response_class=Response, responses=FILE | problems(404)
)
def picture(paper_id: str, digest: str, context: ContextDep) -> Response:
    """Return a picture of a paper."""
    data = context.assistant.store.papers.picture(paper_id, digest, **_whose(context))
    if data is None:
        raise NotFoundError(what="picture")
    return Response(data, media_type="image/png" if data.startswith(_PNG) else "image/jpeg")


def _papers(context: Context) -> PaperFlow:
    return context.assistant.papers


def _whose(context: Context) -> dict[str, str]:
    return {"institution_id": context.principal.institution_id}


def _version(if_match: str | None) -> int:
    """Return the number of the version that a change was made from."""
    found = _ETAG.match(if_match or "")
    if found is None:
        raise PreconditionRequiredError("If-Match names no version")
    return int(found["number"])


def _shown(state: PaperState, context: Context, response: Response) -> DraftView:
    response.headers["ETag"] = etag_of(state.record.current)
    return _view(state, context)


def _saved(result: SaveResult, context: Context, response: Response) -> DraftView:
    if not result.is_aside:
        return _shown(result.state, context, response)
    record = result.state.record
    mine = _papers(context).version(record.paper_id, result.saved.number, **_whose(context))
    raise StaleVersionError(
        current=_view(result.state, context).model_dump(mode="json"),
        yours=_view(mine, context).model_dump(mode="json"),
    )


def _view(state: PaperState, context: Context) -> DraftView:
    return draft_view(state, today=context.assistant.today(), language=context.language)
