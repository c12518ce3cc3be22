"""Complaints: taken in, listed by due date, masked, changed and counted."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, status

from api.complaint_bodies import arrival_of, details_of, officer_of, points_of
from api.deps import Context, ContextDep
from api.openapi import UPLOAD_BODY, problems
from api.routes.deadlines import openings_of
from api.schemas.complaints import (
    CaseClock,
    CaseEventRequest,
    ComplaintList,
    ComplaintRequest,
    ComplaintView,
    DecisionRequest,
    DetailsRequest,
    MaskRequest,
    OriginalView,
    PointsRequest,
    QueueQuery,
    TableView,
)
from api.uploads import arriving, safe_name
from api.views.complaints import complaint_item, complaint_view, original_view, table_view
from api.views.deadlines import clock_view
from assistant.domain import Span
from assistant.errors import DeadlineInputError
from assistant.flows.complaint.intake import Arrival, moment_of
from assistant.flows.deadline import articles_of
from assistant.store import QueueFilter, StoredCase

router = APIRouter(prefix="/complaints", tags=["complaints"])

PersonName = Annotated[str, Query(min_length=1, max_length=100)]


def shown(context: Context, case: StoredCase) -> ComplaintView:
    """Return a case as its page shows it."""
    cases = context.assistant.complaints.cases
    return complaint_view(case, cases.clock(case), cases.masked(case), context.language)


# -- arrival ----------------------------------------------------------------------------------


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(403, 422))
def create(body: ComplaintRequest, context: ContextDep) -> ComplaintView:
    """Take in a complaint as pasted: masked, its kind guessed, split into points, counted."""
    case = context.assistant.complaints.receiving.take(
        arrival_of(body),
        institution_id=context.principal.institution_id,
        officer=officer_of(body.officer),
    )
    return shown(context, case)


@router.post(
    "/file",
    status_code=status.HTTP_201_CREATED,
    responses=problems(403, 413, 422, 507),
    openapi_extra=UPLOAD_BODY,
)
async def create_from_file(
    request: Request,
    context: ContextDep,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000)],
    number: Annotated[str, Query(max_length=100)] = "",
    received_at: Annotated[str, Query(max_length=40)] = "",
) -> ComplaintView:
    """Take in the complaint that a file of any readable format holds."""
    given = Arrival(body="", number=number, received_at=moment_of(received_at))
    if received_at and given.received_at is None:
        raise DeadlineInputError("time_zone")
    data = await _body(request, context)
    case = await asyncio.to_thread(
        context.assistant.complaints.receiving.take_file,
        data,
        file_name=safe_name(file_name),
        given=given,
        institution_id=context.principal.institution_id,
    )
    return await asyncio.to_thread(shown, context, case)


@router.post("/table", responses=problems(403, 413, 422, 507), openapi_extra=UPLOAD_BODY)
async def create_from_table(
    request: Request,
    context: ContextDep,
    file_name: Annotated[str, Query(min_length=1, max_length=1_000)],
) -> TableView:
    """Take in the complaints of a CSV or XLSX file, a row each; rows with an error are told."""
    data = await _body(request, context)
    taken = await asyncio.to_thread(
        context.assistant.complaints.receiving.take_table,
        data,
        file_name=safe_name(file_name),
        institution_id=context.principal.institution_id,
    )
    return table_view(taken, context.language)


async def _body(request: Request, context: Context) -> bytes:
    folder = context.assistant.ingest.arrivals_dir
    async with arriving(request, folder, context.settings) as arrival:
        return await asyncio.to_thread(arrival.path.read_bytes)


# -- looking ----------------------------------------------------------------------------------


@router.get("", responses=problems(422))
def list_complaints(context: ContextDep, asked: Annotated[QueueQuery, Query()]) -> ComplaintList:
    """Return a page of the queue: what is overdue longest first, then by due time."""
    cases = context.assistant.complaints.cases
    institution_id = context.principal.institution_id
    filters = QueueFilter(
        which=asked.which,
        kind=asked.kind,
        query=asked.query,
        group_id=asked.group_id,
        limit=asked.limit,
        offset=asked.offset,
    )
    page = cases.queue(filters, institution_id=institution_id)
    return ComplaintList(
        complaints=[
            complaint_item(case, cases.clock(case), context.language) for case in page.cases
        ],
        total=page.total,
        counts=cases.counts(institution_id=institution_id),
    )


@router.get("/{complaint_id}", responses=problems(404))
def get_complaint(complaint_id: str, context: ContextDep) -> ComplaintView:
    """Return a case: masked text, kind with its words, points, events, letters."""
    case = context.assistant.complaints.cases.get(
        complaint_id, institution_id=context.principal.institution_id
    )
    return shown(context, case)


@router.get("/{complaint_id}/clock", responses=problems(404))
def get_clock(complaint_id: str, context: ContextDep) -> CaseClock:
    """Return the working of the due date: each counted day, holidays, articles, what is next."""
    cases = context.assistant.complaints.cases
    case = cases.get(complaint_id, institution_id=context.principal.institution_id)
    clock = cases.clock(case)
    if clock is None:
        return CaseClock(clock=None)
    return CaseClock(clock=clock_view(clock, openings_of(context, articles_of(clock))))


# -- masks ------------------------------------------------------------------------------------


@router.get("/{complaint_id}/original", responses=problems(404))
def get_original(complaint_id: str, context: ContextDep) -> OriginalView:
    """Return the text as it came, cut where it is masked, for the official's own eyes."""
    cases = context.assistant.complaints.cases
    institution_id = context.principal.institution_id
    case = cases.get(complaint_id, institution_id=institution_id)
    return original_view(cases.original(complaint_id, institution_id=institution_id), case)


