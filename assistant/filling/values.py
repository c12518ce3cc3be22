"""The values of a template as plain data: nothing in them can be called or has attributes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from assistant.errors import TemplateInputError

Single: TypeAlias = str | int | float | Decimal | date | time

MAX_ENTRIES = 200_000
MAX_DEPTH = 12
MAX_CHARS = 5_000_000


class Record(dict[str, object]):
    """A group of named values that knows how it is called, for naming what is missing in it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class Listing(list[object]):
    """A list of values that knows how it is called."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


def plain(values: Mapping[str, object]) -> Record:
    """Copy the values into plain data; an absent value (`None`) counts as not given.

    Raises:
        TemplateInputError: A value is of a kind that has no text, or there are too many.

    >>> plain({"품목": [{"수량": 2, "비고": None}]})
    {'품목': [{'수량': 2}]}
    """
    found = _Copier().copy(values, "", 0)
    if not isinstance(found, Record):
        raise TemplateInputError(unfit=("values",))
    return found


class _Copier:
    """Copies with one count over all levels, so that shared branches cannot multiply."""

    def __init__(self) -> None:
        self._entries = 0
        self._chars = 0

    def copy(self, value: object, path: str, depth: int) -> object:
        self._entries += 1
        if self._entries > MAX_ENTRIES or depth > MAX_DEPTH:
            raise TemplateInputError(unfit=(path,))
        if isinstance(value, str):
            self._chars += len(value)
            if self._chars > MAX_CHARS:
                raise TemplateInputError(unfit=(path,))
            return str(value)
        if value is None or isinstance(value, int | float | Decimal | date | time):
            return value
        if isinstance(value, Mapping):
            return self._record(value, path, depth)
        if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
            return self._listing(value, path, depth)
        raise TemplateInputError(unfit=(path,))

    def _record(self, value: Mapping[object, object], path: str, depth: int) -> Record:
        record = Record(path)
        for key, entry in value.items():
            name = unicodedata.normalize("NFC", str(key))
            if entry is not None:
                record[name] = self.copy(entry, f"{path}.{name}" if path else name, depth + 1)
        return record

    def _listing(self, value: Sequence[object], path: str, depth: int) -> Listing:
        listing = Listing(path)
        for number, entry in enumerate(value, start=1):
            listing.append(self.copy(entry, f"{path}[{number}]", depth + 1))
        return listing
