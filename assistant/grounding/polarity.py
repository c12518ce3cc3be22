"""Notice a sentence that turns its source round: 할 수 있다 and 할 수 없다, 이상 and 이하."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import TokenKind
from assistant.grounding.folding import fold
from assistant.grounding.tokens import Token, extract_tokens, same_value

_BOUND = re.compile(
    r"^\s?(?:\([^()]{0,80}\)\s?)?(?:을|를|에|의|가|이|까지|로|으로)?\s?"
    r"(?P<word>이상|이하|이내|초과하지|초과|넘지|넘는|넘으면|넘을|미만|못 미치|미달|안에|내에|"
    r"이후|이전|전까지|까지)"
)
_KINDS_OF_BOUND = {
    "at least": "이상",
    "at most": "이하/이내/초과하지/넘지/안에/내에/까지",
    "before": "전까지/이전",
    "after": "이후",
    "more": "초과/넘는/넘으면/넘을",
    "less": "미만/못 미치/미달",
}
_BOUNDS = {word: kind for kind, words in _KINDS_OF_BOUND.items() for word in words.split("/")}
_COMPATIBLE = frozenset({frozenset({"at most", "before"}), frozenset({"at least", "after"})})

_STEM = r"(?P<stem>[가-힣]{1,12}?)(?:을|를|이|가|은|는)?\s?(?:(?:꼭|반드시|무조건)\s?)?"
_CAN = r"(?:할|될|을|ㄹ|시킬|받을|릴|칠|낼|둘)?"
_IF = r"(?:하여서는|되어서는|해서는|하면|되면|어서는|아서는)"
_MUST = r"(?:하여야|되어야|해야|돼야|어야|아야|여야)"
_PLAIN = r"(?:한다|된다|합니다|됩니다|한|된|하는|되는|하고|되고|하며|하여|해|함|됨)"
_DO = r"(?:하|되|시키|받|히|리|기|우)?"
_NOT_SO = r"\s?(?:것|건|게)?(?:은|이|도)?\s?(?:아니|아닙|아닌|않)"
_NO_SAYING = r"다(?:고|는)[^.,]{0,12}?(?:없|않|아니|어렵|힘들)"
_PREDICATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_STEM + _MUST + r"\s?(?:만\s?)?(?:하|되)(?:는|지는|지)?" + _NOT_SO), "need not"),
    (re.compile(_STEM + _MUST + r"\s?(?:만\s?)?(?:한|된)" + _NO_SAYING), "need not"),
    (re.compile(_STEM + _CAN + r"\s?수(?:가|는|도)?\s?있는" + _NOT_SO), "not"),
    (re.compile(_STEM + _CAN + r"\s?수(?:가|는|도)?\s?있" + _NO_SAYING), "not"),
    (re.compile(_STEM + r"(?:불가능|불가)(?=하|합|한|함|$|[.,])"), "not"),
    (re.compile(_STEM + r"금지(?=되|된|됩|하|한|합|함|$|[.,])"), "not"),
    (re.compile(_STEM + _CAN + r"\s?(?:필요가|의무가)\s?없"), "need not"),
    (re.compile(_STEM + _IF + r"\s?(?:아니|안)\s?(?:된|되|됩|될)"), "not"),
    (re.compile(_STEM + _CAN + r"\s?수(?:는|가|도)?\s?없"), "not"),
    (re.compile(_STEM + _DO + r"지(?:는|도|를)?\s?(?:아니|않|못|말)"), "not"),
    (re.compile(_STEM + _CAN + r"\s?수(?:는|가|도)?\s?있"), "may"),
    (re.compile(_STEM + r"(?:가능|허용)(?=하|합|한|함|되|된|됩|$|[.,])"), "may"),
    (re.compile(_STEM + _MUST + r"\s?(?:만\s?)?(?:하|한|할|합|함|된|됩|될)"), "must"),
    (re.compile(_STEM + _PLAIN + r"(?![가-힣])"), "plain"),
)
_OPPOSITE = {
    frozenset({"not", "may"}),
    frozenset({"not", "must"}),
    frozenset({"not", "plain"}),
    frozenset({"must", "may"}),
    frozenset({"must", "need not"}),
    frozenset({"plain", "need not"}),
}
_SIDES = (
    re.compile(r"국가\s?계약|국계법|중앙\s?(?:관서|부처)|국가를\s?당사자로"),
    re.compile(r"지방\s?계약|지계법|지방자치단체|지자체"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What a clause says of doing something."""

    stem: str
    force: str
    start: int


