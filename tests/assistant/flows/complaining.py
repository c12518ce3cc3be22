"""A desk for complaints over a shelf, with a scripted model; people and matters are invented."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
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
from tests.assistant.shelf import Shelf
from tests.fakes import FakeEndpoint

NOW = datetime(2026, 5, 11, 3, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 5, 11, 1, 0, tzinfo=UTC)
OFFICER = Officer(department="시험구매과", name="주무관 김보기", contact="000-0000-0000")
OURS = {"institution_id": "default"}
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
