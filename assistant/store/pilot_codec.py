"""The record of a pilot as compressed JSON: what was stored is shown again exactly."""

from __future__ import annotations

import json
import zlib
from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.domain.pilots import PilotRecord
from assistant.errors import ConfigurationError

FORMAT = 1
_COMPRESSION = 6


@cache
def _records() -> TypeAdapter[PilotRecord]:
    return TypeAdapter(PilotRecord)


def pack_pilot(record: PilotRecord) -> bytes:
    """Return a record in the form in which it is stored: JSON that names its format, compressed."""
    body = _records().dump_python(record, mode="json")
    text = json.dumps({"format": FORMAT, "record": body}, ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "replace"), _COMPRESSION)


def unpack_pilot(payload: bytes) -> PilotRecord:
    """Return the record that `pack_pilot` was given.

    Raises:
        ConfigurationError: A newer Gongmun wrote it.
    """
    parsed = json.loads(zlib.decompress(payload))
    try:
        if parsed["format"] > FORMAT:
            raise ConfigurationError(f"stored pilot has format {parsed['format']}, known: {FORMAT}")
        return _records().validate_python(parsed["record"], strict=False)
    except ValidationError as error:
        raise ConfigurationError("a stored pilot has an unknown shape") from error
