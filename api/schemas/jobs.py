"""Shapes of jobs over many files and of the tables that they fill."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, CalendarDate, Id, Text, View
from api.schemas.documents import FailureView
from assistant.domain import (
    CellStatus,
    ColumnType,
    Grade,
    JobItemState,
    JobState,
    PaperNeed,
    PaperPresence,
    SentenceStatus,
)

Person = Annotated[
    str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), WHOLE
]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]

# -- tables ---------------------------------------------------------------------------------------


class ChoiceView(View):
    """An allowed value, and other words for it."""

    value: str
    synonyms: list[str]


class ColumnView(View):
    """One column of a table."""

    name: str
    label: str
    meaning: str
    type: ColumnType
    unit: str
    choices: list[ChoiceView]
    labels: list[str]
    group: str
    required: bool
    many: bool
    low: float | None
    high: float | None


class RequiredPaperView(View):
    """A paper that belongs to each file."""

    name: str
    label: str
    need: PaperNeed


class TableView(View):
    """A column set; `data` is what `PUT /api/tables/{name}` takes, under a name of one's own."""

    name: str
    version: int
    reference: str
    title: str
    purpose: str
    is_shipped: bool
    columns: list[ColumnView]
    papers: list[RequiredPaperView]
    data: dict[str, Any]
    by: str
    saved_at: datetime | None


class TableList(View):
    """The column sets of the product and those of the institution."""

    tables: list[TableView]


class TableSave(Body):
    """A column set to keep; `based_on` is the version that was edited, 0 for a new one."""

    data: dict[str, Any]
    by: Person
    based_on: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class TrialRow(Body):
    """A row of a job, for its file."""

    job_id: Id
    item_id: Id


class TableTrial(Body):
    """A column set to try on one file: one that is kept, or data that is not.

    The file is a document or that of a row of a job.
    """

    document_id: Id | None = None
    row: TrialRow | None = None
    table: Name | None = None
    data: dict[str, Any] | None = None


# -- rows -----------------------------------------------------------------------------------------


class EvidenceView(View):
    """The place of a file that a value was read from; see `CellEvidence`."""

    quote: str
    block: int
    start: int
    end: int
    row: int | None
    column: int | None
    page: int | None
    label: str
    is_ocr: bool
    section: int | None
    section_start: int | None
    section_end: int | None


class ValueView(View):
    """A value with its place."""

    value: str
    display: str
    raw: str
    qualifier: str
    by: str
    evidence: EvidenceView


class CorrectionView(View):
    """A person's value; `is_outdated` when the machine has found something else since."""

    value: str
    display: str
    by: str
    at: datetime
    reason: str
    replaced: str
    is_outdated: bool


class CellBrief(View):
    """A cell as the table shows it: the corrected value where there is one."""

    status: CellStatus
    value: str
    display: str
    is_corrected: bool
    is_outdated: bool


class CellView(CellBrief):
    """A cell as the pane shows it: everything that was found, and who decided what."""

    column: str
    found: str
    reason: str
    reason_text: str
    note: str
    values: list[ValueView]
    correction: CorrectionView | None


class PaperView(View):
    """What a file says of one required paper."""

    name: str
    label: str
    need: PaperNeed
    presence: PaperPresence
    evidence: EvidenceView | None


class SummaryLine(View):
    """One line of the summary of a file; `section` and offsets open its first source."""

    text: str
    status: SentenceStatus
    section: int | None
    start: int | None
    end: int | None
    quote: str


class NoticeView(View):
    """Something to know about a row."""

    code: str
    text: str


class ConfirmationView(View):
    """Who takes a row as it stands, and since when."""

    by: str
    at: datetime


class ItemFileView(View):
    """The file of a row; with a `document_id` it is among the documents."""

    file_name: str
    size_bytes: int
    grade: Grade
    document_id: str
    version_id: str


class ItemBrief(View):
    """A row of the table; `cells` is empty before anything was found.

    `papers_expected` counts the papers that are always required and those that the file speaks
    of; `papers_present` how many of them it says are there.
    """

    item_id: str
    position: int
    file: ItemFileView
    state: JobItemState
    error: FailureView | None
    title: str
    cells: dict[str, CellBrief]
    missing_papers: list[str]
    papers_present: int
    papers_expected: int
    notices: list[NoticeView]
    confirmation: ConfirmationView | None
    changed: int


class ItemView(View):
    """A row with everything about it."""

    item_id: str
    job_id: str
    position: int
    file: ItemFileView
    state: JobItemState
    attempts: int
    error: FailureView | None
    title: str
    cells: list[CellView]
    papers: list[PaperView]
    summary: list[SummaryLine]
    notices: list[NoticeView]
    model: str | None
    page_count: int | None
    confirmation: ConfirmationView | None
    changed: int
    started_at: datetime | None
    finished_at: datetime | None


class ItemPage(View):
    """Rows in order; `next_after` is what to ask for the following ones, None at the end.

    `changed` is where the job stood, for a later look at what has changed since.
    """

    items: list[ItemBrief]
    next_after: int | None
    changed: int


# -- jobs -----------------------------------------------------------------------------------------


class JobCountsView(View):
    """How many files stand how."""

    total: int
    waiting: int
    running: int
    done: int
    failed: int
    cancelled: int
    conflicting: int
    confirmed: int


class TableBrief(View):
    """Which column set a job has."""

    name: str
    version: int
    reference: str
    title: str
    is_shipped: bool


class JobFacts(View):
    """What a list shows of a job; `left_s` and `cost_won` are None while they cannot be told."""

    job_id: str
    title: str
    state: JobState
    grade: Grade
    counts: JobCountsView
    left_s: float | None
    calls: int
    reused: int
    prompt_tokens: int | None
    completion_tokens: int | None
    cost_won: float | None
    by: str
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    changed: int


class JobBrief(JobFacts):
    """A job in a list."""

    table: TableBrief


class JobView(JobFacts):
    """A job with its columns."""

    table: TableView


class JobList(View):
    """Jobs, newest first."""

    jobs: list[JobBrief]


class JobCreate(Body):
    """A job to begin: over documents, a collection, files of a job, or files sent afterwards."""

    table: Name
    title: Annotated[Text, StringConstraints(max_length=200)] = ""
    document_ids: Annotated[tuple[Id, ...], Field(max_length=5_000)] = ()
    collection_id: Id | None = None
    same_files_as: Id | None = None
    by: Person


class RunAgain(Body):
    """What to run again: all rows or these, all columns or these, or what has failed."""

    item_ids: Annotated[list[Id], Field(max_length=5_000)] | None = None
    columns: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    failed_only: bool = False


class RunAgainResult(View):
    """How many rows are run again."""

    count: int


class CellCorrect(Body):
    """A person's value for a cell, "" when the file does not state it."""

    value: Annotated[Text, StringConstraints(max_length=2_000)]
    by: Person
    reason: Annotated[Text, StringConstraints(max_length=500)] = ""


class RowConfirm(Body):
    """Whether a person takes a row as it stands."""

    by: Person
    is_confirmed: bool = True


# -- report --------------------------------------------------------------------------------------


class ReportCreate(Body):
    """A report for the deliberation meeting; `on` is the day from which periods are counted."""

    by: Person
    on: CalendarDate | None = None


class ReportCreated(View):
    """The paper that was made: `GET /api/drafts/{paper_id}`."""

    paper_id: str
