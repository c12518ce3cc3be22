"""Which of the articles found bear on what a point asks; the others are not quoted.

The search gives the best there is, which may be about something else: a section chief must not
see a rule beside the point in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.complaints import is_out_of_matter
from assistant.domain import LedgerSentence, Passage
from assistant.domain.complaints import ComplaintKind
from assistant.law.question import legal_terms
from assistant.law.references import LawNames, fold_law, parse_references
from assistant.lexical import nouns
from assistant.text import squeeze

Place = tuple[str, str]  # document, label
SURE = 0.8  # so sufficient is what was found when the first article is more than the best of many
_SHARED_NOUNS = 2  # so many nouns of the question an article must speak of to be quoted,
_SHARE = 0.5  # and this share of them;
_SHARE_OF_WISHES = 0.7  # a wish for something to be done is seldom answered by a rule
_SHARE_OF_FIRST = 0.6  # of the whole first article, its law's words for everyday ones included
_SHARE_TOLD = 0.34  # of what is asked, in an article that a model tells of
_HEADED = 2  # or so many nouns of its heading the question and the title of the case have
QUERIES = frozenset({ComplaintKind.QUERY_LAW, ComplaintKind.QUERY_PROCEDURE})
_HEADING_TELLS = QUERIES | {ComplaintKind.SUGGESTION, ComplaintKind.GRIEVANCE}
# Nouns that nearly every complaint and rule have, which say nothing of what is asked.
_GENERAL = frozenset({
    "가능", "결과", "경우", "관련", "규정", "기관", "기준", "까닭", "내용", "다음",
    "담당", "담당자", "답변", "대상", "문의", "민원", "방법", "법률", "법령", "부서",
    "사항", "신청", "안내", "업무", "요청", "이상", "이유", "이하", "절차", "제출",
    "제품", "조항", "주무관", "직원", "질의", "처리", "처음", "필요", "해석", "확인",
})  # fmt: skip
# Between a law and the number of its article: 같은 법 counts on from the law named before.
_GAP = re.compile(r"\W{0,2}|.{0,300}(?:같은|동) ?(?:법|영|규정|규칙) ?", re.DOTALL)
_IN_LIST = ("호", "목")  # an item of a list says little without its head


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked, in masked words without placeholders.

    `sufficiency` tells how surely the passages that were found hold an answer, from 0 to 1.
    """

    question: str
    title: str
    background: str
    kind: ComplaintKind
    sufficiency: float

    @property
    def whole(self) -> str:
        """Return title and body of the complaint."""
        return f"{self.title}\n{self.background}\n{self.question}"


def telling(text: str) -> set[str]:
    """Return the nouns of a text that say what it is about."""
    return set(nouns(text)) - _GENERAL


def fitting(
    asked: Asking,
    lines: Mapping[Place, Sequence[LedgerSentence]],
    places: Mapping[Place, Passage],
    passages: Sequence[Passage],
) -> list[Place]:
    """Return the places that speak of what is asked, those that the question names first.

    Of an article that the question names, or the heading of which says what is asked, the first
    place stands for all where none has the words of the question.
    """
    named = _naming(asked, passages)
    first: list[Place] = []
    further: list[Place] = []
    for passage in passages:
        own = [place for place in lines if places[place] is passage]
        wanted = named(passage)
        if wanted is None and _is_out(asked, passage):
            continue
        found = [place for place in own if _speaks_of(asked, lines[place], passage)]
        if not found and wanted is not None:
            first += [place for place in own if _lies_within(place[1], wanted)][:1]
        elif not found and passage is passages[0] and _is_about(asked, passage):
            found = [place for place in own if not place[1].endswith(_IN_LIST)][:1]
        (further if wanted is None else first).extend(found)
    return [*first, *further]


def _is_out(asked: Asking, passage: Passage) -> bool:
    return is_out_of_matter(passage.document_title, asked.whole, label=passage.label)


def bears(asked: Asking, passage: Passage) -> bool:
    """Return whether an article that a model cites has to do with what is asked.

    A model says in its own words what an article says, so that less of the question's wording is
    asked for than where the article itself is quoted; what is about another matter, or has hardly a
    word of the question, is none.
    """
    if _naming(asked, [passage])(passage) is not None:
        return True
    if _is_out(asked, passage):
        return False
    own = telling(asked.question)
    if len(own) < _SHARED_NOUNS:
        own |= telling(asked.title)
    said = set(nouns(f"{passage.heading}\n{passage.text}"))
    folded = squeeze(passage.text)
    shared = sum(noun in said or _in_legal_words(noun, folded) for noun in own)
    least = _SHARE_TOLD if asked.kind in QUERIES else _SHARE
    return shared >= min(_SHARED_NOUNS, len(own)) and shared >= least * len(own)


def _lies_within(label: str, wanted: str) -> bool:
    """Return whether a place is the one that is named, a part of it, or what it is part of."""
    return label.startswith(wanted) or wanted.startswith(label)


def _naming(asked: Asking, passages: Sequence[Passage]) -> Callable[[Passage], str | None]:
    """Return what tells the place of an article that the question names by law and number."""
    said = asked.background
    text = f"{said}\n{asked.question}"
    names = LawNames(passage.document_title for passage in passages)
    laws = names.mentions(text)
    wanted: dict[tuple[str, str], str] = {}
    for place in parse_references(text):
        law = next((one for one in reversed(laws) if one.end <= place.start), None)
        if law and place.start > len(said) and _GAP.fullmatch(text[law.end : place.start]):
            for title in names.titles_of(law.name):
                wanted[title, place.label] = f"{place.label}{place.detail}"
    return lambda passage: wanted.get((fold_law(passage.document_title), passage.label))


def _is_about(asked: Asking, passage: Passage) -> bool:
    """Return whether the best article found is by its heading or as a whole about what is asked."""
    if asked.kind not in _HEADING_TELLS:
        return False
    own, head = telling(asked.question), telling(passage.heading)
    if bool(own & head) and len(head & (own | telling(asked.title))) >= _HEADED:
        return True
    if asked.kind not in QUERIES or asked.sufficiency < SURE:
        return False
    own -= telling(" ".join(_law_names(asked.question, passage)))
    said = set(nouns(f"{passage.heading}\n{passage.text}"))
    folded = squeeze(passage.text)
    shared = sum(noun in said or _in_legal_words(noun, folded) for noun in own)
    return shared >= _SHARED_NOUNS and shared >= _SHARE_OF_FIRST * len(own)


def _law_names(text: str, passage: Passage) -> list[str]:
    mentions = LawNames([passage.document_title]).mentions(text)
    return [text[one.start : one.end] for one in mentions]


def _in_legal_words(noun: str, folded: str) -> bool:
    return any(squeeze(term) in folded for term in legal_terms(noun))


def _speaks_of(asked: Asking, lines: Sequence[LedgerSentence], passage: Passage) -> bool:
    said = set(nouns(" ".join((passage.heading, *(line.text for line in lines)))))
    own = telling(asked.question)
    if len(own) < _SHARED_NOUNS and asked.kind not in QUERIES:
        return False  # a wish of one word, or of the title alone, meets any rule
    if own and len(own) < _SHARED_NOUNS:
        return own <= said
    wanted = own or telling(f"{asked.title}: {asked.question}")
    share = _SHARE if asked.kind in QUERIES else _SHARE_OF_WISHES
    shared = len(wanted & said)
    return shared >= _SHARED_NOUNS and shared >= share * len(wanted)
