"""An answer as a file: the sentences with what carries them, and every source that can be opened.

The sources are looked up again at this moment, on behalf of the institution that asks: what it may
not open any more is not cited, and the sentence is marked as without basis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.deadlines import SEOUL
from assistant.domain import (
    Answer,
    Citation,
    ConflictSide,
    DraftSource,
    LedgerSentence,
    Outcome,
    Passage,
    SentenceStatus,
)
from assistant.drafting import (
    ExportedPaper,
    as_file,
    cited_label,
    place_of,
    sections_at,
    source_note,
)
from assistant.errors import AnswerUnwritableError
from assistant.grades import highest, question_grade
from assistant.officialdoc import format_date
from assistant.papers import AskedQuestion, answer_paper, to_draft
from assistant.store import SectionView, Store, title_of

_CUT = "…"
_UNTITLED = "질문에 대한 답변"  # where the title is the question, cut short

_Place = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question with its finished answer; without a `title` the file is named after it."""

    question: str
    answer: Answer
    answered_at: datetime
    reference_date: date | None = None
    title: str = ""


class AnswerFileFlow:
    """The flow behind `/api/turns/{id}/export`.

    Args:
        store: the truth.
        institution: name of an institution by its id, for the file.
    """

    def __init__(self, store: Store, *, institution: Callable[[str], str]) -> None:
        self._store = store
        self._institution = institution

    def export(self, turn_id: str, fmt: str, *, institution_id: str) -> ExportedPaper:
        """Return a stored answer as a file.

        Raises:
            AnswerUnwritableError: It was not finished, or nothing was found to answer with.
            DraftUnwritableError: The file cannot be set.
            NotFoundError: The institution has no such turn, or its conversation is deleted.
            UnsupportedFormatError: There is no writer for `fmt`.
        """
        conversations = self._store.conversations
        stored = conversations.turn(turn_id, institution_id=institution_id)
        turn = stored.turn
        if turn.state != "final" or turn.answer is None:
            raise AnswerUnwritableError(reason="unfinished")
        talk = conversations.get(turn.conversation_id, institution_id=institution_id)
        answered = Answered(
            question=turn.question,
            answer=turn.answer,
            answered_at=turn.created_at,
            reference_date=stored.reference_date,
            title=talk.title,
        )
        return self.file_of(answered, fmt, institution_id=institution_id)

    def file_of(self, answered: Answered, fmt: str, *, institution_id: str) -> ExportedPaper:
        """Return an answer, stored or not, as a file.

        Raises:
            AnswerUnwritableError: Nothing was found to answer with.
            DraftUnwritableError: The file cannot be set.
            UnsupportedFormatError: There is no writer for `fmt`.
        """
        answer = answered.answer
        if answer.outcome is not Outcome.ANSWERED or not answer.ledger:
            raise AnswerUnwritableError(reason="unanswered")
        sections = sections_at(self._store, _places(answer), institution_id=institution_id)
        answer = _openable(answer, sections)
        sources = _Sources(answer, sections)
        name = answered.title or title_of(answered.question)
        day = answered.answered_at.astimezone(SEOUL).date()
        asked = AskedQuestion(
            title=_UNTITLED if name.endswith(_CUT) else name,
            question=answered.question,
            institution=self._institution(institution_id),
            reference_day=format_date(answered.reference_date or day),
            answered_day=format_date(day, weekday=True),
            # The grade that was chosen for the question is not kept: the higher one is told.
            grade=highest([question_grade(None), *(found.grade for found in sections.values())]),
        )
        draft = to_draft(
            answer_paper(asked, answer, side_source=sources.of_side),
            approval=None,
            institution=asked.institution,
            created_at=answered.answered_at,
            sources=sources.of,
        )
        return replace(as_file(draft, fmt), file_name=f"{name.rstrip(_CUT)}.{fmt}")


class _Sources:
    """What the notes of the file say, only of sections that can be opened."""

    def __init__(self, answer: Answer, sections: Mapping[_Place, SectionView]) -> None:
        self._sections = sections
        self._passages = {passage.key: passage for passage in answer.passages}

    def of(self, citation: Citation) -> DraftSource | None:
        """Return the note of a citation."""
        found = self._sections.get(place_of(citation))
        return None if found is None else source_note(citation, found)

    def of_side(self, side: ConflictSide) -> DraftSource | None:
        """Return what names the source of a figure; the words must stand in it."""
        passage = self._passages.get(side.key)
        found = self._sections.get(_place(passage)) if passage else None
        start = found.section.text.find(side.quote) if found else -1
        if found is None or start < 0:
            return None
        return DraftSource(
            number=0,
            where=f"「{found.document_title}」 {cited_label(found, start)}".strip(),
            quote=side.quote,
            effective=format_date(found.effective_from) if found.effective_from else "",
        )


def _openable(answer: Answer, sections: Mapping[_Place, SectionView]) -> Answer:
    """Return the answer with sentences that nothing opens any more as without basis."""
    ledger: list[LedgerSentence] = []
    for line in answer.ledger:
        is_open = not line.citations or any(place_of(one) in sections for one in line.citations)
        ledger.append(line if is_open else replace(line, status=SentenceStatus.UNSUPPORTED))
    return replace(answer, ledger=tuple(ledger))


def _place(passage: Passage) -> _Place:
    return passage.document_id, passage.version_id, passage.section_ordinal


def _places(answer: Answer) -> Iterator[_Place]:
    """Yield the places of what the answer cites and of the sides of its conflicts."""
    for line in answer.ledger:
        yield from map(place_of, line.citations)
    keys = {side.key for conflict in answer.conflicts for side in conflict.sides}
    yield from (_place(passage) for passage in answer.passages if passage.key in keys)
