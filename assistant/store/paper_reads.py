"""Reads of papers, within a connection."""

from __future__ import annotations

from sqlalchemy import Connection, select

from assistant.domain import (
    Approval,
    PaperComment,
    PaperHead,
    PaperRecord,
    PaperSubject,
    PaperVersion,
)
from assistant.errors import NotFoundError
from assistant.store.paper_codec import decode, decode_acknowledgements
from assistant.store.paper_models import (
    PaperApprovalRow,
    PaperCommentRow,
    PaperPictureRow,
    PaperRow,
    PaperVersionRow,
)
from assistant.store.rows import AnyRow

_HEAD = (
    PaperVersionRow.number,
    PaperVersionRow.parent,
    PaperVersionRow.content_hash,
    PaperVersionRow.by,
    PaperVersionRow.reason,
    PaperVersionRow.is_aside,
    PaperVersionRow.created_at,
)


def require(connection: Connection, paper_id: str, institution_id: str) -> AnyRow:
    """Return the row of a paper.

    Raises:
        NotFoundError: The institution has no such paper.
    """
    row = connection.execute(
        select(PaperRow.__table__).where(
            PaperRow.paper_id == paper_id, PaperRow.institution_id == institution_id
        )
    ).first()
    if row is None:
        raise NotFoundError(what="paper")
    return row


def record(connection: Connection, row: AnyRow) -> PaperRecord:
    """Return a paper with its current version, comments and the approval that holds."""
    current = version(connection, row, row.current)
    last = _last_approval(connection, row.paper_id)
    holds = (
        last is not None
        and last.version_number == current.number
        and last.content_hash == current.content_hash
    )
    return PaperRecord(
        paper_id=row.paper_id,
        institution_id=row.institution_id,
        subject=PaperSubject(row.subject),
        subject_id=row.subject_id,
        current=current,
        approval=last if holds else None,
        lapsed=None if holds else last,
        asides=tuple(head for head in heads(connection, row.paper_id) if head.is_aside),
        comments=comments(connection, row.paper_id),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def version(connection: Connection, row: AnyRow, number: int) -> PaperVersion:
    """Return one version of a paper.

    Raises:
        NotFoundError: It has no such version.
    """
    found = connection.execute(
        select(*_HEAD, PaperVersionRow.payload).where(
            PaperVersionRow.paper_id == row.paper_id,
            PaperVersionRow.number == number,
            PaperVersionRow.institution_id == row.institution_id,
        )
    ).first()
    if found is None:
        raise NotFoundError(what="paper_version")
    pictures = select(PaperPictureRow.digest, PaperPictureRow.data).where(
        PaperPictureRow.paper_id == row.paper_id
    )
    data = {one.digest: one.data for one in connection.execute(pictures)}
    return PaperVersion(
        number=found.number,
        parent=found.parent,
        paper=decode(found.payload, data),
        content_hash=found.content_hash,
        by=found.by,
        reason=found.reason,
        created_at=found.created_at,
        is_aside=found.is_aside,
    )


def heads(connection: Connection, paper_id: str) -> tuple[PaperHead, ...]:
    """Return the versions of a paper without their texts, newest first."""
    query = (
        select(*_HEAD)
        .where(PaperVersionRow.paper_id == paper_id)
        .order_by(PaperVersionRow.number.desc())
    )
    return tuple(
        PaperHead(
            number=row.number,
            parent=row.parent,
            content_hash=row.content_hash,
            by=row.by,
            reason=row.reason,
            created_at=row.created_at,
            is_aside=row.is_aside,
        )
        for row in connection.execute(query)
    )


def comments(connection: Connection, paper_id: str) -> tuple[PaperComment, ...]:
    """Return the remarks on a paper, oldest first."""
    query = (
        select(PaperCommentRow.__table__)
        .where(PaperCommentRow.paper_id == paper_id)
        .order_by(PaperCommentRow.created_at, PaperCommentRow.comment_id)
    )
    return tuple(
        PaperComment(
            comment_id=row.comment_id,
            part_id=row.part_id,
            version_number=row.version_number,
            text=row.text,
            by=row.by,
            created_at=row.created_at,
            resolved_at=row.resolved_at,
            resolved_by=row.resolved_by,
        )
        for row in connection.execute(query)
    )


def _last_approval(connection: Connection, paper_id: str) -> Approval | None:
    row = connection.execute(
        select(PaperApprovalRow.__table__)
        .where(PaperApprovalRow.paper_id == paper_id)
        .order_by(PaperApprovalRow.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return Approval(
        version_number=row.version_number,
        content_hash=row.content_hash,
        by=row.by,
        at=row.at,
        acknowledgements=decode_acknowledgements(row.acknowledgements),
    )
