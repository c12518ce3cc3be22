"""Tables of civil complaints; what holds personal data lies in a table of its own."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import SafeText, StringTuple, UtcDateTime
from assistant.store.models import Base


def _institution() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("institutions.institution_id"), index=True)


def _complaint() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("complaints.complaint_id"))


class ComplaintRow(Base):
    """A complaint with personal data masked, how it is counted, and how far its draft is."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index("complaints_due", "institution_id", "is_over", "due_moment"),
        Index("complaints_drafting", "drafting"),
        Index("complaints_number", "institution_id", "number"),
    )

    complaint_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    number: Mapped[str] = mapped_column(String(100))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(16))
    reply_form: Mapped[str] = mapped_column(String(16))
    applicants: Mapped[int] = mapped_column(Integer)
    # Opaque: whether two complaints come from the same person can be asked, who that is cannot.
    applicant_key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(SafeText)
    text: Mapped[str] = mapped_column(SafeText)
    title_length: Mapped[int] = mapped_column(Integer)
    attachments: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    kind: Mapped[str] = mapped_column(String(32))
    kind_by: Mapped[str] = mapped_column(SafeText)
    guess: Mapped[str] = mapped_column(SafeText)
    period: Mapped[str] = mapped_column(String(32))
    officer: Mapped[str] = mapped_column(SafeText)
    points: Mapped[str] = mapped_column(SafeText)
    due_on: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_moment: Mapped[datetime] = mapped_column(UtcDateTime)
    is_over: Mapped[bool]
    is_provisional: Mapped[bool]
    masks_checked_by: Mapped[str] = mapped_column(SafeText)
    masks_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    candidates: Mapped[int] = mapped_column(Integer)
    drafting: Mapped[str] = mapped_column(String(16))
    drafting_done: Mapped[int] = mapped_column(Integer)
    drafting_error: Mapped[str] = mapped_column(String(64))
    wanted: Mapped[str] = mapped_column(SafeText)
    group_id: Mapped[str] = mapped_column(String(64), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComplaintOriginalRow(Base):
    """What came in, word for word, and what each placeholder stands for (privacy's own JSON)."""

    __tablename__ = "complaint_originals"

    complaint_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("complaints.complaint_id"), primary_key=True
    )
    institution_id: Mapped[str] = _institution()
    payload: Mapped[str] = mapped_column(SafeText)


class ComplaintMaskRow(Base):
    """A person's decision on a mask; the value itself is not repeated here."""

    __tablename__ = "complaint_masks"
    __table_args__ = (Index("complaint_masks_case", "complaint_id", "decided_at"),)

    decision_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    complaint_id: Mapped[str] = _complaint()
    institution_id: Mapped[str] = _institution()
    action: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(32))
    start_at: Mapped[int] = mapped_column(Integer)
    end_at: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(SafeText)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComplaintEventRow(Base):
    """Something that happened in a case; a withdrawn entry stays, with who withdrew it."""

    __tablename__ = "complaint_events"
    __table_args__ = (Index("complaint_events_case", "complaint_id", "at"),)

    event_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    complaint_id: Mapped[str] = _complaint()
    institution_id: Mapped[str] = _institution()
    name: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    facts: Mapped[str] = mapped_column(SafeText)
    by: Mapped[str] = mapped_column(SafeText)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str] = mapped_column(SafeText)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ComplaintLetterRow(Base):
    """A paper written in a case: a reply, a notice, a request."""

    __tablename__ = "complaint_letters"
    __table_args__ = (Index("complaint_letters_case", "complaint_id", "created_at"),)

    paper_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    complaint_id: Mapped[str] = _complaint()
    institution_id: Mapped[str] = _institution()
    letter: Mapped[str] = mapped_column(String(16))
    decision: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_disposition: Mapped[bool] = mapped_column(default=False, server_default=false())


class ComplaintGroupRow(Base):
    """Complaints that one reviewed reply answers; `paper_id` is that reply, "" until written."""

    __tablename__ = "complaint_groups"

    group_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    title: Mapped[str] = mapped_column(SafeText)
    lead_id: Mapped[str] = mapped_column(String(64))
    paper_id: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
