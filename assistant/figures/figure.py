"""A computed value with the formula it came by, the numbers that went in, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NO_VALUE = "자료 없음"
_DIGITS_TO_TELL_APART = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureInput:
    """A number that went in: its name, its value in words, and its place in the record."""

    label: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A computed value.

    `value` is exact and None when something it needs is missing, in which case `text` says so and
    `note` says what. `formula` is the rule in words, `working` the same with the numbers put in.
    `limit` is the bound that the value is held against, if any, and `is_within` the outcome.
    """

    figure_id: str
    name: str
    value: Decimal | None = None
    text: str = NO_VALUE
    unit: str = ""
    formula: str = ""
    working: str = ""
    inputs: tuple[FigureInput, ...] = ()
    note: str = ""
    limit: Decimal | None = None
    is_within: bool | None = None

    @property
    def is_missing(self) -> bool:
        """Whether there was not enough to compute it from."""
        return self.value is None


def known(value: Decimal | None) -> Decimal | None:
    """Return `value`, or None for what is no finite number.

    >>> known(Decimal("1.5")), known(Decimal("NaN"))
    (Decimal('1.5'), None)
    """
    return value if value is not None and value.is_finite() else None


def plain(value: Decimal | int) -> str:
    """Return a number as given, with its own digits and commas between thousands.

    >>> plain(Decimal("1030579")), plain(Decimal("99.40")), plain(Decimal("1E+3"))
    ('1,030,579', '99.40', '1,000')
    """
    return f"{Decimal(value):,f}"


def rounded(value: Decimal, digits: int) -> Decimal:
    """Return `value` rounded to `digits` places, half up, as people do.

    >>> rounded(Decimal("34.25"), 1), rounded(Decimal("-0.04"), 1)
    (Decimal('34.3'), Decimal('0.0'))
    """
    result = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return result if result else abs(result)


def shown(value: Decimal, digits: int = 1, *, limit: Decimal | None = None) -> str:
    """Return `value` rounded, with more digits where rounding would move it to or over `limit`.

    >>> shown(Decimal("69.996"), 2, limit=Decimal(70)), shown(Decimal("15.04"), limit=Decimal(15))
    ('69.996', '15.04')
    >>> shown(Decimal("84.285")), shown(Decimal("12"))
    ('84.3', '12.0')
    """
    for places in range(digits, digits + _DIGITS_TO_TELL_APART):
        result = rounded(value, places)
        if limit is None or _side(result, limit) == _side(value, limit):
            return plain(result)
    return plain(value)


def percent(value: Decimal, *, limit: Decimal | None = None) -> str:
    """Return a share in percent with one digit.

    >>> percent(Decimal("85.714"))
    '85.7%'
    """
    return f"{shown(value, limit=limit)}%"


def won(amount: int) -> str:
    """Return an amount of money in full.

    >>> won(34_980_000)
    '34,980,000원'
    """
    return f"{amount:,}원"


def short_won(amount: int) -> str:
    """Return an amount in 억 or 만, marked 약 where that is not exact.

    >>> short_won(2_300_000_000), short_won(500_000_000), short_won(2_345_678_901)
    ('23억 원', '5억 원', '약 23.5억 원')
    >>> short_won(40_000_000), short_won(9_900_000), short_won(0), short_won(-150_000_000)
    ('0.4억 원', '990만 원', '0원', '-1.5억 원')
    """
    unit, name = (100_000_000, "억") if abs(amount) >= 10_000_000 else (10_000, "만")
    if abs(amount) < unit // 10:
        return won(amount)
    exact = Decimal(amount) / unit
    near = rounded(exact, 1)
    digits = 0 if near == near.to_integral_value() else 1
    mark = "" if near == exact else "약 "
    return f"{mark}{plain(rounded(near, digits))}{name} 원"


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return `part` of `whole` in percent; None where there is no whole.

    >>> share(Decimal(6), Decimal(8)), share(Decimal(1), Decimal(0))
    (Decimal('75'), None)
    """
    return part * 100 / whole if whole else None


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; None when one of the values is missing.

    >>> total([Decimal(1), Decimal(2)]), total([Decimal(1), None])
    (Decimal('3'), None)
    """
    result = Decimal(0)
    for value in values:
        if value is None:
            return None
        result += value
    return result


def _side(value: Decimal, limit: Decimal) -> int:
    return (value > limit) - (value < limit)
