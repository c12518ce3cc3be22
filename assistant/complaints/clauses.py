"""Cut one asking sentence into what it asks: `...인지, ...인지 알려 주십시오`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from assistant.complaints.asking import act_of, content_words, interrogatives
from assistant.complaints.shelf import pattern

Tagger: TypeAlias = Callable[[str], Sequence[tuple[int, int, str]]]
_Cut: TypeAlias = tuple[int, int]  # where a piece ends, where the next may begin

_COMMA = re.compile(r"[,\s]*")
_ALTERNATIVE_WORDS = 2  # "재량인지 의무인지": what is this short is the other half of one question
_PIECE_WORDS = 1
_SUBJECT = re.compile(r"[가-힣](?:이|가|도)\s")
_OR_NOT = re.compile(
    r"\s*(?:안|못)\s*[가-힣]{1,6}지|\s*(?:아닌|없는|말|못할)지|\s*(?:아니면|혹은)\s"
)  # 되는지 안 되는지
_NOUN = re.compile(r"[\s,]*[가-힣]{3,}")  # 사용료와 예약 방법
_CONTRAST = re.compile(r"(?:마다 |각각 )?(?:따로|각각|별도로|직접|대신|그냥|먼저)\s")
_JOINED = re.compile(r"지(?P<joint>와)$")
_AND = frozenset({"JC", "JKB"})
_SYLLABLES, _FINALS = ord("가"), 28


def clauses(sentence: str, *, tagged: Tagger | None = None) -> list[tuple[int, int]]:
    """Return the spans of `sentence` that each ask for something, in order.

    The particle that joins a piece to the next is no part of it.

    Args:
        sentence: the sentence.
        tagged: gives start, end and tag of the morphemes of a text; without it the last syllable
            tells 결과 from 요건과.

    >>> text = "누가 언제 내는지, 늦으면 불이익이 있는지 알려 주십시오."
    >>> [text[start:end] for start, end in clauses(text)]
    ['누가 언제 내는지', '늦으면 불이익이 있는지 알려 주십시오.']
    >>> len(clauses("부분공개가 재량인지 의무인지 알려 주십시오."))
    1
    """
    cuts = {*_between_questions(sentence), *_between_requests(sentence, tagged)}
    spans: list[tuple[int, int]] = []
    start = 0
    for end, cut in sorted(cuts):
        is_noun = end < cut and _NOUN.fullmatch(sentence[start:end])
        if not (end > start and _is_whole(sentence[cut:])):
            continue
        if is_noun or _is_whole(sentence[start:end]):
            spans.append((start, end))
            start = cut
    spans.append((start, len(sentence)))
    return [_trimmed(sentence, *span) for span in spans]


def _between_questions(sentence: str) -> list[_Cut]:
    """Return the ends of all asking words but the last; the two halves of a choice stay one."""
    ends = interrogatives(sentence)
    return [
        (_without_joint(sentence, end), _asked_until(sentence, end))
        for (_, end), (_, following) in pairwise(ends)
        if len(_words(sentence[end:following])) >= _ALTERNATIVE_WORDS
        and not _is_choice(sentence, end, following)
    ] + _before_a_request(sentence, ends)


def _asked_until(sentence: str, end: int) -> int:
    """Return where the words end that only say that the question before them is one."""
    only_asking = pattern("points.yaml", "only_asking").match(sentence, end)
    return only_asking.end() if only_asking else end


def _without_joint(sentence: str, end: int) -> int:
    joined = _JOINED.search(sentence, 0, end)
    return joined.start("joint") if joined else end


def _is_choice(sentence: str, end: int, following: int) -> bool:
    """Whether two questions are one choice: `먼저 내는 것인지 나중에 내는 것인지`.

    They follow without a comma, the second names no subject, and both end alike or the second is
    done another way (`한 번에 되는지 따로 내야 하는지`); or the
    second denies the first (`되는지 안 되는지`) or offers another (`되는지 아니면 내는지`).
    """
    other = sentence[end:following]
    if _OR_NOT.match(other):
        return True
    if other.startswith(",") or _SUBJECT.search(other):
        return False
    first, second = _words(sentence[:end]), _words(other)
    return first[-1:] == second[-1:] or bool(_CONTRAST.search(other))


def _before_a_request(sentence: str, ends: list[tuple[int, int]]) -> list[_Cut]:
    """Return where a question ends and another wish follows: `...인지 궁금하고, ...해 주십시오`."""
    if not ends:
        return []
    rest = sentence[ends[-1][1] :]
    joint = _joint().search(rest)
    if joint and act_of(rest[joint.end() :]):
        return [(ends[-1][1] + joint.end(),) * 2]
    return []


def _between_requests(sentence: str, tagged: Tagger | None) -> Iterator[_Cut]:
    for key in ("coupled", "coupled_questions"):
        for match in pattern("points.yaml", key).finditer(sentence):
            at = match.start("joint")
            if _is_particle(sentence, at, tagged):
                yield at, match.end()
    for key in ("coupled_spoken", "coupled_list"):
        for match in pattern("points.yaml", key).finditer(sentence):
            yield match.start("joint"), match.end()
    for match in _joint().finditer(sentence):
        if act_of(sentence[match.end() :]):
            yield match.end(), match.end()


def _is_particle(sentence: str, at: int, tagged: Tagger | None) -> bool:
    """Whether 과 or 와 at a place joins two nouns: 요건과, not 결과, 총무과 or 건축과 직원."""
    before, behind = sentence[:at], sentence[at + 1 :].lstrip()
    is_closed = (ord(before[-1]) - _SYLLABLES) % _FINALS > 0
    if is_closed is not (sentence[at] == "과"):
        return False
    if pattern("points.yaml", "departments").search(before) and pattern(
        "points.yaml", "of_departments"
    ).match(behind):
        return False
    if tagged is None:
        return not is_closed or not pattern("points.yaml", "gwa_nouns").search(before)
    return any(start <= at < end and tag in _AND for start, end, tag in tagged(sentence))


def _joint() -> re.Pattern[str]:
    return pattern("points.yaml", "joints")


def _is_whole(piece: str) -> bool:
    """Whether a piece says enough to be answered alone."""
    bare = pattern("points.yaml", "connectives").sub("", piece)
    return sum(1 for _ in content_words(bare)) >= _PIECE_WORDS and len(_words(bare)) > 1


def _words(piece: str) -> list[str]:
    return re.findall(r"[가-힣A-Za-z0-9]+", piece)


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    gap = _COMMA.match(sentence, start, end)
    start = gap.end() if gap else start
    while end > start and sentence[end - 1] in ", \n\t":
        end -= 1
    return start, end
