"""Data for tests: name only what matters, the rest is harmless."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.domain import Grade, Passage, SectionKind, SourceKind, Standing


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
