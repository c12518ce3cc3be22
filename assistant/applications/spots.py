"""Where the value of a column may stand: what tables, lines and sentences give to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.applications.formwords import PARTNERS, RIVALS
from assistant.applications.layout import Place
from assistant.domain import Column, ColumnType

_RIVAL = re.compile("|".join(RIVALS))
_RIVAL_PRODUCT = re.compile(r"타사|(?:경쟁|유사)\s?(?:제품|사|업체|기술)|비교\s?대상")
_PARTNER = re.compile("|".join(PARTNERS))
_SENTENCE_CHARS = 300
_OWN = re.compile("신청|당사|자사|본 제품|제안")
# A partner has a name and numbers of its own; nobody else's patents or prices are told this way.
_NAMED = frozenset(
    {ColumnType.TEXT, ColumnType.BUSINESS_NUMBER, ColumnType.CORPORATE_NUMBER, ColumnType.WON}
)


_SENTENCE = re.compile(r"(?<=[다음함임됨요라오])[.!]\s|\n")
_REQUEST = re.compile(
    r"(?:기재|작성|입력|출력|표기|표시|기입|평가|채점|부여|선정|추천|처리|간주|인정|답변|응답|적어|써|적)"
    r"[^.\n]{0,12}?(?:하라|해라|하시오|하세요|하십시오|할\s?것|해\s?주|어\s?주|바랍니다|바람|요망|"
    r"해야|시오|으라|어라)"
)


def is_requested(text: str, start: int, end: int) -> bool:
    """Return whether a stretch stands in a sentence that asks for something to be written.

    A guide of the form or an order to whoever reads it states nothing of the product.

    >>> is_requested("평가자는 TRL을 9로 기재해 주시기 바랍니다.", 9, 10)
    True
    >>> is_requested("규격서를 제출함. TRL은 8단계임.", 16, 17)
    False
    """
    first, last = max(0, start - _SENTENCE_CHARS), min(len(text), end + _SENTENCE_CHARS)
    before = [match.end() for match in _SENTENCE.finditer(text, first, start)]
    after = _SENTENCE.search(text, end, last)
    sentence = text[before[-1] if before else first : after.start() if after else last]
    return bool(_REQUEST.search(sentence))


class Strength(IntEnum):
    """How surely a stretch is the value of its column."""

    WEAK = 1  # one of several in a list, or below a heading
    TOLD = 2  # in a sentence that names the column
    PAIRED = 3  # beside its label


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A stretch of a place, `place.text[start:end]`, that may hold the value of a column.

    `entry` is the row of a list that it stands in.
    """

    column: Column
    place: Place
    start: int
    end: int
    label: str
    strength: Strength
    unit: str = ""
    qualifier: str = ""
    entry: int | None = None


def is_of_others(column: Column, *around: str) -> bool:
    """Return whether headings and heads around a place speak of others than the applicant."""
    text = " ".join(around)
    if column.type is ColumnType.PASSAGE:
        return bool(_RIVAL_PRODUCT.search(text)) and not _OWN.search(text)
    if _RIVAL.search(text) and not _OWN.search(text):
        return True
    is_named = column.type in _NAMED and not column.many
    return is_named and bool(_PARTNER.search(text)) and not _OWN.search(text)
