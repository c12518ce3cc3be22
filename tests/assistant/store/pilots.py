"""Pilots to store: name only what matters, the rest is harmless."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assistant.domain import Grade
from assistant.domain.pilot_plan import Product, Supplier, UserInstitution, ValueSource
from assistant.domain.pilot_proposals import Proposal, ProposalState
from assistant.domain.pilots import PilotRecord
from assistant.store import PilotDecision, PilotFile, Store, StoredPilot

SOURCE = ValueSource(file_name="계획.hwpx", where="성과목표 · 2행", quote="30초 이하")
PROPOSALS = (
    Proposal(place="items[1].target", value="30", source=SOURCE),
    Proposal(place="track", value="citizens", source=SOURCE),
)
FILE = PilotFile(
    document_id="d1",
    file_name="계획.hwpx",
    added_by="주무관 보기",
    added_at=datetime(2026, 11, 1, tzinfo=UTC),
)
BY = PilotDecision(proposal_ids=("x",), state=ProposalState.ACCEPTED, by="주무관 보기")


def make_record(**overrides: Any) -> PilotRecord:
    facts: dict[str, Any] = {
        "pilot_id": "pilot1",
        "title": "가나시 시범사용(지어냄)",
        "institution": UserInstitution(name="가나시"),
        "supplier": Supplier(name="다라(주)"),
        "product": Product(name="마바 1"),
    }
    return PilotRecord(**(facts | overrides))


def add_pilot(store: Store, **overrides: Any) -> StoredPilot:
    return store.pilots.create(
        make_record(**overrides), institution_id="default", grade=Grade.SENSITIVE, by="주무관 보기"
    )
