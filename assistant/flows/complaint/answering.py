"""The answer to one point: evidence found, text written from it, and how far that carried."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import (
    OPEN_PLACE,
    Grade,
    LedgerSentence,
    Origin,
    PaperBlock,
    PaperParagraph,
    PaperSentence,
    Passage,
    Scope,
    SentenceStatus,
    SourceKind,
)
from assistant.domain.complaints import ComplaintKind, Decision, Point, PointStatus
from assistant.drafting import Drafted, Drafter, DraftingTask, DraftOutcome
from assistant.flows.complaint.composing import DraftedPart, open_place, open_sentence
from assistant.flows.complaint.masking import shown, without_placeholders
from assistant.flows.complaint.phrasing import RULES, conclusion, lead_of, missing, quotation
from assistant.flows.complaint.shelf import by_key, labelled
from assistant.law.references import LawNames, fold_law, parse_references
from assistant.lexical import nouns
from assistant.privacy import MaskedText
from assistant.text import truncate

PROMPT = "complaint_point"
_BACKGROUND_CHARS = 1_500
_QUOTED_ARTICLES = 2
_SHARED_NOUNS = 2  # so many nouns of the question an article must speak of to be quoted,
_SHARE = 0.5  # and this share of them;
_SHARE_OF_WISHES = 0.7  # a wish for something to be done is seldom answered by a rule
_HEADED = 2  # or so many nouns of its heading the question and the title of the case have
_TELLING_NOUNS = 2  # a question with fewer is searched together with the title
_POINTS_BACK = re.compile(r"(?:그|이|위|해당|같은) ")  # what is meant was said before
_QUERIES = frozenset({ComplaintKind.QUERY_LAW, ComplaintKind.QUERY_PROCEDURE})
# What a rule never answers by itself: a thing is done, adopted or disclosed.
_DEEDS = frozenset({ComplaintKind.OTHER, ComplaintKind.PROPOSAL, ComplaintKind.DISCLOSURE})
# Nouns that nearly every complaint and rule have, which say nothing of what is asked.
_GENERAL = frozenset({
    "가능", "결과", "경우", "관련", "규정", "기관", "기준", "내용", "다음",
    "담당", "담당자", "답변", "대상", "문의", "민원", "방법", "법률", "부서",
    "사항", "신청", "안내", "업무", "요청", "이유", "절차", "제출", "제품",
    "주무관", "직원", "처리", "처음", "필요", "확인",
})  # fmt: skip
# Between a law and the number of its article: 같은 법 counts on from the law named before.
_GAP = re.compile(r"\W{0,2}|.{0,300}(?:같은|동) ?(?:법|영|규정|규칙) ?", re.DOTALL)
_DOUBTFUL = frozenset({SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS})
_GUIDES = (SourceKind.GUIDE, SourceKind.OTHER)
_REMARK = "(실무 안내)"  # how the digests of the corpus mark what is not the rule's own
_REST = "답의 나머지(근거를 확인하지 못한 내용은 뺌)"


_Place = tuple[str, str]  # document, label
_IN_LIST = ("호", "목")  # an item of a list says little without its head


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A point with what is known around it.

    `is_only`: the letter answers nothing else, so that no heading tells what is answered.
    `decision`: what the letter says to what was asked for.
    `grade` is that of the masked text: open only after a person has checked the masks.
    """

    point: Point
    kind: ComplaintKind
    title: str
    masked: MaskedText
    background: str
    scope: Scope
    reference_date: date
    is_only: bool
    decision: Decision = Decision.ANSWER
    grade: Grade = Grade.SENSITIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAnswer:
    """A point with its status, and the part of the letter that answers it."""

    point: Point
    part: DraftedPart
    notices: tuple[str, ...] = ()


async def answer_point(drafter: Drafter, asked: Question) -> PointAnswer:
    """Return the answer to a point; what a person has said about it is not written over.

    Raises:
        IndexUnavailableError: Nothing can be searched.
    """
    point = asked.point
    if point.status is PointStatus.OTHER_BODY:
        return PointAnswer(point=point, part=_of_other_body(asked))
    task = DraftingTask(
        question=_searched(asked),
        scope=replace(asked.scope, kinds=RULES),
        reference_date=asked.reference_date,
        prompt=PROMPT,
        inputs={"background": truncate(asked.background, _BACKGROUND_CHARS)},
        grade=asked.grade,
    )
    drafted = await drafter.draft(task)
    if drafted.outcome is DraftOutcome.NO_EVIDENCE and task.question != _titled(asked):
        # What follows on another question seldom says again what it is about.
        drafted = await drafter.draft(replace(task, question=_titled(asked)))
    if drafted.outcome is DraftOutcome.NO_EVIDENCE:
        wider = replace(task.scope, kinds=(*RULES, *_GUIDES))
        drafted = await drafter.draft(replace(task, scope=wider))
    return _answered(asked, drafted)


