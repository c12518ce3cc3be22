"""Which days and hours an office works, and walking forward along them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from assistant.deadlines.phrases import SEOUL
from assistant.deadlines.publicdays import public_holidays
from assistant.errors import DeadlineInputError

_SATURDAY, _SUNDAY = 5, 6

_TEN_YEARS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Time from `start` up to `end`."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """When an institution works.

    Args:
        hours: working hours of a day; by default 09:00-18:00 with an hour for lunch, which makes
            the eight hours of the complaints act, art. 19(1).
        temporary_holidays: public holidays that the Cabinet set and the data here do not hold yet.
        closures: the institution's own days off. They stop working hours, not days: art. 19 leaves
            out public holidays and Saturdays only.
    """

    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))
    temporary_holidays: Mapping[date, str] = field(default_factory=dict)
    closures: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ends = [moment for pair in self.hours for moment in pair]
        if not ends or any(a >= b for a, b in pairwise(ends)):
            raise DeadlineInputError("hours")

    def day_off(self, day: date) -> str:
        """Return why periods of days leave `day` out, or an empty text if they count it.

        >>> Office().day_off(date(2026, 5, 5)), Office().day_off(date(2026, 5, 9))
        ('어린이날', '토요일')
        >>> Office().day_off(date(2026, 5, 4))
        ''
        """
        named = self.temporary_holidays.get(day) or public_holidays(day.year).get(day, "")
        if named:
            return named
        return {_SATURDAY: "토요일", _SUNDAY: "일요일"}.get(day.weekday(), "")

    def works_on(self, day: date) -> bool:
        """Return whether the institution has working hours on `day`."""
        return not self.day_off(day) and day not in self.closures

    def next_workday(self, day: date) -> date:
        """Return `day`, or the first day after it on which the institution works.

        >>> Office().next_workday(date(2026, 5, 1))
        datetime.date(2026, 5, 4)
        """
        return next(each for each in days_from(day) if self.works_on(each))

    def next_open_day(self, day: date) -> date:
        """Return `day`, or the first after it that is no public holiday and no Saturday.

        >>> Office().next_open_day(date(2026, 10, 3))
        datetime.date(2026, 10, 6)
        """
        return next(each for each in days_from(day) if not self.day_off(each))

    def workdays_between(self, first: date, last: date) -> int:
        """Return how many days from `first` to `last`, both included, periods count."""
        span = range((last - first).days + 1)
        return sum(not self.day_off(first + timedelta(days=offset)) for offset in span)

    def open_hours(self, day: date) -> tuple[Stretch, ...]:
        """Return the working hours of `day`, none on a day off."""
        return self.usual_hours(day) if self.works_on(day) else ()

    def usual_hours(self, day: date) -> tuple[Stretch, ...]:
        """Return the hours of `day` as if the institution worked on it."""
        return tuple(
            Stretch(
                start=datetime.combine(day, opens, SEOUL), end=datetime.combine(day, closes, SEOUL)
            )
            for opens, closes in self.hours
        )


def days_from(day: date) -> Iterable[date]:
    """Yield `day` and the days after it, for ten years.

    Raises:
        DeadlineInputError: the ten years are over, so nothing that was looked for ever comes.
    """
    for offset in range(_TEN_YEARS):
        yield day + timedelta(days=offset)
    raise DeadlineInputError("too_long")


def without(piece: Stretch, blocked: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return what is left of `piece` once the `blocked` stretches are cut out.

    >>> nine, noon = (datetime(2026, 5, 4, hour, tzinfo=SEOUL) for hour in (9, 12))
    >>> ten = nine + timedelta(hours=1)
    >>> left = without(Stretch(start=nine, end=noon), [Stretch(start=nine, end=ten)])
    >>> [str(each.length) for each in left]
    ['2:00:00']
    """
    left = [piece]
    for block in blocked:
        cut = []
        for each in left:
            cut.append(Stretch(start=each.start, end=min(each.end, block.start)))
            cut.append(Stretch(start=max(each.start, block.end), end=each.end))
        left = [each for each in cut if each.start < each.end]
    return tuple(left)


def walk(
    start: datetime, length: timedelta, *, office: Office, blocked: Iterable[Stretch] = ()
) -> tuple[Stretch, ...]:
    """Return the stretches of working time after `start` that make up `length`.

    >>> monday = datetime(2026, 5, 4, 17, 0, tzinfo=SEOUL)
    >>> walked = walk(monday, timedelta(hours=3), office=Office())
    >>> [f"{each.start:%d %H:%M}-{each.end:%H:%M}" for each in walked]
    ['04 17:00-18:00', '06 09:00-11:00']
    """
    walls = tuple(blocked)
    walked: list[Stretch] = []
    for day in days_from(start.date()):
        for span in office.open_hours(day):
            if span.end <= start:
                continue
            opened = Stretch(start=max(span.start, start), end=span.end)
            for piece in without(opened, walls):
                taken = Stretch(start=piece.start, end=min(piece.end, piece.start + length))
                walked.append(taken)
                length -= taken.length
                if not length:
                    return tuple(walked)
    raise DeadlineInputError("too_long")


def worked_between(start: datetime, end: datetime, *, office: Office) -> timedelta:
    """Return the working time from `start` to `end`; nothing when `end` is not later.

    >>> friday = datetime(2026, 5, 8, 17, 0, tzinfo=SEOUL)
    >>> str(worked_between(friday, friday + timedelta(days=3), office=Office()))
    '8:00:00'
    """
    total = timedelta()
    for offset in range((end.date() - start.date()).days + 1):
        for span in office.open_hours(start.date() + timedelta(days=offset)):
            total += max(timedelta(), min(span.end, end) - max(span.start, start))
    return total
