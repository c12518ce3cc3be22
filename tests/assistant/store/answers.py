"""Answers for the store tests."""

from __future__ import annotations

from datetime import date

from assistant.domain import (
    Answer,
    Citation,
    Grade,
    LedgerSentence,
    Outcome,
    Passage,
    SectionKind,
    SentenceStatus,
    SourceKind,
    Span,
    Standing,
)


def make_passage(document_id: str = "d", version_id: str = "v", text: str = "본문") -> Passage:
    return Passage(
        key="S1",
        chunk_id=f"{document_id}#0",
        document_id=document_id,
        version_id=version_id,
        section_ordinal=0,
        institution_id="default",
        collection_id="inbox",
        document_title="가나다 관리 규정",
        label="제1조",
        heading="목적",
        path=("제1장",),
        text=text,
        kind=SourceKind.RULE,
        section_kind=SectionKind.ARTICLE,
        grade=Grade.OPEN,
        effective_from=date(2026, 1, 1),
        standing=Standing.IN_FORCE,
        hits=(Span(start=0, end=len(text)),),
        score=0.75,
    )


def make_answer(
    document_id: str = "d",
    version_id: str = "v",
    *,
    status: SentenceStatus = SentenceStatus.SUPPORTED,
    text: str = "본문",
) -> Answer:
    citation = Citation(
        number=1,
        key="S1",
        chunk_id=f"{document_id}#0",
        document_id=document_id,
        version_id=version_id,
        section_ordinal=0,
        start=0,
        end=len(text),
        quote=text,
    )
    return Answer(
        outcome=Outcome.ANSWERED,
        ledger=(LedgerSentence(text=text, status=status, citations=(citation,)),),
        passages=(make_passage(document_id, version_id, text),),
    )
