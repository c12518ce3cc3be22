"""Tables: the column sets of the product and of officials, and a trial on one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.applications.columnsets import column_set, shipped_sets
from assistant.domain import ColumnSet, UserColumnSet
from assistant.errors import ConflictError
from assistant.store import Store


class TableFlow:
    """Everything that people do with column sets.

    Args:
        store: the truth.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, *, institution_id: str) -> Sequence[UserColumnSet | ColumnSet]:
        """Return the column sets of the product, then those of the institution."""
        own = self._store.column_sets.list(institution_id=institution_id)
        return [*shipped_sets().values(), *own]

    def get(self, name: str, *, institution_id: str) -> UserColumnSet | ColumnSet:
        """Return a column set by name.

        Raises:
            NotFoundError: there is none.
        """
        shipped = shipped_sets().get(name)
        if shipped is not None:
            return shipped
        return self._store.column_sets.get(name, institution_id=institution_id)

    def columns(self, name: str, *, institution_id: str) -> ColumnSet:
        """Return the columns of a table by name; raise as `get` does."""
        found = self.get(name, institution_id=institution_id)
        return found.columns if isinstance(found, UserColumnSet) else found

    def checked(self, data: Mapping[str, object]) -> ColumnSet:
        """Return a column set from data that an official wrote.

        Raises:
            ColumnSetFaultError: it cannot be used.
        """
        return column_set(data)

    def save(
        self, data: Mapping[str, object], *, institution_id: str, by: str, based_on: int
    ) -> UserColumnSet:
        """Keep a column set that an official made.

        Raises:
            ColumnSetFaultError: it cannot be used.
            ConflictError: the name is taken, or somebody else has saved it since.
        """
        columns = column_set(data)
        if columns.name in shipped_sets():
            raise ConflictError(reason="column_set_taken")
        return self._store.column_sets.save(
            columns, institution_id=institution_id, by=by, based_on=based_on
        )
