"""Tables of pilots: the record in versions, its files, and what they propose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import SafeText, UtcDateTime
from assistant.store.models import Base


def _institution() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("institutions.institution_id"), index=True)


def _pilot() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("pilots.pilot_id"))


class PilotRow(Base):
    """A pilot with its current record; what is computed from it is never stored."""

    __tablename__ = "pilots"
    __table_args__ = (Index("pilots_updated", "institution_id", "updated_at"),)

    pilot_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    title: Mapped[str] = mapped_column(SafeText)
    code: Mapped[str] = mapped_column(SafeText)
    grade: Mapped[str] = mapped_column(String(1))
    version: Mapped[int] = mapped_column(Integer)
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PilotVersionRow(Base):
    """The record as it was saved once; `made_by` is empty for what no person saved."""

    __tablename__ = "pilot_versions"

    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilots.pilot_id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    institution_id: Mapped[str] = _institution()
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[str] = mapped_column(SafeText)
    reason: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PilotFileRow(Base):
    """A stored document that belongs to a pilot; the row stays when the document is removed."""

    __tablename__ = "pilot_files"

    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilots.pilot_id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    file_name: Mapped[str] = mapped_column(SafeText)
    added_by: Mapped[str] = mapped_column(SafeText)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PilotProposalRow(Base):
    """A value that a file proposes for a place of the record."""

    __tablename__ = "pilot_proposals"
    __table_args__ = (Index("pilot_proposals_state", "pilot_id", "state"),)

    proposal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    pilot_id: Mapped[str] = _pilot()
    institution_id: Mapped[str] = _institution()
    position: Mapped[int] = mapped_column(Integer)
    place: Mapped[str] = mapped_column(SafeText)
    value: Mapped[str] = mapped_column(SafeText)
    document_id: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(SafeText)
    found_at: Mapped[str] = mapped_column(SafeText)
    quote: Mapped[str] = mapped_column(SafeText)
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str] = mapped_column(SafeText)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
