"""Deadlines: the kinds there are, the clock of a case, and its dates for a calendar.

Nothing is kept: a case is told whole each time.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Response

from api.deps import Context, ContextDep
from api.openapi import CALENDAR, problems
from api.schemas.deadlines import CalendarRequest, ClockView, DeadlineRequest, KindList
from api.views.deadlines import case_of, clock_view, kind_list
from assistant.deadlines import Article, all_rules
from assistant.flows.deadline import Openings, articles_of

router = APIRouter(prefix="/deadlines", tags=["deadlines"])

_CALENDAR_TYPE = "text/calendar; charset=utf-8"
_AS_FILE = {"Content-Disposition": 'attachment; filename="deadline.ics"'}


def openings_of(context: Context, articles: Iterable[Article]) -> Openings:
    """Return where articles can be read, for this institution, today."""
    return context.assistant.deadlines.openings(
        articles, institution_ids=context.principal.visible, today=context.assistant.today()
    )


@router.get("/kinds")
def list_kinds(context: ContextDep) -> KindList:
    """Return the kinds of periods that can be counted."""
    rules = all_rules().values()
    return kind_list(rules, openings_of(context, (rule.basis for rule in rules)))


@router.post("", responses=problems(403, 422))
def count(body: DeadlineRequest, context: ContextDep) -> ClockView:
    """Return when a case is due, how that was counted, what comes next and what is wrong."""
    clock = context.assistant.deadlines.clock(case_of(body))
    return clock_view(clock, openings_of(context, articles_of(clock)))


@router.post("/ics", response_class=Response, responses=CALENDAR | problems(403, 422))
def as_calendar(body: CalendarRequest, context: ContextDep) -> Response:
    """Return the dates of a case that are to come, for a calendar program."""
    text = context.assistant.deadlines.calendar(case_of(body), label=body.label)
    return Response(text, media_type=_CALENDAR_TYPE, headers=_AS_FILE)
