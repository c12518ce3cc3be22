"""Amounts in figures and Hangul: 금113,560원(금일십일만삼천오백육십원) (시행규칙 제2조제2항)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.officialdoc.findings import DocumentKind, Found, correction
from assistant.officialdoc.script import HIDDEN, Script

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_MYRIADS = ("", "만", "억", "조", "경")
_MYRIAD = 10_000
MAX_WON = _MYRIAD ** len(_MYRIADS) - 1
_VALUES = {sign: value for value, sign in enumerate(_DIGITS)} | {"공": 0, "륙": 6, "령": 0}
_SMALL = {sign: 10**place for place, sign in enumerate(_PLACES) if sign}
_LARGE = {sign: _MYRIAD**place for place, sign in enumerate(_MYRIADS) if sign}
_FRAME = re.compile(r"(?:일\s?)?금\s?(?P<words>[가-힣\s]{1,60}?)\s?원(?:정|整)?")
_FIGURE = re.compile(
    r"(?<![가-힣])(?P<lead>(?:일\s?)?금)\s{0,3}(?P<digits>\d[\d,]{0,24})(?P<unit>\s?[십백천만억조]{1,2})?"
    r"\s?원(?P<tail>정|整)?(?P<reading>\s{0,2}\((?P<words>\s?(?:일\s?)?금?\s?[가-힣\s]{1,60}원?(?:정|整)?)\))?"
)
_PLAIN = re.compile(r"(?<![\d,.금])(?P<digits>\d{1,3}(?:,\d{3}){1,6}|\d{2,12})원(?!\(|대|가량)")
_COUNTED = re.compile(
    r"(?<![\d,.\-~제A-Za-z:/])(?P<digits>\d{4,15})(?=\s?(?:원|천원|만원|백만원|명|건|대|부|매|권|가구|세대"
    r"|㎡|㎢|km|kg|톤|개사|개소|여\s?명|여\s?건)(?:[^A-Za-z0-9가-힣]|[이가을를은는의에과와도만씩당]|으?로|까지|부터|임|입|$))"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*")


def hangul_amount(won: int) -> str:
    """Write an amount in Hangul, with 일 before 십, 백 and 천 so that nothing can be put in.

    >>> hangul_amount(113_560), hangul_amount(10_000), hangul_amount(0)
    ('금일십일만삼천오백육십원', '금일만원', '금영원')

    Raises:
        ValueError: The amount is negative or beyond what documents write.
    """
    if not 0 <= won <= MAX_WON:
        raise ValueError("no amount that documents write")
    words = ""
    rest = won
    for myriad in _MYRIADS:
        rest, group = divmod(rest, _MYRIAD)
        if group:
            words = _group(group) + myriad + words
    return f"금{words or _DIGITS[0]}원"


def _group(number: int) -> str:
    digits = (number // 10**place % 10 for place in range(len(_PLACES)))
    return "".join(reversed([_DIGITS[d] + p for d, p in zip(digits, _PLACES, strict=True) if d]))


def parse_hangul_amount(text: str) -> int:
    """Read an amount in Hangul back, also one with blanks, without 일, or ending in 원정.

    >>> parse_hangul_amount("금일십일만삼천오백육십원"), parse_hangul_amount("일금 십일만 원정")
    (113560, 110000)

    Raises:
        ValueError: It is no amount in Hangul.
    """
    match = _FRAME.fullmatch(text.strip())
    words = "".join((match["words"] if match else text).split())
    if not words:
        raise ValueError("no amount")
    total = section = 0
    digit: int | None = None
    for sign in words:
        if sign in _VALUES:
            if digit is not None:
                raise ValueError("two digits side by side")
            digit = _VALUES[sign]
        elif sign in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[sign]
            digit = None
        elif sign in _LARGE:
            total += (section + (digit or 0) or 1) * _LARGE[sign]
            section, digit = 0, None
        else:
            raise ValueError("no sign of a number")
    return total + section + (digit or 0)


def format_amount(won: int) -> str:
    """Write an amount as official documents do.

    >>> format_amount(113_560)
    '금113,560원(금일십일만삼천오백육십원)'
    """
    return f"금{won:,}원({hangul_amount(won)})"


def amounts(script: Script) -> Iterator[Found]:
    """Yield what is wrong with amounts and large numbers."""
    for line in script.shown():
        rest = line.masked
        for match in _FIGURE.finditer(rest):
            yield from _amount(line.start + match.start(), match)
        rest = _FIGURE.sub(_hidden, rest)
        if script.kind is DocumentKind.MEMO and not line.is_table:
            for match in _PLAIN.finditer(rest):
                yield from _plain_amount(line.start + match.start(), match)
            rest = _PLAIN.sub(_hidden, rest)
        for match in _COUNTED.finditer(rest):
            wanted = f"{int(match['digits']):,}"
            yield correction("number-commas", line.start + match.start(), match["digits"], wanted)


def _hidden(match: re.Match[str]) -> str:
    return HIDDEN * len(match.group())


def _amount(start: int, match: re.Match[str]) -> Iterator[Found]:
    won = _won(match["digits"], (match["unit"] or "").strip())
    if won > MAX_WON:
        return
    wanted, written = format_amount(won), match.group()
    try:
        read = parse_hangul_amount(match["words"]) if match["words"] else None
    except ValueError:
        read = None
    is_grouped = bool(_GROUPED.fullmatch(match["digits"])) or "," not in match["digits"]
    if read is None:
        figure = written[: match.start("reading") - match.start()] if match["reading"] else written
        yield correction("amount-reading", start, figure, wanted, is_certain=is_grouped)
    elif read != won:
        yield correction("amount-mismatch", start, written, wanted, is_certain=False)
    elif written != wanted:
        yield correction("amount-form", start, written, wanted, is_certain=is_grouped)


def _won(digits: str, unit: str) -> int:
    number = int(digits.replace(",", ""))
    for sign in unit:
        number *= _SMALL.get(sign) or _LARGE[sign]
    return number


def _plain_amount(start: int, match: re.Match[str]) -> Iterator[Found]:
    won = int(match["digits"].replace(",", ""))
    if won <= MAX_WON:
        yield correction("amount-plain", start, match.group(), format_amount(won), is_certain=False)
