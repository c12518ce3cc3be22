"""The dates of a pilot that are still to come, for calendar programs."""

from __future__ import annotations

from assistant.deadlines import Entry
from assistant.pilots.course import Course
from assistant.pilots.limits import LimitState


def calendar_entries(course: Course, *, uid: str, label: str = "") -> tuple[Entry, ...]:
    """Return an entry for each date to come; a cancelled pilot has none.

    Args:
        course: where the pilot stands.
        uid: what names the pilot in calendars and nobody in it.
        label: put before every title, as the pilot's number; no personal data belongs here.
    """
    if course.is_cancelled:
        return ()
    open_states = {LimitState.RUNNING, LimitState.OVERDUE}
    return tuple(
        Entry(
            uid=f"{uid}-{limit.clock_kind}-{limit.starts_on:%Y%m%d}",
            title=" ".join(filter(None, (label, limit.act, "(예정)" * limit.is_planned))),
            on=limit.due_on,
            description=f"{limit.why}\n{limit.article}",
        )
        for step in course.steps
        for limit in step.limits
        if limit.state in open_states
    )
