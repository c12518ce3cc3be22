"""The answer to one point: evidence found, text written from it, and how far that carried."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from assistant.flows.complaint.bearing import (
    QUERIES,
    Asking,
    Place,
    bears,
    fitting,
    telling,
)
from assistant.flows.complaint.composing import DraftedPart, open_place, open_sentence
from assistant.flows.complaint.masking import shown, without_placeholders
from assistant.flows.complaint.phrasing import RULES, conclusion, lead_of, missing, quotation
from assistant.flows.complaint.shelf import Opened, by_key, labelled
from assistant.privacy import MaskedText
from assistant.text import truncate

PROMPT = "complaint_point"
_BACKGROUND_CHARS = 1_500
_QUOTED_ARTICLES = 2
_TELLING_NOUNS = 2  # a question with fewer is searched together with the title
_POINTS_BACK = re.compile(r"(?:그|이|위|해당|같은) ")  # what is meant was said before
# What a rule never answers by itself: a thing is done, adopted or disclosed.
_DEEDS = frozenset({ComplaintKind.OTHER, ComplaintKind.PROPOSAL, ComplaintKind.DISCLOSURE})
_DOUBTFUL = frozenset({SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS})
_GUIDES = (SourceKind.GUIDE, SourceKind.OTHER)
_REMARK = "(실무 안내)"  # how the digests of the corpus mark what is not the rule's own
_REST = "답의 나머지(근거를 확인하지 못한 내용은 뺌)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A point with what is known around it.

    `is_only`: the letter answers nothing else, so that no heading tells what is answered.
    `decision`: what the letter says to what was asked for.
    `grade` is that of the masked text: open only after a person has checked the masks. `ruled` are
    articles that bear on what the point says.
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
    ruled: tuple[Opened, ...] = ()


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
        is_masked=True,
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
    if len(telling(question)) >= _TELLING_NOUNS and not _POINTS_BACK.match(question):
        return question
    return _titled(asked)


def _titled(asked: Question) -> str:
    title, question = (
        without_placeholders(one, asked.masked) for one in (asked.title, asked.point.question)
    )
    return f"{title}: {question}"


# -- what came of the draft -------------------------------------------------------------------


def _answered(asked: Question, drafted: Drafted) -> PointAnswer:
    if drafted.is_verbatim:
        paragraphs = _quoted(drafted, asked)
        status = PointStatus.PARTLY
        further = [conclusion(asked.point, asked.kind, asked.decision)]
    else:
        paragraphs, is_whole = _written(drafted, asked)
        whole = is_whole and drafted.outcome is DraftOutcome.ANSWERED
        status = PointStatus.ANSWERED if whole else PointStatus.PARTLY
        further = [] if whole else [open_sentence(_REST)]
    ruled = _ruled(asked, paragraphs)
    if not paragraphs and ruled:
        status = PointStatus.PARTLY
        further = [conclusion(asked.point, asked.kind, asked.decision)]
    elif not paragraphs:
        status = PointStatus.NO_BASIS
        further = [missing(asked.point, asked.kind, asked.decision)]
    paragraphs = [*paragraphs, *ruled]
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
    lines: dict[Place, list[LedgerSentence]] = {}
    places: dict[Place, Passage] = {}
    for line in drafted.ledger:
        citation = line.citations[0] if line.citations else None
        passage = passages.get(citation.key) if citation else None
        if citation is None or passage is None or line.text.startswith(_REMARK):
            continue
        place = (passage.document_id, labelled(passage, citation.start))
        lines.setdefault(place, []).append(line)
        places[place] = passage
    fits = fitting(_asking(asked, drafted), lines, places, drafted.passages)
    room = _QUOTED_ARTICLES if asked.kind in QUERIES else _QUOTED_ARTICLES - len(asked.ruled)
    return [[quotation(lines[place], places[place], place[1])] for place in fits[: max(room, 0)]]


def _asking(asked: Question, drafted: Drafted) -> Asking:
    title, question, background = (
        without_placeholders(one, asked.masked)
        for one in (asked.title, asked.point.question, asked.background)
    )
    return Asking(
        question=question,
        title=title,
        background=background,
        kind=asked.kind,
        sufficiency=drafted.sufficiency,
    )


def _ruled(
    asked: Question, paragraphs: Sequence[Sequence[PaperSentence]]
) -> list[list[PaperSentence]]:
    """Return the articles that bear on what the point says, those left out that it cites."""
    cited = {
        (citation.document_id, citation.section_ordinal)
        for paragraph in paragraphs
        for sentence in paragraph
        for citation in sentence.citations
    }
    new = [
        one
        for one in asked.ruled
        if (one.passage.document_id, one.passage.section_ordinal) not in cited
    ]
    room = max(_QUOTED_ARTICLES - len(cited), 0)
    return [[quotation(one.ledger, one.passage, one.label)] for one in new[:room]]


def _written(drafted: Drafted, asked: Question) -> tuple[list[list[PaperSentence]], bool]:
    """Return what a model wrote and the evidence carries, and whether that is all it wrote.

    What it says of articles that have nothing to do with the question is left out: a source that
    carries a sentence is not yet one that answers.
    """
    paragraphs: list[list[PaperSentence]] = []
    is_whole = True
    related = _related(drafted, asked)
    for line in drafted.ledger:
        text, unknown = shown(line.text, asked.masked)
        is_beside = bool(line.citations) and not any(one.key in related for one in line.citations)
        if line.status in _DOUBTFUL or is_beside or unknown or OPEN_PLACE.search(text):
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


def _related(drafted: Drafted, asked: Question) -> frozenset[str]:
    """Return the keys of the passages that have to do with the point, those ruled included."""
    question = _asking(asked, drafted)
    ruled = {(one.passage.document_id, one.passage.section_ordinal) for one in asked.ruled}
    return frozenset(
        passage.key
        for passage in drafted.passages
        if (passage.document_id, passage.section_ordinal) in ruled or bears(question, passage)
    )


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
