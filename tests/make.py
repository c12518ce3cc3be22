"""Data for tests: name only what matters, the rest is harmless."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.domain import (
    Citation,
    Grade,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Passage,
    SectionKind,
    SentenceStatus,
    SourceKind,
    Standing,
)


def make_passage(**overrides: Any) -> Passage:
    """Return an article of an invented rule."""
    facts: dict[str, Any] = {
        "key": "S1",
        "chunk_id": "doc-1#1",
        "document_id": "doc-1",
        "version_id": "ver-1",
        "section_ordinal": 3,
        "institution_id": "public",
        "collection_id": "rules",
        "document_title": "가나구 시험구매 운영 규정",
        "label": "제7조",
        "heading": "완료보고",
        "path": ("제2장 시험구매",),
        "text": (
            "제7조(완료보고)\n"
            "① 시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 "
            "담당 부서에 제출하여야 한다."
        ),
        "kind": SourceKind.NOTICE,
        "section_kind": SectionKind.ARTICLE,
        "grade": Grade.OPEN,
        "effective_from": date(2026, 2, 3),
        "standing": Standing.IN_FORCE,
        "hits": (),
        "score": 1.0,
    }
    return Passage(**(facts | overrides))


def make_citation(**overrides: Any) -> Citation:
    """Return a citation of the article of `make_passage`."""
    facts: dict[str, Any] = {
        "number": 1,
        "key": "S1",
        "chunk_id": "doc-1#1",
        "document_id": "doc-1",
        "version_id": "ver-1",
        "section_ordinal": 3,
        "start": 10,
        "end": 60,
        "quote": "시험구매가 끝난 날부터 7일 이내",
    }
    return Citation(**(facts | overrides))


def make_sentence(text: str, **overrides: Any) -> PaperSentence:
    """Return a sentence of a paper that a source carries."""
    facts: dict[str, Any] = {
        "origin": Origin.MODEL,
        "status": SentenceStatus.SUPPORTED,
        "citations": (make_citation(),),
    }
    return PaperSentence(text=text, **(facts | overrides))


def make_paper(*parts: PaperPart, **overrides: Any) -> Paper:
    """Return a short reply: greeting, one drafted part, computed figures, a part left open."""
    facts: dict[str, Any] = {
        "title": "보고 기한 문의에 대한 답변",
        "template": "complaint_reply@1",
        "parts": parts or _PARTS,
    }
    return Paper(**(facts | overrides))


def _part(part_id: str, kind: PartKind, *lines: tuple[PaperSentence, ...]) -> PaperPart:
    blocks = tuple(PaperParagraph(sentences=line) for line in lines)
    return PaperPart(part_id=part_id, kind=kind, blocks=blocks)


_PARTS = (
    _part(
        "greeting",
        PartKind.GIVEN,
        (PaperSentence(text="안녕하십니까?", origin=Origin.TEMPLATE),),
    ),
    _part(
        "answer",
        PartKind.DRAFTED,
        (
            make_sentence("완료보고서는 7일 이내에 제출하여야 합니다."),
            make_sentence(
                "다만, 연장할 수 있습니다.", status=SentenceStatus.UNSUPPORTED, citations=()
            ),
        ),
        (make_sentence("제출할 곳은 담당 부서입니다."),),
    ),
    _part(
        "figures",
        PartKind.COMPUTED,
        (
            PaperSentence(
                text="점수는 92점입니다.", origin=Origin.CODE, status=SentenceStatus.COMPUTED
            ),
        ),
    ),
    _part(
        "contact",
        PartKind.RESERVED,
        (PaperSentence(text="문의: 【확인 필요】", origin=Origin.TEMPLATE),),
    ),
)
