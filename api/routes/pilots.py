"""Pilots: the portfolio, made and changed, with their steps, checks and calendar."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Response, status

from api.deps import Context, ContextDep
from api.errors import PreconditionRequiredError, StaleVersionError
from api.openapi import CALENDAR, FILE, problems
from api.schemas.documents import DeletionResult
from api.schemas.pilots import (
    CourseView,
    NewPilot,
    PilotComparison,
    PilotDetail,
    PilotList,
    PilotPatch,
    PilotVersions,
    ValidationView,
)
from api.views.pilots import (
    articles_of_course,
    comparison,
    course_view,
    etag_of,
    pilot_detail,
    pilot_row,
    validation_view,
    version_list,
)
from assistant.deadlines import Article
from assistant.domain import Grade, PaperSubject, Track
from assistant.errors import ConflictError
from assistant.flows.deadline import Openings
from assistant.flows.pilots import PilotFilter
from assistant.pilotpages import portfolio_table
from assistant.writing.tables import write_tables

router = APIRouter(prefix="/pilots", tags=["pilots"])

IfMatch = Annotated[str | None, Header(max_length=200)]
_ETAG = re.compile(r'^\s*(?:W/)?"(?P<number>\d{1,7})"\s*$')
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def whose(context: Context) -> dict[str, str]:
    """Return whose pilots a request is about."""
    return {"institution_id": context.principal.institution_id}


def openings_of(context: Context, articles: list[Article]) -> Openings:
    """Return where these articles can be read."""
    return context.assistant.deadlines.openings(
        articles, institution_ids=context.principal.visible, today=context.assistant.today()
    )


def detail_of(pilot_id: str, context: Context) -> PilotDetail:
    """Return a pilot with everything that follows from its record now."""
    assistant, ours = context.assistant, whose(context)
    view = assistant.pilots.view(pilot_id, **ours)
    return pilot_detail(
        view,
        openings_of(context, list(articles_of_course(view.course))),
        files=assistant.store.pilots.files(pilot_id, **ours),
        papers=assistant.store.papers.of_subject(PaperSubject.PILOT, pilot_id, **ours),
        choices=assistant.pilot_files.choices(pilot_id, **ours),
    )


def _shown(pilot_id: str, context: Context, response: Response) -> PilotDetail:
    detail = detail_of(pilot_id, context)
    response.headers["ETag"] = etag_of(detail.version)
    return detail


# -- the portfolio ----------------------------------------------------------------------------


@router.get("", responses=problems(422))
def list_pilots(
    context: ContextDep,
    query: Annotated[str, Query(max_length=200)] = "",
    track: Track | None = None,
    step: Annotated[str, Query(max_length=40)] = "",
    late: bool | None = None,
) -> PilotList:
    """Return the portfolio: what is late first, then what is due soonest."""
    wanted = PilotFilter(words=query, track=track, step_id=step, is_late=late)
    flow, ours = context.assistant.pilots, whose(context)
    total = len(context.assistant.store.pilots.list(**ours))
    return PilotList(pilots=[pilot_row(v) for v in flow.portfolio(wanted, **ours)], total=total)


@router.get("/export", response_class=Response, responses=FILE | problems(422))
def export(context: ContextDep, format: Literal["xlsx", "csv", "json"] = "xlsx") -> Response:
    """Return the portfolio as a table, figures computed now."""
    pilots = context.assistant.pilots.portfolio(institution_id=context.principal.institution_id)
    table = portfolio_table([(v.record, v.figures, v.course) for v in pilots])
    name = f"pilots.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_tables([table], format), media_type=_TYPES[format], headers=headers)


@router.get("/compare", responses=problems(404, 422))
def compare(
    context: ContextDep,
    one: Annotated[str, Query(min_length=1, max_length=200)],
    other: Annotated[str, Query(min_length=1, max_length=200)],
) -> PilotComparison:
    """Return two pilots side by side."""
    flow, ours = context.assistant.pilots, whose(context)
    return comparison(flow.view(one, **ours), flow.view(other, **ours))


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(403, 422))
def create(body: NewPilot, context: ContextDep, response: Response) -> PilotDetail:
    """Make a pilot with what a person knows of it."""
    stored = context.assistant.pilots.create(
        body.title,
        by=body.by,
        grade=Grade(body.grade),
        changes=[(change.place, change.value) for change in body.changes],
        **whose(context),
    )
    return _shown(stored.pilot_id, context, response)


# -- one pilot --------------------------------------------------------------------------------


@router.get("/{pilot_id}", responses=problems(404))
def get_pilot(pilot_id: str, context: ContextDep, response: Response) -> PilotDetail:
    """Return a pilot; `ETag` names the version of its record."""
    return _shown(pilot_id, context, response)


@router.patch("/{pilot_id}", responses=problems(403, 404, 412, 422, 428))
def change(
    pilot_id: str,
    body: PilotPatch,
    context: ContextDep,
    response: Response,
    if_match: IfMatch = None,
) -> PilotDetail:
    """Put values; what others changed meanwhile stays.

    Only where they changed the same values is the answer 412, with the pilot as it is now and
    the changes that were not made.
    """
    found = _ETAG.match(if_match or "")
    if found is None:
        raise PreconditionRequiredError("If-Match names no version")
    try:
        context.assistant.pilots.change(
            pilot_id,
            [(change.place, change.value) for change in body.changes],
            base=int(found["number"]),
            by=body.by,
            **whose(context),
        )
    except ConflictError as error:
        raise StaleVersionError(
            current=detail_of(pilot_id, context).model_dump(mode="json"),
            yours=body.model_dump(mode="json"),
        ) from error
    return _shown(pilot_id, context, response)


@router.delete("/{pilot_id}", responses=problems(403, 404))
def delete(pilot_id: str, context: ContextDep) -> DeletionResult:
    """Delete a pilot; it can be brought back for a while."""
    until = context.assistant.store.pilots.delete(pilot_id, **whose(context))
    return DeletionResult(undo_until=until, cited_in=0)


@router.post("/{pilot_id}/restore", responses=problems(403, 404))
def restore(pilot_id: str, context: ContextDep, response: Response) -> PilotDetail:
    """Bring a deleted pilot back."""
    context.assistant.store.pilots.restore(pilot_id, **whose(context))
    return _shown(pilot_id, context, response)


@router.get("/{pilot_id}/versions", responses=problems(404))
def list_versions(pilot_id: str, context: ContextDep) -> PilotVersions:
    """Return when, by whom and why the record was saved."""
    pilots, ours = context.assistant.store.pilots, whose(context)
    pilots.get(pilot_id, **ours)
    return version_list(pilots.versions(pilot_id, **ours))


@router.get("/{pilot_id}/steps", responses=problems(404))
def steps(pilot_id: str, context: ContextDep) -> CourseView:
    """Return the nineteen steps: what is done, due, late, and by which article."""
    course = context.assistant.pilots.view(pilot_id, **whose(context)).course
    return course_view(course, openings_of(context, list(articles_of_course(course))))


@router.get(
    "/{pilot_id}/calendar.ics", response_class=Response, responses=CALENDAR | problems(404, 422)
)
def calendar(pilot_id: str, context: ContextDep) -> Response:
    """Return the dates that are to come, for a calendar program."""
    text = context.assistant.pilots.calendar(pilot_id, **whose(context))
    headers = {"Content-Disposition": 'attachment; filename="pilot.ics"'}
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


@router.get("/{pilot_id}/validate", responses=problems(404))
def check(pilot_id: str, context: ContextDep) -> ValidationView:
    """Return what is wrong with a pilot's papers, and the reference assessment."""
    validated = context.assistant.pilots.validate(pilot_id, **whose(context))
    articles = [each.article for each in validated.findings if each.article is not None]
    return validation_view(validated, openings_of(context, articles))
