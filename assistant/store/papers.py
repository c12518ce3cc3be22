"""Papers: every save is a version, two people at once keep both, an approval binds one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assistant.domain import (
    Approval,
    Citation,
    Paper,
    PaperComment,
    PaperHead,
    PaperRecord,
    PaperSubject,
    PaperVersion,
)
from assistant.errors import ConflictError, NotFoundError
from assistant.store.database import Database
from assistant.store.paper_codec import encode, encode_acknowledgements
from assistant.store.paper_models import (
    PaperApprovalRow,
    PaperCommentRow,
    PaperPictureRow,
    PaperRow,
    PaperSectionRow,
    PaperVersionRow,
)
from assistant.store.paper_reads import comments, heads, record, require, version
from assistant.store.rows import Clock, batches, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A text to be saved. `citations` are those of the paper, whose sections are to be kept."""

    paper: Paper
    content_hash: str
    citations: tuple[Citation, ...]
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVersion:
    """What came of a save: `is_aside` when somebody else had saved since `parent`."""

    number: int
    is_aside: bool


class Papers:
    """The papers of each institution."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(
        self, new: NewVersion, *, subject: PaperSubject, subject_id: str, institution_id: str
    ) -> str:
        """Store a paper with its first version; return its id."""
        paper_id, now = new_id(), self._clock()
        with self._database.write() as connection:
            connection.execute(
                insert(PaperRow).values(
                    paper_id=paper_id,
                    institution_id=institution_id,
                    subject=subject.value,
                    subject_id=subject_id,
                    current=1,
                    created_at=now,
                    updated_at=now,
                )
            )
            _add(connection, paper_id, institution_id, _Facts(1, None, now), new)
        return paper_id

    def get(self, paper_id: str, *, institution_id: str) -> PaperRecord:
        """Return a paper with its current version.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        with self._database.read() as connection:
            return record(connection, require(connection, paper_id, institution_id))

    def of_subject(
        self, subject: PaperSubject, subject_id: str, *, institution_id: str
    ) -> tuple[PaperRecord, ...]:
        """Return the papers of a case, oldest first."""
        query = (
            select(PaperRow.__table__)
            .where(
                PaperRow.institution_id == institution_id,
                PaperRow.subject == subject.value,
                PaperRow.subject_id == subject_id,
            )
            .order_by(PaperRow.created_at, PaperRow.paper_id)
        )
        with self._database.read() as connection:
            return tuple(record(connection, row) for row in connection.execute(query).all())

    def save(
        self, paper_id: str, new: NewVersion, *, parent: int, institution_id: str
    ) -> SavedVersion:
        """Store a version made from `parent`.

        When `parent` is no longer current, the version is kept aside and the current one stays;
        a version made from one that is aside takes its place there.

        Raises:
            NotFoundError: The institution has no such paper, or it has no version `parent`.
        """
        with self._database.write(serial=f"paper:{paper_id}") as connection:
            row = require(connection, paper_id, institution_id)
            made_from = version(connection, row, parent)
            number = _next_number(connection, paper_id)
            is_aside = parent != row.current
            now = self._clock()
            facts = _Facts(number, parent, now, is_aside=is_aside)
            _add(connection, paper_id, institution_id, facts, new)
            if made_from.is_aside:
                _set_aside(connection, paper_id, parent, is_aside=False)
            _touch(connection, paper_id, now, None if is_aside else number)
        return SavedVersion(number=number, is_aside=is_aside)

    def save_current(
        self, paper_id: str, new: NewVersion, *, parent: int, institution_id: str
    ) -> int | None:
        """Store a version as `save` does, but nothing when `parent` is no longer current.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        with self._database.write(serial=f"paper:{paper_id}") as connection:
            row = require(connection, paper_id, institution_id)
            if row.current != parent:
                return None
            number, now = _next_number(connection, paper_id), self._clock()
            _add(connection, paper_id, institution_id, _Facts(number, parent, now), new)
            _touch(connection, paper_id, now, number)
        return number

    def settle(
        self, paper_id: str, aside: int, *, parent: int, by: str, take: bool, institution_id: str
    ) -> int:
        """End a conflict; return the number of the version that is current then.

        With `take` the text set aside becomes a new version made from `parent`, which must still
        be current; otherwise the current one stays. Both texts stay in the list of versions.

        Raises:
            ConflictError: `parent` is no longer current, or the version is not aside.
            NotFoundError: The institution has no such paper or version.
        """
        with self._database.write(serial=f"paper:{paper_id}") as connection:
            row = require(connection, paper_id, institution_id)
            other = version(connection, row, aside)
            if not other.is_aside:
                raise ConflictError(reason="not_aside")
            if parent != row.current:
                raise ConflictError(reason="paper_changed")
            _set_aside(connection, paper_id, aside, is_aside=False)
            now = self._clock()
            number = int(row.current)
            if take:
                number = _next_number(connection, paper_id)
                new = NewVersion(
                    paper=other.paper,
                    content_hash=other.content_hash,
                    citations=(),  # noted when the version was set aside
                    by=by,
                    reason=f"settled:{aside}",
                )
                facts = _Facts(number, parent, now)
                _add(connection, paper_id, institution_id, facts, new)
            _touch(connection, paper_id, now, number)
        return number

    def versions(self, paper_id: str, *, institution_id: str) -> tuple[PaperHead, ...]:
        """Return the versions of a paper without their texts, newest first.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        with self._database.read() as connection:
            require(connection, paper_id, institution_id)
            return heads(connection, paper_id)

    def version(self, paper_id: str, number: int, *, institution_id: str) -> PaperVersion:
        """Return one version.

        Raises:
            NotFoundError: The institution has no such paper, or it has no such version.
        """
        with self._database.read() as connection:
            row = require(connection, paper_id, institution_id)
            return version(connection, row, number)

    def picture(self, paper_id: str, digest: str, *, institution_id: str) -> bytes | None:
        """Return a picture of a paper by the hash of its bytes, None when it has no such one."""
        query = select(PaperPictureRow.data).where(
            PaperPictureRow.paper_id == paper_id,
            PaperPictureRow.digest == digest,
            PaperPictureRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    # -- comments and approvals -----------------------------------------------------------------

    def comment(
        self, paper_id: str, text: str, *, part_id: str, by: str, institution_id: str
    ) -> PaperComment:
        """Store a remark on a part of the current version.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        with self._database.write() as connection:
            row = require(connection, paper_id, institution_id)
            made = PaperComment(
                comment_id=new_id(),
                part_id=part_id,
                version_number=row.current,
                text=text,
                by=by,
                created_at=self._clock(),
            )
            connection.execute(
                insert(PaperCommentRow).values(
                    comment_id=made.comment_id,
                    paper_id=paper_id,
                    institution_id=institution_id,
                    part_id=part_id,
                    version_number=made.version_number,
                    text=text,
                    by=by,
                    created_at=made.created_at,
                    resolved_by="",
                )
            )
        return made

    def resolve(
        self, paper_id: str, comment_id: str, *, by: str, is_resolved: bool, institution_id: str
    ) -> PaperComment:
        """Mark a remark as dealt with, or as open again.

        Raises:
            NotFoundError: The institution has no such paper, or it has no such remark.
        """
        with self._database.write() as connection:
            require(connection, paper_id, institution_id)
            changed = connection.execute(
                update(PaperCommentRow)
                .where(
                    PaperCommentRow.comment_id == comment_id, PaperCommentRow.paper_id == paper_id
                )
                .values(
                    resolved_at=self._clock() if is_resolved else None,
                    resolved_by=by if is_resolved else "",
                )
            ).rowcount
            if not changed:
                raise NotFoundError(what="comment")
            found = comments(connection, paper_id)
        return next(one for one in found if one.comment_id == comment_id)

    def approve(self, paper_id: str, approval: Approval, *, institution_id: str) -> None:
        """Store a person's decision on the current version.

        Raises:
            ConflictError: Another version, or another text, is current by now.
            NotFoundError: The institution has no such paper.
        """
        with self._database.write(serial=f"paper:{paper_id}") as connection:
            row = require(connection, paper_id, institution_id)
            current = version(connection, row, row.current)
            if (current.number, current.content_hash) != (
                approval.version_number,
                approval.content_hash,
            ):
                raise ConflictError(reason="paper_changed")
            count = select(func.count()).where(PaperApprovalRow.paper_id == paper_id)
            connection.execute(
                insert(PaperApprovalRow).values(
                    paper_id=paper_id,
                    number=connection.execute(count).scalar_one() + 1,
                    institution_id=institution_id,
                    version_number=approval.version_number,
                    content_hash=approval.content_hash,
                    by=approval.by,
                    acknowledgements=encode_acknowledgements(approval.acknowledgements),
                    at=approval.at,
                )
            )
            _touch(connection, paper_id, approval.at, None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the store adds to a version that is saved."""

    number: int
    parent: int | None
    created_at: datetime
    is_aside: bool = False


def _add(
    connection: Connection,
    paper_id: str,
    institution_id: str,
    facts: _Facts,
    new: NewVersion,
) -> None:
    payload, pictures = encode(new.paper)
    connection.execute(
        insert(PaperVersionRow).values(
            paper_id=paper_id,
            number=facts.number,
            institution_id=institution_id,
            parent=facts.parent,
            payload=payload,
            content_hash=new.content_hash,
            by=new.by,
            reason=new.reason,
            is_aside=facts.is_aside,
            created_at=facts.created_at,
        )
    )
    _keep_pictures(connection, paper_id, institution_id, pictures)
    _keep_sections(connection, paper_id, institution_id, new.citations)


def _keep_pictures(
    connection: Connection, paper_id: str, institution_id: str, pictures: dict[str, bytes]
) -> None:
    stored = select(PaperPictureRow.digest).where(PaperPictureRow.paper_id == paper_id)
    known = set(connection.execute(stored).scalars()) if pictures else set()
    rows = [
        {"paper_id": paper_id, "digest": key, "institution_id": institution_id, "data": data}
        for key, data in pictures.items()
        if key not in known
    ]
    if rows:
        connection.execute(insert(PaperPictureRow), rows)


def _keep_sections(
    connection: Connection, paper_id: str, institution_id: str, citations: tuple[Citation, ...]
) -> None:
    """Note which sections a paper rests on, so that a purge leaves them."""
    cited = {(c.version_id, c.section_ordinal): c.document_id for c in citations}
    if not cited:
        return
    stored = select(PaperSectionRow.version_id, PaperSectionRow.section_ordinal).where(
        PaperSectionRow.paper_id == paper_id
    )
    known = {(row.version_id, row.section_ordinal) for row in connection.execute(stored)}
    rows = [
        {
            "paper_id": paper_id,
            "version_id": place[0],
            "section_ordinal": place[1],
            "document_id": document_id,
            "institution_id": institution_id,
        }
        for place, document_id in cited.items()
        if place not in known
    ]
    for batch in batches(rows):
        connection.execute(insert(PaperSectionRow), batch)


def _next_number(connection: Connection, paper_id: str) -> int:
    newest = select(func.max(PaperVersionRow.number)).where(PaperVersionRow.paper_id == paper_id)
    return int(connection.execute(newest).scalar_one()) + 1


def _set_aside(connection: Connection, paper_id: str, number: int, *, is_aside: bool) -> None:
    connection.execute(
        update(PaperVersionRow)
        .where(PaperVersionRow.paper_id == paper_id, PaperVersionRow.number == number)
        .values(is_aside=is_aside)
    )


def _touch(connection: Connection, paper_id: str, now: datetime, current: int | None) -> None:
    values: dict[str, object] = {"updated_at": now}
    if current is not None:
        values["current"] = current
    connection.execute(update(PaperRow).where(PaperRow.paper_id == paper_id).values(**values))
