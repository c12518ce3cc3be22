"""The whole way of a pilot: its steps and clocks, what is wrong with its papers, where it leads."""

from assistant.pilots.calendar import calendar_entries
from assistant.pilots.course import Course, CourseStep, NextAct, StepState, course
from assistant.pilots.limits import Limit, LimitState
from assistant.pilots.steps import StepRule, step_rules

__all__ = [
    "Course",
    "CourseStep",
    "Limit",
    "LimitState",
    "NextAct",
    "StepRule",
    "StepState",
    "calendar_entries",
    "course",
    "step_rules",
]
