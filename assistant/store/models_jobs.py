"""Tables of work over many files; every row belongs to an institution."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import SafeText, StringTuple, UtcDateTime
from assistant.store.models import Base, SequenceNumber


def _institution() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("institutions.institution_id"), index=True)


class JobRow(Base):
    """A job; `columns` is its column set as JSON, as it was when the job was made."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("grade IN ('O', 'S')", name="jobs_grade"),
        Index("jobs_created", "institution_id", "created_at"),
        Index("jobs_state", "state"),
    )

    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    title: Mapped[str] = mapped_column(SafeText)
    columns: Mapped[str] = mapped_column(SafeText)
    grade: Mapped[str] = mapped_column(String(1))
    state: Mapped[str] = mapped_column(String(16))
    changed: Mapped[int] = mapped_column(BigInteger, default=0)
    made_by: Mapped[str] = mapped_column(SafeText, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Since when it has been at work without a pause: what is left is told from the pace since.
    active_since: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JobItemRow(Base):
    """One file of a job.

    `run` counts the runs that were asked for, `queued_run` is the last one that was put in the
    queue: the queue is derived from here and can be lost.
    """

    __tablename__ = "job_items"
    __table_args__ = (
        CheckConstraint("grade IN ('O', 'S')", name="job_items_grade"),
        Index("job_items_position", "job_id", "position", unique=True),
        Index("job_items_state", "state", "job_id"),
        Index("job_items_changed", "job_id", "changed"),
        Index("job_items_blob", "blob_id"),
    )

    item_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.job_id"))
    institution_id: Mapped[str] = _institution()
    position: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(SafeText)
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    blob_id: Mapped[str] = mapped_column(String(64))
    grade: Mapped[str] = mapped_column(String(1))
    document_id: Mapped[str] = mapped_column(String(64), default="")
    version_id: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(16))
    run: Mapped[int] = mapped_column(Integer, default=0)
    queued_run: Mapped[int] = mapped_column(Integer, default=-1)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    only_columns: Mapped[tuple[str, ...]] = mapped_column(StringTuple, default=())
    is_fresh: Mapped[bool] = mapped_column(default=False)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_reason: Mapped[str | None] = mapped_column(SafeText)
    calls: Mapped[int] = mapped_column(Integer, default=0)
    reused: Mapped[int] = mapped_column(Integer, default=0)
    prompt_tokens: Mapped[int | None] = mapped_column(BigInteger)
    completion_tokens: Mapped[int | None] = mapped_column(BigInteger)
    is_conflicting: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[str | None] = mapped_column(SafeText)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed: Mapped[int] = mapped_column(BigInteger, default=0)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class JobResultRow(Base):
    """What was found in one file, packed (see `job_codec`); written over by a later run."""

    __tablename__ = "job_results"

    item_id: Mapped[str] = mapped_column(ForeignKey("job_items.item_id"), primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.job_id"), index=True)
    institution_id: Mapped[str] = _institution()
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobReadingRow(Base):
    """What was read of one file that is no document of the store, packed as in `readings`."""

    __tablename__ = "job_readings"

    item_id: Mapped[str] = mapped_column(ForeignKey("job_items.item_id"), primary_key=True)
    institution_id: Mapped[str] = _institution()
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class JobCorrectionRow(Base):
    """A person's value for a cell; rows are only added, the last one of a cell holds.

    `is_withdrawn` rows say that the machine's value holds again.
    """

    __tablename__ = "job_corrections"
    __table_args__ = (
        Index("job_corrections_item", "item_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(SequenceNumber, primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("job_items.item_id"))
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.job_id"), index=True)
    institution_id: Mapped[str] = _institution()
    column: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(SafeText)
    display: Mapped[str] = mapped_column(SafeText)
    replaced: Mapped[str] = mapped_column(SafeText)
    reason: Mapped[str] = mapped_column(SafeText, default="")
    made_by: Mapped[str] = mapped_column(SafeText)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class JobReplyRow(Base):
    """A reply of a model that has been paid for, by what was asked of which file."""

    __tablename__ = "job_replies"

    institution_id: Mapped[str] = mapped_column(
        ForeignKey("institutions.institution_id"), primary_key=True
    )
    reply_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    reply: Mapped[str] = mapped_column(SafeText)
    prompt_tokens: Mapped[int | None] = mapped_column(BigInteger)
    completion_tokens: Mapped[int | None] = mapped_column(BigInteger)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ColumnSetRow(Base):
    """A column set that officials made; each saving is a version of its own."""

    __tablename__ = "column_sets"

    institution_id: Mapped[str] = mapped_column(
        ForeignKey("institutions.institution_id"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    payload: Mapped[str] = mapped_column(SafeText)
    saved_by: Mapped[str] = mapped_column(SafeText)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_removed: Mapped[bool] = mapped_column(default=False)
