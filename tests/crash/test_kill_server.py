"""The server killed while many people work: what was acknowledged is there afterwards, and whole.

`CRASH_SEEDS=20 python -m pytest tests/crash/test_kill_server.py` kills more often, and a server on
PostgreSQL as well.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from assistant.domain import PaperRecord, PaperSubject
from assistant.papers import content_hash
from assistant.store import Store
from tests.assistant.store.conftest import postgres_database, postgres_folder, postgres_url
from tests.crash.serving import Promised, promises_until_killed, serving

__all__ = ["postgres_database", "postgres_folder", "postgres_url"]

SEEDS = range(int(os.environ.get("CRASH_SEEDS", "1")))
LONGEST_S = 4.0
OURS = {"institution_id": "default"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_server_acknowledged_is_there_after_a_kill(tmp_path: Path, seed: int) -> None:
    promised = promises_until_killed(tmp_path, seed, longest_s=LONGEST_S)
    with serving(tmp_path) as server, server.client() as client:
        assert_all_is_there(client, promised)
        assert_drafts_end(client, promised)
        subjects = subjects_of(client)
    with Store.open(f"sqlite:///{tmp_path / 'var' / 'gongmun.db'}") as store:
        assert_papers_are_whole(store, subjects)
    assert [path for path in tmp_path.rglob("*.part") if "arriving" not in path.parts] == []


@pytest.mark.slow
@pytest.mark.skipif(len(SEEDS) < 2, reason="takes its time: set CRASH_SEEDS to more than 1")
def test_what_the_server_acknowledged_is_there_after_a_kill_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    promised = promises_until_killed(tmp_path, 99, longest_s=LONGEST_S, database_url=postgres_url)
    with serving(tmp_path, postgres_url) as server, server.client() as client:
        assert_all_is_there(client, promised)
        assert_drafts_end(client, promised)
        subjects = subjects_of(client)
    with Store.open(postgres_url) as store:
        assert_papers_are_whole(store, subjects)


def assert_all_is_there(client: httpx2.Client, promised: Promised) -> None:
    assert len(promised)
    assert_complaints(client, promised)
    assert_papers(client, promised)
    assert_pilots(client, promised)


def assert_complaints(client: httpx2.Client, promised: Promised) -> None:
    listed = cases_of(client)
    cases = {case["number"]: case for case in listed}
    assert len(cases) == len(listed), "a complaint is there twice"
    for number, text in (promised.complaints | promised.rows).items():
        assert original(client, cases[number]["complaint_id"]) == text
    for complaint_id, kind in promised.events.items():
        case = got(client, f"/api/complaints/{complaint_id}")
        assert [one["type"] for one in case["events"]] == [kind]


def assert_papers(client: httpx2.Client, promised: Promised) -> None:
    for (paper_id, number), text in promised.versions.items():
        draft = got(client, f"/api/drafts/{paper_id}/versions/{number}")
        assert draft["parts"][0]["blocks"][0]["sentences"][0]["text"] == text
    for paper_id, number in promised.redrafted.items():
        assert got(client, f"/api/drafts/{paper_id}/versions/{number}")["parts"]
    for paper_id, (number, approved) in promised.approved.items():
        draft = got(client, f"/api/drafts/{paper_id}")
        decision = draft["approval"] or draft["lapsed"]
        assert (decision["version_number"], decision["content_hash"]) == (number, approved)
    for paper_id in promised.reports:
        assert got(client, f"/api/drafts/{paper_id}")["parts"]


def assert_pilots(client: httpx2.Client, promised: Promised) -> None:
    for pilot_id, (number, code) in promised.records.items():
        versions = got(client, f"/api/pilots/{pilot_id}/versions")["versions"]
        last = max(one["number"] for one in versions)
        assert last in {number, number + 1}, "what was not acknowledged is one change at most"
        if last == number:
            assert got(client, f"/api/pilots/{pilot_id}")["record"]["code"] == code
    for pilot_id in promised.accepted:
        record = got(client, f"/api/pilots/{pilot_id}")["record"]
        assert [str(one["value"]) for one in record["measurements"]] == ["2.5"]


def assert_drafts_end(client: httpx2.Client, promised: Promised) -> None:
    """Every draft that was put into the line is made once, or says that it was not."""
    until = time.monotonic() + 120
    waiting = set(promised.drafting)
    while waiting and time.monotonic() < until:
        for complaint_id in tuple(waiting):
            case = got(client, f"/api/complaints/{complaint_id}")
            state = case["drafting"]["state"]
            if state not in {"waiting", "running"}:
                assert state == "drafted", case["drafting"]
                assert len(case["letters"]) == 1
                waiting.discard(complaint_id)
        time.sleep(0.1)
    assert waiting == set()


def assert_papers_are_whole(store: Store, subjects: Sequence[tuple[PaperSubject, str]]) -> None:
    """Each version is the text that its hash names, and each decision is on such a text."""
    for subject, subject_id in subjects:
        for record in store.papers.of_subject(subject, subject_id, **OURS):
            assert_whole(store, record)


def assert_whole(store: Store, record: PaperRecord) -> None:
    hashes = {}
    for head in store.papers.versions(record.paper_id, **OURS):
        found = store.papers.version(record.paper_id, head.number, **OURS)
        assert content_hash(found.paper) == found.content_hash == head.content_hash
        hashes[head.number] = found.content_hash
    for decision in filter(None, (record.approval, record.lapsed)):
        assert hashes[decision.version_number] == decision.content_hash
    if record.approval is not None:
        assert record.approval.version_number == record.current.number


def subjects_of(client: httpx2.Client) -> list[tuple[PaperSubject, str]]:
    cases = [(PaperSubject.COMPLAINT, str(case["complaint_id"])) for case in cases_of(client)]
    pilots = got(client, "/api/pilots")["pilots"]
    return [*cases, *((PaperSubject.PILOT, str(one["pilot_id"])) for one in pilots)]


def cases_of(client: httpx2.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = got(client, f"/api/complaints?which=all&limit=500&offset={len(found)}")["complaints"]
        found += page
        if len(page) < 500:
            return found


def original(client: httpx2.Client, complaint_id: object) -> str:
    found = got(client, f"/api/complaints/{complaint_id}/original")
    whole = "".join(one["text"] for one in found["segments"])
    return whole[found["body_start"] : found["body_end"]]


def got(client: httpx2.Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, (path, response.text)
    return dict(response.json())
