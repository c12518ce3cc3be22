"""What a question asks for: kind of answer, term to be defined, family of laws, legal wording.

Everything here is deterministic and read from data files beside this module; no model is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

import yaml

from assistant.domain import Passage
from assistant.law.references import fold_law, parse_references
from assistant.text import normalise, squeeze


class AnswerType(StrEnum):
    """Kinds of figure or person that a question may ask for."""

    DURATION = "duration"
    AMOUNT = "amount"
    RATE = "rate"
    PEOPLE = "people"
    TIMES = "times"
    COUNT = "count"
    WHO = "who"


_ASKED: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.DURATION: re.compile(
        r"며칠|몇\s*(?:일|개월|달|년|시간|주)|언제까지|언제\s*안|기한|기간|얼마\s*(?:안에|만에|동안|이내)"
        r"|시한|얼마나\s*(?:걸|오래|보관|보존)|몇\s*살|나이"
    ),
    AnswerType.AMOUNT: re.compile(
        r"얼마(?:예요|에요|인가|이하|까지|부터|이상|미만|초과|야|죠|나요|$|\?)|금액|몇\s*(?:만|천|억|백만)\s*원?|한도|가격\s*기준"
    ),
    AnswerType.RATE: re.compile(r"퍼센트|프로|%|비율|율이|률이|몇\s*배|요율"),
    AnswerType.PEOPLE: re.compile(r"몇\s*(?:명|인|분)|인원|정원|정족수"),
    AnswerType.TIMES: re.compile(r"몇\s*(?:번|회|차례)|얼마나\s*자주|주기|횟수|얼마마다|매년|매월"),
    AnswerType.COUNT: re.compile(r"몇\s*(?:개|곳|건|가지|부|군데|점|급|세대)"),
    AnswerType.WHO: re.compile(r"누가|누구|어디(?:에|서|로)|어느\s*(?:기관|부처|부서)|담당"),
}
_GIVEN: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.DURATION: re.compile(
        r"\d+\s*(?:일|개월|년|주|시간|근무시간|세)(?![가-힣]*조)|즉시|지체\s*없이|[1-9한두세]\s*달"
    ),
    AnswerType.AMOUNT: re.compile(r"[\d천백십만억]\s*(?:만|억|천|백)?\s*원"),
    AnswerType.RATE: re.compile(r"\d*[천만]?분의|퍼센트|%|\d배"),
    AnswerType.PEOPLE: re.compile(r"\d\s*[백천만]*\s*(?:명|인|세대)|과반수|3분의\s*2"),
    AnswerType.TIMES: re.compile(
        r"\d+\s*(?:회|차례|번)|[한두세]\s*(?:차례|번)|매년|매월|분기|반기|매\s*\d"
    ),
    AnswerType.COUNT: re.compile(r"\d\s*[백천만]*\s*(?:개|곳|건|가지|부|점|급|세대|기관|인|명)"),
    AnswerType.WHO: re.compile(
        r"장관|위원장|위원회|청장|기관의\s*장|기관장|원장|담당관|책임자|관리관|공무원|담당자|직무대리"
        r"|주무부서|계약상대자"
    ),
}
_DEFINED = (
    re.compile(
        r"[\"“'‘]?([0-9A-Za-z가-힣·ㆍ ]{2,20}?)[\"”'’]?\s*"
        r"(?:이?란|이?라는)\s*(?:게|건|것은)?\s*(?:뭐|뭔|무엇|무슨|어떤|$|\?|말)"
    ),
    re.compile(
        r"((?:[0-9A-Za-z가-힣·ㆍ]{2,12} )?[0-9A-Za-z가-힣·ㆍ]{2,20}?)"
        r"\s*(?:이|가|은|는|을|를|의)?\s*(?:정확히|법에서|법에서는|도대체)?\s*"
        r"(?:뭐|뭔|무엇|뜻|정의|의미|개념)"
        r"(?:예요|에요|죠|야|인가|가요|인지|하는|라고|이|을|를|은|는|가|$|\?|\s)"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShape:
    """What can be told of a question before any search.

    `exact_terms` are the squeezed legal terms for its longer, hence unambiguous, expressions;
    `lists` says that a list may be the answer.
    """

    expects: frozenset[AnswerType]
    defines: tuple[str, ...]
    families: tuple[str, ...]
    legal_terms: tuple[str, ...]
    exact_terms: tuple[str, ...] = ()
    lists: bool = False


def shape(question: str) -> QuestionShape:
    """Return what `question` asks for.

    >>> shape("복합민원이란 게 뭔가요?").defines
    ('복합민원',)
    >>> [kind.value for kind in shape("며칠 안에 알려야 해요?").expects]
    ['duration']
    """
    text = normalise(question)
    return QuestionShape(
        expects=frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(text)),
        defines=_defined_terms(text),
        families=_families(text),
        legal_terms=legal_terms(text),
        exact_terms=tuple(
            squeeze(value).lower()
            for key, values in _translations(text)
            for value in values
            if len(key) >= _EXACT_KEY_CHARS and len(squeeze(value)) >= _EXACT_TERM_CHARS
        ),
        lists=_asks_for_list(text),
    )


_EXACT_KEY_CHARS = 5
_EXACT_TERM_CHARS = 4
_LIST_ASKED = re.compile(
    r"무엇|뭐|뭘|뭔|어떤|어떻게|무슨|어디어디|누구누구|종류|사유|요건|조건|항목|내용|경우|때(?:예|인|는|가|\?|$)|예외"
)


def _asks_for_list(text: str) -> bool:
    """Return whether an answer may well be a list: what kinds, which cases, on what grounds."""
    return bool(_LIST_ASKED.search(text))


def gives(kind: AnswerType, text: str) -> bool:
    """Return whether `text` holds a figure or person of that kind.

    >>> gives(AnswerType.PEOPLE, "위원은 20명 이내로 구성한다")
    True
    """
    return bool(_GIVEN[kind].search(text))


def defines(term: str, text: str) -> bool:
    """Return whether `text` defines `term`, as in `"복합민원"이란 … 말한다`.

    >>> defines("복합민원", '  5. "복합민원"이란 하나의 민원 목적을 …')
    True
    >>> defines("복합민원", "2. 복합민원: 하나의 민원 목적을 …")
    True
    """
    folded = re.escape(squeeze(term))
    if re.search(rf"[\"“'‘]{folded}[\"”'’](?:\([^)]*\))?이?란", squeeze(text)):
        return True
    return any(
        re.match(rf"(?:[-*•]|\d+\.|[가-하]\.)?{folded}(?:\([^)]*\))?[:：]", squeeze(line))
        for line in text.splitlines()
    )


def _defined_terms(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for pattern in _DEFINED:
        for match in pattern.finditer(text):
            words = match.group(1).strip().split(" ")
            # "민원 처리에서 복합민원": the term is the last word or the last two.
            found.extend({words[-1], "".join(words[-2:])})
    return tuple(dict.fromkeys(term for term in found if len(term) > 1))


_PARTICLE = re.compile(r"(?:을|를|이|가|은|는|도|의|에|만|에게|한테|에서|으로|로)$")


@cache
def _terms() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    raw = yaml.safe_load((files("assistant.law") / "terms.yaml").read_text(encoding="utf-8"))
    return tuple(
        (tuple(squeeze(key).lower() for key in keys.split("|")), tuple(values))
        for keys, values in raw
    )


def legal_terms(text: str) -> tuple[str, ...]:
    """Return the legal wording for the everyday words of `text`.

    >>> "관인" in legal_terms("도장은 무슨 색이에요?")
    True
    """
    return tuple(dict.fromkeys(value for _, values in _translations(text) for value in values))


def is_worded_in(word: str, question: str, folded_text: str) -> bool:
    """Return whether a squeezed text says in legal wording what `word` says in a question.

    >>> is_worded_in("도장", "도장은 무슨 색이에요?", "관인은붉은색으로한다")
    True
    """
    return any(
        squeeze(value).lower() in folded_text
        for key, values in _translations(question)
        if word in key or key in word
        for value in values
    )


@lru_cache(maxsize=256)
def _translations(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the everyday words of `text` that the term list knows, each with its legal wording.

    A particle between two words of a key does not hide it: "이름을 공개" holds "이름공개".
    """
    words = [squeeze(word).lower() for word in text.split()]
    bare = (_PARTICLE.sub("", word) if len(word) > 2 else word for word in words)
    forms = ("".join(words), "".join(bare))
    matched = [
        (key, values)
        for keys, values in _terms()
        for key in keys
        if any(key in form for form in forms) and not _is_named(key, values, forms[0])
    ]
    longer = [key for key, _ in matched]
    return tuple(item for item in matched if not _is_within(item[0], longer, forms))


