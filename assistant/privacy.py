"""Find personal identifiers in a text, so that it is not sent outside.

Only identifiers with a form of their own (numbers, addresses of mail). A checksum is evidence and
never a filter: resident numbers issued since October 2020 need not satisfy one. Source of the list:
개인정보 보호법 시행령 제19조 (unique identifiers), and common contact data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.text import clean

_SEPARATOR = r"[\s.\-–—·~]{0,3}"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "resident_number": re.compile(
        rf"(?<!\d)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_SEPARATOR}[0-9]\d{{6}}(?!\d)"
    ),
    "mobile_phone": re.compile(rf"(?<!\d)01[016789]{_SEPARATOR}\d{{3,4}}{_SEPARATOR}\d{{4}}(?!\d)"),
    "phone": re.compile(
        r"(?<!\d)0(?:2|[3-6]\d|70|50\d)[\s.\-)]{1,3}\d{3,4}[\s.\-]{1,3}\d{4}(?!\d)"
    ),
    "card": re.compile(r"(?<!\d)\d{4}(?:[\s\-]\d{4}){3}(?!\d)"),
    "email": re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"),
    "driver_licence": re.compile(r"(?<!\d)[12]\d-\d{2}-\d{6}-\d{2}(?!\d)"),
    "passport": re.compile(r"여권[^\n]{0,12}?[MSRODG]\d{3}[A-Z0-9]\d{4}"),
    "account": re.compile(r"(?:계좌|은행|농협|신협|우체국)[^\n\d]{0,12}\d[\d\-\s]{8,18}\d"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A personal identifier: what it is and where it stands in the folded text."""

    kind: str
    start: int
    end: int


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers in `text`, after folding full-width and invisible characters.

    >>> [found.kind for found in find_identifiers("연락처 ０１０－1234－5678")]
    ['mobile_phone']
    """
    folded = unicodedata.normalize("NFKC", clean(text))
    found = [
        Identifier(kind=kind, start=match.start(), end=match.end())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(folded)
    ]
    return tuple(sorted(found, key=lambda one: one.start))
