"""Tables of papers that officials work on: versions, pictures, comments, approvals."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import SafeText, UtcDateTime
from assistant.store.models import Base


def _institution() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("institutions.institution_id"), index=True)


def _paper(*, is_key: bool = False) -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("papers.paper_id"), primary_key=is_key)


class PaperRow(Base):
    """A paper; `current` is the number of the version that people see first."""

    __tablename__ = "papers"
    __table_args__ = (Index("papers_subject", "institution_id", "subject", "subject_id"),)

    paper_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    subject: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(64))
    current: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperVersionRow(Base):
    """One saved state of a paper; never changed but for `is_aside`."""

    __tablename__ = "paper_versions"

    paper_id: Mapped[str] = _paper(is_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    institution_id: Mapped[str] = _institution()
    parent: Mapped[int | None]
    payload: Mapped[str] = mapped_column(SafeText)
    content_hash: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(SafeText)
    reason: Mapped[str] = mapped_column(String(64))
    is_aside: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperPictureRow(Base):
    """A picture of a paper, once for all versions that show it."""

    __tablename__ = "paper_pictures"

    paper_id: Mapped[str] = _paper(is_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PaperCommentRow(Base):
    """A remark on a part of a paper."""

    __tablename__ = "paper_comments"
    __table_args__ = (Index("paper_comments_order", "paper_id", "created_at"),)

    comment_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    paper_id: Mapped[str] = _paper()
    institution_id: Mapped[str] = _institution()
    part_id: Mapped[str] = mapped_column(SafeText)
    version_number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(SafeText)
    by: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[str] = mapped_column(SafeText)


class PaperApprovalRow(Base):
    """A person's decision on one version; it stays on record when a later edit voids it."""

    __tablename__ = "paper_approvals"

    paper_id: Mapped[str] = _paper(is_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    institution_id: Mapped[str] = _institution()
    version_number: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(SafeText)
    acknowledgements: Mapped[str] = mapped_column(SafeText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperSectionRow(Base):
    """A section that some version of a paper cites, kept as long as the paper."""

    __tablename__ = "paper_sections"

    paper_id: Mapped[str] = _paper(is_key=True)
    version_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    section_ordinal: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    institution_id: Mapped[str] = _institution()
