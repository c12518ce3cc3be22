"""Reads of sections: of any version, and of deleted documents until they are purged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.orm import aliased

from assistant.domain import Grade, Section, SectionKind, SourceKind
from assistant.errors import NotFoundError
from assistant.store.database import Database
from assistant.store.models import DocumentRow, SectionRow, VersionRow
from assistant.store.records import SectionHead, SectionKey, SectionView
from assistant.store.rows import AnyRow, AnySelect, batches, section_id, visible

SectionList: TypeAlias = list[Section]

_COLUMNS = (
    SectionRow.version_id,
    SectionRow.ordinal,
    SectionRow.kind.label("section_kind"),
    SectionRow.label,
    SectionRow.title,
    SectionRow.path,
    SectionRow.text,
    SectionRow.page,
    SectionRow.deleted,
    SectionRow.is_ocr,
)


class Sections:
    """The units that a reader sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def view(
        self, document_id: str, version_id: str, ordinal: int, *, institution_ids: tuple[str, ...]
    ) -> SectionView:
        """Return a section with what its document says.

        Raises:
            NotFoundError: None of these institutions has it.
        """
        query = _view_query().where(
            SectionRow.version_id == version_id,
            SectionRow.ordinal == ordinal,
            DocumentRow.document_id == document_id,
            visible(SectionRow.institution_id, institution_ids),
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what="section")
        return _view(row)

    def many(
        self, keys: Sequence[SectionKey], *, institution_ids: tuple[str, ...]
    ) -> dict[SectionKey, Section]:
        """Return many sections at once; what is not there is absent."""
        found: dict[SectionKey, Section] = {}
        with self._database.read() as connection:
            for batch in batches({section_id(*key) for key in keys}):
                query = select(*_COLUMNS).where(
                    SectionRow.section_id.in_(batch),
                    visible(SectionRow.institution_id, institution_ids),
                )
                for row in connection.execute(query).all():
                    found[(row.version_id, row.ordinal)] = _section(row)
        return found

    def by_labels(
        self, keys: Sequence[tuple[str, str]], *, institution_ids: tuple[str, ...]
    ) -> dict[tuple[str, str], SectionList]:
        """Return the sections of versions that carry these labels, in reading order."""
        found: dict[tuple[str, str], SectionList] = defaultdict(list)
        with self._database.read() as connection:
            for batch in batches(dict.fromkeys(keys), 100):
                # Every version with every label is looked up in the index, which is quick; only
                # the pairs that were asked for are read.
                query = select(*_COLUMNS).where(
                    SectionRow.version_id.in_({version_id for version_id, _ in batch}),
                    SectionRow.label.in_({label for _, label in batch}),
                    (SectionRow.version_id + ":" + SectionRow.label).in_(
                        [f"{version_id}:{label}" for version_id, label in batch]
                    ),
                    visible(SectionRow.institution_id, institution_ids),
                )
                for row in connection.execute(query):
                    found[(row.version_id, row.label)].append(_section(row))
        return {key: sorted(sections, key=_in_order) for key, sections in found.items()}

    def by_label(
        self, version_id: str, label: str, *, institution_ids: tuple[str, ...]
    ) -> SectionList:
        """Return the sections of one version that carry this label."""
        key = (version_id, label)
        return self.by_labels([key], institution_ids=institution_ids).get(key, [])

    def list(
        self,
        version_id: str,
        *,
        institution_ids: tuple[str, ...],
        offset: int = 0,
        limit: int | None = None,
    ) -> SectionList:
        """Return the sections of one version, in reading order."""
        query = (
            select(*_COLUMNS)
            .where(
                SectionRow.version_id == version_id,
                visible(SectionRow.institution_id, institution_ids),
            )
            .order_by(SectionRow.ordinal)
            .offset(offset)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_section(row) for row in connection.execute(query)]

    def following(
        self, version_id: str, ordinal: int, count: int, *, institution_ids: tuple[str, ...]
    ) -> SectionList:
        """Return the next sections after this one."""
        query = (
            select(*_COLUMNS)
            .where(
                SectionRow.version_id == version_id,
                SectionRow.ordinal > ordinal,
                visible(SectionRow.institution_id, institution_ids),
            )
            .order_by(SectionRow.ordinal)
            .limit(count)
        )
        with self._database.read() as connection:
            return [_section(row) for row in connection.execute(query)]

    def outline(
        self, version_id: str, *, institution_ids: tuple[str, ...]
    ) -> tuple[SectionHead, ...]:
        """Return all sections of one version without their texts."""
        query = (
            select(SectionRow.ordinal, SectionRow.kind, SectionRow.label, SectionRow.title)
            .where(
                SectionRow.version_id == version_id,
                visible(SectionRow.institution_id, institution_ids),
            )
            .order_by(SectionRow.ordinal)
        )
        with self._database.read() as connection:
            return tuple(
                SectionHead(
                    ordinal=row.ordinal,
                    kind=SectionKind(row.kind),
                    label=row.label,
                    title=row.title,
                )
                for row in connection.execute(query)
            )

    def count(self, version_id: str, *, institution_ids: tuple[str, ...]) -> int:
        """Return how many sections a version has."""
        query = select(func.count()).where(
            SectionRow.version_id == version_id, visible(SectionRow.institution_id, institution_ids)
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()


def _view_query() -> AnySelect:
    return (
        select(
            *_COLUMNS,
            VersionRow.number,
            VersionRow.title.label("document_title"),
            VersionRow.kind.label("document_kind"),
            VersionRow.publisher,
            VersionRow.effective_from,
            VersionRow.promulgated_on,
            VersionRow.source_url,
            DocumentRow.document_id,
            DocumentRow.institution_id,
            DocumentRow.collection_id,
            DocumentRow.file_name,
            DocumentRow.grade,
            and_(
                DocumentRow.version_id == SectionRow.version_id,
                DocumentRow.deleted_at.is_(None),
            ).label("is_current"),
            _next_effective().label("next_effective_from"),
            _previous_ordinal().label("previous_ordinal"),
            _next_ordinal().label("next_ordinal"),
        )
        .join(VersionRow, VersionRow.version_id == SectionRow.version_id)
        .join(DocumentRow, DocumentRow.document_id == VersionRow.document_id)
    )


def _next_effective() -> ScalarSelect[date | None]:
    following = aliased(VersionRow)
    return (
        select(following.effective_from)
        .where(
            following.document_id == VersionRow.document_id, following.number > VersionRow.number
        )
        .order_by(following.number)
        .limit(1)
        .scalar_subquery()
    )


def _previous_ordinal() -> ScalarSelect[int]:
    other = aliased(SectionRow)
    return (
        select(func.max(other.ordinal))
        .where(other.version_id == SectionRow.version_id, other.ordinal < SectionRow.ordinal)
        .scalar_subquery()
    )


def _next_ordinal() -> ScalarSelect[int]:
    other = aliased(SectionRow)
    return (
        select(func.min(other.ordinal))
        .where(other.version_id == SectionRow.version_id, other.ordinal > SectionRow.ordinal)
        .scalar_subquery()
    )


def _in_order(section: Section) -> int:
    return section.ordinal


def _section(row: AnyRow) -> Section:
    return Section(
        ordinal=row.ordinal,
        kind=SectionKind(row.section_kind),
        label=row.label,
        title=row.title,
        path=row.path,
        text=row.text,
        page=row.page,
        deleted=row.deleted,
        is_ocr=row.is_ocr,
    )


def _view(row: AnyRow) -> SectionView:
    return SectionView(
        section=_section(row),
        document_id=row.document_id,
        version_id=row.version_id,
        version_number=row.number,
        institution_id=row.institution_id,
        collection_id=row.collection_id,
        document_title=row.document_title or row.file_name,
        kind=SourceKind(row.document_kind),
        publisher=row.publisher,
        grade=Grade(row.grade),
        effective_from=row.effective_from,
        promulgated_on=row.promulgated_on,
        source_url=row.source_url,
        current=row.is_current,
        next_effective_from=row.next_effective_from,
        previous_ordinal=row.previous_ordinal,
        next_ordinal=row.next_ordinal,
    )
