"""The voice of sentences: a reply keeps to 합니다, and no document mixes voices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.officialdoc.findings import DocumentKind, Found, correction
from assistant.officialdoc.script import Script

_SENTENCE_END = re.compile(r"(?P<word>[가-힣]{1,12})(?P<sign>[.?!])(?=\s|$|[)”’\"'])")
_QUOTED = re.compile(r"[“\"‘'「『][^“”\"‘’'「」『』\n]{1,300}[”\"’'」』]")
_ARTICLE = re.compile(r"제\d{1,4}조")
_NOUNS = ("필요", "주요", "중요", "개요", "수요", "소요", "동요", "강요", "주요", "긴요", "불필요")
_DA_NOUNS = ("바다", "캐나다", "르완다", "우간다", "판다")
_SYLLABLES = ord("가")
_FINALS = 28
_NIEUN, _RIEUL, _BIEUP = 4, 8, 17
_PAST = ("었", "았", "였", "했", "있", "없", "겠", "됐", "갔", "왔", "났", "썼", "졌")


def voice(script: Script) -> Iterator[Found]:
    """Yield sentences that leave the polite voice of a reply, or of the rest of the text."""
    if script.is_rule or script.is_report:
        return
    ends = tuple(_sentence_ends(script))
    others = [(start, word) for start, word in ends if not _is_polite(word)]
    if script.kind is not DocumentKind.REPLY and len(ends) - len(others) <= len(others):
        return
    for start, word in others:
        wanted = polite_form(word)
        if wanted == word:
            facts = {"found": word, "wanted": "합니다체"}
            yield Found(rule="style-ending", start=start, end=start + len(word), facts=facts)
        else:
            yield correction("style-ending", start, word, wanted, is_certain=False)


def _sentence_ends(script: Script) -> Iterator[tuple[int, str]]:
    """Yield the last word of each sentence that has a verb, those of quoted rules left out."""
    for _, line in script.body():
        bare = _QUOTED.sub(lambda match: "\ufffc" * len(match.group()), line.masked)
        if _ARTICLE.search(bare) or "「" in line.text:
            continue
        for match in _SENTENCE_END.finditer(bare):
            word = match["word"]
            if _is_polite(word) or _is_plain(word) or _is_casual(word):
                yield line.start + match.start(), word


def _final(syllable: str) -> int:
    return (ord(syllable) - _SYLLABLES) % _FINALS


def _is_polite(word: str) -> bool:
    if word.endswith(("니다", "니까")) and len(word) > len("니다"):
        return _final(word[-3]) == _BIEUP
    return word.endswith(("십시오", "시오", "소서"))


def _is_plain(word: str) -> bool:
    return word.endswith("다") and len(word) > 1 and word not in _DA_NOUNS


def _is_casual(word: str) -> bool:
    return word.endswith("요") and len(word) > 1 and not word.endswith(_NOUNS)


def polite_form(word: str) -> str:
    """Return a sentence's last word in the polite voice, unchanged where no rule gives it.

    >>> [polite_form(word) for word in ("한다", "있다", "하였다", "크다", "받는다", "이다", "해요")]
    ['합니다', '있습니다', '하였습니다', '큽니다', '받습니다', '입니다', '합니다']
    """
    if word.endswith(("해요", "돼요")):
        return word[:-2] + ("합니다" if word.endswith("해요") else "됩니다")
    if not word.endswith("다") or len(word) < len("한다"):
        return word
    stem = word[:-1]
    if stem.endswith(_PAST):
        return f"{stem}습니다"
    if stem.endswith("는") and len(stem) > 1:
        return f"{stem[:-1]}습니다"
    final = _final(stem[-1])
    if final in (0, _NIEUN, _RIEUL):
        return f"{stem[:-1]}{chr(ord(stem[-1]) - final + _BIEUP)}니다"
    return f"{stem}습니다"
