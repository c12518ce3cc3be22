"""A job: the same work over many files, one row of a table for each, until the last one is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.domain.applications import (
    CellCorrection,
    ColumnSet,
    ItemResult,
    ModelUse,
    RowConfirmation,
)
from assistant.domain.documents import Grade


class JobState(StrEnum):
    """How a job stands; `DONE` says that nothing is left to do, failures included."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class JobItemState(StrEnum):
    """How one file of a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFile:
    """A file whose bytes are safely on disk under `blob_id`, about to become an item.

    `document_id` and `version_id` are set when it is a document of the store.
    """

    file_name: str
    sha256: str
    size_bytes: int
    blob_id: str
    grade: Grade
    document_id: str = ""
    version_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCounts:
    """How many items of a job stand how; `conflicting` and `confirmed` count rows."""

    total: int = 0
    waiting: int = 0
    running: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    conflicting: int = 0
    confirmed: int = 0

    @property
    def settled(self) -> int:
        """Items of which nothing more will come by itself."""
        return self.done + self.failed + self.cancelled

    @property
    def left(self) -> int:
        """Items that are still to come."""
        return self.waiting + self.running


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The same work over many files.

    `changed` grows with every change of the job or one of its items. `left_s` is the time that the
    rest will take, None while that cannot be told. `grade` is the highest of its files. `use`
    counts what the model was asked and `reused` the replies that had been paid for before.
    `cost_won` is None where no price is set or the endpoint does not count tokens.
    """

    job_id: str
    institution_id: str
    title: str
    columns: ColumnSet
    state: JobState
    grade: Grade
    counts: JobCounts
    use: ModelUse
    reused: int
    by: str
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    changed: int
    left_s: float | None = None
    cost_won: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobItem:
    """One file of a job with what became of it.

    `error_code` and `error_reason` say why it failed; `attempts` counts how often the work was
    begun for the present run. `result` is what was found last, also while it is being run again,
    None before the first time. `corrections` are the ones that hold, at most one for a column.
    """

    item_id: str
    job_id: str
    institution_id: str
    position: int
    file: JobFile
    state: JobItemState
    attempts: int
    error_code: str | None
    error_reason: str | None
    changed: int
    started_at: datetime | None = None
    finished_at: datetime | None = None
    result: ItemResult | None = None
    corrections: tuple[CellCorrection, ...] = field(default=())
    confirmation: RowConfirmation | None = None

    def correction(self, column: str) -> CellCorrection | None:
        """Return the correction that holds for a column."""
        return next((found for found in self.corrections if found.column == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTask:
    """An item that was claimed for work: what is to be done with which file.

    `run` numbers the runs that were asked for; `only` names the columns to look at again, () for
    all. `is_fresh` means that a person asked anew, so that no kept reply may be taken.
    """

    item_id: str
    job_id: str
    institution_id: str
    run: int
    attempts: int
    file: JobFile
    columns: ColumnSet
    only: tuple[str, ...]
    is_fresh: bool
    earlier: ItemResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserColumnSet:
    """A column set that officials of an institution made, with who saved it and when."""

    columns: ColumnSet
    by: str
    saved_at: datetime
