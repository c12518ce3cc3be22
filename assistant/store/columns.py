"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_REPLACEMENT = "\ufffd"


def storable(text: str) -> str:
    r"""Replace what no database takes (NUL, lone surrogates), keeping every offset.

    >>> storable("가\x00나\ud800")
    '가\ufffd나\ufffd'
    """
    if "\x00" in text:
        text = text.replace("\x00", _REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(_REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


class SafeText(TypeDecorator[str]):
    """Text of any length that may come from a hostile file."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return `value` in a form that every database stores."""
        return None if value is None else storable(value)


class StringTuple(TypeDecorator[tuple[str, ...]]):
    """A short tuple of strings, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: tuple[str, ...] | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        """Return `value` as JSON."""
        if value is None:
            return None
        return storable(json.dumps(list(value), ensure_ascii=False)) if value else "[]"

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> tuple[str, ...] | None:
        """Return the tuple again."""
        if value is None:
            return None
        return () if value == "[]" else tuple(json.loads(value))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return `value` in UTC; refuse a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("time without a zone")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return the time in UTC again (SQLite forgets the zone)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
