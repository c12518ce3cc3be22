"""Shapes of papers under work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, Id, View
from api.schemas.chat import CitationView, ProblemView
from api.schemas.preview import CellView
from assistant.domain import (
    DraftStyle,
    Grade,
    ItemKind,
    Origin,
    PaperSubject,
    PartKind,
    SentenceStatus,
)

Person = Annotated[str, StringConstraints(min_length=1, max_length=80), WHOLE]
Words = Annotated[str, StringConstraints(max_length=4_000), WHOLE]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
ExportFormat = Literal["hwpx", "docx", "pdf", "html", "md", "txt"]


class LineBody(Body):
    """A paragraph as it was typed; `depth` None leaves its place in the numbering."""

    text: Annotated[str, StringConstraints(max_length=20_000), WHOLE]
    depth: Annotated[int, Field(ge=0, le=8)] | None = None


class EditRequest(Body):
    """A part of a paper as a person wrote it; `If-Match` names the version it was made from."""

    lines: Annotated[tuple[LineBody, ...], Field(max_length=500)]
    by: Person


class NameBody(Body):
    """A heading as a person gave it; `part_id` "" stands for the title of the paper."""

    part_id: Annotated[str, StringConstraints(max_length=200)] = ""
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), WHOLE
    ]


class NamesRequest(Body):
    """Title and headings of a paper as a person gave them."""

    names: Annotated[tuple[NameBody, ...], Field(min_length=1, max_length=200)]
    by: Person


class CellBody(Body):
    """What is written into a cell: which block of the part, row and cell of the table."""

    block: Annotated[int, Field(ge=0, le=10_000)]
    row: Annotated[int, Field(ge=0, le=10_000)]
    cell: Annotated[int, Field(ge=0, le=1_000)]
    text: Words


class CellsRequest(Body):
    """Cells of a part's tables as a person wrote them."""

    cells: Annotated[tuple[CellBody, ...], Field(min_length=1, max_length=2_000)]
    by: Person


class RestoreRequest(Body):
    """Which earlier version is to be the newest one again."""

    version: Number
    by: Person


class SettleRequest(Body):
    """Which of two texts goes on: the one set aside (`take`) or the current one."""

    aside: Number
    take: bool
    by: Person


class CommentRequest(Body):
    """A remark on a part, or on the whole paper with an empty `part_id`."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4_000), WHOLE]
    part_id: Annotated[str, StringConstraints(max_length=200), WHOLE] = ""
    by: Person


class ResolveRequest(Body):
    """Whether a remark is dealt with."""

    is_resolved: bool
    by: Person


class AcknowledgementBody(Body):
    """Why a person takes an open item over."""

    item_id: Id
    reason: Words


class ApproveRequest(Body):
    """A named person's decision on the text with this hash."""

    content_hash: Id
    by: Person
    acknowledgements: Annotated[tuple[AcknowledgementBody, ...], Field(max_length=2_000)] = ()


class SentenceMark(View):
    """One sentence with who wrote it and what carries it."""

    text: str
    origin: Origin
    status: SentenceStatus | None
    citation_numbers: list[int]
    problems: list[ProblemView]
    is_open: bool


class ParagraphView(View):
    """A paragraph; `marker` is the number that its place gives it, not part of the text."""

    kind: Literal["paragraph"] = "paragraph"
    depth: int
    align: Literal["left", "center", "right"]
    marker: str
    sentences: list[SentenceMark]


class TableView(View):
    """A table; a row lists the cells that start in it, as in HTML."""

    kind: Literal["table"] = "table"
    caption: str
    header_rows: int
    rows: list[list[CellView]]


class PictureView(View):
    """A picture, to be had at `/api/drafts/{paper_id}/pictures/{digest}`."""

    kind: Literal["picture"] = "picture"
    digest: str
    alt: str
    caption: str
    width_mm: float


class NoteView(View):
    """A remark set apart from the text."""

    kind: Literal["note"] = "note"
    text: str


class BreakView(View):
    """What follows begins a new page."""

    kind: Literal["page_break"] = "page_break"


DraftBlockView = Annotated[
    ParagraphView | TableView | PictureView | NoteView | BreakView, Field(discriminator="kind")
]


class PartView(View):
    """A section of a paper; a locked one is changed in the record, not here."""

    part_id: str
    kind: PartKind
    heading: str
    marker: str
    level: int
    subject_id: str
    is_locked: bool
    blocks: list[DraftBlockView]


class DraftVersionView(View):
    """A version of a paper without its text.

    `reason` is a code: created, edited, redrafted, refreshed, restored:<number>,
    settled:<number>; `by` is "" for what code or a model wrote.
    """

    number: int
    parent: int | None
    content_hash: str
    by: str
    reason: str
    created_at: datetime
    is_aside: bool
    is_current: bool


class ItemView(View):
    """A place that blocks approval."""

    item_id: str
    kind: ItemKind
    part_id: str
    text: str
    block: int
    sentence: int
    code: str


class AcknowledgementView(View):
    """What a person took over, and why."""

    item_id: str
    kind: ItemKind
    text: str
    reason: str


class ApprovalView(View):
    """A named person's decision on one text."""

    version_number: int
    content_hash: str
    by: str
    at: datetime
    acknowledgements: list[AcknowledgementView]


class CommentView(View):
    """A remark on a part; `version_number` is the version it was made on."""

    comment_id: str
    part_id: str
    version_number: int
    text: str
    by: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str


class DraftView(View):
    """A paper in one of its versions, with what blocks its approval.

    `approval` holds for this version; `lapsed` is the last one when an edit has voided it;
    `asides` are texts that two people saved at once, waiting to be settled. `etag` is what
    `If-Match` takes.
    """

    paper_id: str
    subject: PaperSubject
    subject_id: str
    template: str
    title: str
    summary: str
    style: DraftStyle
    grade: Grade
    is_generated: bool
    version: DraftVersionView
    etag: str
    parts: list[PartView]
    citations: list[CitationView]
    items: list[ItemView]
    approval: ApprovalView | None
    lapsed: ApprovalView | None
    asides: list[DraftVersionView]
    comments: list[CommentView]
    models: list[str]
    created_at: datetime
    updated_at: datetime


class DraftVersionList(View):
    """The versions of a paper, newest first."""

    versions: list[DraftVersionView]


class DiffSpanView(View):
    """A stretch of text that both versions have, or only one of them."""

    kind: Literal["equal", "inserted", "removed"]
    text: str


class DiffRowView(View):
    """A block of either version or of both; `change` numbers what differs, 0 is unchanged.

    `marker` is the number that its place gives it, in the new version where it is there.
    """

    part_id: str
    kind: Literal["equal", "changed", "inserted", "removed"]
    spans: list[DiffSpanView]
    old: str
    new: str
    change: int
    is_heading: bool
    marker: str


class ComparisonView(View):
    """Two versions side by side."""

    old: DraftVersionView
    new: DraftVersionView
    changes: int
    rows: list[DiffRowView]