@router.post("/{complaint_id}/masks", responses=problems(403, 404, 422))
def add_mask(complaint_id: str, body: MaskRequest, context: ContextDep) -> ComplaintView:
    """Mask words of the original too, wherever they stand."""
    case = context.assistant.complaints.cases.add_mask(
        complaint_id,
        Span(start=body.start, end=body.end),
        body.kind,
        by=body.by,
        institution_id=context.principal.institution_id,
    )
    return shown(context, case)


@router.post("/{complaint_id}/masks/check", responses=problems(403, 404, 422))
def check_masks(complaint_id: str, body: DecisionRequest, context: ContextDep) -> ComplaintView:
    """Note that a person found the masks right; only then may a model outside get the text."""
    case = context.assistant.complaints.cases.check_masks(
        complaint_id, by=body.by, institution_id=context.principal.institution_id
    )
    return shown(context, case)


@router.delete("/{complaint_id}/masks/{mask_id}", responses=problems(403, 404, 422))
def lift_mask(
    complaint_id: str, mask_id: str, context: ContextDep, by: PersonName
) -> ComplaintView:
    """Take a mask away, wherever its value stands."""
    case = context.assistant.complaints.cases.lift_mask(
        complaint_id, mask_id, by=by, institution_id=context.principal.institution_id
    )
    return shown(context, case)


# -- what people decide -----------------------------------------------------------------------


@router.patch("/{complaint_id}", responses=problems(403, 404, 422))
def change(complaint_id: str, body: DetailsRequest, context: ContextDep) -> ComplaintView:
    """Change the kind, the published period, the officer and the like; the date is counted anew."""
    case = context.assistant.complaints.cases.change(
        complaint_id,
        details_of(body),
        by=body.by,
        institution_id=context.principal.institution_id,
    )
    return shown(context, case)


@router.put("/{complaint_id}/points", responses=problems(403, 404, 409, 422))
def set_points(complaint_id: str, body: PointsRequest, context: ContextDep) -> ComplaintView:
    """Write all points in their order: added, merged, split, moved, left out, given a status."""
    case = context.assistant.complaints.cases.set_points(
        complaint_id,
        points_of(body),
        revision=body.revision,
        by=body.by,
        institution_id=context.principal.institution_id,
    )
    return shown(context, case)


@router.post("/{complaint_id}/events", responses=problems(403, 404, 422))
def record(complaint_id: str, body: CaseEventRequest, context: ContextDep) -> ComplaintView:
    """Note that something happened: extended, supplement asked for, passed on, ended."""
    case = context.assistant.complaints.cases.record(
        complaint_id,
        body.event.to_event(),
        by=body.by,
        institution_id=context.principal.institution_id,
    )
    return shown(context, case)


@router.delete("/{complaint_id}/events/{event_id}", responses=problems(403, 404, 422))
def withdraw(
    complaint_id: str, event_id: str, context: ContextDep, by: PersonName
) -> ComplaintView:
    """Take back an entry made by mistake."""
    case = context.assistant.complaints.cases.withdraw(
        complaint_id, event_id, by=by, institution_id=context.principal.institution_id
    )
    return shown(context, case)
