"""Unicode and white-space normal forms, sentence splitting and Hangul-safe truncation."""

from __future__ import annotations

import re
import unicodedata

_DOT = re.compile("[ㆍ·•・‧∙･⋅]")
# A pattern of ranges is many times as fast as `str.translate` here, which retrieval feels.
_UNSEEN = re.compile(
    "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\U000e0000-\\U000e007f]"
)
_BOTH_PARTICLES = re.compile(r"이\(가\)|은\(는\)|을\(를\)|과\(와\)")
_QUOTES = "’”'\")]」』〉》 "
_CLOSED_SIGNS = frozenset("013678lmnr")  # spoken with a final consonant
AMENDMENT_MARK = re.compile(
    r"\s{0,40}[<\[〈]\s{0,40}(?:개정|신설|삭제|전문개정|본조신설|제목개정|종전|이동|시행일)[^<>\[\]〈〉]*[>\]〉]"
)


def clean(text: str) -> str:
    r"""Drop invisible characters and compose Hangul (NFC), keeping everything a reader sees.

    >>> clean("한\u200b글")
    '한글'
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def normalise(text: str) -> str:
    """Fold `text` to the form in which two spellings of a phrase compare equal.

    >>> normalise("제12조  제２항 ㆍ")
    '제12조 제2항 ·'
    """
    return " ".join(_folded(text).split())


def squeeze(text: str) -> str:
    """Fold `text` and drop all white space and middle dots, for comparing titles and names.

    >>> squeeze("공기업ㆍ준정부기관 계약사무규칙")
    '공기업준정부기관계약사무규칙'
    """
    return "".join(_folded(text).split()).replace("·", "")


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", _DOT.sub("·", _UNSEEN.sub("", text)))
    return _DOT.sub("·", folded)


def strip_amendment_marks(text: str) -> str:
    """Drop `<개정 2024.1.2>` and the like, which carry no rule.

    >>> strip_amendment_marks("제출한다. <개정 2024.1.2, 2025.10.1>")
    '제출한다.'
    """
    return AMENDMENT_MARK.sub("", text)


def settle_particles(text: str) -> str:
    """Choose each particle that is written both ways by the sound before it.

    >>> settle_particles("항목 3 ‘감지시간’을(를), 물품대이(가), 84.3%은(는), 27과(와)")
    '항목 3 ‘감지시간’을, 물품대가, 84.3%는, 27과'
    """
    return _BOTH_PARTICLES.sub(lambda found: _particle(text[: found.start()], found[0]), text)


def _particle(before: str, both: str) -> str:
    closed, opened = both[0], both[2]
    word = before.rstrip(_QUOTES)
    last = word[-1:]
    if "가" <= last <= "힣":
        return closed if (ord(last) - ord("가")) % 28 else opened
    if last.isascii() and last.isalnum():
        return closed if last.lower() in _CLOSED_SIGNS else opened
    return opened if last in "%㎡" else both


def truncate(text: str, limit: int) -> str:
    """Cut to at most `limit` characters, at a word end where one is near, marked by an ellipsis.

    >>> truncate("시범사용 완료보고서", 8)
    '시범사용…'
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 - 1 else cut).rstrip() + "…"
