"""Amounts, shares and plain numbers as applications write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.applications.readings import Reading

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"조|억|천만|백만|십만|만|천|백"
_TERMS_OF_ONE = rf"(?:(?:{_NUMBER})\s?(?:{_UNIT})\s?)*(?:(?:{_NUMBER})\s?(?:{_UNIT})?)"
_AMOUNT = re.compile(
    rf"(?<![\d.,\-])(?P<sign>[₩￦\\]\s?|금\s?)?(?P<terms>{_TERMS_OF_ONE})(?![\d])\s?(?P<won>원|KRW)?"
)
_TERMS = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})?")
_FOREIGN = re.compile(
    r"^\s?(?:달러|불|유로|엔|위안|USD|EUR|JPY|%|퍼센트|명|건|대|개|년|월|일|회|식)"
)
_FOREIGN_BEFORE = re.compile(r"(?:USD|US\$|\$|€|EUR|¥)\s?$")
_SMALL = {"천": 1_000, "백": 100}
_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
_MIXED = {"천만": 10**7, "백만": 10**6, "십만": 10**5}
_HINTS = {
    "원": 1, "천원": 10**3, "만원": 10**4, "십만원": 10**5, "백만원": 10**6, "천만원": 10**7,
    "억원": 10**8, "억": 10**8,
}  # fmt: skip
_UNIT_HINT = re.compile(
    r"(?:단\s?위\s?[:은는]?\s?|[(\[])\s?(?:금액\s?)?(?P<unit>(?:천|만|십만|백만|천만|억)?\s?원|억)"
)
_PERCENT = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})\s?(?P<sign>%|퍼센트|프로)?")
_PLAIN = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})")
_MOST_WON = 10**15
_LEAST_ASSUMED = 5  # digits: `3` beside a label is a count, `1250000` an amount


def unit_in(text: str) -> str:
    """Return the unit of money that a label or caption names.

    >>> unit_in("매출액(백만원)"), unit_in("(단위 : 천원)"), unit_in("단가")
    ('백만원', '천원', '')
    """
    match = _UNIT_HINT.search(text)
    return "".join(match["unit"].split()) if match else ""


def read_won(text: str, *, unit: str = "") -> Iterator[Reading]:
    """Yield the amounts of a folded text in whole won; `unit` is what its label says.

    >>> [one.value for one in read_won("단가 1억 2,500만원, 설치비 300천원")]
    ['125000000', '300000']
    >>> [one.value for one in read_won("1,250", unit="백만원")]
    ['1250000000']
    """
    for match in _AMOUNT.finditer(text):
        if _FOREIGN_BEFORE.search(text[: match.start()]):
            continue
        has_unit = any(term["unit"] for term in _TERMS.finditer(match["terms"]))
        is_money = bool(match["won"] or match["sign"])
        if not is_money and _FOREIGN.match(text[match.end() :]):
            continue
        factor = 1 if is_money or has_unit else _HINTS.get(unit, 0)
        digits = sum(sign.isdigit() for sign in match["terms"])
        is_assumed = factor == 0
        if is_assumed and digits < _LEAST_ASSUMED:
            continue
        total = _total(match["terms"]) * (factor or 1)
        if total != total.to_integral_value() or total > _MOST_WON:
            continue
        yield Reading(
            value=str(int(total)),
            display=f"{int(total):,}원",
            start=match.start(),
            end=match.end(),
            flag="unit_assumed" if is_assumed else "",
        )


def _total(terms: str) -> Decimal:
    """Return what the terms of an amount make: 3천5백만 is 35,000,000."""
    total = section = Decimal(0)
    for term in _TERMS.finditer(terms):
        number, unit = Decimal(term["number"].replace(",", "")), term["unit"] or ""
        if unit in _LARGE:
            total, section = total + (section + number) * _LARGE[unit], Decimal(0)
        elif unit in _MIXED:
            total, section = total + section * 10**4 + number * _MIXED[unit], Decimal(0)
        else:
            section += number * _SMALL.get(unit, 1)
    return total + section


def read_percent(text: str, *, unit: str = "") -> Iterator[Reading]:
    """Yield the shares of a folded text.

    >>> [one.value for one in read_percent("외산 부품 12.50 % (3종)")]
    ['12.5']
    """
    for match in _PERCENT.finditer(text):
        if match["sign"] or "%" in unit:
            number = plain_number(match["number"])
            yield Reading(value=number, display=f"{number}%", start=match.start(), end=match.end())


def read_number(text: str) -> Iterator[Reading]:
    """Yield the numbers of a folded text.

    >>> [one.value for one in read_number("TRL 8단계")]
    ['8']
    """
    for match in _PLAIN.finditer(text):
        number = plain_number(match["number"])
        yield Reading(value=number, display=number, start=match.start(), end=match.end())


def plain_number(text: str) -> str:
    """Return digits without grouping and without zeros that say nothing.

    >>> plain_number("1,234.50"), plain_number("008")
    ('1234.5', '8')
    """
    number = Decimal(text.replace(",", ""))
    return format(number.normalize(), "f") if number else "0"
