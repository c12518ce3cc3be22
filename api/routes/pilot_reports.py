"""Reports of pilots: drafted and stored as papers under work, or written to a file at once."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response, status

from api.deps import Context, ContextDep
from api.openapi import FILE, UPLOAD_BODY, problems
from api.routes.pilots import whose
from api.schemas.drafts import ExportFormat
from api.schemas.pilots import (
    ChartList,
    ChartView,
    RefreshRequest,
    ReportKind,
    ReportMade,
    ReportRequest,
)
from api.uploads import arriving
from assistant.domain import Paper, PaperSubject, PartKind
from assistant.drafting import PaperState
from assistant.errors import ConflictError, NotFoundError
from assistant.flows.report import BuiltReport
from assistant.pilotpages import charts_of, refreshed
from assistant.writing import MEDIA_TYPES

router = APIRouter(prefix="/pilots", tags=["pilots"])

PORTFOLIO_ID = "portfolio"


@router.get("/{pilot_id}/charts", responses=problems(404))
def list_charts(pilot_id: str, context: ContextDep) -> ChartList:
    """Return the charts of a pilot in words, each with the table of what it shows."""
    figures = context.assistant.pilots.view(pilot_id, **whose(context)).figures
    return ChartList(
        charts=[
            ChartView(
                name=name,
                title=chart.title,
                description=chart.description,
                headers=list(chart.headers),
                rows=[list(row) for row in chart.rows],
                width=chart.width,
                height=chart.height,
            )
            for name, chart in charts_of(figures).items()
        ]
    )


@router.get("/{pilot_id}/charts/{name}.svg", response_class=Response, responses=problems(404))
def chart(pilot_id: str, name: str, context: ContextDep) -> Response:
    """Return a chart, drawn from the figures as they are now."""
    figures = context.assistant.pilots.view(pilot_id, **whose(context)).figures
    found = charts_of(figures).get(name)
    if found is None:
        raise NotFoundError(what="picture")
    return Response(found.svg, media_type="image/svg+xml")


@router.post("/portfolio/report", status_code=status.HTTP_201_CREATED, responses=problems(403, 404))
async def portfolio_report(body: ReportRequest, context: ContextDep) -> ReportMade:
    """Draft the report over all pilots."""
    built = await context.assistant.reports.portfolio(**whose(context))
    return _stored(context, built, PORTFOLIO_ID, body.by)


@router.post(
    "/{pilot_id}/report",
    status_code=status.HTTP_201_CREATED,
    responses=problems(403, 404, 422, 503),
)
async def make_report(pilot_id: str, body: ReportRequest, context: ContextDep) -> ReportMade:
    """Draft a report on a pilot; it is opened, edited and approved under /api/drafts."""
    built = await context.assistant.reports.build(pilot_id, body.kind, **whose(context))
    return _stored(context, built, pilot_id, body.by)


@router.get("/{pilot_id}/report", response_class=Response, responses=FILE | problems(404, 422, 503))
async def report_file(
    pilot_id: str,
    context: ContextDep,
    kind: Annotated[ReportKind, Query()] = "completion",
    format: ExportFormat = "hwpx",
) -> Response:
    """Return a report on a pilot as a file, marked as a draft that nobody has confirmed."""
    built = await context.assistant.reports.build(pilot_id, kind, **whose(context))
    file = await asyncio.to_thread(
        context.assistant.reports.write,
        built.paper,
        format,
        institution=context.principal.institution_name,
        **whose(context),
    )
    name = quote(file.file_name, safe="")
    return Response(
        file.data,
        media_type=file.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.post(
    "/{pilot_id}/papers/{paper_id}/refresh", responses=problems(403, 404, 409, 412, 422, 503)
)
async def refresh(
    pilot_id: str, paper_id: str, body: RefreshRequest, context: ContextDep
) -> ReportMade:
    """Set what follows from the record anew, after the record has changed; people's words stay."""
    paper, version = _own_paper(context, pilot_id, paper_id)
    built = await context.assistant.reports.build(
        pilot_id, _kind_of(paper), only="", **whose(context)
    )
    result = context.assistant.papers.save(
        paper_id,
        refreshed(paper, built.paper),
        parent=version,
        by=body.by,
        reason="refreshed",
        **whose(context),
    )
    if result.is_aside:
        raise ConflictError(reason="paper_changed")
    return _made(result.state, built)


@router.post(
    "/{pilot_id}/papers/{paper_id}/parts/{part_id}/redraft",
    responses=problems(403, 404, 409, 422, 503),
)
async def redraft(pilot_id: str, paper_id: str, part_id: str, context: ContextDep) -> ReportMade:
    """Draft one section anew from the files as they are now; the others stay."""
    paper, _ = _own_paper(context, pilot_id, paper_id)
    built = await context.assistant.reports.build(
        pilot_id, _kind_of(paper), only=part_id, **whose(context)
    )
    part = next(
        (p for p in built.paper.parts if p.part_id == part_id and p.kind is PartKind.DRAFTED),
        None,
    )
    if part is None:
        raise NotFoundError(what="paper_part")
    state = context.assistant.papers.put_part(
        paper_id,
        part,
        made_by=(
            next(iter(built.paper.models), None),
            next(iter(built.paper.prompts), None),
        ),
        **whose(context),
    )
    return _made(state, built)


@router.post(
    "/{pilot_id}/form",
    response_class=Response,
    responses=FILE | problems(403, 404, 413, 422, 503),
    openapi_extra=UPLOAD_BODY,
)
async def fill_form(
    pilot_id: str,
    request: Request,
    context: ContextDep,
    kind: Annotated[ReportKind, Query()] = "completion",
) -> Response:
    """Return an institution's own form (HWPX or DOCX with tags), filled with a report."""
    async with arriving(
        request, context.assistant.ingest.arrivals_dir, context.settings
    ) as arrival:
        form = await asyncio.to_thread(arrival.path.read_bytes)
    data, fmt = await context.assistant.reports.fill(form, pilot_id, kind, **whose(context))
    headers = {"Content-Disposition": f'attachment; filename="report.{fmt}"'}
    return Response(data, media_type=MEDIA_TYPES[fmt], headers=headers)


def _own_paper(context: Context, pilot_id: str, paper_id: str) -> tuple[Paper, int]:
    """Return a paper of this pilot with the number of its version; another's is not found."""
    record = context.assistant.store.papers.get(paper_id, **whose(context))
    if (record.subject, record.subject_id) != (PaperSubject.PILOT, pilot_id):
        raise NotFoundError(what="paper")
    return record.current.paper, record.current.number


def _kind_of(paper: Paper) -> str:
    """Return which report a paper is, by its template."""
    return paper.template.partition("@")[0].removeprefix("pilot_")


def _made(state: PaperState, built: BuiltReport) -> ReportMade:
    return ReportMade(
        paper_id=state.record.paper_id,
        open_items=len(state.items),
        notices=list(built.notices),
    )


def _stored(context: Context, built: BuiltReport, subject_id: str, by: str) -> ReportMade:
    state = context.assistant.papers.create(
        built.paper,
        subject=PaperSubject.PILOT,
        subject_id=subject_id,
        by=by if not built.paper.models else "",
        **whose(context),
    )
    return _made(state, built)
