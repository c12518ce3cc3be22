"""How much of a page's text can be read, and which of two readings of a page is better."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

_CID = re.compile(r"\(cid:\d+\)")
_SPACE_RUN = re.compile(r"(?<=\S) +(?=\S)")
_RARE = 0.3
GOOD = 0.97
READABLE = 0.85
GARBAGE = 0.5
_ALIKE = 0.9
_CLEARLY = 1.02
# Mojibake is often longer than the text it stands for: the share must outweigh the length.
_STRICT = 4
_MIN_SPACES = 20
_FULL_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xBF),
    (0x370, 0x3FF),
    (0x2010, 0x205E),
    (0x2070, 0x20CF),
    (0x2100, 0x27BF),
    (0x3000, 0x30FF),
    (0x3130, 0x318F),
    (0x3200, 0x33FF),
    (0xFF01, 0xFFE6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Legibility:
    """`share` of the visible characters that read as text, and their `weight` in characters."""

    share: float
    weight: float


def legibility(text: str) -> Legibility:
    r"""Weigh each visible character: 1 for common ones, less for rare ones, 0 for mojibake.

    >>> legibility("시범구매 계획").share
    1.0
    >>> legibility("\ufffd\ue000").share
    0.0
    """
    counts = Counter(_CID.sub("\ufffd", text))
    visible = {char: n for char, n in counts.items() if not char.isspace()}
    total = sum(visible.values())
    weight = sum(_weight(char) * n for char, n in visible.items())
    return Legibility(share=weight / total if total else 0.0, weight=weight)


def is_second_better(first: str, second: str) -> bool:
    """Tell whether the second reading of a page should replace the first.

    The first one is kept when it reads well and says about the same: it keeps columns in order.
    When both read well and differ, the second is trusted: the first is known to misread fonts
    into other, equally well-formed syllables.
    """
    if not second.strip():
        return False
    one, two = legibility(first), legibility(second)
    if one.share >= GOOD and two.share >= GOOD:
        is_alike = _overlap(first, second) >= _ALIKE
        return not is_alike or (one.weight < two.weight * _ALIKE) or _is_ill_spaced(first, second)
    return two.weight * two.share**_STRICT > one.weight * one.share**_STRICT * _CLEARLY


def _overlap(first: str, second: str) -> float:
    """Share of characters that two readings have in common, whatever their order."""
    one, two = Counter("".join(first.split())), Counter("".join(second.split()))
    common = sum((one & two).values())
    return common / max(min(one.total(), two.total()), 1)


def _is_ill_spaced(first: str, second: str) -> bool:
    """Glyph-by-glyph spaces, or none at all, where the other reading has words."""
    one, two = len(_SPACE_RUN.findall(first)), len(_SPACE_RUN.findall(second))
    return max(one, two) >= _MIN_SPACES and (one > 2 * two or two > 2 * one)


@cache
def _weight(char: str) -> float:
    if char == "\ufffd":
        return 0.0
    code = ord(char)
    if any(low <= code <= high for low, high in _FULL_RANGES):
        return 1.0
    if 0xAC00 <= code <= 0xD7A3 or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
        return 1.0 if _is_common(char) else _RARE
    return _RARE if unicodedata.category(char)[0] in "LMNPS" else 0.0


def _is_common(char: str) -> bool:
    """In KS X 1001: the syllables and Hanja that Korean text is nearly always made of."""
    try:
        char.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True
