"""Which numbers and dates a pilot's record and figures carry, so that prose can be held to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assistant.domain import PerformanceItem, PilotRecord, TokenKind
from assistant.figures import CRITERIA, PilotFigures, percent, plain, short_won, statements, won
from assistant.grounding import Token, extract_tokens
from assistant.grounding.tokens import same_value

# what a report on file claims is what is being checked
_CLAIMS = {"report", "sources", "pilot_id", "reported_mean", "reported_rate"}
# numbers that only name a row or a point of a scale, and those that get their unit elsewhere
_NAMES = {
    "number", "item_number", "score", "scale_max",
    "value", "target", "target_high", "amount", "before", "after",
}  # fmt: skip
_UNITS = {
    "people": "명", "asked": "명", "answered": "명", "months": "개월", "times": "회",
    "faults": "건", **dict.fromkeys(CRITERIA, "점"),
}  # fmt: skip
_ORDINALS = 12
_SCALES = {"만": 10**4, "억": 10**8, "조": 10**12}
_NUMERAL = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?\s?(?P<scale>[만억조])?")
_SHORT_DATE = re.compile(r"(?<![\d.])(?P<m>\d{1,2})\. ?(?P<d>\d{1,2})\.(?!\s?\d)")
_FULL_DATE = re.compile(r"\d{4}\. ?\d{1,2}\. ?\d{1,2}\.?")
_DATES = re.compile(rf"{_FULL_DATE.pattern}|{_SHORT_DATE.pattern}")
_ITEM_NUMBER = re.compile(r"항목\s?\d{1,3}(?:번)?(?!\s?(?:개|건|점|%))|\d{1,3}\s?번\s?항목|[①-⑳]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The numbers and dates that are on record or computed."""

    tokens: tuple[Token, ...]
    days: frozenset[tuple[int, int]]

    def missing_from(self, sentence: str) -> list[Token]:
        """Return the numbers and dates of `sentence` that nothing carries."""
        blanked, odd = self._without_short_dates(sentence)
        found = [
            token
            for token in extract_tokens(blanked)
            if token.kind not in {TokenKind.LAW, TokenKind.ARTICLE} and not self.holds(token)
        ]
        return sorted([*found, *odd], key=lambda token: token.start)

    def holds(self, claimed: Token) -> bool:
        """Return whether a number, amount or date is carried, exactly or with fewer digits."""
        if claimed.unit == "차" and claimed.value is not None and claimed.value <= _ORDINALS:
            return True
        return any(
            same_value(claimed, known) or _is_rounding(claimed, known) for known in self.tokens
        )

    def _without_short_dates(self, sentence: str) -> tuple[str, list[Token]]:
        """Blank `10. 30.` where it is a known day; return the others as dates nothing carries."""
        odd: list[Token] = []
        out = _ITEM_NUMBER.sub(lambda found: " " * len(found[0]), sentence)

        def blank(found: re.Match[str]) -> str:
            if found["m"] is None:  # a full date is read as one
                return found[0]
            month, day = int(found["m"]), int(found["d"])
            if (month, day) not in self.days:
                odd.append(_unknown_day(found, month, day))
            return " " * len(found[0])

        return _DATES.sub(blank, out), odd


def carried(record: PilotRecord, figures: PilotFigures, evidence: Iterable[str] = ()) -> Carried:
    """Return what the record, the figures and further texts of evidence carry."""
    days = frozenset((day.month, day.day) for day in _days(record))
    texts = [*_facts(record), *_figures(figures), *_counts(record), *evidence]
    tokens = {token.canonical: token for text in texts for token in extract_tokens(text)}
    more = {
        (int(found["m"]), int(found["d"]))
        for text in evidence
        for found in _SHORT_DATE.finditer(text)
    }
    return Carried(tokens=tuple(tokens.values()), days=days | more)


def _unknown_day(found: re.Match[str], month: int, day: int) -> Token:
    return Token(
        kind=TokenKind.DATE,
        text=found[0],
        canonical=f"--{month:02}-{day:02}",
        start=found.start(),
        end=found.end(),
    )


def _is_rounding(claimed: Token, known: Token) -> bool:
    """Return whether `claimed` is `known` with fewer digits: 41% of 41.2%, 23.5억 of 2,345,…원."""
    if claimed.value is None or known.value is None or claimed.unit != known.unit:
        return False
    numeral = _NUMERAL.search(claimed.text)
    if numeral is None:
        return False
    step = Fraction(_SCALES.get(numeral["scale"] or "", 1), 10 ** len(numeral["decimals"] or ""))
    if claimed.unit == "비율":
        step /= 100
    return _half_up(known.value, step) == claimed.value


