"""How the ingest tests put files in and look at what became of them."""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.domain import Grade
from assistant.store import DocumentDetail, visible_to
from tests.assistant.building import INBOX, OWN, Office, rule_text

RULE = rule_text("가나구 시험구매 규정", 5)


def receive(office: Office, name: str, content: str | bytes, **changes: object) -> str:
    arriving = office.flow.arrivals_dir / "some.part"
    arriving.write_bytes(content if isinstance(content, bytes) else content.encode())
    facts = {
        "file_name": name,
        "institution_id": OWN,
        "collection_id": INBOX,
        "grade": Grade.OPEN,
    } | changes
    received = office.flow.receive(arriving, **facts)  # type: ignore[arg-type]
    assert not arriving.exists()
    return received.document_id


def detail(office: Office, document_id: str) -> DocumentDetail:
    return office.store.documents.get(document_id, institution_ids=visible_to(OWN))


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)
