"""What a sentence claims of a target: met, unmet or nothing; of an item, of all, of how many.

Only plain statements of a result count. What may come, what held for a part of the time, and what
people felt are no claims: a wrong alarm on those would teach officials to look away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Direction
from assistant.grounding.numerals import NATIVE

_RISING = {Direction.AT_LEAST, Direction.MORE_THAN}
_WITHOUT_SIDES = {Direction.WITHIN, Direction.JUDGED}

# A clause ends after a verb that goes on, or at a comma behind a bare predicate.
_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:지만|으나|이나|하나|는데|으며|이며|하며|하고|하였고|했고|이고|되고|였고|었고)(?=[\s,])"
    r"|(?<=충족|달성|미달|합격|적합),|;"
)
_PARTIAL = re.compile(
    r"\d{1,2}월|\d\s?분기|첫\s?(?:달|주|분기)|초기|처음|한때|당시|일부|보완\s?후|앞으로|향후|예상|"
    r"(?:할|될|낼|줄일|높일)\s?(?:것|수|예정|계획)|하도록|되도록|하려|하기\s?위|하면|되면|해야|하여야|"
    r"경우|여부|겠[다고습]"
)
_NOT = r"지(?:는|도|를)?\s?(?:못|않|아니)"
_STEMS = r"(?:충족|달성|통과|합격|도달|부합|적합)"
_NEGATIVE = re.compile(
    rf"미충족|불충족|미달|불합격|부적합|못\s?미[치친쳤칠]|"
    rf"(?:{_STEMS}|만족)(?:되|하|시키)?{_NOT}|(?:이르|미치|다다르|이루){_NOT}"
)
# what stands behind a stem and makes it no claim: a rate, a wish, a condition, a count of items
_NO_CLAIM = (
    r"(?!률|율|도[\s은는이가를]|여부|기준|시[킬키]|할|될|하도록|되도록|하려|하기|하면|되면|해야|"
    r"하여야|한\s?(?:항목|것은|개)|된\s?항목|\s?항목|\s?여부|\s?수준)"
)
_POSITIVE = re.compile(rf"(?<![미불부]){_STEMS}{_NO_CLAIM}(?!(?:되|하|시키)?{_NOT})")
_PLEASED = re.compile(rf"(?<!불)만족{_NO_CLAIM}(?!(?:되|하|시키)?{_NOT})")
_REACHED = re.compile(r"이루었|이뤘|이룸|이뤄|이르렀|다다랐")
_YARDSTICK = re.compile(r"목표|기준|요구|성능")

_FROM_TARGET = (
    r"(?:목표|기준)(?:치|값|점|선)?\s?(?:\d[\d.,]{0,20}\S{0,6}?)?\s?(?:를|을|보다|에|의)?\s?"
    r"(?:\d[\d.,]{0,20}\S{0,8}\s)?(?:크게|훨씬|약간|조금|더)?\s?"
)
_BEYOND = re.compile(
    _FROM_TARGET
    + r"(?:뛰어넘|넘(?!지)|넘겨|초과(?!하지)|상회(?!하지)|웃돌(?!지)|높(?!지)|크[다고며게]|"
    r"커|컸|많|길[다고며었]|이상(?:이|으로|의\s?결과|임))"
)
_BELOW = re.compile(
    _FROM_TARGET
    + r"(?:밑돌(?!지)|하회(?!하지)|낮(?!지)|짧|적[다고어었은]|작[다고아았은]|빠[르른]|빨[라랐]|"
    r"이내|안(?:에|으로|이)|이하(?:이|로|의\s?결과|임)|미만(?:이|으로|의\s?결과|임))"
)
_NOT_BEYOND = re.compile(rf"(?:넘|초과하|상회하|웃돌|높){_NOT}")
_NOT_BELOW = re.compile(rf"(?:밑돌|하회하|낮){_NOT}")
_INSIDE = re.compile(rf"범위(?:를|에서)?\s?(?:안|내|이내|지켰|지켜|유지|벗어나{_NOT})")
_OUTSIDE = re.compile(rf"벗어[났남]|벗어나(?!{_NOT})")

_WHOLE = re.compile(r"모든|전체|전부|모두|빠짐없이|(?<![가-힣])전\s?(?=항목|성능|목표)")
_SUBJECT = re.compile(r"항목|목표|성능|지표")
_IN_FULL = re.compile(
    r"(?:목표|항목|성능)\S{0,2}\s?100\s?%\s?(?:달성|충족)(?!하지|되지|률|할|하면|하도록)"
)
_EXCEPT = re.compile(r"제외|빼고|뺀\s|[을를]\s?뺀|이외|외에|외의")
_AMONG = re.compile(r"가운데|중(?:에서|에)?\s")
_REQUIRED = re.compile(r"필수|선택")
_WORDS = {**NATIVE, "하나": 1, "둘": 2, "셋": 3, "넷": 4, "없": 0}
_COUNT = r"(?P<n>\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_COUNTED = re.compile(
    rf"(?<![\d가-힣.,]){_COUNT}\s?(?:개|가지)?\s?(?:성능\s?)?(?:항목|지표)?(?:을|를|은|는|이|가|만|에서)?\s?"
    r"(?:모두\s|전부\s)?(?P<what>미충족|미달|충족하지\s?못|달성하지\s?못|충족|달성)(?!률|도)"
)
_COUNTED_BEHIND = re.compile(
    r"(?P<what>미충족|미달|충족하지\s?못한|달성하지\s?못한|충족한|충족|달성한)\s?(?:항목|지표)(?:은|이|의\s?수는|수는)?\s?"
    rf"(?:[가-힣ㆍ·,]{{1,12}}\s){{0,3}}{_COUNT}(?=\s?개|[이다로며뿐었습으]|\s)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many items are said to be met, or not to be."""

    number: int
    is_met: bool
    is_of_some: bool  # said of required or of optional items


def clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a sentence.

    >>> list(clauses("정확도는 충족하였으나 만족도는 미충족이다."))
    ['정확도는 충족하였으나', ' 만족도는 미충족이다.']
    """
    start = 0
    for found in _CLAUSE.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def claim(clause: str, direction: Direction) -> bool | None:
    """Return what a clause says of an item whose target has this direction.

    >>> claim("수위 오차는 목표를 넘었다.", Direction.AT_MOST)
    False
    >>> claim("판독률은 목표를 넘었다.", Direction.AT_LEAST)
    True
    >>> claim("목표를 충족할 수 있을 것이다.", Direction.AT_LEAST) is None
    True
    """
    if is_partial(clause):
        return None
    if direction is Direction.WITHIN and (sided := _ranged(clause)) is not None:
        return sided
    if direction not in _WITHOUT_SIDES and (sided := _sided(clause, direction)) is not None:
        return sided
    return _said(clause)


def is_partial(text: str) -> bool:
    """Return whether a text speaks of a part of the time, or of what may come."""
    return _PARTIAL.search(text) is not None


def claims_all(text: str) -> bool:
    """Return whether a sentence says that all items are met.

    >>> claims_all("모든 항목을 충족하였다."), claims_all("5개 항목 가운데 3개를 충족하였다.")
    (True, False)
    """
    if is_partial(text) or _AMONG.search(text):
        return False
    if _IN_FULL.search(text):
        return True
    if not (_WHOLE.search(text) and _SUBJECT.search(text)):
        return False
    told = _said(text)
    return _BEYOND.search(text) is not None if told is None else told


def is_of_required(text: str) -> bool:
    """Return whether a sentence speaks of required items."""
    return "필수" in text


def is_of_the_rest(text: str) -> bool:
    """Return whether a sentence names items in order to leave them out.

    >>> is_of_the_rest("만족도를 제외한 항목은 모두 충족하였다.")
    True
    """
    return _EXCEPT.search(text) is not None


def counts(text: str) -> Iterator[Count]:
    """Yield how many items a sentence says are met or not.

    >>> [(each.number, each.is_met) for each in counts("여섯 항목 가운데 4개를 충족하였다.")]
    [(4, True)]
    >>> [(each.number, each.is_met) for each in counts("미충족 항목은 없다.")]
    [(0, False)]
    """
    if is_partial(text) or not _SUBJECT.search(text):
        return
    for pattern in (_COUNTED, _COUNTED_BEHIND):
        for found in pattern.finditer(text):
            word = found["n"]
            what = "".join(found["what"].split())
            yield Count(
                number=int(word) if word.isdigit() else _WORDS[word],
                is_met=not what.startswith("미") and "못" not in what,
                is_of_some=_REQUIRED.search(text) is not None,
            )


def _said(clause: str) -> bool | None:
    """Return what the words of the form say: 충족 and its like, or their denial."""
    if _NEGATIVE.search(clause):
        return False
    if _POSITIVE.search(clause):
        return True
    has_yardstick = _YARDSTICK.search(clause) is not None
    if has_yardstick and (_PLEASED.search(clause) or _REACHED.search(clause)):
        return True
    return None


def _sided(clause: str, direction: Direction) -> bool | None:
    """Return what it means to be above or below the target, which depends on the direction."""
    rising = direction in _RISING
    if _NOT_BEYOND.search(clause):
        return not rising
    if _NOT_BELOW.search(clause):
        return rising
    if _BEYOND.search(clause):
        return rising
    return not rising if _BELOW.search(clause) else None


def _ranged(clause: str) -> bool | None:
    if _INSIDE.search(clause):
        return True
    return False if _OUTSIDE.search(clause) else None
