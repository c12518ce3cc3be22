"""Normal forms of a text in which an identifier looks the same however it was written.

Each form keeps, for every character, where it came from, so that a finding in the form covers
exactly the characters of the text as stored.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

_UNUSUAL = re.compile(r"[^\x00-\x7f\uac00-\ud7a3]+")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー─━﹣⁃∼˜〜～ㅡ"), "-")
_DOTS = dict.fromkeys(map(ord, "ㆍ•・‧∙･⋅․"), "·")
_TABLE = str.maketrans({**_DASHES, **_DOTS, ord("。"): ".", ord("\u2028"): "\n"})
_SQUEEZED_OUT = re.compile(r"[^\s\-.·]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A text in normal form; character `i` stands for `starts[i]:ends[i]` of the source."""

    text: str
    starts: array[int]
    ends: array[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that `start:end` of this form stands for."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Form:
    r"""Return `text` in NFKC with invisible characters dropped and dashes and dots made equal.

    >>> form = fold("０１０－1\u200b2")
    >>> form.text, form.source(0, 6)
    ('010-12', (0, 7))
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")

    def plain(start: int, end: int) -> None:
        pieces.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    at = 0
    for match in _UNUSUAL.finditer(text):
        # A mark or a jamo may combine with the plain character before it.
        begin = max(at, match.start() - 1)
        plain(at, begin)
        for start, end, cluster in _clusters(text, begin, match.end()):
            folded = unicodedata.normalize("NFKC", cluster).translate(_TABLE)
            folded = "".join(map(_digit, folded))
            pieces.append(folded)
            starts.extend([start] * len(folded))
            ends.extend([end] * len(folded))
        at = match.end()
    plain(at, len(text))
    return Form(text="".join(pieces), starts=starts, ends=ends)


def _clusters(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    cluster, start, stop = "", begin, begin
    for index in range(begin, end):
        char = text[index]
        if _is_unseen(char):
            continue
        if cluster and not _joins(char):
            yield start, stop, cluster
            cluster = ""
        if not cluster:
            start = index
        cluster += char
        stop = index + 1
    if cluster:
        yield start, stop, cluster


def _joins(char: str) -> bool:
    return unicodedata.combining(char) != 0 or "\u1161" <= char <= "\u11ff"


def _is_unseen(char: str) -> bool:
    if char in _FILLERS or "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e0fff":
        return True
    return unicodedata.category(char) == "Cf"


def _digit(char: str) -> str:
    if char < "\u0080":
        return char
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def squeeze(form: Form) -> Form:
    """Return `form` without white space, hyphens and dots.

    >>> squeeze(fold("010-12 34")).text
    '0101234'
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    for match in _SQUEEZED_OUT.finditer(form.text):
        pieces.append(match.group())
        starts.extend(range(match.start(), match.end()))
        ends.extend(range(match.start() + 1, match.end() + 1))
    return Form(text="".join(pieces), starts=starts, ends=ends)


def key_of(text: str) -> str:
    """Return what two spellings of one value have in common.

    >>> key_of("010-1234 5678") == key_of("０１０.1234.5678")
    True
    """
    plain = text if _UNUSUAL.search(text) is None else fold(text).text
    return "".join(_SQUEEZED_OUT.findall(plain))


# -- numbers read aloud -----------------------------------------------------------------------

_DIGIT_WORDS = {
    **dict.fromkeys(("공", "영", "빵", "O", "o", "零", "〇"), "0"),
    **dict.fromkeys(("일", "하나", "l", "I", "一"), "1"),
    **dict.fromkeys(("이", "둘", "二"), "2"),
    **dict.fromkeys(("삼", "셋", "三"), "3"),
    **dict.fromkeys(("사", "넷", "四"), "4"),
    **dict.fromkeys(("오", "다섯", "五"), "5"),
    **dict.fromkeys(("육", "륙", "여섯", "六"), "6"),
    **dict.fromkeys(("칠", "일곱", "七"), "7"),
    **dict.fromkeys(("팔", "여덟", "八"), "8"),
    **dict.fromkeys(("구", "아홉", "九"), "9"),
}
_WORD = "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
_STROKE = r"다시|대시|하이픈|에|의|[\s.\-·~_/(),]"
_RUN = re.compile(rf"(?:[0-9]|{_WORD})(?:(?:{_STROKE}){{0,4}}(?:[0-9]|{_WORD})){{8,24}}")
_PART = re.compile(rf"(?P<digit>[0-9]|{_WORD})|(?:다시|대시|하이픈|에|의)|.", re.S)


def spoken_numbers(form: Form) -> list[Form]:
    """Return each stretch in which digits are written as words, with the digits in their place.

    >>> [run.text for run in spoken_numbers(fold("공일공 일이삼사 오육칠팔"))]
    ['010 1234 5678']
    """
    found: list[Form] = []
    for run in _RUN.finditer(form.text):
        if run.group().isascii() and not re.search(r"[OolI]", run.group()):
            continue
        found.append(_as_digits(run.group(), run.start()))
    return found


def _as_digits(text: str, offset: int) -> Form:
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    for part in _PART.finditer(text):
        whole = part.group()
        written = _DIGIT_WORDS.get(whole, whole if len(whole) == 1 else "-")
        pieces.append("-" if whole in {"에", "의"} else written)
        starts.append(offset + part.start())
        ends.append(offset + part.end())
    return Form(text="".join(pieces), starts=starts, ends=ends)
