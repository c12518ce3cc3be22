"""Dates as people write them, and dates of birth that stand right after a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.privacy.kinds import Finding, Kind, Reason

DAY = (
    r"(?:(?:18|19|20)\d{2}|'?\d{2})(?:\s?[.\-/]\s?\d{1,2}\s?[.\-/]\s?\d{1,2}\.?"
    r"|\s?년\s?\d{1,2}\s?월\s?\d{1,2}\s?일)"
)
_DAY_BESIDE = re.compile(
    rf"\s?[(,/]\s?(?P<v>{DAY}|\d{{6}}(?![\d\-]))(?!\s?(?:접수|신청|제출|작성|방문|자\b|부터|까지))"
)


def find_births_beside(text: str, ends: Sequence[int]) -> list[Finding]:
    """Return the dates that stand right after a name, which ends at one of `ends`.

    >>> [found.start for found in find_births_beside("홍길동(1903. 4. 5.)", [3])]
    [4]
    """
    matches = (_DAY_BESIDE.match(text, end) for end in ends)
    return [
        Finding(
            kind=Kind.BIRTH_DATE,
            start=match.start("v"),
            end=match.end("v"),
            reason=Reason.BESIDE,
            confidence=0.7,
        )
        for match in matches
        if match is not None
    ]
