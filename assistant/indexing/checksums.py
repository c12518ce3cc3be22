"""Which files of a word index do not have the content they were written with."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

_MAGIC = 1337
_TAIL_BYTES = 8


def damaged_files(folder: Path) -> list[str]:
    """Return the names of tantivy's segment files whose checksum does not fit.

    tantivy ends each segment file with `{"version": …, "crc": n}`, the size of that and a mark,
    and does not look at it when it opens an index.
    """
    return [
        path.name
        for path in sorted(folder.iterdir())
        if path.is_file() and len(path.stem) == 32 and path.suffix and not _is_sound(path)
    ]


def _is_sound(path: Path) -> bool:
    content = memoryview(path.read_bytes())
    if len(content) <= _TAIL_BYTES:
        return False
    size = int.from_bytes(content[-8:-4], "little")
    if int.from_bytes(content[-4:], "little") != _MAGIC or size > len(content) - _TAIL_BYTES:
        return False
    body = content[: len(content) - _TAIL_BYTES - size]
    try:
        footer = json.loads(bytes(content[len(body) : -_TAIL_BYTES]))
        return bool(footer["crc"] == zlib.crc32(body))
    except (ValueError, KeyError, TypeError):
        return False
