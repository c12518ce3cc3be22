"""Does a sentence ask for something, and for what: an explanation or an act?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from assistant.complaints.shelf import pattern, shelf

_FILE = "points.yaml"
_JI = re.compile(r"[가-힣]{0,8}(?P<sound>[가-힣])지(?P<tail>[가-힣]{0,3})(?=[\s,.?!)~;ㆍ]|$)")
_JI_TAILS = frozenset(
    ("", "요", "도", "도요", "가", "를", "와", "과", "에", "의", "만", "여", "까지")
)
# What somebody is told to have said: `"그건 안 된다"며`.
_QUOTED = re.compile(
    r"[\"“][^\"“”]{1,80}[\"”](?=\s?(?:하|라|이라|며|면서|고|는|묻|소리|말|그러|따지))"
)
_DENIED = re.compile(r"\s*(?:않|못하|마(?:시|세|십)|말(?!지))")
_CHOICES = "든런"  # 하든지, 이런지: either, and no question
_NIEUN, _RIEUL, _FINALS, _SYLLABLES = 4, 8, 28, ord("가")
_WORD = re.compile(r"[가-힣A-Za-z0-9⟦⟧]+")
_CONTENT_MIN = 2


class Act(StrEnum):
    """What a sentence asks for."""

    QUESTION = "question"
    REQUEST = "request"


def act_of(sentence: str) -> Act | None:
    """Return what `sentence` asks for, None where it asks for nothing.

    >>> act_of("접수한 날도 포함되는지요?"), act_of("가로등을 고쳐 주세요")
    (<Act.QUESTION: 'question'>, <Act.REQUEST: 'request'>)
    >>> act_of("가로등이 꺼져 있습니다.")
    """
    sentence = _QUOTED.sub(" ", sentence)
    if not has_subject(sentence) or _asks_for_nothing(sentence, is_weak=False):
        return None
    if pattern(_FILE, "asked_politely").search(sentence):
        return Act.REQUEST
    if interrogatives(sentence) or pattern(_FILE, "question").search(sentence):
        return Act.QUESTION
    if _asks_for_nothing(sentence, is_weak=True):
        return None
    return Act.REQUEST if pattern(_FILE, "request").search(sentence) else None


def interrogatives(sentence: str) -> list[tuple[int, int]]:
    """Return where words end in the asking `-ㄴ지`, `-ㄹ지`: the start of the word, the end.

    >>> text = "편지를 보낸 지 오래인데 언제 되는지, 누가 할지 모릅니다"
    >>> [text[start:end] for start, end in interrogatives(text)]
    ['되는지', '할지']
    """
    return [(match.start(), match.end()) for match in _JI.finditer(sentence) if _is_asking(match)]


def _is_asking(match: re.Match[str]) -> bool:
    final = (ord(match["sound"]) - _SYLLABLES) % _FINALS
    word = match.group()[: len(match.group()) - len(match["tail"])]
    return (
        final in {_NIEUN, _RIEUL}
        and match["sound"] not in _CHOICES
        and match["tail"] in _JI_TAILS
        and not (final == _RIEUL and _is_denied(match))
        and not word.endswith(_ji_nouns())
        and not pattern(_FILE, "ji_duration").match(match.string[match.end() :])
    )


def _is_denied(match: re.Match[str]) -> bool:
    """Whether 지 only denies or contrasts a stem in ㄹ: `들지 않는`, `알지만`."""
    return match["tail"] == "만" or bool(_DENIED.match(match.string, match.end()))


@cache
def _ji_nouns() -> tuple[str, ...]:
    return tuple(str(shelf(_FILE)["ji_nouns"]).split())


def has_subject(sentence: str) -> bool:
    """Return whether something is left of a sentence without its words of asking.

    >>> has_subject("위 사항에 대하여 빠른 답변 부탁드립니다."), has_subject("수수료를 알려 주세요")
    (False, True)
    """
    return any(True for _ in content_words(sentence))


def content_words(sentence: str) -> Iterator[str]:
    """Yield the words of a sentence that are more than words of asking."""
    empty = pattern(_FILE, "empty")
    for match in _WORD.finditer(sentence):
        word = match.group()
        if len(word) >= _CONTENT_MIN and not _is_empty(word, empty):
            yield word


_PARTICLES = re.compile(
    r"(?:하여|해서|하고|하는|하오니|드리니|드립니다|합니다|으로|에게|에서|까지|부터|을|를|은|는|이|가|에|의|로|도|만|와|과|요|라도|이라도)$"
)


def _is_empty(word: str, empty: re.Pattern[str]) -> bool:
    return bool(empty.fullmatch(word) or empty.fullmatch(_PARTICLES.sub("", word)))


def _asks_for_nothing(sentence: str, *, is_weak: bool) -> bool:
    """Whether a rule says so; the weak ones speak only where no question stands."""
    return any(each.search(sentence) for each in _no_points(is_weak))


@cache
def _no_points(is_weak: bool) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(entry["pattern"])
        for entry in shelf(_FILE)["no_point"]
        if entry.get("weak", False) is is_weak
    )
