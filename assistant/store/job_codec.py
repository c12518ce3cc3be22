"""Column sets and rows of a table as JSON: what was stored is shown again exactly."""

from __future__ import annotations

import json
import zlib
from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.domain import ColumnSet, ItemResult
from assistant.errors import ConfigurationError

FORMAT = 1
_COMPRESSION = 6


@cache
def _results() -> TypeAdapter[ItemResult]:
    return TypeAdapter(ItemResult)


@cache
def _sets() -> TypeAdapter[ColumnSet]:
    return TypeAdapter(ColumnSet)


def pack_result(result: ItemResult) -> bytes:
    """Return a row in the form in which it is stored: JSON that names its format, compressed."""
    body = _results().dump_python(result, mode="json")
    text = json.dumps({"format": FORMAT, "result": body}, ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "replace"), _COMPRESSION)


def unpack_result(payload: bytes) -> ItemResult:
    """Return the row that `pack_result` was given.

    Raises:
        ConfigurationError: A newer Gongmun wrote it.
    """
    parsed = json.loads(zlib.decompress(payload))
    try:
        if parsed["format"] > FORMAT:
            raise ConfigurationError(f"stored row has format {parsed['format']}, known: {FORMAT}")
        return _results().validate_python(parsed["result"], strict=False)
    except ValidationError as error:
        raise ConfigurationError("a stored row has an unknown shape") from error


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
