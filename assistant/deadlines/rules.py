"""The rules as data: how long each kind may take, how that is counted, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.deadlines.articles import Article, parse_article
from assistant.deadlines.events import Pause
from assistant.deadlines.periods import Period, Unit
from assistant.errors import ConfigurationError, DeadlineInputError

COMPLAINTS_ACT = "민원 처리에 관한 법률"
COMPLAINTS_DECREE = "민원 처리에 관한 법률 시행령"
_LONGEST_IN_HOURS = 5
_LONGEST = {Unit.HOUR: 8_000, Unit.DAY: 1_000, Unit.WEEK: 200, Unit.MONTH: 120, Unit.YEAR: 10}


class Counting(StrEnum):
    """How a period is counted."""

    HOURS = "hours"
    WORKDAYS = "workdays"
    WORKDAYS_AFTER = "workdays_after"
    CALENDAR_FIRST = "calendar_first"
    CALENDAR = "calendar"
    FIXED = "fixed"
    BEFORE = "before"

    @property
    def first_day_counts(self) -> bool:
        """Whether the day of the start is the first day."""
        return self in {Counting.WORKDAYS, Counting.CALENDAR_FIRST, Counting.FIXED}

    @property
    def end_moves(self) -> bool:
        """Whether an end on a Saturday or holiday moves to the next day that is neither."""
        return self in {Counting.CALENDAR_FIRST, Counting.CALENDAR}


_COUNTED_BY = {
    Counting.HOURS: f"{COMPLAINTS_ACT} 제19조제1항",
    Counting.WORKDAYS: f"{COMPLAINTS_ACT} 제19조제2항",
    Counting.CALENDAR_FIRST: f"{COMPLAINTS_ACT} 제19조제3항",
    Counting.CALENDAR: "행정기본법 제6조제1항",
    Counting.WORKDAYS_AFTER: "행정기본법 제6조제1항",
    Counting.FIXED: "행정기본법 제6조제2항",
    Counting.BEFORE: "행정기본법 제6조제1항",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """Time that does not count, and the rule that says so."""

    name: str
    basis: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRule:
    """How often and how far a period may be extended.

    `limit` None means: as far as the period itself; `consent_from` is the first extension that
    needs the applicant's consent; the grounds are those of art. 21 for cases received on or after
    `grounds_since`.
    """

    times: int
    basis: Article
    limit: Period | None = None
    consent_from: int | None = None
    refused_by: Article | None = None
    notice: Article | None = None
    grounds_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of period; `supplement_by` is the kind that says until when one may be asked."""

    kind: str
    name: str
    basis: Article
    period: Period | None
    counting: Counting | None
    counted_by: Article | None
    start: str = "접수"
    who: str = ""
    extension: ExtensionRule | None = None
    pauses: frozenset[Pause] = frozenset()
    supplement: Article | None = None
    supplement_by: str = ""
    is_complaint: bool = False
    note: str = ""

    def length(self, period: Period | None) -> Period:
        """Return the period in force: the one given for this case, or the rule's own.

        Raises:
            DeadlineInputError: there is neither, it is no length at all or too long a one, or this
                kind is counted in working days and the length is none of days.
        """
        chosen = period or self.period
        if chosen is None or chosen.number < 1:
            raise DeadlineInputError("period")
        if chosen.number > _LONGEST[chosen.unit]:
            raise DeadlineInputError("too_long")
        in_days = self.way(chosen) in {Counting.WORKDAYS, Counting.WORKDAYS_AFTER}
        if in_days and chosen.unit is not Unit.DAY:
            raise DeadlineInputError("period_unit")
        return chosen

    def way(self, period: Period) -> Counting:
        """Return how `period` is counted; complaints by its length (complaints act, art. 19)."""
        if period.unit is Unit.HOUR:
            return Counting.HOURS
        if self.counting not in {None, Counting.HOURS}:
            return self.counting
        if period.unit is not Unit.DAY:
            return Counting.CALENDAR_FIRST
        return Counting.HOURS if period.number <= _LONGEST_IN_HOURS else Counting.WORKDAYS

    def counting_article(self, period: Period) -> Article:
        """Return the article by which `period` is counted; the rule's own speaks of its own."""
        if self.counted_by is not None and period == self.period:
            return self.counted_by
        return parse_article(_COUNTED_BY[self.way(period)])


def rule_of(kind: str) -> Rule:
    """Return the rule of `kind`.

    Raises:
        DeadlineInputError: there is no such kind.

    >>> str(rule_of("query_law").basis)
    '「민원 처리에 관한 법률 시행령」 제14조제1호'
    """
    try:
        return all_rules()[kind]
    except KeyError as error:
        raise DeadlineInputError("kind") from error


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its kind, in the order of the files."""
    shelf = _load("rules.yaml")
    extensions = {name: _extension(row) for name, row in shelf["extensions"].items()}
    rows = {**shelf["rules"], **_load("pilot.yaml")["rules"]}
    return {kind: _rule(kind, row, extensions) for kind, row in rows.items()}


@cache
def pause_rules() -> Mapping[Pause, PauseRule]:
    """Return what each kind of pause is called and where it stands."""
    rows = _load("rules.yaml")["pauses"]
    return {
        Pause(key): PauseRule(name=row["name"], basis=parse_article(row["basis"]))
        for key, row in rows.items()
    }


def _load(name: str) -> dict[str, Any]:
    text = (files("assistant.deadlines") / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _rule(kind: str, row: dict[str, Any], extensions: Mapping[str, ExtensionRule]) -> Rule:
    try:
        counting = row["counting"]
        return Rule(
            kind=kind,
            name=row["name"],
            basis=parse_article(row["basis"]),
            period=_period(row.get("period")),
            counting=None if counting == "act" else Counting(counting),
            counted_by=_article(row.get("counted_by")),
            start=row.get("start", "접수"),
            who=row.get("who", ""),
            extension=extensions[row["extension"]] if "extension" in row else None,
            pauses=frozenset(Pause(each) for each in row.get("pauses", ())),
            supplement=_article(row.get("supplement")),
            supplement_by=row.get("supplement_by", ""),
            is_complaint=row.get("complaint", False),
            note=row.get("note", ""),
        )
    except (KeyError, ValueError) as error:
        raise ConfigurationError(f"rule {kind}: {error}") from error


def _extension(row: dict[str, Any]) -> ExtensionRule:
    return ExtensionRule(
        times=row["times"],
        basis=parse_article(row["basis"]),
        limit=_period(row.get("limit")),
        consent_from=row.get("consent_from"),
        refused_by=_article(row.get("refused_by")),
        notice=_article(row.get("notice")),
        grounds_since=row.get("grounds_since"),
    )


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    number, unit = text.split()
    return Period(number=int(number), unit=Unit(unit))


def _article(text: str | None) -> Article | None:
    return None if text is None else parse_article(text)
