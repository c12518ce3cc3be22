"""Complaints as the store takes them, for its tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from assistant.domain import Span
from assistant.domain.complaints import (
    Channel,
    ComplaintKind,
    KindGuess,
    Officer,
    Point,
    ReplyForm,
)
from assistant.store import Due, Masking, NewCase, Store

RECEIVED = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


def make_due(days: int = 7, **changes: object) -> Due:
    moment = RECEIVED + timedelta(days=days)
    return replace(Due(on=moment.date(), at=None, moment=moment), **changes)  # type: ignore[arg-type]


def make_case(number: str = "1AA-2611-0000001", **changes: object) -> NewCase:
    case = NewCase(
        institution_id="default",
        number=number,
        received_at=RECEIVED,
        channel=Channel.PORTAL,
        reply_form=ReplyForm.ELECTRONIC,
        applicants=1,
        applicant_key="key-1",
        attachments=("사진.jpg",),
        masking=Masking(
            title="가로등 문의",
            text="가로등 문의\n\n⟦이름·abc·1⟧입니다. 가로등을 고쳐 주십시오.",
            payload='{"original": "가로등 문의 홍길동"}',
            candidates=1,
        ),
        kind=ComplaintKind.OTHER,
        guess=KindGuess(kind=ComplaintKind.OTHER, share=1.0),
        points=(
            Point(
                point_id="p1",
                text="가로등을 고쳐 주십시오",
                question="가로등 수리",
                spans=(Span(start=10, end=15),),
            ),
        ),
        due=make_due(),
        officer=Officer(),
    )
    return replace(case, **changes)  # type: ignore[arg-type]


def add_case(store: Store, number: str = "1AA-2611-0000001", **changes: object) -> str:
    return store.complaints.add([make_case(number, **changes)])[0]
