"""How a letter names a point: `‘기한이 언제인지’`, `‘가로등을 고쳐 달라’는 요청`.

The words stay the complainant's own; only the ending is told in the voice of the office.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.text import truncate

Tagger: TypeAlias = Callable[[str], Sequence[tuple[int, int, str]]]

LABEL_CHARS = 80
_LABEL_MIN = 4
_SYLLABLES, _FINALS, _NIEUN, _RIEUL, _BIEUP = ord("가"), 28, 4, 8, 17
# What only says that something is asked adds nothing to a name.
_ASKING = re.compile(
    r"(?:(?:을|를|도|에 대해|에 대하여|에 관해|좀|꼭|빨리|다시)?\s*(?:자세히|정확히|상세히|좀)?\s*"
    r"(?:알려|설명해|답변해|회신해|안내해|가르쳐)\s?"
    r"(?:주세[요여]|주십시오|주시기 바랍니다|주셨으면 합니다|주시면.{0,20}|주실 수 있나요|달라)|"
    r"(?:안내|답변|설명|회신|검토|확인)?(?:을|를|도)?\s*부탁\s?(?:드립니다|드려요|합니다)|"
    r"(?:이|가|도|은|는)?\s*(?:알고 싶습니다|알고 싶어요|궁금합니다|궁금해요|궁금하고요?|"
    r"문의드립니다|문의합니다|질의합니다|질의드립니다|여쭙니다|묻고 싶습니다))\s*$"
)
_OPENING = re.compile(r"^(?:\[[^\]]{1,12}\]\s*|(?:우선|먼저|다음으로|마지막으로|끝으로),\s+)")
_PARTICLE = frozenset({"JKO", "JKS", "JX", "JC", "JKB"})
_BARE = frozenset({"을", "를", "이", "가", "은", "는", "도", "과", "와"})
_AFTER_JI = re.compile(r"지(?:요|도|를|가|는|만|와|의)$")
_HOPE = r"(?:바라\S{0,6}|바랍니다|원합니다|부탁드립니다|부탁합니다)"
_GIVE = re.compile(
    r"\s?주(?:세[요여]|셔요|십시오|십쇼|시오|시고요?|시며|"
    rf"시(?:기를|길|기)?\s?{_HOPE}|"
    r"(?:시|셨|었)으?면\s?(?:합니다|해요|하고요?|하며|좋겠\S{0,4}|감사\S{0,6}|고맙\S{0,6})|"
    r"실 것(?:을 .{0,12})?|실\s?수\s?(?:있|없)\S{0,6}|(?:셔|어)야\s?(?:합니다|해요|하죠|죠))$"
)
_CLAIM = re.compile(
    r"(?:을|를)\s?(?P<act>요구|요청|청구|신청|촉구|건의|제안)"
    r"(?:합니다|드립니다|해요|하는 바입니다)$"
)
_WISH = re.compile(r"(?P<stem>으면)\s?(?:(?P<nice>좋겠\S{0,4})|합니다|해요)$")
_HOPED = re.compile(rf"(?:시기를|시기|시길|기를|기|길)\s?{_HOPE}$")
_ORDER = re.compile(r"하십시오$|하시오$")
_AND = re.compile(r"(?<=[가-힣]{2})고$")
_WANTED = re.compile(r"고\s?싶(?:습니다|어요|네요|은데요)$")
_IF_THERE = re.compile(r"(?<=있으)면$")  # 자료가 있으면 (부탁드립니다)
_SURELY = re.compile(r"(?:거|것이|건)(?:죠|지요)$")
_HOW_MUCH = re.compile(
    r"(?P<word>며칠|얼마|언제|누구|무엇|어디|몇 ?[가-힣]{1,3})(?P<to>까지|부터)?이[며고]$"
)
_NO_QUESTION = re.compile(r"(?:끝|떠|만|어긋|일어|벗어|태어|드러)나[요여]$")
_DESCRIBING = ("가능", "필요", "적합", "충분", "타당", "정당", "적법", "위법", "유효", "부당")
_REQUEST, _OPINION = "는 요청", "는 의견"
_SENTENCE = re.compile(r"(?:다|요|오|죠|네)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A point as a letter names it; `noun` is what kind of saying it is, where a word says so."""

    label: str
    noun: str = ""

    @property
    def is_wish(self) -> bool:
        """Whether something is to be done."""
        return self.noun in {_REQUEST, _OPINION} or self.label.endswith(" 요구")

    def __str__(self) -> str:
        return f"‘{self.label}’{self.noun}"