def _is_within(key: str, longer: Sequence[str], forms: Sequence[str]) -> bool:
    """Return whether a key stands only inside of longer ones, which say more exactly what is meant.

    "청구를 거부" tells of information kept back; "거부" in it tells of refusals of any kind.
    """
    around = [one for one in longer if key in one and key != one]
    if not around:
        return False
    for form in forms:
        rest = form
        for one in around:
            rest = rest.replace(one, " ")
        if key in rest:
            return False
    return True


def _is_named(key: str, values: tuple[str, ...], folded: str) -> bool:
    """Return whether a question names one of the things that a general word may stand for.

    "계약보증금" is one of the deposits that "보증금" stands for: the others are not asked for.
    """
    exact = (squeeze(value).lower() for value in values)
    return any(key != value and key in value and value in folded for value in exact)


@cache
def _topics() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    raw = yaml.safe_load((files("assistant.law") / "topics.yaml").read_text(encoding="utf-8"))

    def folded(entries: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
        return {
            fold_law(law): tuple(squeeze(word).lower() for word in words)
            for law, words in entries.items()
        }

    return folded(raw["families"]), folded(raw["narrow"])


def _families(text: str) -> tuple[str, ...]:
    folded = squeeze(text).lower()
    families, _ = _topics()
    return tuple(law for law, words in families.items() if any(word in folded for word in words))


def is_out_of_place(title: str, question: str) -> bool:
    """Return whether a law of that title regulates a special case the question does not name."""
    _, narrow = _topics()
    name = fold_law(title)
    base = re.sub(r"(시행령|시행규칙)?(요약)?$", "", name)
    words = narrow.get(name) or narrow.get(base)
    if words is None:
        return False
    folded = squeeze(question).lower()
    return not any(word in folded for word in words)


@cache
def _out_of_scope() -> tuple[re.Pattern[str], ...]:
    raw = yaml.safe_load((files("assistant.law") / "out_of_scope.yaml").read_text("utf-8"))
    return tuple(re.compile(pattern) for pattern in raw)


def is_out_of_scope(question: str) -> bool:
    """Return whether `question` asks for something that no rule or document can answer.

    A pattern counts only from the beginning of a word: "발주가 늦으면" asks for no share price.

    >>> is_out_of_scope("오늘 날씨 어때?"), is_out_of_scope("완료보고서 기한은?")
    (True, False)
    """
    words = [squeeze(word).lower() for word in question.split()]
    folded = "".join(words)
    begins = set(accumulate((len(word) for word in words), initial=0))
    return any(
        match.start() in begins for pattern in _out_of_scope() for match in pattern.finditer(folded)
    )


_OVERVIEW = re.compile(
    r"요약|정리|개요|줄거리|핵심|요지|소개|(?:어떤|무슨|주요)내용|내용[이은을]?(?:뭐|뭔|무엇|알려|설명|$)"
)
_OVERVIEW_REST = re.compile(
    r"요약|정리|개요|줄거리|핵심|요지|내용|소개|설명|주요|중요한?|전체|전반|대략|간단|간략|짧게|자세"
    r"|쉽게|한눈에|[0-9한두세네다섯열]+(?:줄|문장|가지|페이지|쪽)|이것|이거|그것|여기|첨부|올린|선택"
    r"|고른|문서|자료|파일|글|본문|공문|공고문?|(?:보고|계획|제안|계약|안내|신청|설명)서|회의록"
    r"|점|부분|사항|만|좀|한번|으로|(?:에)?(?:대해|관해)서?|에서|까지|알려|보여|말해|해석|작성|부탁"
    r"|드립니다|드려요?|합니다|하세요|해?주(?:세요|십시오)|해?줄래|해?줘|하고|하자|해봐|어떤|무슨"
    r"|뭐|뭔|무엇|어떻게|돼|되|인가|인지|있|나|요|까|야|니|죠|지|가|이|은|는|을|를|의|해|히|하|줘|주"
)


def asks_for_overview(question: str) -> bool:
    """Return whether a question only asks what a text says, and names nothing in it to look for.

    >>> asks_for_overview("이 문서를 세 줄로 요약해 주세요")
    True
    >>> asks_for_overview("예산 내용을 요약해줘")
    False
    """
    folded = squeeze(re.sub(r"[^\w\s]", "", question)).lower()
    if not _OVERVIEW.search(folded):
        return False
    return len(_OVERVIEW_REST.sub("", folded)) <= 1


_REST = re.compile(
    r"[\s?.!,]|알려|설명|내용|뭐|무엇|무슨|보여|주세요|줘|해|이|가|은|는|을|를|에|대해|좀|요|예|야|인가"
)


def possible_articles(question: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return which articles may be meant, when only a number is named and several laws have it."""
    references = [r for r in parse_references(question) if not r.law]
    if len(references) != 1:
        return ()
    rest = question[: references[0].start] + question[references[0].end :]
    if len(_REST.sub("", rest)) > 2:
        return ()
    same = [p for p in passages if p.label == references[0].label]
    titles = dict.fromkeys(f"「{p.document_title}」 {p.label}" for p in same)
    return tuple(titles)[:5] if len(titles) > 1 and same[0].via != "reference" else ()
