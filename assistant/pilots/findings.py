"""What is wrong with the papers of a pilot: code, severity, place, article, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.deadlines import Article, parse_article
from assistant.domain import PilotRecord
from assistant.figures import PilotFigures
from assistant.pilots.course import Course
from assistant.pilots.thresholds import Thresholds
from assistant.text import settle_particles

_RULES = "혁신제품 구매 운영 규정"
_TERMS = "혁신제품 시범구매계약 추가특수조건"
PLAN = parse_article(f"{_RULES} 제29조제2항")
PLAN_CHANGE = parse_article(f"{_RULES} 제29조제5항")
COST = parse_article(f"{_RULES} 제31조제2항")
REPORT = parse_article(f"{_RULES} 제36조제1항")
REPORT_CONTENT = parse_article(f"{_RULES} 제36조제2항")
VERDICT = parse_article(f"{_RULES} 제37조제1항")
LEASE_PLAN = parse_article(f"{_RULES} 제29조제2항제6호")
TOTAL_PERIOD = parse_article(f"{_TERMS} 제17조제4항")
NUMBERING = parse_article(f"{_RULES} 제11조제8항")
AI_EVALUATION = parse_article(f"{_RULES} 제14조제4항")
BOARD = parse_article(f"{_RULES} 제5조제7항")


class Severity(StrEnum):
    """How much it weighs."""

    MUST = "must"  # 고쳐야 함
    LOOK = "look"  # 살펴볼 곳


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A stretch of an opinion with what should stand there instead."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFinding:
    """One fault. `place` is a place of the record, or of an opinion (`opinions[safety]`).

    `text` says what is found, `advice` what to do about it. `start` and `end` mark the sentence of
    an opinion; `fix` is there where the right figure is certain.
    """

    code: str
    severity: Severity
    place: str
    text: str
    advice: str
    article: Article | None = None
    start: int | None = None
    end: int | None = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A pilot with all that the checks look at; `thresholds` are an institution's own, if any."""

    record: PilotRecord
    figures: PilotFigures
    course: Course
    today: date
    thresholds: Thresholds | None = None


def must(code: str, place: str, text: str, advice: str, article: Article | None) -> PilotFinding:
    """Return a fault that has to be put right."""
    return PilotFinding(
        code=code, severity=Severity.MUST, place=place, text=settle_particles(text),
        advice=settle_particles(advice), article=article,
    )  # fmt: skip


def look(code: str, place: str, text: str, advice: str, article: Article | None) -> PilotFinding:
    """Return something that a person should look at."""
    return PilotFinding(
        code=code, severity=Severity.LOOK, place=place, text=settle_particles(text),
        advice=settle_particles(advice), article=article,
    )  # fmt: skip
