"""A room with the invented pilots of the corpus: files read, records filled, nothing indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.domain import ChatModel, Grade, Retrieval, Scope
from assistant.drafting import Drafter, DraftingBounds
from assistant.flows.pilotfiles import PilotFilesFlow
from assistant.flows.pilots import PilotFlow
from assistant.flows.preview import PreviewFlow
from assistant.flows.report import ReportFlow
from assistant.originals import Originals
from assistant.pilotpages import DrawSvgs
from assistant.prompts import load_all
from assistant.reading import Limits
from assistant.store import StoredPilot, new_id
from assistant.templates import load_all as load_templates
from tests.assistant.building import Office, open_office

ROOT = Path(__file__).resolve().parents[2]
PILOTS = ROOT / "corpus" / "pilots"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OURS = {"institution_id": "default"}
BY = "주무관 보기"
# A picture of one point: what charts look like is tested where they are drawn.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "64f8cf500f0003860180bdb34bd60000000049454e44ae426082"
)


class NoRetriever:
    """Reports of pilots look at the pilot's own files alone: whoever searches fails the test."""

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        raise AssertionError(f"searched for {question}")


@dataclass
class Room:
    """Everything that works on pilots."""

    office: Office
    pilots: PilotFlow
    files: PilotFilesFlow
    reports: ReportFlow

    def add(self, folder: str, *, accept: bool = True, grade: Grade = Grade.OPEN) -> StoredPilot:
        """Make a pilot from a folder of the corpus."""
        made = self.pilots.create(folder, by=BY, grade=grade, **OURS)
        results = self.office.flow.ingest_paths(
            [PILOTS / folder], collection_id="inbox", grade=grade, **OURS
        )
        for result in results:
            self.files.take_in(made.pilot_id, result.document_id, by=BY, **OURS)
        if accept:
            self.files.accept_agreed(made.pilot_id, by=BY, **OURS)
        return self.office.store.pilots.get(made.pilot_id, **OURS)


@contextmanager
def open_room(
    folder: Path,
    *,
    model: ChatModel | None = None,
    is_internal: bool = False,
    now: Callable[[], datetime] = lambda: NOW,
    draw: DrawSvgs = lambda drawings: [PNG] * len(drawings),
) -> Iterator[Room]:
    """Open a room in `folder`."""
    with open_office(folder) as office:
        drafter = Drafter(
            retriever=NoRetriever(),
            model=model,
            prompts=load_all(),
            is_internal=is_internal,
            bounds=DraftingBounds(),
        )
        preview = PreviewFlow(office.store, Originals(folder / "blobs"), limits=Limits())
        yield Room(
            office=office,
            pilots=PilotFlow(office.store, now=now, new_id=new_id),
            files=PilotFilesFlow(office.store, reading=preview.reading, now=now),
            reports=ReportFlow(
                office.store,
                drafter=drafter,
                templates=load_templates(),
                draw=draw,
                now=now,
                today=lambda: date(2026, 11, 23),
            ),
        )