def _searched(asked: Question) -> str:
    """Return what evidence is looked for with: the title tells what a short question is about."""
    question = without_placeholders(asked.point.question, asked.masked)
    if len(_telling(question)) >= _TELLING_NOUNS and not _POINTS_BACK.match(question):
        return question
    return _titled(asked)


def _titled(asked: Question) -> str:
    title, question = (
        without_placeholders(one, asked.masked) for one in (asked.title, asked.point.question)
    )
    return f"{title}: {question}"


def _telling(text: str) -> set[str]:
    return set(nouns(text)) - _GENERAL


# -- what came of the draft -------------------------------------------------------------------


def _answered(asked: Question, drafted: Drafted) -> PointAnswer:
    if drafted.is_verbatim:
        paragraphs = _quoted(drafted, asked)
        status = PointStatus.PARTLY
        further = [conclusion(asked.point, asked.kind, asked.decision)]
    else:
        paragraphs, is_whole = _written(drafted, asked.masked)
        whole = is_whole and drafted.outcome is DraftOutcome.ANSWERED
        status = PointStatus.ANSWERED if whole else PointStatus.PARTLY
        further = [] if whole else [open_sentence(_REST)]
    if not paragraphs:
        status = PointStatus.NO_BASIS
        further = [missing(asked.point, asked.kind, asked.decision)]
    paragraphs = [*paragraphs, further] if further else paragraphs
    part = DraftedPart(
        subject_id=asked.point.point_id,
        blocks=_laid_out(paragraphs, asked),
        grade=drafted.grade,
        model=drafted.model or "",
        prompt=drafted.prompt or "",
    )
    return PointAnswer(
        point=replace(asked.point, status=status), part=part, notices=drafted.notices
    )


def _quoted(drafted: Drafted, asked: Question) -> list[list[PaperSentence]]:
    """Return what the sources say of the question, an article a paragraph, with where it stands.

    The search gives the best there is, which may be about something else: an article is quoted
    only when it speaks of what is asked.
    """
    if asked.kind in _DEEDS:
        return []
    passages = by_key(drafted.passages)
    lines: dict[_Place, list[LedgerSentence]] = {}
    places: dict[_Place, Passage] = {}
    for line in drafted.ledger:
        citation = line.citations[0] if line.citations else None
        passage = passages.get(citation.key) if citation else None
        if citation is None or passage is None or line.text.startswith(_REMARK):
            continue
        place = (passage.document_id, labelled(passage, citation.start))
        lines.setdefault(place, []).append(line)
        places[place] = passage
    told = [
        [quotation(lines[place], places[place], place[1])]
        for place in _fitting(asked, lines, places, drafted.passages)
    ]
    return told[:_QUOTED_ARTICLES]


def _fitting(
    asked: Question,
    lines: Mapping[_Place, Sequence[LedgerSentence]],
    places: Mapping[_Place, Passage],
    passages: Sequence[Passage],
) -> list[_Place]:
    """Return the places that speak of what is asked, those that the question names first.

    Of an article that the question names, or the heading of which says what is asked, the first
    place stands for all where none has the words of the question.
    """
    named = _naming(asked, passages)
    speaking = {place for place, found in lines.items() if _speaks_of(asked, found, places[place])}
    first: list[_Place] = []
    further: list[_Place] = []
    for passage in passages:
        own = [place for place in lines if places[place] is passage]
        fitting = [place for place in own if place in speaking]
        if not fitting and (wanted := named(passage)) is not None:
            first += [place for place in own if _lies_within(place[1], wanted)][:1]
        elif not fitting and _is_headed(asked, passage, passages):
            fitting = [place for place in own if not place[1].endswith(_IN_LIST)][:1]
        (further if named(passage) is None else first).extend(fitting)
    return [*first, *further]


