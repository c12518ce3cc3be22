"""What was read in a stretch of text: a value in canonical form, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value in a text; `text[start:end]` are the words that say it.

    `flag` is one of "", unit_assumed, checksum, range: why a person should look at it.
    """

    value: str
    display: str
    start: int
    end: int
    flag: str = ""
