"""What the linter says: findings with their rule, article, place and correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # against the wording of a rule, or two statements that contradict each other
    WARNING = "warning"  # against the usual form; a special reason may allow it
    NOTE = "note"  # a hint on layout or language


class DocumentKind(StrEnum):
    """Kinds of document that are told apart."""

    MEMO = "memo"  # 기안문
    REPLY = "reply"  # 회신, 민원 답변
    NOTICE = "notice"  # 공고, 고시
    REPORT = "report"  # 보고서, 계획서


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The rule that a finding rests on; `label` is empty where a whole act is meant."""

    law: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands: characters of the text, its 1-based line, and the block of a file."""

    start: int
    end: int
    line: int
    block: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """Put `replacement` in the place of the characters from `start` to `end`.

    `is_certain` is false where a person has to look: two statements contradict each other, or the
    sense may change. Only certain fixes are applied all at once.
    """

    start: int
    end: int
    replacement: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to put right, in Korean for the official."""

    rule: str
    severity: Severity
    message: str
    article: Article
    place: Place
    fix: Fix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding before its wording: the rule, the characters, the correction and the facts."""

    rule: str
    start: int
    end: int
    fix: Fix | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def correction(rule: str, start: int, found: str, wanted: str, *, is_certain: bool = True) -> Found:
    """Return a finding whose fix writes `wanted` over the text `found` that begins at `start`."""
    end = start + len(found)
    return Found(
        rule=rule,
        start=start,
        end=end,
        fix=Fix(start=start, end=end, replacement=wanted, is_certain=is_certain),
        facts={"found": found.strip(), "wanted": wanted.strip()},
    )
