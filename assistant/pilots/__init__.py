"""The whole way of a pilot: its steps and clocks, what is wrong with its papers, where it leads."""

from assistant.pilots.assessment import (
    DISCLAIMER,
    OUTLOOK_NAMES,
    TITLE,
    Assessment,
    Outlook,
    Reason,
    assess,
)
from assistant.pilots.calendar import calendar_entries
from assistant.pilots.carried import Carried, carried
from assistant.pilots.checking import examine, validate
from assistant.pilots.course import Course, CourseStep, NextAct, StepState, course
from assistant.pilots.findings import Examined, Fix, PilotFinding, Severity
from assistant.pilots.grounds import Ground, after_care, preference, second_chance
from assistant.pilots.limits import Limit, LimitState
from assistant.pilots.pictures import (
    checklist_chart,
    effects_chart,
    growth_chart,
    portfolio_chart,
    score_chart,
    survey_chart,
)
from assistant.pilots.steps import StepRule, step_rules
from assistant.pilots.thresholds import Thresholds, default_thresholds, load_thresholds

__all__ = [
    "DISCLAIMER",
    "OUTLOOK_NAMES",
    "TITLE",
    "Assessment",
    "Carried",
    "Course",
    "CourseStep",
    "Examined",
    "Fix",
    "Ground",
    "Limit",
    "LimitState",
    "NextAct",
    "Outlook",
    "PilotFinding",
    "Reason",
    "Severity",
    "StepRule",
    "StepState",
    "Thresholds",
    "after_care",
    "assess",
    "calendar_entries",
    "carried",
    "checklist_chart",
    "course",
    "default_thresholds",
    "effects_chart",
    "examine",
    "growth_chart",
    "load_thresholds",
    "portfolio_chart",
    "preference",
    "score_chart",
    "second_chance",
    "step_rules",
    "survey_chart",
    "validate",
]
