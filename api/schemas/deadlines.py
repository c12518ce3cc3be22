"""Shapes of deadlines: what happened to a case comes in, its clock goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints

from api.schemas.base import WHOLE, Body, CalendarDate, View
from assistant import deadlines
from assistant.deadlines import (
    ActKind,
    Counting,
    Destination,
    Ending,
    Event,
    Ground,
    Pause,
    Period,
    State,
    StepKind,
    Unit,
)

_MINUTE = "2026-11-23T09:00"


def _only_text(value: object) -> object:
    if not isinstance(value, str) or len(value) < len(_MINUTE):
        raise ValueError("a time is written YYYY-MM-DDTHH:MM:SS+09:00")
    return value


Moment = Annotated[datetime, BeforeValidator(_only_text)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), WHOLE]


class PeriodBody(Body):
    """A length of time, as 14 days."""

    number: Annotated[int, Field(ge=1, le=10_000)]
    unit: Unit = Unit.DAY

    def to_period(self) -> Period:
        """Return the library's noun."""
        return Period(number=self.number, unit=self.unit)


# -- events -----------------------------------------------------------------------------------


class _EventBody(Body):
    noun: ClassVar[type[Event]]
    at: Moment

    def to_event(self) -> Event:
        """Return the library's noun."""
        values = {name: getattr(self, name) for name in type(self).model_fields if name != "type"}
        if isinstance(values.get("length"), PeriodBody):
            values["length"] = values["length"].to_period()
        return self.noun(**values)


class ArrivedBody(_EventBody):
    """It reached the electronic window, before it was received."""

    noun = deadlines.Arrived
    type: Literal["arrived"]


class SupplementRequestedBody(_EventBody):
    """The applicant is asked to complete the papers until a day."""

    noun = deadlines.SupplementRequested
    type: Literal["supplement_requested"]
    until: CalendarDate | None = None


class SupplementProlongedBody(_EventBody):
    """The applicant asked for more time and got it."""

    noun = deadlines.SupplementProlonged
    type: Literal["supplement_prolonged"]
    until: CalendarDate


class SupplementUrgedBody(_EventBody):
    """The applicant let the time pass and is asked again."""

    noun = deadlines.SupplementUrged
    type: Literal["supplement_urged"]
    until: CalendarDate


class SupplementReceivedBody(_EventBody):
    """The completed papers arrived."""

    noun = deadlines.SupplementReceived
    type: Literal["supplement_received"]


class SupplementBouncedBody(_EventBody):
    """The request came back because the address is unclear."""

    noun = deadlines.SupplementBounced
    type: Literal["supplement_bounced"]


class TransferredBody(_EventBody):
    """The case was passed on."""

    noun = deadlines.Transferred
    type: Literal["transferred"]
    to: Destination
    electronic: bool = False


class ExtendedBody(_EventBody):
    """The period was extended; without `length` as far as the rule allows."""

    noun = deadlines.Extended
    type: Literal["extended"]
    ground: Ground | None = None
    length: PeriodBody | None = None
    consent: bool = False


class SuspendedBody(_EventBody):
    """Time that does not count; without `until` it still lasts."""

    noun = deadlines.Suspended
    type: Literal["suspended"]
    why: Pause
    until: Moment | None = None
    prolonged: bool = False


class ProgressNotifiedBody(_EventBody):
    """The applicant was told how far the case is."""

    noun = deadlines.ProgressNotified
    type: Literal["progress_notified"]


class EndedBody(_EventBody):
    """The case ended."""

    noun = deadlines.Ended
    type: Literal["ended"]
    how: Ending = Ending.ANSWERED


EventBody: TypeAlias = Annotated[
    ArrivedBody
    | SupplementRequestedBody
    | SupplementProlongedBody
    | SupplementUrgedBody
    | SupplementReceivedBody
    | SupplementBouncedBody
    | TransferredBody
    | ExtendedBody
    | SuspendedBody
    | ProgressNotifiedBody
    | EndedBody,
    Field(discriminator="type"),
]


# -- requests ---------------------------------------------------------------------------------


class DayBody(Body):
    """A day off and what it is called."""

    on: CalendarDate
    name: Name = ""


class DeadlineRequest(Body):
    """A case: its kind, when it was received, and what happened since.

    `closures` are the institution's own days off, which stop hours and not days;
    `temporary_holidays` are public holidays that the Cabinet has set since.
    """

    kind: Name
    received_at: Moment
    events: Annotated[tuple[EventBody, ...], Field(max_length=50)] = ()
    period: PeriodBody | None = None
    closures: Annotated[tuple[DayBody, ...], Field(max_length=400)] = ()
    temporary_holidays: Annotated[tuple[DayBody, ...], Field(max_length=400)] = ()


class CalendarRequest(DeadlineRequest):
    """A case to put into a calendar; `label` stands before each title, as a case number."""

    label: Name = ""


# -- views ------------------------------------------------------------------------------------


class ArticleView(View):
    """A place in a law; the ids open it where the corpus holds that article."""

    law: str
    article: str
    paragraph: str
    subparagraph: str
    document_id: str | None
    version_id: str | None
    section_ordinal: int | None


class PeriodView(View):
    """A length of time and how it is written."""

    number: int
    unit: Unit
    text: str


class PauseView(View):
    """A reason for which time does not count."""

    why: Pause
    name: str


class KindView(View):
    """A kind of period; without `period` that of the case has to be given.

    `start` says what the period runs from, `who` who has to keep it; `counting` None depends on
    the length of the period.
    """

    kind: str
    name: str
    start: str
    who: str
    is_complaint: bool
    period: PeriodView | None
    counting: Counting | None
    can_extend: bool
    can_supplement: bool
    pauses: list[PauseView]
    basis: ArticleView
    note: str


class KindList(View):
    """The kinds of periods, in the order of the rules."""

    kinds: list[KindView]


class RemainingView(View):
    """What is left; with `is_late` what is over. Today is not among the days."""

    days: int
    minutes: int | None
    is_late: bool


class StepView(View):
    """One line of the working."""

    kind: StepKind
    text: str
    day: date | None
    number: int | None
    article: ArticleView | None


class ActView(View):
    """What comes next."""

    kind: ActKind
    text: str
    on: date
    at: datetime | None
    article: ArticleView
    is_done: bool
    is_late: bool
    is_optional: bool
    at_once: bool


class BreachView(View):
    """Something that the rules do not allow; it was not applied."""

    code: str
    text: str
    on: date
    article: ArticleView


class ClockView(View):
    """The clock of a case; `rule_period` is the rule's own where another was given.

    `left_out` counts events that lie in the future and had no part in it.
    """

    kind: str
    name: str
    basis: ArticleView
    received_at: datetime
    period: PeriodView
    rule_period: PeriodView | None
    counting: Counting
    due_on: date
    due_at: datetime | None
    state: State
    remaining: RemainingView
    acts: list[ActView]
    working: list[StepView]
    findings: list[BreachView]
    extensions: list[PeriodView]
    is_provisional: bool
    left_out: int
