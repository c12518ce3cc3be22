"""What a file says of itself, for the metadata of every format (행정업무규정 제5조제2항)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain import Draft

# Unconfirmed and confirmed: what a model wrote, and what was put together without one.
_STATEMENTS = {
    False: (
        "생성형 인공지능으로 작성한 초안(담당자 확인 전)",
        "서식 문구와 근거 원문을 자동으로 엮은 초안, 생성형 인공지능 미사용(담당자 확인 전)",
    ),
    True: (
        "생성형 인공지능으로 작성하고 담당자가 확인함",
        "서식 문구와 근거 원문을 자동으로 엮고 담당자가 확인함, 생성형 인공지능 미사용",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: `key` for machines, `label` for people."""

    key: str
    label: str
    value: str


def facts(draft: Draft) -> list[Fact]:
    """Return the facts that are known, always in the same order; the title stands apart."""
    known = draft.facts
    rows = (
        ("summary", "문서요지", known.summary),
        ("keywords", "키워드", ", ".join(known.keywords)),
        ("institution", "기관", known.institution),
        ("generator", "작성 도구", known.generator),
        ("created_at", "작성 일시", _moment(known.created_at)),
        ("ai", "AI 사용", ai_statement(draft)),
        ("reviewer", "확인자", known.reviewer),
        ("confirmed_at", "확인 일시", _moment(known.confirmed_at)),
        ("grade", "등급", known.grade.value),
        ("sources", "근거", "; ".join(source.where for source in draft.sources)),
    )
    return [Fact(key=key, label=label, value=value) for key, label, value in rows if value]


def ai_statement(draft: Draft) -> str:
    """Return in words what part the model had in the text and whether a person confirmed it."""
    if not draft.facts.is_generated:
        return ""
    model, assembled = _STATEMENTS[draft.facts.is_confirmed]
    return model if draft.facts.is_model_written else assembled


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
