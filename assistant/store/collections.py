"""Institutions and their collections."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.domain import DEFAULT_INSTITUTION, PUBLIC_INSTITUTION, Grade
from assistant.errors import ConflictError, NotFoundError
from assistant.store.database import Database
from assistant.store.models import CollectionRow, DocumentRow, InstitutionRow
from assistant.store.records import Collection
from assistant.store.rows import DOCUMENTS, Clock, allowed_grade, new_id
from assistant.text import clean

_INBOX = "내 자료"
_PUBLIC = (
    ("rules", "법령·행정규칙"),
    ("guides", "업무 안내서"),
    ("dossiers", "제품 자료"),
    ("pilots", "시범사용"),
)


class Collections:
    """Named sets of documents."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ensure_defaults(self) -> None:
        """Create the public and the default institution with their collections, once."""
        with self._database.read() as connection:
            known = set(connection.execute(select(InstitutionRow.institution_id)).scalars())
        if PUBLIC_INSTITUTION not in known:
            self.ensure_institution(PUBLIC_INSTITUTION, "공용 자료")
        if DEFAULT_INSTITUTION not in known:
            self.ensure_institution(DEFAULT_INSTITUTION, "우리 기관")

    def ensure_institution(self, institution_id: str, name: str) -> None:
        """Create an institution with its first collections unless it exists."""
        public = institution_id == PUBLIC_INSTITUTION
        inbox = "inbox" if institution_id == DEFAULT_INSTITUTION else f"{institution_id}-inbox"
        collections = _PUBLIC if public else ((inbox, _INBOX),)
        grade = Grade.OPEN if public else Grade.SENSITIVE
        with self._database.write(serial="institutions") as connection:
            if _exists(connection, institution_id):
                return
            connection.execute(
                insert(InstitutionRow).values(
                    institution_id=institution_id, name=name, created_at=self._clock()
                )
            )
            for position, (collection_id, label) in enumerate(collections):
                connection.execute(
                    insert(CollectionRow).values(
                        collection_id=collection_id,
                        institution_id=institution_id,
                        name=label,
                        grade=grade.value,
                        position=position,
                        built_in=True,
                        created_at=self._clock(),
                    )
                )

    def institution_name(self, institution_id: str) -> str:
        """Return the name of an institution.

        Raises:
            NotFoundError: There is no such institution.
        """
        query = select(InstitutionRow.name).where(InstitutionRow.institution_id == institution_id)
        with self._database.read() as connection:
            name = connection.execute(query).scalar()
        if name is None:
            raise NotFoundError(what="institution")
        return name

    def list(self, *, institution_ids: tuple[str, ...]) -> Sequence[Collection]:
        """Return the collections of these institutions, own ones before public ones."""
        with self._database.read() as connection:
            return self._select(connection, CollectionRow.institution_id.in_(institution_ids))

    def get(self, collection_id: str, *, institution_ids: tuple[str, ...]) -> Collection:
        """Return one collection.

        Raises:
            NotFoundError: None of these institutions has it.
        """
        with self._database.read() as connection:
            found = self._select(
                connection,
                CollectionRow.collection_id == collection_id,
                CollectionRow.institution_id.in_(institution_ids),
            )
        if not found:
            raise NotFoundError(what="collection")
        return found[0]

    def create(self, name: str, *, institution_id: str, grade: Grade) -> Collection:
        """Create a collection.

        Raises:
            ConflictError: The institution has one of that name.
            GradeNotAllowedError: The grade is C.
            NotFoundError: There is no such institution.
        """
        collection_id = new_id()
        values = {
            "collection_id": collection_id,
            "institution_id": institution_id,
            "name": clean(name).strip(),
            "grade": allowed_grade(grade),
            "position": 100,
            "built_in": False,
            "created_at": self._clock(),
        }
        try:
            with self._database.write(serial="institutions") as connection:
                if not _exists(connection, institution_id):
                    raise NotFoundError(what="institution")
                connection.execute(insert(CollectionRow).values(values))
        except IntegrityError as error:
            raise ConflictError(reason="name_taken") from error
        return self.get(collection_id, institution_ids=(institution_id,))

    def delete(self, collection_id: str, *, institution_id: str) -> None:
        """Remove an empty collection.

        Raises:
            ConflictError: It holds documents, or is one of the first ones.
            NotFoundError: The institution has no such collection.
        """
        try:
            with self._database.write(serial=DOCUMENTS) as connection:
                row = connection.execute(
                    select(CollectionRow.built_in).where(
                        CollectionRow.collection_id == collection_id,
                        CollectionRow.institution_id == institution_id,
                    )
                ).first()
                if row is None:
                    raise NotFoundError(what="collection")
                if row.built_in:
                    raise ConflictError(reason="collection_not_empty")
                connection.execute(
                    delete(CollectionRow).where(CollectionRow.collection_id == collection_id)
                )
        except IntegrityError as error:  # a document refers to it, perhaps a deleted one
            raise ConflictError(reason="collection_not_empty") from error

    def _select(self, connection: Connection, *conditions: object) -> Sequence[Collection]:
        count = (
            select(func.count())
            .select_from(DocumentRow)
            .where(
                DocumentRow.collection_id == CollectionRow.collection_id,
                DocumentRow.deleted_at.is_(None),
            )
            .scalar_subquery()
        )
        query = select(
            CollectionRow.collection_id,
            CollectionRow.institution_id,
            CollectionRow.name,
            CollectionRow.grade,
            count.label("document_count"),
        ).where(*conditions)  # type: ignore[arg-type]
        rows = connection.execute(
            query.order_by(
                CollectionRow.institution_id == PUBLIC_INSTITUTION,
                CollectionRow.position,
                CollectionRow.name,
            )
        )
        return [
            Collection(
                collection_id=row.collection_id,
                institution_id=row.institution_id,
                name=row.name,
                grade=Grade(row.grade),
                document_count=row.document_count,
            )
            for row in rows
        ]


def _exists(connection: Connection, institution_id: str) -> bool:
    query = select(InstitutionRow.institution_id).where(
        InstitutionRow.institution_id == institution_id
    )
    return connection.execute(query).first() is not None
