"""Answers and conversations for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from api.schemas.chat import (
    AnswerView,
    CitationView,
    ConflictSideView,
    ConflictView,
    ConversationView,
    FeedbackView,
    PassageView,
    ProblemView,
    SentenceView,
    SummaryView,
    TurnView,
)
from assistant import store as stored
from assistant.domain import Answer, Citation, Conflict, Outcome, Passage, SectionKind
from assistant.law.articles import parse_parts, part_label
from assistant.text import truncate
from assistant.wording import Language, kind_label, outcome_text

_EXCERPT_CHARS = 240

FinishedState = Literal["final", "stopped", "failed"]


def cited_label(passage: Passage, start: int) -> str:
    """Return what a citation of `passage` names: the 항, 호 or 목 around `start` of an article."""
    if passage.section_kind is not SectionKind.ARTICLE:
        return passage.label
    return part_label(passage.label, parse_parts(passage.text), start)


def passage_view(passage: Passage, language: Language) -> PassageView:
    """Return `passage` as a list shows it, with the first matching span as excerpt."""
    start, end = (passage.hits[0].start, passage.hits[0].end) if passage.hits else (0, None)
    return PassageView(
        key=passage.key,
        document_id=passage.document_id,
        version_id=passage.version_id,
        section_ordinal=passage.section_ordinal,
        title=passage.document_title,
        label=passage.label,
        heading=passage.heading,
        kind=passage.kind,
        kind_label=kind_label(passage.kind, language),
        effective_from=passage.effective_from,
        standing=passage.standing,
        is_ocr=passage.is_ocr,
        score=round(passage.score, 4),
        excerpt=truncate(passage.text[start:end].strip(), _EXCERPT_CHARS),
    )


class _Numbering:
    """Citations of one answer, one number for each span, in order of first use."""

    def __init__(self, passages: Sequence[Passage], language: Language) -> None:
        self._passages = {
            (found.document_id, found.version_id, found.section_ordinal): found
            for found in passages
        }
        self._by_key = {found.key: found for found in passages}
        self._language = language
        self._numbers: dict[tuple[str, str, int, int, int], int] = {}
        self.views: list[CitationView] = []

    def number(self, citation: Citation) -> int | None:
        """Return the number of `citation`; None when its passage is unknown."""
        place = (citation.document_id, citation.version_id, citation.section_ordinal)
        passage = self._passages.get(place)
        if passage is None:
            return None
        return self._number(passage, citation.start, citation.end, citation.quote)

    def quote(self, key: str, quote: str) -> int | None:
        """Return the number of a span that holds `quote` in the passage `key`, where it stands."""
        passage = self._by_key.get(key)
        if passage is None or not quote or (start := passage.text.find(quote)) < 0:
            return None
        return self._number(passage, start, start + len(quote), quote)

    def _number(self, passage: Passage, start: int, end: int, quote: str) -> int:
        place = (passage.document_id, passage.version_id, passage.section_ordinal, start, end)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self.views.append(self._view(passage, start, end, quote))
        return self._numbers[place]

    def _view(self, passage: Passage, start: int, end: int, quote: str) -> CitationView:
        return CitationView(
            number=len(self._numbers),
            document_id=passage.document_id,
            version_id=passage.version_id,
            section_ordinal=passage.section_ordinal,
            start=start,
            end=end,
            quote=quote,
            title=passage.document_title,
            label=cited_label(passage, start),
            heading=passage.heading,
            path=list(passage.path),
            kind=passage.kind,
            kind_label=kind_label(passage.kind, self._language),
            effective_from=passage.effective_from,
            standing=passage.standing,
            grade=passage.grade,
            is_ocr=passage.is_ocr,
        )


def _sentences(answer: Answer, numbering: _Numbering) -> list[SentenceView]:
    views: list[SentenceView] = []
    for sentence in answer.ledger:
        numbers = (numbering.number(citation) for citation in sentence.citations)
        views.append(
            SentenceView(
                text=sentence.text,
                status=sentence.status,
                citation_numbers=list(dict.fromkeys(n for n in numbers if n is not None)),
                problems=[
                    ProblemView(code=found.code, token=found.token, token_kind=found.token_kind)
                    for found in sentence.problems
                ],
                paragraph_start=sentence.paragraph_start,
            )
        )
    return views


def _conflict(conflict: Conflict, numbering: _Numbering, language: Language) -> ConflictView:
    return ConflictView(
        subject=conflict.subject,
        sides=[
            ConflictSideView(
                figure=side.figure,
                quote=side.quote,
                number=numbering.quote(side.key, side.quote),
                kind=side.kind,
                kind_label=kind_label(side.kind, language),
                effective_from=side.effective_from,
            )
            for side in conflict.sides
        ],
    )


def answer_view(
    answer: Answer,
    *,
    turn: tuple[str, str],
    state: FinishedState,
    reference_date: date,
    language: Language,
    partial_text: str = "",
) -> AnswerView:
    """Return `answer` for the page; `turn` is its turn id and conversation id.

    A stopped answer was not checked: it shows the provisional text and no sentences.
    """
    numbering = _Numbering(answer.passages, language)
    unchecked = state != "final" and not answer.ledger
    sentences = _sentences(answer, numbering)
    conflicts = [_conflict(found, numbering, language) for found in answer.conflicts]
    return AnswerView(
        turn_id=turn[0],
        conversation_id=turn[1],
        outcome=answer.outcome,
        complete=answer.complete and state == "final",
        state=state,
        text=partial_text if unchecked else answer.text or outcome_text(answer.outcome, language),
        sentences=sentences,
        citations=numbering.views,
        conflicts=conflicts,
        notices=list(answer.notices),
        summary=SummaryView(**Counter(sentence.status.value for sentence in sentences)),
        searched=list(answer.searched),
        choices=list(answer.choices),
        model=answer.model,
        elapsed_ms=round(answer.elapsed_ms, 1),
        reference_date=reference_date,
    )


def unfinished_answer(passages: tuple[Passage, ...] = (), notice: str = "stopped") -> Answer:
    """Return the answer of a turn that ended before one was made.

    >>> unfinished_answer().complete
    False
    """
    return Answer(
        outcome=Outcome.ANSWERED, ledger=(), passages=passages, notices=(notice,), complete=False
    )


# -- conversations ----------------------------------------------------------------------------


def turn_view(found: stored.StoredTurn, *, today: date, language: Language) -> TurnView:
    """Return a stored turn for the page."""
    turn = found.turn
    answer = None
    if turn.state != "running":
        answer = answer_view(
            turn.answer or unfinished_answer(notice=turn.state),
            turn=(turn.turn_id, turn.conversation_id),
            state=turn.state,
            reference_date=found.reference_date or today,
            language=language,
            partial_text=found.partial_text,
        )
    return TurnView(
        turn_id=turn.turn_id,
        parent_turn_id=turn.parent_turn_id,
        question=turn.question,
        state=turn.state,
        created_at=turn.created_at,
        answer=answer,
        siblings=list(found.siblings),
        feedback=feedback_view(found.feedback),
    )


def feedback_view(feedback: stored.Feedback | None) -> FeedbackView | None:
    """Return stored feedback for the page."""
    if feedback is None:
        return None
    return FeedbackView(
        verdict=feedback.verdict,
        reasons=list(feedback.reasons),
        comment=feedback.comment or None,
    )


def conversation_view(item: stored.ConversationItem) -> ConversationView:
    """Return a line of the conversation list."""
    conversation = item.conversation
    return ConversationView(
        conversation_id=conversation.conversation_id,
        title=conversation.title,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        running=item.running,
        flagged=item.flagged,
    )
