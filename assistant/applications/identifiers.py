"""Numbers that identify a firm, an item, a product or a patent, with their check digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.applications.readings import Reading
from assistant.domain import ColumnType

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_GAP = r"\s?-?\s?"
_BUSINESS = re.compile(rf"(?<![\d\-])(\d{{3}}){_GAP}(\d{{2}}){_GAP}(\d{{5}})(?![\d\-])")
_CORPORATE = re.compile(rf"(?<![\d\-])(\d{{6}}){_GAP}(\d{{7}})(?![\d\-])")
# 출원번호 (10-2023-0012345) is no registration: its middle part is a year.
_PATENT = re.compile(
    r"(?<![\d\-])(?P<kind>10|20)\s?-\s?(?P<number>\d(?:\s?\d){6})(?:\s?-\s?\d{2,4})?(?![\d]|\s?-\s?\d)"
)
_PATENT_PLAIN = re.compile(r"(?<![\d\-])(?P<kind>10|20)(?P<number>[0-3]\d{6})(?:0000)?(?![\d\-])")
_FULL_CODE = re.compile(r"(?<![\d\-])(\d{8})-?(\d{8})(?![\d\-])")
_ITEM = re.compile(
    r"(?<![\d\-.])(\d{10}|\d{8}\s?-\s?\d{2}|\d{4}\s\d{4}\s\d{2}|\d{2}(?:-\d{2}){4})(?![\d\-])"
)
_PRODUCT = re.compile(r"(?<![\d\-.])(\d{8}|\d{4}\s\d{4})(?![\d\-])")


def is_business_number(digits: str) -> bool:
    """Return whether the last of ten digits is the check digit (사업자등록번호).

    >>> is_business_number("1248100998"), is_business_number("1248100997")
    (True, False)
    """
    head = [int(sign) for sign in digits[:9]]
    total = sum(d * w for d, w in zip(head, _WEIGHTS, strict=True)) + head[8] * 5 // 10
    return (10 - total % 10) % 10 == int(digits[9])


def is_corporate_number(digits: str) -> bool:
    """Return whether the last of thirteen digits is the check digit (법인등록번호).

    >>> is_corporate_number("1301110006246")
    True
    """
    total = sum(int(d) * (1 + place % 2) for place, d in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == int(digits[12])


def read_identifiers(kind: ColumnType, text: str) -> Iterator[Reading]:
    """Yield the numbers of one kind in a folded text.

    >>> [one.value for one in read_identifiers(ColumnType.PATENT, "특허 제10-1234567호")]
    ['10-1234567']
    >>> list(read_identifiers(ColumnType.PATENT, "출원 10-2023-0012345"))
    []
    """
    yield from _READERS[kind](text)


def _reading(value: str, match: re.Match[str], *, is_sound: bool = True) -> Reading:
    return Reading(
        value=value,
        display=value,
        start=match.start(),
        end=match.end(),
        flag="" if is_sound else "checksum",
    )


def _business(text: str) -> Iterator[Reading]:
    for match in _BUSINESS.finditer(text):
        is_sound = is_business_number("".join(match.groups()))
        yield _reading("-".join(match.groups()), match, is_sound=is_sound)


def _corporate(text: str) -> Iterator[Reading]:
    for match in _CORPORATE.finditer(text):
        is_sound = is_corporate_number("".join(match.groups()))
        yield _reading("-".join(match.groups()), match, is_sound=is_sound)


def _patents(text: str) -> Iterator[Reading]:
    found = [*_PATENT.finditer(text), *_PATENT_PLAIN.finditer(text)]
    for match in sorted(found, key=lambda one: one.start()):
        number = "".join(match["number"].split())
        yield Reading(
            value=f"{match['kind']}-{number}",
            display=f"제{match['kind']}-{number}호",
            start=match.start(),
            end=match.end(),
        )


def _items(text: str) -> Iterator[Reading]:
    yield from _digits(_ITEM, text, 10)


def _products(text: str) -> Iterator[Reading]:
    full = [*_FULL_CODE.finditer(text)]
    for match in full:  # 목록번호 = 분류번호 8 + 식별번호 8
        yield Reading(value=match[2], display=match[2], start=match.start(2), end=match.end(2))
    rest = text
    for match in full:
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    yield from _digits(_PRODUCT, rest, 8)


def _digits(pattern: re.Pattern[str], text: str, length: int) -> Iterator[Reading]:
    for match in pattern.finditer(text):
        digits = "".join(sign for sign in match.group() if sign.isdigit())
        if len(digits) == length:
            yield _reading(digits, match)


_READERS: dict[ColumnType, Callable[[str], Iterator[Reading]]] = {
    ColumnType.BUSINESS_NUMBER: _business,
    ColumnType.CORPORATE_NUMBER: _corporate,
    ColumnType.PATENT: _patents,
    ColumnType.ITEM_CODE: _items,
    ColumnType.PRODUCT_CODE: _products,
}
