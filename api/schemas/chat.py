"""Shapes of questions, answers and conversations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from api.schemas.base import WHOLE, Body, CalendarDate, EnteredGrade, Id, Text, View
from assistant.domain import (
    Grade,
    Outcome,
    SentenceStatus,
    SourceKind,
    Standing,
    TokenKind,
)

TurnState = Literal["running", "final", "stopped", "failed"]
FeedbackReason = Literal["different_evidence", "outdated", "missing", "tone"]


class ChatRequest(Body):
    """A question and where to look for its answer."""

    question: Text
    conversation_id: Id | None = None
    parent_turn_id: Id | None = None
    replaces_turn_id: Id | None = None
    collection_ids: Annotated[tuple[Id, ...], Field(max_length=200)] = ()
    kinds: Annotated[tuple[SourceKind, ...], Field(max_length=20)] = ()
    document_ids: Annotated[tuple[Id, ...], Field(max_length=500)] = ()
    grades: Annotated[tuple[EnteredGrade, ...], Field(max_length=2)] = ()
    reference_date: CalendarDate | None = None


class FeedbackRequest(Body):
    """What an official thinks of an answer."""

    verdict: Literal["up", "down"] | None
    reasons: Annotated[tuple[FeedbackReason, ...], Field(max_length=4)] = ()
    comment: Annotated[str, StringConstraints(max_length=2_000), WHOLE] | None = None


class StartedEvent(View):
    """The question is stored; the answer follows."""

    conversation_id: str
    turn_id: str
    title: str


class StatusEvent(View):
    """What is being done."""

    step: Literal["searching", "writing", "verifying", "retrying"]
    words_only: bool


class PassageView(View):
    """A source found, before any text."""

    key: str
    document_id: str
    version_id: str
    section_ordinal: int
    title: str
    label: str
    heading: str
    kind: SourceKind
    kind_label: str
    effective_from: date | None
    standing: Standing
    is_ocr: bool
    score: float
    excerpt: str


class PassagesEvent(View):
    """The sources found."""

    passages: list[PassageView]


class DeltaEvent(View):
    """Provisional text, to be appended."""

    text: str


class ProblemView(View):
    """Why a sentence is not supported."""

    code: str
    token: str
    token_kind: TokenKind | None


class SentenceView(View):
    """One sentence of an answer and what carries it."""

    text: str
    status: SentenceStatus
    citation_numbers: list[int]
    problems: list[ProblemView]
    paragraph_start: bool


class CitationView(View):
    """A quoted span of a section."""

    number: int
    document_id: str
    version_id: str
    section_ordinal: int
    start: int
    end: int
    quote: str
    title: str
    label: str
    heading: str
    path: list[str]
    kind: SourceKind
    kind_label: str
    effective_from: date | None
    standing: Standing
    grade: Grade
    is_ocr: bool


class ConflictSideView(View):
    """One of two figures; `number` is the citation that shows it, where one does."""

    figure: str
    quote: str
    number: int | None
    kind: SourceKind
    kind_label: str
    effective_from: date | None


class ConflictView(View):
    """Two sources that disagree, higher rank first."""

    subject: str
    sides: list[ConflictSideView]


class SummaryView(View):
    """How many sentences have which status."""

    supported: int = 0
    computed: int = 0
    given: int = 0
    unchecked: int = 0
    unsupported: int = 0
    differs: int = 0


class AnswerView(View):
    """What came of a question."""

    turn_id: str
    conversation_id: str
    outcome: Outcome
    complete: bool
    state: Literal["final", "stopped", "failed"]
    text: str
    sentences: list[SentenceView]
    citations: list[CitationView]
    conflicts: list[ConflictView]
    notices: list[str]
    summary: SummaryView
    searched: list[str]
    choices: list[str]
    model: str | None
    elapsed_ms: float
    reference_date: date


# -- conversations ----------------------------------------------------------------------------


class ConversationView(View):
    """A line of the conversation list."""

    conversation_id: str
    title: str
    created_at: datetime
    updated_at: datetime
    running: bool
    flagged: bool


class ConversationList(View):
    """Conversations, newest first."""

    conversations: list[ConversationView]


class FeedbackView(View):
    """Feedback as stored."""

    verdict: Literal["up", "down"] | None
    reasons: list[str]
    comment: str | None


class TurnView(View):
    """A question with its answer; siblings share a parent."""

    turn_id: str
    parent_turn_id: str | None
    question: str
    state: TurnState
    created_at: datetime
    answer: AnswerView | None
    siblings: list[str]
    feedback: FeedbackView | None


class ConversationDetail(View):
    """A conversation with all its turns, in order of creation."""

    conversation_id: str
    title: str
    turns: list[TurnView]


class RenameRequest(Body):
    """A new title."""

    title: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), WHOLE
    ]
