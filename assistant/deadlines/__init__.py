"""Working-day and working-hour arithmetic: when a case is due, why, and what comes next."""

from assistant.deadlines.acts import receipt_limit, transfer_limit
from assistant.deadlines.articles import Article, parse_article
from assistant.deadlines.clock import (
    Act,
    ActKind,
    Clock,
    Finding,
    Remaining,
    State,
    Step,
    StepKind,
)
from assistant.deadlines.compute import compute
from assistant.deadlines.events import (
    Arrived,
    Destination,
    Ended,
    Ending,
    Event,
    Extended,
    Ground,
    Pause,
    ProgressNotified,
    SupplementBounced,
    SupplementProlonged,
    SupplementReceived,
    SupplementRequested,
    SupplementUrged,
    Suspended,
    Transferred,
)
from assistant.deadlines.ics import Entry, entries_of, to_ics, uid_of
from assistant.deadlines.periods import Period, Unit
from assistant.deadlines.phrases import SEOUL, day_text, moment_text
from assistant.deadlines.publicdays import public_holidays
from assistant.deadlines.rules import Counting, Rule, all_rules, pause_rules, rule_of
from assistant.deadlines.workdays import Office

__all__ = [
    "SEOUL",
    "Act",
    "ActKind",
    "Arrived",
    "Article",
    "Clock",
    "Counting",
    "Destination",
    "Ended",
    "Ending",
    "Entry",
    "Event",
    "Extended",
    "Finding",
    "Ground",
    "Office",
    "Pause",
    "Period",
    "ProgressNotified",
    "Remaining",
    "Rule",
    "State",
    "Step",
    "StepKind",
    "SupplementBounced",
    "SupplementProlonged",
    "SupplementReceived",
    "SupplementRequested",
    "SupplementUrged",
    "Suspended",
    "Transferred",
    "Unit",
    "all_rules",
    "compute",
    "day_text",
    "entries_of",
    "moment_text",
    "parse_article",
    "pause_rules",
    "public_holidays",
    "receipt_limit",
    "rule_of",
    "to_ics",
    "transfer_limit",
    "uid_of",
]