def name_of(question: str, *, tagged: Tagger | None = None) -> Name:
    """Return how a letter names what is asked.

    Args:
        question: the point on one line.
        tagged: gives start, end and tag of the morphemes of a text, to tell a particle at the end.

    >>> print(name_of("수수료는 얼마인가요?"), name_of("가로등을 고쳐 주세요"))
    ‘수수료는 얼마인지’ ‘가로등을 고쳐 달라’는 요청
    """
    line = _OPENING.sub("", " ".join(question.split()).rstrip(" .,?!~…;"))
    bare = _ASKING.sub("", line).rstrip(" ,.")
    if len(bare) < _LABEL_MIN:
        bare = line
    if told := _requested(bare):
        return told
    asked = _asked(bare) or _without_particle(bare, tagged)
    noun = "라는 말씀" if asked == bare and _SENTENCE.search(bare) else ""
    return Name(label=truncate(asked, LABEL_CHARS), noun=noun)


# -- wishes -----------------------------------------------------------------------------------


def _requested(line: str) -> Name | None:
    """Return the name of a wish, None where it is none."""
    endings: tuple[tuple[re.Pattern[str], str, str], ...] = (
        (_GIVE, " 달라", _REQUEST),
        (_ORDER, "해 달라", _REQUEST),
        (_HOPED, "기 바란다", _REQUEST),
        (_AND, "기 바란다", _REQUEST),
        (_WANTED, "고 싶다", _REQUEST),
        (_IF_THERE, "면 달라", _REQUEST),
    )
    if claim := _CLAIM.search(line):
        return _name(f"{line[: claim.start()]} {claim['act']}", "")
    if (wish := _WISH.search(line)) and not _GIVE.search(line):
        end = " 좋겠다" if wish["nice"] else " 한다"
        return _name(line[: wish.end("stem")] + end, _OPINION)
    for ending, put, noun in endings:
        if (match := ending.search(line)) and match.start() > 1:
            return _name(line[: match.start()].rstrip() + put, noun)
    return None


def _name(label: str, noun: str) -> Name:
    return Name(label=truncate(label, LABEL_CHARS), noun=noun if len(label) <= LABEL_CHARS else "")


# -- questions --------------------------------------------------------------------------------


def _asked(line: str) -> str:
    """Return a question told of: `언제인가요` as `언제인지`; empty where the line is none."""
    if match := _HOW_MUCH.search(line):
        return f"{line[: match.end('word')]}{match['to'] or ''}인지"
    if match := _SURELY.search(line):
        return f"{line[: match.start()]}것인지"
    if match := _AFTER_JI.search(line):
        return line[: match.start() + 1]
    bare = line[:-1] if line.endswith(("요", "여", "용")) else line
    if len(bare) < _LABEL_MIN or _NO_QUESTION.search(line):
        return ""
    return _formal(bare) if bare.endswith("니까") else _spoken(bare)


def _spoken(line: str) -> str:
    """Return a question in `-나`, `-ㄴ가` or `-ㄹ까` told of.

    >>> [_spoken(line) for line in ("내면 되나", "언제인가", "낼 수 있을까", "골목길")]
    ['내면 되는지', '언제인지', '낼 수 있을지', '']
    """
    stem, last, final = line[:-1], line[-1], _final(line[-2])
    if last == "나":
        return f"{stem}는지"
    is_question = (last == "가" and final == _NIEUN) or (last == "까" and final == _RIEUL)
    return f"{stem}지" if is_question else ""


def _formal(line: str) -> str:
    """Return a question in `-ㅂ니까` told of.

    >>> [_formal(line) for line in ("언제까지입니까", "가능합니까", "내야 합니까", "있습니까")]
    ['언제까지인지', '가능한지', '내야 하는지', '있는지']
    """
    stem = line[: -len("니까")]
    if _final(stem[-1]) != _BIEUP:
        return ""
    if stem.endswith("습"):
        return f"{stem[:-1]}는지"
    open_form = stem[:-1] + chr(ord(stem[-1]) - _BIEUP)
    if open_form.endswith("이") or open_form[:-1].endswith(_DESCRIBING):
        return f"{stem[:-1]}{chr(ord(open_form[-1]) + _NIEUN)}지"
    return f"{open_form}는지"


def _final(syllable: str) -> int:
    return (ord(syllable) - _SYLLABLES) % _FINALS if "가" <= syllable <= "힣" else 0


def _without_particle(line: str, tagged: Tagger | None) -> str:
    """Return a line without the particle behind its last noun: `가능 여부를`."""
    if tagged is None or line[-1:] not in _BARE:
        return line
    *_, (start, _, tag) = tagged(line)
    is_one = tag in _PARTICLE and len(line) - start == 1
    return line[:start] if is_one and start >= _LABEL_MIN else line
