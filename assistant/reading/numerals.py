"""Counting as office programs do it: 1, 가, ①, Ⅰ, a."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_SYLLABLES = "가나다라마바사아자차카타파하"
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_VOWEL_STEPS = (0, 4, 8, 13, 18, 20)  # 가 거 고 구 그 기
_FINALS = 28
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_HANJA = "〇一二三四五六七八九"
_HANGUL_DIGITS = "영일이삼사오육칠팔구"
_HANGUL_UNITS = ("", "십", "백", "천")
_HANJA_UNITS = ("", "十", "百", "千")
_MAX = 9_999


def numeral(number: int, style: str) -> str:
    """Return `number` in a style as Word names it; unknown styles count in digits.

    >>> numeral(3, "ganada"), numeral(15, "ganada"), numeral(4, "decimalEnclosedCircle")
    ('다', '거', '④')
    >>> numeral(9, "upperRoman"), numeral(28, "lowerLetter"), numeral(5, "none")
    ('IX', 'bb', '')
    """
    if style == "none":
        return ""
    if not 0 < number <= _MAX or style not in _STYLES:
        return str(number)
    return _STYLES[style](number)


def _ganada(number: int) -> str:
    """Count on after 하 with 거, 너, ... as official documents do."""
    row, place = divmod(number - 1, len(_SYLLABLES))
    vowel = _VOWEL_STEPS[row % len(_VOWEL_STEPS)]
    return chr(ord(_SYLLABLES[place]) + vowel * _FINALS)


def _letters(number: int) -> str:
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 20)


def _roman(number: int) -> str:
    pieces = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def _from(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if number <= last else str(number)


def _circled(number: int) -> str:
    for start, code in ((1, 0x2460), (21, 0x3251), (36, 0x32B1)):
        if start <= number <= {1: 20, 21: 35, 36: 50}[start]:
            return chr(code + number - start)
    return f"({number})"


def _counted(digits: str, units: tuple[str, ...]) -> Callable[[int], str]:
    def count(number: int) -> str:
        pieces = []
        for place, digit in enumerate(reversed(str(number))):
            if digit != "0":
                one_is_silent = digit == "1" and place > 0
                pieces.append(("" if one_is_silent else digits[int(digit)]) + units[place])
        return "".join(reversed(pieces))

    return count


def _spelled(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(d)) for d in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ganada": _ganada,
    "chosung": lambda number: _CONSONANTS[(number - 1) % len(_CONSONANTS)],
    "koreanDigital": _spelled(_HANGUL_DIGITS),
    "koreanCounting": _counted(_HANGUL_DIGITS, _HANGUL_UNITS),
    "koreanDigital2": _spelled(_HANJA),
    "ideographDigital": _spelled(_HANJA),
    "chineseCounting": _counted(_HANJA, _HANJA_UNITS),
}
