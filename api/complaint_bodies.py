"""What requests about complaints say, as the library takes it."""

from __future__ import annotations

from api.schemas.complaint_letters import LetterBody
from api.schemas.complaints import (
    ComplaintRequest,
    DetailsRequest,
    OfficerBody,
    PointsRequest,
)
from assistant.domain import Span
from assistant.domain.complaints import Officer
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.intake import Arrival, Attached
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.complaint.pointing import EditedPoint


def officer_of(body: OfficerBody | None) -> Officer | None:
    """Return who is in charge, None where nothing is said."""
    if body is None:
        return None
    return Officer(department=body.department, name=body.name, contact=body.contact)


def arrival_of(body: ComplaintRequest) -> Arrival:
    """Return the complaint that a request brings."""
    return Arrival(
        body=body.text,
        title=body.title,
        number=body.number,
        received_at=body.received_at,
        channel=body.channel,
        reply_form=body.reply_form,
        applicants=body.applicants,
        applicant=body.applicant,
        contact=body.contact,
        attachments=tuple(Attached(name=one.name, text=one.text) for one in body.attachments),
    )


def details_of(body: DetailsRequest) -> Details:
    """Return what a request changes of a case."""
    return Details(
        kind=body.kind,
        period=body.period.to_period() if body.period else None,
        number=body.number,
        received_at=body.received_at,
        reply_form=body.reply_form,
        officer=officer_of(body.officer),
    )


def points_of(body: PointsRequest) -> tuple[EditedPoint, ...]:
    """Return the points that a request lists."""
    return tuple(
        EditedPoint(
            point_id=one.point_id or "",
            text=one.text,
            question=one.question,
            spans=tuple(Span(start=span.start, end=span.end) for span in one.spans),
            status=one.status,
            other_body=one.other_body,
        )
        for one in body.points
    )


def letter_of(body: LetterBody) -> LetterRequest:
    """Return the letter that a request asks for."""
    return LetterRequest(
        letter=body.letter,
        decision=body.decision,
        is_disposition=body.is_disposition,
        reason=body.reason,
        needs=body.needs,
        until=body.until,
        ground=body.ground,
        length=body.length.to_period() if body.length else None,
        consent=body.consent,
        destination=body.destination,
        referrals=body.referrals,
        expected_on=body.expected_on,
        notified_on=body.notified_on,
    )