def predicates(text: str) -> list[Predicate]:
    """Return the predicates of `text` with their force, in order.

    >>> [(p.stem, p.force) for p in predicates("공개할 수 없다. 제출하여야 한다.")]
    [('공개', 'not'), ('제출', 'must')]
    """
    rest = fold(text)
    found: list[Predicate] = []
    for pattern, force in _PREDICATES:
        for match in pattern.finditer(rest):
            found.append(Predicate(stem=match["stem"], force=force, start=match.start()))
        rest = pattern.sub(lambda match: "\x00" * len(match[0]), rest)
    return sorted(found, key=lambda predicate: predicate.start)


def bound_after(text: str, end: int) -> str:
    """Return the bound that stands after a figure (`at most` for 이하, 이내), or nothing.

    >>> bound_after("7일 이내에", 2)
    'at most'
    """
    match = _BOUND.match(text[end : end + 100])
    return _BOUNDS[match["word"]] if match else ""


def _bounds(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for token in tokens:
        if token.kind in (TokenKind.LAW, TokenKind.ARTICLE):
            continue
        if bound := bound_after(text, token.end):
            yield token, bound


def turns_bound(sentence: str, source: str) -> str:
    """Return the figure whose bound the sentence turns round, or an empty string.

    >>> turns_bound("2천만원 이상인 경우", "추정가격이 2천만원 이하인 경우")
    '2천만원'
    >>> turns_bound("30일 안에 낸다", "30일 이내에 낸다")
    ''
    """
    folded, held = fold(sentence), fold(source)
    there = list(_bounds(held, extract_tokens(held)))
    for token, bound in _bounds(folded, extract_tokens(folded)):
        others = [other for found, other in there if same_value(token, found)]
        if others and not any(
            bound == other or frozenset({bound, other}) in _COMPATIBLE for other in others
        ):
            return token.text
    return ""


def turns_predicate(sentence: str, source: str) -> str:
    """Return the verb whose force the sentence turns round, or an empty string.

    >>> turns_predicate("수의계약을 할 수 없습니다.", "수의계약을 할 수 있다.")
    '수의계약'
    >>> turns_predicate("보고서를 제출해야 합니다.", "보고서를 제출하여야 한다.")
    ''
    """
    there = predicates(source)
    for predicate in predicates(sentence):
        forces = {other.force for other in there if _is_same_stem(predicate.stem, other.stem)}
        if forces and all(frozenset({predicate.force, other}) in _OPPOSITE for other in forces):
            return predicate.stem
    return ""


def turns_side(sentence: str, sources: Sequence[tuple[str, str]]) -> str:
    """Return the word by which a sentence takes a rule of state contracts for one of local ones.

    Args:
        sentence: the sentence.
        sources: title of the document and text of each unit that carries the sentence.

    >>> turns_side("지방계약은 10% 이상이다.", [("국가계약법 시행령", "계약금액의 10% 이상")])
    '지방계약'
    >>> turns_side("국가계약은 10% 이상이다.", [("국가계약법 시행령", "계약금액의 10% 이상")])
    ''
    """
    named = [side.search(sentence) for side in _SIDES]
    words = [match[0] for match in named if match]
    if len(words) != 1:
        return ""
    own = 0 if named[0] else 1
    told = [_sides(text) or _sides(title) for title, text in sources]
    return words[0] if told and all(sides == {1 - own} for sides in told) else ""


def _sides(text: str) -> set[int]:
    return {number for number, side in enumerate(_SIDES) if side.search(text)}


def _is_same_stem(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= 2 and longer.endswith(shorter))
