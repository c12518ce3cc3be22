"""What a computation gives back: the date, how it came about, what comes next, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.deadlines.articles import Article
from assistant.deadlines.periods import Period
from assistant.deadlines.rules import Counting


class State(StrEnum):
    """Where a case stands."""

    RUNNING = "running"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CLOSED = "closed"
    OPEN = "open"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is due."""
        return self not in {State.RUNNING, State.WAITING, State.OVERDUE, State.OPEN}


class StepKind(StrEnum):
    """What a line of the working says."""

    START = "start"
    RULE = "rule"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    EXTENDED = "extended"
    MOVED = "moved"
    DUE = "due"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the working, in plain Korean, with the article behind it.

    `number` is the number of the day when a day is counted.
    """

    kind: StepKind
    text: str
    day: date | None = None
    number: int | None = None
    article: Article | None = None


class ActKind(StrEnum):
    """What is to be done, or may be."""

    ANSWER = "answer"
    EXTEND = "extend"
    EXTENSION_NOTICE = "extension_notice"
    PROGRESS_NOTICE = "progress_notice"
    SUPPLEMENT = "supplement"
    SUPPLEMENT_AGAIN = "supplement_again"
    RETURN = "return"
    CLOSE_AS_WITHDRAWN = "close_as_withdrawn"
    RECEIVE = "receive"
    TRANSFER = "transfer"
    TRANSFER_NOTICE = "transfer_notice"
    RESULT_NOTICE = "result_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that comes next, with its own date.

    `at` is set where the rule counts hours; `at_once` where it says "without delay";
    `is_optional` where it is a choice or holds only under the condition that the text names.
    """

    kind: ActKind
    text: str
    on: date
    article: Article
    at: datetime | None = None
    is_done: bool = False
    is_late: bool = False
    is_optional: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the events that the rules do not allow; it was not applied."""

    code: str
    text: str
    article: Article
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What is left, or with `is_late` what is over: days as the period counts them, hours too.

    `days` leaves today out, so 0 means that today is the last day.
    """

    days: int
    minutes: int | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The clock of one case at one moment.

    `due_at` is set only where hours are counted; a day counts in full (Civil Act, art. 159).
    `is_provisional` means that some time which does not count still runs, so that the date moves;
    `left_out` counts events that lie after the moment and had no part in it.
    """

    kind: str
    name: str
    basis: Article
    start: datetime
    period: Period
    counting: Counting
    due_on: date
    due_at: datetime | None
    state: State
    remaining: Remaining
    acts: tuple[Act, ...]
    working: tuple[Step, ...]
    findings: tuple[Finding, ...]
    extensions: tuple[Period, ...] = ()
    is_provisional: bool = False
    left_out: int = 0
