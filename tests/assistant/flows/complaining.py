"""A desk for complaints over a shelf, with a scripted model; people and matters are invented."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.domain import PaperParagraph, PaperRecord
from assistant.domain.complaints import Officer
from assistant.drafting import Drafter, DraftingBounds
from assistant.flows.complaint.desk import ComplaintDesk
from assistant.flows.complaint.drafting import Progress, Written
from assistant.flows.complaint.intake import Arrival
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.deadline import DeadlineFlow
from assistant.prompts import load_all
from assistant.reading import Limits
from assistant.store import StoredCase
from assistant.templates import load_all as load_templates
from tests.assistant.flows.answering import Sure, make_model
from tests.assistant.shelf import Shelf, open_shelf, rule
from tests.fakes import FakeEndpoint

NOW = datetime(2026, 5, 11, 3, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 5, 11, 1, 0, tzinfo=UTC)
OFFICER = Officer(department="시험구매과", name="주무관 김보기", contact="000-0000-0000")
OURS = {"institution_id": "default"}
RULE = "가나구 시험구매 운영 규정"
NAME, PHONE = "홍길동", "010-1234-5678"
BODY = (
    f"안녕하세요. 저는 {NAME}이고 연락처는 {PHONE}입니다.\n"
    "시험구매가 끝난 뒤 완료보고서를 며칠 안에 제출해야 하나요?\n"
    "신청서는 어디에 내야 하는지도 알려 주세요."
)


class Moment:
    """A clock that tests set."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def make_desk(
    shelf: Shelf,
    endpoint: FakeEndpoint | None = None,
    *,
    internal: bool = True,
    sufficiency: float = 1.0,
    now: Moment | None = None,
) -> ComplaintDesk:
    clock = now or Moment()
    return ComplaintDesk(
        shelf.store,
        drafter=Drafter(
            retriever=Sure(shelf.retriever(), sufficiency),
            model=make_model(endpoint) if endpoint else None,
            prompts=load_all(),
            is_internal=internal,
            bounds=DraftingBounds(),
        ),
        templates=load_templates(),
        openings=DeadlineFlow(shelf.store, now=clock).openings,
        limits=Limits(),
        now=clock,
    )


def take(desk: ComplaintDesk, body: str = BODY, **fields: Any) -> StoredCase:
    facts: dict[str, Any] = {
        "title": "완료보고서 제출 문의",
        "number": "1AA-2605-0000001",
        "received_at": RECEIVED,
    }
    arrival = Arrival(body=body, **(facts | fields))
    return desk.receiving.take(arrival, officer=OFFICER, **OURS)


def write(
    desk: ComplaintDesk, case: StoredCase, request: LetterRequest | None = None
) -> tuple[str, list[Progress | Written]]:
    """Write a letter; return the id of its paper and all that happened."""

    async def steps() -> list[Progress | Written]:
        found = desk.letters.write(case.complaint_id, request or LetterRequest(), **OURS)
        return [step async for step in found]

    happened = asyncio.run(steps())
    last = happened[-1]
    assert isinstance(last, Written)
    return last.paper_id, happened


def text_of(record: PaperRecord) -> str:
    return "\n".join(
        block.text
        for part in record.current.paper.parts
        for block in part.blocks
        if isinstance(block, PaperParagraph)
    )


@contextmanager
def desk_shelf(folder: Path) -> Iterator[Shelf]:
    """Open a shelf with a rule to answer from, and articles that notices name."""
    with open_shelf(folder) as opened:
        if not opened.store.documents.catalog():
            opened.add(
                rule(
                    RULE,
                    "제1조 (목적)\n\n이 규정은 시험구매의 절차를 정한다.",
                    "제3조 (신청)\n\n시험기관은 신청서를 담당 부서에 낸다.",
                    "제7조 (완료보고)\n\n**①** 시험기관은 시험구매가 끝난 날부터 7일 이내에 "
                    "완료보고서를 제출하여야 한다.\n\n**②** 담당 부서는 완료보고서를 공개한다.",
                    법령구분="고시",
                    시행일자="2026-02-03",
                )
            )
            opened.add(
                rule(
                    "민원 처리에 관한 법률 시행령",
                    "제21조 (처리기간의 연장 등)\n\n"
                    "**①** 처리기간의 범위에서 한 차례 연장할 수 있다.",
                    "제23조 (처리진행상황 등의 통지)\n\n**①** 30일이 지나면 통지하여야 한다.",
                    "제24조 (보완)\n\n**②** 기간 연장 요청은 2회로 한정한다.",
                    "제25조 (반려)\n\n**①** 보완하지 아니한 경우 되돌려 보낼 수 있다.",
                    법령구분="대통령령",
                    시행일자="2026-05-06",
                )
            )
        yield opened.index()


def record_of(shelf: Shelf, paper_id: str) -> PaperRecord:
    return shelf.store.papers.get(paper_id, **OURS)
