"""Korean numerals: 5천만, 1억 5천만, 이천만, 열두 to exact numbers."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

# Bounded, as text may come from anyone: Python refuses to read thousands of digits, and an
# unbounded run costs quadratic time.
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,19}|\d{1,60})(?:\.\d{1,60})?"
_DIGITS = dict(zip("영일이삼사오육륙칠팔구", (0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_PIECE = re.compile(rf"(?P<arabic>{ARABIC})|(?P<sign>[영일이삼사오육륙칠팔구십백천만억조])")

NATIVE = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "열": 10, "열한": 11, "열두": 12, "열세": 13, "열네": 14, "열다섯": 15, "스무": 20, "서른": 30,
}  # fmt: skip
DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "열닷새": 15,
    "보름": 15, "열엿새": 16, "열이레": 17, "열여드레": 18, "열아흐레": 19, "스무날": 20,
    "일주일": 7,
}  # fmt: skip

_CHINESE = str.maketrans(
    "一二三四五六七八九十百千萬万億亿兩〇", "일이삼사오육칠팔구십백천만만억억이영"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ENGLISH = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
# Numerals that no rule is written in, and that say something all the same.
FOREIGN = (
    r"[①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⑴-⒇]|[Ⅰ-Ⅻⅰ-ⅻ]{1,7}|[IVXLC]{2,7}"
    r"|[一二三四五六七八九十百千萬万億亿兩〇]{1,12}|(?i:" + "|".join(_ENGLISH) + ")"
)


def parse_foreign(text: str) -> Fraction:
    """Read a circled, Roman, Chinese or English numeral, one that `FOREIGN` matches.

    >>> [int(parse_foreign(t)) for t in ("⑮", "XIV", "Ⅳ", "三十", "fifteen")]
    [15, 14, 4, 30, 15]
    """
    if len(text) == 1 and not text.isascii() and (value := unicodedata.numeric(text, None)):
        return Fraction(int(value))
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded in _ENGLISH:
        return Fraction(_ENGLISH[folded])
    if set(folded) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in folded]
        following = (*values[1:], 0)
        return Fraction(sum(-a if a < b else a for a, b in zip(values, following, strict=True)))
    return parse_numeral(text.translate(_CHINESE))


def parse_numeral(text: str) -> Fraction:
    """Read an Arabic, Hangul or mixed numeral.

    >>> [int(parse_numeral(t)) for t in ("1억 5천만", "2,500만", "이천만", "20백만", "삼십")]
    [150000000, 25000000, 20000000, 20000000, 30]
    """
    total = section = Fraction(0)
    current: Fraction | None = None
    for match in _PIECE.finditer(text):
        sign = match["sign"]
        if match["arabic"]:
            current = Fraction(match["arabic"].replace(",", ""))
        elif sign in _DIGITS:
            current = Fraction(_DIGITS[sign])
        elif sign in _SMALL:
            section += (Fraction(1) if current is None else current) * _SMALL[sign]
            current = None
        else:
            section += current or 0
            total += (section or Fraction(1)) * _LARGE[sign]
            section, current = Fraction(0), None
    return total + section + (current or 0)
