"""A question that asks two things, cut into both: what the one finds must not hide the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.retrieval.found import Found
from assistant.text import normalise

_PART_CHARS = 8
_ASKS = re.compile(r"몇|며칠|얼마|언제|누가|누구|어디|무엇|뭐|뭘|어떻게|어떤")
_COMMA = re.compile(r",\s*")
_AND_THEN = re.compile(
    r"(?:몇|얼마|며칠|언제|누구|누가|어디)[^,]*?(?:고|며|이며|인지와|인지하고)\s+(?=\S)"
)
_BOTH = re.compile(
    r"각각|비교|둘 ?다|같이 (?:알려|정리)|함께 (?:알려|정리)|한 ?번에 (?:알려|정리)"
    r"|다른가|다르|차이|모두 알려|씩 "
)
_AND = re.compile(r"(?<=[가-힣])(?:이랑|랑|하고|와|과)\s+(?=[가-힣])")
_JOINED = re.compile(r"(?:이랑|랑|하고|와|과)$")


def parts(question: str) -> tuple[str, ...]:
    """Return the two questions that one asks, or nothing when it asks one.

    >>> parts("결정은 며칠 안에 하고, 이의신청은 며칠 안에 하나요?")
    ('결정은 며칠 안에 하고', '이의신청은 며칠 안에 하나요?')
    >>> parts("재결 기간하고 조정 기간을 비교해 주세요")
    ('재결 기간', '조정 기간을 비교해 주세요')
    >>> parts("계약보증금과 관련된 서류는 언제 내나요?")
    ()
    """
    text = normalise(question).strip()
    for comma in _COMMA.finditer(text):
        first, second = text[: comma.start()], text[comma.end() :]
        joins = _ASKS.search(first) or _JOINED.search(first)
        if joins and _ASKS.search(second) and min(len(first), len(second)) >= _PART_CHARS:
            return first, second
    then = _AND_THEN.search(text)
    if then and _ASKS.search(text, then.end()) and len(text) - then.end() >= _PART_CHARS:
        return text[: then.end()].strip(), text[then.end() :]
    both = _AND.search(text) if _BOTH.search(text) else None
    return (text[: both.start()], text[both.end() :]) if both else ()


def led_by(leads: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """Return a ranking in which the best of each part stands right behind the best of the whole.

    The whole has to have found something.
    """
    if not found:
        return []
    ahead: dict[tuple[str, int], Found] = {}
    for item in [*found[:1], *leads]:
        ahead.setdefault((item.document.document_id, item.section.ordinal), item)
    rest = [f for f in found if (f.document.document_id, f.section.ordinal) not in ahead]
    return [*ahead.values(), *rest]
