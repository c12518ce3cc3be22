"""Shapes of complaints: what comes in, what people decide, and a case as its page shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, Id, View
from api.schemas.deadlines import ClockView, EventBody, Moment, PeriodBody, RemainingView
from assistant.deadlines import State
from assistant.domain.complaints import (
    Channel,
    ComplaintKind,
    Decision,
    LetterKind,
    PointStatus,
    ReplyForm,
)
from assistant.privacy import Kind, Reason
from assistant.store import DraftingState, MaskAction

TEXT_CHARS = 50_000
CaseText = Annotated[str, StringConstraints(max_length=TEXT_CHARS), WHOLE]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), WHOLE]
Person = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), WHOLE
]
Place = Annotated[int, Field(ge=0, le=10_000_000)]


# -- requests ---------------------------------------------------------------------------------


Which = Literal["open", "overdue", "due_soon", "drafted", "unchecked", "over", "all"]


class QueueQuery(Body):
    """Which cases the queue shows."""

    which: Which = "open"
    kind: ComplaintKind | None = None
    query: Annotated[str, StringConstraints(max_length=200), WHOLE] = ""
    group_id: Annotated[str, StringConstraints(max_length=200), WHOLE] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class OfficerBody(Body):
    """Who is in charge, as every notice names them."""

    department: Line = ""
    name: Line = ""
    contact: Line = ""


class AttachmentBody(Body):
    """A file that came with a complaint: its name, and its text where that is known."""

    name: Line
    text: CaseText = ""


class ComplaintRequest(Body):
    """A complaint as pasted; `received_at` is now when absent."""

    text: CaseText
    title: Line = ""
    number: Line = ""
    received_at: Moment | None = None
    channel: Channel = Channel.OTHER
    reply_form: ReplyForm = ReplyForm.DOCUMENT
    applicants: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    applicant: Line = ""
    contact: Line = ""
    attachments: Annotated[tuple[AttachmentBody, ...], Field(max_length=20)] = ()
    officer: OfficerBody | None = None


class DetailsRequest(Body):
    """What a person changes of a case; what is absent stays."""

    by: Person
    kind: ComplaintKind | None = None
    period: PeriodBody | None = None
    number: Line | None = None
    received_at: Moment | None = None
    reply_form: ReplyForm | None = None
    officer: OfficerBody | None = None


class MaskRequest(Body):
    """Words of the original to be masked too, wherever they stand; places count in it."""

    by: Person
    start: Place
    end: Place
    kind: Kind = Kind.PERSON


class DecisionRequest(Body):
    """A person's decision that needs no more than a name."""

    by: Person


class SpanBody(Body):
    """A stretch of the masked text."""

    start: Place
    end: Place


class PointBody(Body):
    """A point as a person leaves it; without `point_id` a new one."""

    text: CaseText
    point_id: Id | None = None
    question: Line = ""
    spans: Annotated[tuple[SpanBody, ...], Field(max_length=20)] = ()
    status: PointStatus = PointStatus.UNTOUCHED
    other_body: Line = ""


class PointsRequest(Body):
    """All points of a case in their order; `revision` is that of the case that was looked at."""

    by: Person
    points: Annotated[tuple[PointBody, ...], Field(max_length=40)]
    revision: int | None = None


class CaseEventRequest(Body):
    """Something that happened in a case."""

    by: Person
    event: EventBody


# -- views ------------------------------------------------------------------------------------


class DueView(View):
    """When a case is due; `on` null while the published period of a 법정민원 is not known."""

    on: date | None
    at: datetime | None
    state: State | None
    remaining: RemainingView | None
    is_provisional: bool
    needs_period: bool


class DraftingView(View):
    """How far the draft in the background is; `error` is said in words."""

    state: DraftingState
    done: int
    total: int
    error_code: str | None
    error: str | None


class MasksState(View):
    """Whether a person has checked the masks; until then no model outside gets the text."""

    is_checked: bool
    checked_by: str
    checked_at: datetime | None
    candidates: int


class LetterView(View):
    """A letter of a case; `paper_id` opens it under `/api/drafts`."""

    paper_id: str
    letter: LetterKind
    decision: Decision
    created_at: datetime


class PointCount(View):
    """How many points have a status."""

    status: PointStatus
    count: int


class ComplaintItem(View):
    """A case in the queue."""

    complaint_id: str
    number: str
    title: str
    kind: ComplaintKind
    kind_name: str
    kind_by: str
    channel: Channel
    received_at: datetime
    due: DueView
    points: list[PointCount]
    masks: MasksState
    drafting: DraftingView
    letters: list[LetterView]
    group_id: str | None
    revision: int


class ComplaintList(View):
    """A page of the queue, overdue first; `counts` has a number for each filter."""

    complaints: list[ComplaintItem]
    total: int
    counts: dict[str, int]


class SpanView(View):
    """A stretch of a text."""

    start: int
    end: int


class SignView(View):
    """Words that speak for a kind; places count in the masked text."""

    start: int
    end: int
    text: str
    reason: str
    weight: float


class AlternativeView(View):
    """Another kind that it may be, with the words that speak for it."""

    kind: ComplaintKind
    kind_name: str
    share: float
    signs: list[SignView]


class GuessView(View):
    """The kind that the text seems to be of, and why."""

    kind: ComplaintKind
    kind_name: str
    share: float
    signs: list[SignView]
    alternatives: list[AlternativeView]


class PointView(View):
    """A point; `spans` count in the masked text, `original_spans` in the original."""

    point_id: str
    text: str
    question: str
    spans: list[SpanView]
    original_spans: list[SpanView]
    status: PointStatus
    other_body: str
    by: str


class OfficerView(View):
    """Who is in charge."""

    department: str
    name: str
    contact: str


class CaseEventView(View):
    """Something that happened; `facts` are the values of the event of that name."""

    event_id: str
    type: str
    at: datetime
    facts: dict[str, object]
    by: str
    recorded_at: datetime


class ComplaintView(ComplaintItem):
    """A case. `text` is masked; `text[:title_length]` is the title."""

    text: str
    title_length: int
    attachments: list[str]
    reply_form: ReplyForm
    applicants: int
    period: str | None
    officer: OfficerView
    guess: GuessView
    case_points: list[PointView]
    events: list[CaseEventView]
    created_at: datetime
    updated_at: datetime


class MaskView(View):
    """A masked stretch; `is_candidate` asks for a look."""

    mask_id: str
    kind: Kind
    label: str
    placeholder: str
    reason: Reason
    confidence: float
    is_candidate: bool


class Segment(View):
    """A stretch of the original, masked or not; `start` counts in the original."""

    start: int
    text: str
    mask: MaskView | None


class MaskDecisionView(View):
    """What a person decided; places count in the original."""

    action: MaskAction
    kind: str
    start: int
    end: int
    by: str
    decided_at: datetime


class OriginalView(View):
    """The text as it came, for the official's own eyes, cut where it is masked."""

    segments: list[Segment]
    title_length: int
    body_start: int
    body_end: int
    masks: MasksState
    decisions: list[MaskDecisionView]


class RowErrorView(View):
    """A row that was not taken and why; `row` counts as the sheet does."""

    row: int
    code: str
    column: str
    detail: str


class RowTaken(View):
    """A row that is a case now."""

    row: int
    complaint_id: str


class TableView(View):
    """What came of a table; `columns` tells which heading stood for what."""

    taken: list[RowTaken]
    errors: list[RowErrorView]
    columns: dict[str, str]
    unknown_columns: list[str]


class CaseClock(View):
    """The clock of a case; null while the published period of a 법정민원 is not known."""

    clock: ClockView | None