def _half_up(value: Fraction, step: Fraction) -> Fraction:
    steps = value / step + Fraction(1, 2)
    return (steps.numerator // steps.denominator) * step


# -- what a record says -----------------------------------------------------------------------


def _walk(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _CLAIMS:
                yield from _walk(getattr(value, field.name), field.name)
    elif isinstance(value, tuple):
        for each in value:
            yield from _walk(each, name)
    elif value is not None:
        yield name, value


def _days(record: PilotRecord) -> set[date]:
    return {value for _, value in _walk(record) if isinstance(value, date)}


def _facts(record: PilotRecord) -> Iterator[str]:
    for name, value in _walk(record):
        if isinstance(value, date):
            yield f"{value.year}. {value.month}. {value.day}."
        elif isinstance(value, str):
            yield value
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield from _number(name, value)


def _number(name: str, value: int | Decimal) -> Iterator[str]:
    if name in _NAMES:
        return
    if name.endswith("_won"):
        yield won(int(value))
    else:
        yield f"{plain(value)}{_UNITS.get(name, '')}"


def _figures(figures: PilotFigures) -> Iterator[str]:
    yield from (statement.text for statement in statements(figures))
    for figure in figures:
        yield figure.text
        yield from (each.text for each in figure.inputs)
    yield from (percent(each.ratio) for each in figures.fulfilment.items if each.ratio is not None)
    yield from _further_figures(figures)


def _further_figures(figures: PilotFigures) -> Iterator[str]:
    """Yield what follows from figures and has none of its own: changes, scales, judges' totals."""
    for row in figures.growth.rows:
        if row.before is not None and row.after is not None:
            change = abs(row.after - row.before)
            money = row.growth_id.endswith("_won")
            yield from (won(change), short_won(change)) if money else (f"{change}명",)
    for survey in figures.surveys:
        for question in survey.questions:
            yield f"{question.scale_max}점 {question.people}명"
            if question.favourable.value is not None:
                yield f"{question.favourable.value * question.people / 100:.0f}명"
    if figures.ai is not None:
        yield from (f"{plain(judge.total)}점" for judge in figures.ai.judges if judge.total)


def _counts(record: PilotRecord) -> Iterator[str]:
    kinds = Counter(row.kind for row in record.stages if row.kind is not None)
    yield from (f"{number}회" for number in (*kinds.values(), len(record.stages)))
    members = record.committee.members
    experts = sum(member.is_external is True for member in members)
    agreed = sum(member.approves is True for member in members)
    yield from (f"{number}명" for number in (len(members), experts, agreed))
    yield from (f"{len(rows)}개" for rows in (record.items, record.plan.effects, record.changes))
    for item in record.items:
        yield from _item(record, item)
    for effect in record.plan.effects:
        if effect.amount is not None:
            yield f"{plain(effect.amount)}{effect.unit}"
        yield from _effect(record, effect.number, effect.unit)
    starts, ends_on = record.plan.starts_on, record.plan.ends_on
    if starts is not None and ends_on is not None:
        months = (ends_on.year - starts.year) * 12 + ends_on.month - starts.month
        yield f"{months}개월 {months + (ends_on.day >= starts.day)}개월"


def _item(record: PilotRecord, item: PerformanceItem) -> Iterator[str]:
    """Yield the ends of a target, and how far the result is from them."""
    taken = record.measurement_of(item.number)
    for each in record.measurements:
        if each.item_number == item.number and each.value is not None:
            yield f"{plain(each.value)}{item.unit}"
    unit = "%p" if item.unit == "%" else item.unit
    for end in (item.target, item.target_high):
        if end is None or not end.is_finite():
            continue
        yield f"{plain(end)}{item.unit}"
        if taken is not None and taken.value is not None and taken.value.is_finite():
            yield f"{plain(abs(taken.value - end))}{unit}"


def _effect(record: PilotRecord, number: int, unit: str) -> Iterator[str]:
    for result in record.effect_results:
        if result.number == number:
            values = (result.amount, result.before, result.after)
            yield from (f"{plain(value)}{unit}" for value in values if value is not None)
