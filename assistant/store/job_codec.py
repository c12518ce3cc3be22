"""Column sets and rows of a table as JSON: what was stored is shown again exactly."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.domain import ColumnSet, ItemResult
from assistant.errors import ConfigurationError
from assistant.store.packing import Packing

RESULTS = Packing(ItemResult, name="result")


@cache
def _sets() -> TypeAdapter[ColumnSet]:
    return TypeAdapter(ColumnSet)


def pack_columns(columns: ColumnSet) -> str:
    """Return a column set as JSON."""
    return _sets().dump_json(columns).decode()


def unpack_columns(payload: str) -> ColumnSet:
    """Return the column set that `pack_columns` was given.

    Raises:
        ConfigurationError: A newer Gongmun wrote it.
    """
    try:
        return _sets().validate_json(payload)
    except ValidationError as error:
        raise ConfigurationError("a stored column set has an unknown shape") from error
