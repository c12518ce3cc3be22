"""Shapes of pilots: the record and its figures as they are, and what follows from them.

`record` and `figures` are the nouns of the library themselves (`assistant.domain.pilots`,
`assistant.figures`): decimals go out as text with their digits, absent values as null.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, EnteredGrade, Id, View
from api.schemas.deadlines import ArticleView
from assistant.domain.pilot_kinds import Acquisition, Track
from assistant.domain.pilots import PilotRecord
from assistant.figures import Figure, PilotFigures
from assistant.pilots import LimitState, Severity, StepState

Person = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), WHOLE
]
Place = Annotated[str, StringConstraints(min_length=1, max_length=200), WHOLE]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), WHOLE
]
ReportKind = Literal["completion", "plan", "interim", "supplement", "summary"]


# -- requests ------------------------------------------------


class ChangeBody(Body):
    """A value for a place of the record (`items[3].target`); null takes it, or the row, away.

    Dates are written 2026-08-28, numbers 24.6, yes and no true and false.
    """

    place: Place
    value: Annotated[str, Field(max_length=10_000), WHOLE] | None


class NewPilot(Body):
    """A pilot to make; files fill it in afterwards."""

    title: Title
    by: Person
    grade: EnteredGrade = "S"
    changes: Annotated[tuple[ChangeBody, ...], Field(max_length=500)] = ()


class PilotPatch(Body):
    """Values that a person entered while looking at the version that If-Match names."""

    changes: Annotated[tuple[ChangeBody, ...], Field(min_length=1, max_length=500)]
    by: Person


class FileBody(Body):
    """A stored document to read for a pilot."""

    document_id: Id
    by: Person


class DecisionBody(Body):
    """Proposals that a person accepts or turns down; without ids, all on which files agree."""

    by: Person
    proposal_ids: Annotated[tuple[Id, ...], Field(max_length=2_000)] | None = None


class ReportRequest(Body):
    """A report to draft."""

    kind: ReportKind = "completion"
    by: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), WHOLE] = ""


class RefreshRequest(Body):
    """Who has a report follow the record again."""

    by: Person


# -- steps ------------------------------------------------


class LimitView(View):
    """A period of a step; `why` says from when and how long, `days` are left, or over when late."""

    kind: str
    name: str
    act: str
    who: str
    article: ArticleView
    starts_on: date
    due_on: date
    done_on: date | None
    state: LimitState
    days: int
    is_late: bool
    is_planned: bool
    why: str


class PilotStepView(View):
    """One of the nineteen steps."""

    number: int
    step_id: str
    name: str
    who: str
    state: StepState
    done_on: date | None
    is_late: bool
    why: str
    articles: list[ArticleView]
    limits: list[LimitView]


class NextActView(View):
    """What is due next, in words, with the period behind it."""

    step_id: str
    text: str
    limit: LimitView


class CourseView(View):
    """Where a pilot stands."""

    steps: list[PilotStepView]
    current_step_id: str | None
    next_act: NextActView | None
    late: list[LimitView]
    cancelled_on: date | None


# -- the portfolio ------------------------------------------------


class LateView(View):
    """A missed period in a row of the portfolio."""

    act: str
    due_on: date
    days: int


class DueView(View):
    """What is due next in a row of the portfolio."""

    act: str
    due_on: date
    days: int
    is_late: bool


class PilotRow(View):
    """A pilot in the portfolio; `growth` is the headline of the first axis, `relevance` the second.

    A figure that cannot be computed has value null and reads 자료 없음.
    """

    pilot_id: str
    version: int
    title: str
    code: str
    institution: str
    supplier: str
    product: str
    track: Track | None
    acquisition: Acquisition
    step_id: str | None
    step_name: str
    step_number: int | None
    is_cancelled: bool
    due: DueView | None
    late: list[LateView]
    fulfilment: Figure
    score: Figure
    growth: Figure
    relevance: list[Figure]
    updated_at: datetime


class PilotList(View):
    """The portfolio; `total` counts all pilots of the institution."""

    pilots: list[PilotRow]
    total: int


class ComparedFigure(View):
    """A figure of two pilots side by side; null where a pilot has no such figure."""

    figure_id: str
    name: str
    unit: str
    one: Figure | None
    other: Figure | None


class PilotComparison(View):
    """Two pilots side by side."""

    one: PilotRow
    other: PilotRow
    figures: list[ComparedFigure]


# -- one pilot ------------------------------------------------


class PilotFileView(View):
    """A document that belongs to a pilot."""

    document_id: str
    file_name: str
    added_by: str
    added_at: datetime


class PaperLink(View):
    """A report of a pilot; it is opened under /api/drafts."""

    paper_id: str
    title: str
    template: str
    version_number: int
    is_approved: bool
    updated_at: datetime


class PilotDetail(View):
    """A pilot with everything that follows from its record now.

    `labels` names every place that has a value, `open_choices` counts the places for which files
    propose something, `open_conflicts` those where they disagree with each other or the record.
    """

    pilot_id: str
    version: int
    grade: EnteredGrade
    record: PilotRecord
    figures: PilotFigures
    course: CourseView
    labels: dict[str, str]
    files: list[PilotFileView]
    papers: list[PaperLink]
    open_choices: int
    open_conflicts: int
    created_at: datetime
    updated_at: datetime


class PilotVersionView(View):
    """A save of the record."""

    number: int
    by: str
    reason: str
    created_at: datetime


class PilotVersions(View):
    """All saves, newest first."""

    versions: list[PilotVersionView]


# -- proposals ------------------------------------------------


class ProposalView(View):
    """A value with the cell or passage it was read from."""

    proposal_id: str
    file_name: str
    document_id: str
    where: str
    quote: str


class OptionView(View):
    """One value for a place, with every file that says so; `text` is the value in words."""

    value: str
    text: str
    proposals: list[ProposalView]


class ChoiceView(View):
    """What files say about one place."""

    place: str
    label: str
    current: str | None
    current_text: str
    is_conflict: bool
    options: list[OptionView]


class ChoiceList(View):
    """What nobody has decided on yet, conflicts first."""

    choices: list[ChoiceView]


class TakenFile(View):
    """What came of reading a file for a pilot."""

    document_id: str
    file_name: str
    choices: list[ChoiceView]


class TakenOver(View):
    """What came of accepting proposals: how many values were put, and what is left to decide."""

    accepted: int
    conflicts: list[ChoiceView]
    pilot: PilotDetail


# -- validators and reports ------------------------------------------------


class FixView(View):
    """A stretch of an opinion with what should stand there instead."""

    start: int
    end: int
    replacement: str


class FindingView(View):
    """One fault, what to do about it, and by which article; `severity` must or look."""

    code: str
    severity: Severity
    place: str
    label: str
    text: str
    advice: str
    article: ArticleView | None
    start: int | None
    end: int | None
    fix: FixView | None


class ReasonView(View):
    """One reason of the reference assessment, with the figure behind it."""

    text: str
    figure_id: str
    is_favourable: bool


class ValidationView(View):
    """Every fault, and the reference assessment, which is never a verdict."""

    findings: list[FindingView]
    must: int
    look: int
    title: str
    assessment: str
    reasons: list[ReasonView]
    note: str


class ReportMade(View):
    """A report that was drafted and stored: it is opened, edited and approved under /api/drafts."""

    paper_id: str
    open_items: int
    notices: list[str]


class ChartView(View):
    """A chart in words: what it shows, and the table beside it; the picture has its own address."""

    name: str
    title: str
    description: str
    headers: list[str]
    rows: list[list[str]]
    width: int
    height: int


class ChartList(View):
    """The charts for which there are figures."""

    charts: list[ChartView]
