"""An answer as a paper: what was asked, what carries each sentence, and where sources disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.domain import (
    Answer,
    Conflict,
    ConflictSide,
    DraftSource,
    Grade,
    LedgerSentence,
    Note,
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.papers.composing import from_ledger, with_makers
from assistant.papers.layout import NO_BASIS
from assistant.wording.notices import notice_text

SideSource = Callable[[ConflictSide], DraftSource | None]

_TEMPLATE = "answer@1"
_STATUS_WORDS = {
    SentenceStatus.SUPPORTED: "확인됨",
    SentenceStatus.COMPUTED: "계산",
    SentenceStatus.GIVEN: "입력",
    SentenceStatus.UNCHECKED: "원본 확인 필요",
    SentenceStatus.UNSUPPORTED: "근거 없음",
    SentenceStatus.DIFFERS: "수치 다름",
}
_GRADE_WORDS = {
    Grade.OPEN: "O(공개)",
    Grade.SENSITIVE: "S(민감)",
    Grade.CLASSIFIED: "C(기밀)",
}
# What a paper does not mark, because a person approves it, and a reader of an answer has to know.
_COMPUTED = "〔계산〕"
_STANDING_MARKS = {
    "superseded": "〔개정 전 조문〕",
    "not_yet_in_force": "〔시행 전 조문〕",
    "repealed": "〔폐지된 조문〕",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """What an answer answers; days are written as the file shows them."""

    title: str
    question: str
    institution: str
    reference_day: str
    answered_day: str
    grade: Grade


def answer_paper(asked: AskedQuestion, answer: Answer, *, side_source: SideSource) -> Paper:
    """Return an answer as a paper: the facts, the sentences, the conflicts, what else to know.

    Args:
        asked: The question and what the head of the file says.
        answer: The checked answer.
        side_source: What names the source of a side of a conflict; None when it cannot be opened.
    """
    parts = [
        PaperPart(part_id="facts", kind=PartKind.GIVEN, blocks=(_facts(asked, answer),)),
        PaperPart(
            part_id="answer",
            kind=PartKind.DRAFTED,
            heading="답변",
            blocks=(*_sentences(answer), *_notes(answer)),
        ),
    ]
    if answer.conflicts:
        tables = tuple(_conflict(found, side_source) for found in answer.conflicts)
        parts.append(
            PaperPart(
                part_id="conflicts",
                kind=PartKind.COMPUTED,
                heading="자료마다 다른 수치",
                blocks=tables,
            )
        )
    paper = Paper(
        title=asked.title,
        template=_TEMPLATE,
        parts=tuple(parts),
        grade=asked.grade,
        summary=asked.question,
    )
    return with_makers(paper, answer.model, answer.prompt)


def _facts(asked: AskedQuestion, answer: Answer) -> Table:
    counts = Counter(line.status for line in answer.ledger)
    checked = " · ".join(
        f"{words} {counts[status]}" for status, words in _STATUS_WORDS.items() if counts[status]
    )
    question = (("질문", asked.question),) if asked.question != asked.title else ()
    rows = (
        *question,
        ("기준일", asked.reference_day),
        ("작성", f"{asked.institution}, {asked.answered_day}"),
        ("등급", _GRADE_WORDS[asked.grade]),
        ("문장 확인", checked),
    )
    return Table(
        rows=tuple(
            (
                TableCell(runs=(Run(text=label, is_bold=True),), align="center"),
                TableCell(runs=(Run(text=value),)),
            )
            for label, value in rows
        ),
        widths=(0.16, 0.84),
    )


def _sentences(answer: Answer) -> Iterator[PaperBlock]:
    """Yield the paragraphs, each sentence followed by what a reader has to know of it."""
    origin = Origin.MODEL if answer.model else Origin.EVIDENCE
    lines = iter(answer.ledger)
    for paragraph in from_ledger(answer.ledger, origin):
        marked: list[PaperSentence] = []
        for sentence in paragraph.sentences:
            marked += [_by_code(sentence), *_marks(next(lines))]
        yield PaperParagraph(sentences=tuple(marked))


def _by_code(sentence: PaperSentence) -> PaperSentence:
    is_computed = sentence.status is SentenceStatus.COMPUTED
    return replace(sentence, origin=Origin.CODE) if is_computed else sentence


def _marks(line: LedgerSentence) -> Iterator[PaperSentence]:
    codes = (problem.code for problem in line.problems)
    standing = (_STANDING_MARKS[code] for code in codes if code in _STANDING_MARKS)
    computed = (_COMPUTED,) if line.status is SentenceStatus.COMPUTED else ()
    for mark in dict.fromkeys((*computed, *standing)):
        yield PaperSentence(text=mark, origin=Origin.TEMPLATE)


def _notes(answer: Answer) -> Iterator[Note]:
    words = (notice_text(notice) for notice in answer.notices)
    for text in dict.fromkeys(filter(None, words)):
        yield Note(runs=(Run(text=text),))


def _conflict(conflict: Conflict, side_source: SideSource) -> Table:
    head = ("수치", "근거", "시행일", "원문")
    rows = [tuple(TableCell(runs=(Run(text=word),), align="center") for word in head)]
    for side in conflict.sides:
        source = side_source(side)
        where = source.where if source else NO_BASIS
        effective = (source.effective if source else "") or "-"
        rows.append(
            (
                TableCell(runs=(Run(text=side.figure, is_bold=True),), align="center"),
                TableCell(runs=(Run(text=where),)),
                TableCell(runs=(Run(text=effective),), align="center"),
                TableCell(runs=(Run(text=side.quote),)),
            )
        )
    return Table(
        rows=tuple(rows),
        header_rows=1,
        caption=conflict.subject,
        widths=(0.14, 0.26, 0.16, 0.44),
    )
