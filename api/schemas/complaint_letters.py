"""Shapes of the letters of complaints: what is asked for, and how far the writing is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, CalendarDate, Id, View
from api.schemas.complaints import Line
from api.schemas.deadlines import PeriodBody
from assistant.deadlines import Ground
from assistant.domain.complaints import Decision, LetterKind, PointStatus


class LetterBody(Body):
    """A letter to be written; which values it needs depends on `letter`.

    reply: `decision`, `reason` where something is refused, `is_disposition` where what is refused
    is a disposition (appeal and lawsuit are named then), `notified_on` where a fine is contested:
    the day of its notice, so that the letter names the last day, `referrals`. extension: `ground`,
    `reason`, `length`, `consent`. supplement: `needs`, `until`. transfer: `destination`, `reason`.
    progress: `reason` (how far it is), `expected_on`. closing: `reason` (why the content is the
    same). What is missing is left to a person as 【확인 필요】.
    """

    letter: LetterKind = LetterKind.REPLY
    decision: Decision = Decision.ANSWER
    is_disposition: bool = False
    reason: Annotated[str, StringConstraints(max_length=2_000), WHOLE] = ""
    needs: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    until: CalendarDate | None = None
    ground: Ground | None = None
    length: PeriodBody | None = None
    consent: bool = False
    destination: Line = ""
    referrals: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    expected_on: CalendarDate | None = None
    notified_on: CalendarDate | None = None


class BulkRequest(Body):
    """Replies to be drafted in the background."""

    complaint_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=2_000)]
    letter: LetterBody = LetterBody()


class AnswerAgainRequest(Body):
    """One point of a reply to be answered anew; `parent` is the version that was looked at."""

    paper_id: Id
    parent: int | None = None


class BulkView(View):
    """Which cases are in the line now; those that were in it already are left out."""

    waiting: list[str]


class CancelView(View):
    """Whether something was cancelled."""

    cancelled: bool


class AnsweredAgain(View):
    """A point was answered anew: the new version of the paper, and the status of the point."""

    paper_id: str
    version: int
    status: PointStatus


class ProgressEvent(View):
    """How many points of a letter are answered (event `progress`)."""

    done: int
    total: int
    point_id: str | None
    status: PointStatus | None


class WrittenEvent(View):
    """The letter is stored (event `written`); `notices` are codes as in an answer."""

    paper_id: str
    notices: list[str]