def _lies_within(label: str, wanted: str) -> bool:
    """Return whether a place is the one that is named, a part of it, or what it is part of."""
    return label.startswith(wanted) or wanted.startswith(label)


def _naming(asked: Question, passages: Sequence[Passage]) -> Callable[[Passage], str | None]:
    """Return what tells the place of an article that the question names by law and number."""
    said, question = (
        without_placeholders(one, asked.masked) for one in (asked.background, asked.point.question)
    )
    text = f"{said}\n{question}"
    names = LawNames(passage.document_title for passage in passages)
    laws = names.mentions(text)
    wanted: dict[tuple[str, str], str] = {}
    for place in parse_references(text):
        law = next((one for one in reversed(laws) if one.end <= place.start), None)
        if law and place.start > len(said) and _GAP.fullmatch(text[law.end : place.start]):
            for title in names.titles_of(law.name):
                wanted[title, place.label] = f"{place.label}{place.detail}"
    return lambda passage: wanted.get((fold_law(passage.document_title), passage.label))


def _is_headed(asked: Question, passage: Passage, passages: Sequence[Passage]) -> bool:
    """Return whether the best article found is by its heading about what is asked."""
    if asked.kind not in _QUERIES or passage.key != passages[0].key:
        return False
    own = _telling(without_placeholders(asked.point.question, asked.masked))
    head = _telling(passage.heading)
    about = own | _telling(without_placeholders(asked.title, asked.masked))
    return bool(own & head) and len(head & about) >= _HEADED


def _speaks_of(asked: Question, lines: Sequence[LedgerSentence], passage: Passage) -> bool:
    said = set(nouns(" ".join((passage.heading, *(line.text for line in lines)))))
    own = _telling(without_placeholders(asked.point.question, asked.masked))
    if len(own) < _SHARED_NOUNS and asked.kind not in _QUERIES:
        return False  # a wish of one word, or of the title alone, meets any rule
    if own and len(own) < _SHARED_NOUNS:
        return own <= said
    wanted = own or _telling(_searched(asked))
    share = _SHARE if asked.kind in _QUERIES else _SHARE_OF_WISHES
    shared = len(wanted & said)
    return shared >= _SHARED_NOUNS and shared >= share * len(wanted)


def _written(drafted: Drafted, masked: MaskedText) -> tuple[list[list[PaperSentence]], bool]:
    """Return what a model wrote and the evidence carries, and whether that is all it wrote."""
    paragraphs: list[list[PaperSentence]] = []
    is_whole = True
    for line in drafted.ledger:
        text, unknown = shown(line.text, masked)
        if line.status in _DOUBTFUL or unknown or OPEN_PLACE.search(text):
            is_whole = False
            continue
        if line.paragraph_start or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(
            PaperSentence(
                text=text,
                origin=Origin.MODEL,
                status=line.status,
                citations=line.citations,
                problems=line.problems,
            )
        )
    has_support = any(one.citations for paragraph in paragraphs for one in paragraph)
    return (paragraphs if has_support else []), is_whole


def _of_other_body(asked: Question) -> DraftedPart:
    body = asked.point.other_body
    whose = body or open_place("소관 기관과 연락처")
    text = f"이 사항은 {whose}의 소관이므로 그 기관에 문의하여 주시기 바랍니다."
    sentence = PaperSentence(text=text, origin=Origin.RECORD, status=SentenceStatus.GIVEN)
    return DraftedPart(subject_id=asked.point.point_id, blocks=_laid_out([[sentence]], asked))


# -- layout -----------------------------------------------------------------------------------


def _laid_out(
    paragraphs: Sequence[Sequence[PaperSentence]], asked: Question
) -> tuple[PaperBlock, ...]:
    """Return the paragraphs below what they answer; one alone takes no number of its own.

    Source: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조제1항.
    """
    depth = 1 if asked.is_only else 2
    is_alone = len(paragraphs) == 1
    lead = lead_of(
        asked.point,
        asked.masked,
        is_only=asked.is_only,
        is_alone=is_alone,
        decision=asked.decision,
    )
    opening = (PaperSentence(text=lead, origin=Origin.TEMPLATE),) if lead else ()
    if is_alone:
        return (PaperParagraph(sentences=(*opening, *paragraphs[0]), depth=depth),)
    return (
        PaperParagraph(sentences=opening, depth=depth),
        *(PaperParagraph(sentences=tuple(one), depth=depth + 1) for one in paragraphs),
    )
