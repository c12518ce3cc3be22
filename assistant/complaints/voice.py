"""The voice of a reply: sentences end in 합니다 (합쇼체)."""

from __future__ import annotations

import re

_END = re.compile(r"(?P<word>[가-힣]{2,12})[.?!]?[\s)”’」\]]*$")
_QUOTED = re.compile(r"[“\"‘'「『][^“”\"‘’'「」『』\n]{1,300}[”\"’'」』]\s*$")
_NIDA = re.compile(r"[가-힣]니[다까]$")
_NOUNS = ("필요", "주요", "중요", "개요", "수요", "소요", "동요", "강요", "긴요", "바다", "캐나다")
_BIEUP, _FINALS, _SYLLABLES = 17, 28, ord("가")


def impolite_end(sentence: str) -> tuple[int, int] | None:
    """Return where a sentence ends in another voice, None where it is polite or has no verb.

    >>> impolite_end("처리하였습니다."), impolite_end("1. 처리 결과")
    (None, None)
    >>> impolite_end("처리했어요.")
    (0, 5)
    """
    if _QUOTED.search(sentence):
        return None
    match = _END.search(sentence)
    if match is None:
        return None
    word = match["word"]
    if _is_polite(word) or not word.endswith(("다", "요", "냐", "까")) or word.endswith(_NOUNS):
        return None
    return match.start("word"), match.end("word")


def _is_polite(word: str) -> bool:
    if word.endswith(("시오", "소서")):
        return True
    if not _NIDA.search(word) or len(word) < len("합니다"):
        return False
    return (ord(word[-3]) - _SYLLABLES) % _FINALS == _BIEUP
