"""What the store keeps of a complaint, as it goes in and comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from assistant.domain.complaints import (
    Channel,
    ComplaintKind,
    Decision,
    KindGuess,
    LetterKind,
    Officer,
    Point,
    ReplyForm,
)


class DraftingState(StrEnum):
    """How far the draft of a complaint is; what waits is taken up again after a crash."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DRAFTED = "drafted"
    FAILED = "failed"

    @property
    def is_under_way(self) -> bool:
        """Whether a draft is being made or will be."""
        return self in {DraftingState.WAITING, DraftingState.RUNNING}


class MaskAction(StrEnum):
    """What a person decided on the masks of a complaint."""

    ADDED = "added"
    LIFTED = "lifted"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a case is due, as counted last; `moment` orders the queue.

    `is_provisional`: time that does not count still runs, so the date moves with each day.
    """

    on: date
    at: datetime | None
    moment: datetime
    is_over: bool = False
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """The masked text of a complaint and what must never be read with it.

    `payload` is the original with the register of its placeholders; only the official's own view
    asks for it. `candidates` counts masks that nobody has looked at and that are not certain.
    """

    title: str = field(repr=False)
    text: str = field(repr=False)
    payload: str = field(repr=False)
    candidates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A complaint as it is stored first; `text` begins with the title.

    `period` is a published period such as `30 day`, "" for that of the kind.
    """

    institution_id: str
    number: str
    received_at: datetime
    channel: Channel
    reply_form: ReplyForm
    applicants: int
    applicant_key: str
    attachments: tuple[str, ...]
    masking: Masking
    kind: ComplaintKind
    guess: KindGuess
    points: tuple[Point, ...]
    due: Due
    officer: Officer
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """What is to be written of a complaint; None leaves it as it is."""

    kind: ComplaintKind | None = None
    kind_by: str = ""
    period: str | None = None
    number: str | None = None
    reply_form: ReplyForm | None = None
    received_at: datetime | None = None
    officer: Officer | None = None
    points: tuple[Point, ...] | None = None
    guess: KindGuess | None = None
    group_id: str | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """Something that happened in a case; `facts` are the values of the event of that name."""

    event_id: str
    name: str
    at: datetime
    facts: Mapping[str, object]
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A paper written in a case; `is_disposition`: what it refuses is a disposition."""

    paper_id: str
    letter: LetterKind
    decision: Decision
    created_at: datetime
    is_disposition: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskDecision:
    """A person's decision on a mask, by place in the original."""

    action: MaskAction
    kind: str
    start: int
    end: int
    by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCase:
    """A complaint as stored, personal data masked.

    `text[:title_length]` is the title; spans of points and of the guess count in `text`.
    `kind_by` and `masks_checked_by` name the person who decided, "" while nobody has.
    """

    complaint_id: str
    institution_id: str
    number: str
    received_at: datetime
    channel: Channel
    reply_form: ReplyForm
    applicants: int
    applicant_key: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    title_length: int
    attachments: tuple[str, ...] = field(repr=False)
    kind: ComplaintKind
    kind_by: str
    guess: KindGuess
    period: str
    officer: Officer
    points: tuple[Point, ...]
    due: Due
    masks_checked_by: str
    masks_checked_at: datetime | None
    candidates: int
    drafting: DraftingState
    drafting_done: int
    drafting_error: str
    wanted: str
    group_id: str
    revision: int
    created_at: datetime
    updated_at: datetime
    events: tuple[CaseEvent, ...] = ()
    letters: tuple[Letter, ...] = ()

    @property
    def body(self) -> str:
        """The masked text below the title."""
        return self.text[self.title_length :].lstrip("\n")


CaseFilter = Literal["open", "overdue", "due_soon", "drafted", "unchecked", "over", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What the queue shows; `soon` ends the span of what is due soon."""

    which: CaseFilter = "open"
    kind: ComplaintKind | None = None
    query: str = ""
    group_id: str = ""
    soon: datetime | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A page of the queue, and how many there are in all."""

    cases: tuple[StoredCase, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintGroup:
    """Complaints of one content, and the reviewed reply that answers them."""

    group_id: str
    institution_id: str
    title: str
    lead_id: str
    paper_id: str
    by: str
    complaint_ids: tuple[str, ...]
    created_at: datetime
