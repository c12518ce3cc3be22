"""Marks of items: the eight official levels and the special ones, read and written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.officialdoc.script import HIDDEN

LEVELS = 8
_CONSONANTS = "가나다라마바사아자차카타파하"
_VOWEL_STEPS = (0, 4, 8, 13, 18, 20)  # 가 거 고 구 그 기: after 하 comes 거, then 너
LETTERS = "".join(chr(ord(first) + 28 * step) for step in _VOWEL_STEPS for first in _CONSONANTS)
_CIRCLED = "".join(
    chr(first + at)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for at in range(count)
)
_CIRCLED_LETTERS = "".join(chr(0x326E + at) for at in range(14))
_MARK = re.compile(
    rf"(?P<margin>[ \t\u3000]*)(?:(?P<n1>\d{{1,2}})\.(?!\d)(?!\s\d{{1,2}}\.(?!\d))"
    rf"|(?P<n2>[{LETTERS}])\.(?=\s|[가-힣A-Z「‘“(])"
    rf"|(?P<n3>\d{{1,2}})\)|(?P<n4>[{LETTERS}])\)|\((?P<n5>\d{{1,2}})\)|\((?P<n6>[{LETTERS}])\)"
    rf"|(?P<n7>[{_CIRCLED}])|(?P<n8>[{_CIRCLED_LETTERS}])"
    rf"|(?P<special>[□■◇◆○●◯ㅇo▪▫▶▷※*ㆍ·•‧∙⋅-]|[–—―]|[Ⅰ-Ⅻ]\s?\.?)(?=\s))"
    rf"(?P<gap>[ \t\u3000]*)(?=[^\s{HIDDEN}]|{HIDDEN}|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark at the beginning of a line.

    `level` is 1 to 8 for the official marks and 0 for a special one, whose `sort` is the sign
    itself; `number` counts from 1; `start` and `end` enclose the mark, `text_at` the first letter
    behind the blanks.
    """

    level: int
    sort: str
    number: int
    start: int
    end: int
    text_at: int


def read_mark(line: str) -> Mark | None:
    """Return the mark that a line begins with.

    >>> [(m.level, m.number) for m in map(read_mark, ("1. 관련", "  나. 장소", "(3) 비용"))]
    [(1, 1), (2, 2), (5, 3)]
    >>> read_mark("2026. 5. 19. 개최") is None, read_mark("5. 19. 개최") is None
    (True, True)
    """
    match = _MARK.match(line)
    if match is None:
        return None
    start, end = match.end("margin"), match.start("gap")
    if match["special"]:
        sign = match["special"]
        sort = "Ⅰ" if "Ⅰ" <= sign[0] <= "Ⅻ" else _same_sign(sign)
        return Mark(level=0, sort=sort, number=0, start=start, end=end, text_at=match.end())
    level = next(at for at in range(1, LEVELS + 1) if match[f"n{at}"])
    number = _number(level, match[f"n{level}"])
    if number == 0 or (level in (1, 3, 4) and match.end("gap") >= len(line.rstrip())):
        return None
    return Mark(
        level=level, sort=str(level), number=number, start=start, end=end, text_at=match.end()
    )


def _same_sign(sign: str) -> str:
    for signs in ("□■◇◆", "○●◯ㅇo", "–—―-", "ㆍ·•‧∙⋅▪▫"):
        if sign in signs:
            return signs[0]
    return sign


def _number(level: int, text: str) -> int:
    match level:
        case 2 | 4 | 6:
            return LETTERS.index(text) + 1
        case 7:
            return _CIRCLED.index(text) + 1
        case 8:
            return _CIRCLED_LETTERS.index(text) + 1
        case _:
            return int(text)


def write_mark(level: int, number: int) -> str:
    """Return the official mark of a level.

    >>> [write_mark(level, 2) for level in range(1, 9)]
    ['2.', '나.', '2)', '나)', '(2)', '(나)', '②', '㉯']
    >>> write_mark(2, 15), write_mark(2, 16), write_mark(7, 21)
    ('거.', '너.', '㉑')
    """
    digits = str(number)
    letter = LETTERS[(number - 1) % len(LETTERS)]
    forms = {1: f"{digits}.", 2: f"{letter}.", 3: f"{digits})", 4: f"{letter})", 5: f"({digits})"}
    if level in forms:
        return forms[level]
    # Unicode has 50 circled numbers and 14 circled letters; beyond them the brackets stay.
    if level == LEVELS - 1:
        return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"({digits})"
    if level == LEVELS and number <= len(_CIRCLED_LETTERS):
        return _CIRCLED_LETTERS[number - 1]
    return f"({letter})"


def width(blanks: str) -> int:
    r"""Return how many half-width cells blanks take.

    >>> width("  "), width("\u3000")
    (2, 2)
    """
    return sum(2 if blank == "\u3000" else 1 for blank in blanks)
