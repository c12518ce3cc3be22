"""Text in the form in which labels and values are compared; offsets stay those of the source."""

from __future__ import annotations

import re
import unicodedata

from assistant.text import squeeze

_DASHES = re.compile("[‐‑‒–—―−ー]")
_TILDES = re.compile("[∼〜～]")
_LEGAL_FORM = re.compile(
    r"주식회사|유한회사|유한책임회사|합자회사|합명회사|농업회사법인|사회적협동조합|협동조합|\(주\)|\(유\)"
)
_SIGNS = re.compile(r"[^\w가-힣]+")


def fold(text: str) -> str:
    """Return the text with wide, circled and typographic signs made plain, character by character.

    >>> fold("사업자번호：１２３－４５")
    '사업자번호:123-45'
    >>> len(fold("㈜가 ｶﾞ")) == len("㈜가 ｶﾞ")
    True
    """
    wide = "".join(map(_plain, text)) if not text.isascii() else text
    return _TILDES.sub("~", _DASHES.sub("-", wide))


def _plain(sign: str) -> str:
    if sign.isascii() or "가" <= sign <= "힣" or "\u3130" <= sign <= "\u318f":
        return sign  # ㅇ stays the bullet that it is
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def same_name(text: str) -> str:
    """Return the form in which two spellings of a name are equal: no legal form, no signs.

    >>> same_name("㈜ 가람 누리") == same_name("주식회사 가람누리")
    True
    """
    bare = _SIGNS.sub("", _LEGAL_FORM.sub("", squeeze(text)))
    return (bare or squeeze(text)).casefold()
