"""What can happen to a case between its start and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from assistant.deadlines.periods import Period


class Ground(StrEnum):
    """Why a period is extended: four reasons that the decree admits, three that it refuses."""

    COOPERATION = "cooperation"
    FACTS = "facts"
    FORCE_MAJEURE = "force_majeure"
    SIMILAR = "similar"
    WORKLOAD = "workload"
    LATE_ASSIGNMENT = "late_assignment"
    ABSENCE = "absence"


class Pause(StrEnum):
    """Why some time does not count; `rules.yaml` says which rule admits which."""

    DISTANT_TRANSFER = "distant_transfer"
    REPRESENTATIVES = "representatives"
    HEARING = "hearing"
    EXAMINATION = "examination"
    PRECEDING_TASK = "preceding_task"
    SYSTEM_FAILURE = "system_failure"
    SITE_INVESTIGATION = "site_investigation"
    CERTIFICATES = "certificates"
    OPINION_REPLY = "opinion_reply"
    CONSULTATION = "consultation"


class Destination(StrEnum):
    """Where a complaint is passed on to."""

    DEPARTMENT = "department"
    DISTANT_DEPARTMENT = "distant_department"
    WITHIN_BODY = "within_body"
    OTHER_BODY = "other_body"


class Ending(StrEnum):
    """How a case ends."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """It reached the body's electronic window, before it was received (decree, art. 6(8))."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested:
    """The applicant is asked to complete the papers until the day `until`."""

    at: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementProlonged:
    """The applicant asked for more time and got it (twice at most)."""

    at: datetime
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementUrged:
    """The applicant let the time pass and is asked again, for ten days at most."""

    at: datetime
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived:
    """The completed papers arrived."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementBounced:
    """The request came back because the applicant's address is unclear."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """The case was passed on."""

    at: datetime
    to: Destination
    electronic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """The period was extended, by `length` or, if none is given, as far as the rule allows."""

    at: datetime
    ground: Ground | None = None
    length: Period | None = None
    consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """Time that does not count; `until` is None while it lasts."""

    at: datetime
    why: Pause
    until: datetime | None = None
    prolonged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNotified:
    """The applicant was told how far the case is."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The case ended."""

    at: datetime
    how: Ending = Ending.ANSWERED


Event: TypeAlias = (
    Arrived
    | SupplementRequested
    | SupplementProlonged
    | SupplementUrged
    | SupplementReceived
    | SupplementBounced
    | Transferred
    | Extended
    | Suspended
    | ProgressNotified
    | Ended
)
