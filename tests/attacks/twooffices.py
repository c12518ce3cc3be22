"""An institution with one of everything, and another one that has guessed every id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.deps import Principal, get_principal
from assistant import assembly
from tests.api.events import parse
from tests.api.opened import bare_settings
from tests.api.test_jobs import form

BY = "주무관 보기"
CANARY = "가림기밀"
RULE = f"""---
title: {CANARY} 운영 규정
kind: notice
effective_from: 2026-01-01
---
# {CANARY} 운영 규정

## 제1조(기한)
{CANARY} 완료보고서는 시험구매가 끝난 날부터 14일 이내에 제출하여야 한다.
"""
QUESTION = f"{CANARY} 완료보고서는 며칠 이내에 제출하나요?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """What one institution has; `ids` by the name that routes give them."""

    client: TestClient
    app: FastAPI
    ids: Mapping[str, str]

    def act_as(self, institution_id: str) -> None:
        """Make every request that follows on behalf of an institution."""
        self.app.dependency_overrides[get_principal] = lambda: Principal(
            institution_id=institution_id, institution_name="기관"
        )

    def snapshot(self) -> dict[str, str]:
        """Return all that their owner sees of these things."""
        self.act_as("default")
        seen = {}
        for path in _SEEN:
            response = self.client.get(path.format(**self.ids))
            assert response.status_code == 200, (path, response.text)
            seen[path] = response.text
        return seen


_SEEN = (
    "/api/conversations/{conversation_id}",
    "/api/collections",
    "/api/documents/{document_id}",
    "/api/drafts/{paper_id}",
    "/api/drafts/{paper_id}/versions",
    "/api/jobs",
    "/api/jobs/{job_id}",
    "/api/jobs/{job_id}/items/{item_id}",
    "/api/tables",
    "/api/complaints?which=all",
    "/api/complaints/{complaint_id}",
    "/api/complaints/{complaint_id}/original",
    "/api/complaints/groups",
    "/api/complaints/groups/{group_id}",
    "/api/pilots",
    "/api/pilots/{pilot_id}",
    "/api/pilots/{pilot_id}/versions",
    "/api/pilots/{pilot_id}/proposals",
)


def post(client: TestClient, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    response = client.post(path, json=dict(body))
    assert response.status_code in {200, 201, 202}, response.text
    return dict(response.json())


def _upload(client: TestClient, path: str, content: bytes, **query: str) -> dict[str, Any]:
    response = client.post(path, params=query, content=content)
    assert response.status_code in {200, 201, 202}, response.text
    return dict(response.json())


def _documents(client: TestClient) -> dict[str, str]:
    collection = post(client, "/api/collections", {"name": f"{CANARY} 모음", "grade": "S"})
    uploaded = _upload(client, "/api/documents", RULE.encode(), file_name=f"{CANARY}.md")
    document_id = uploaded["document"]["document_id"]
    assert isinstance(client.app, FastAPI)
    assert client.app.state.assistant.wait_idle(timeout_s=30)
    answer = parse(client.post("/api/chat", json={"question": QUESTION}).text)[-1].data
    citation = answer["citations"][0]
    return {
        "collection_id": collection["collection_id"],
        "document_id": document_id,
        "version_id": citation["version_id"],
        "ordinal": str(citation["section_ordinal"]),
        "conversation_id": answer["conversation_id"],
        "turn_id": answer["turn_id"],
    }


def _complaints(client: TestClient) -> dict[str, str]:
    cases = [
        post(
            client,
            "/api/complaints",
            {"text": f"{QUESTION} 연락처는 010-0000-0000입니다.", "number": f"{CANARY}-{number}"},
        )
        for number in range(2)
    ]
    complaint_id = cases[0]["complaint_id"]
    base = f"/api/complaints/{complaint_id}"
    segments = client.get(f"{base}/original").json()["segments"]
    moved = post(
        client,
        f"{base}/events",
        {"by": BY, "event": {"type": "extended", "at": "2026-11-29T10:00:00+09:00"}},
    )
    paper_id = parse(client.post(f"{base}/letters", json={}).text)[-1].data["paper_id"]
    comment = post(client, f"/api/drafts/{paper_id}/comments", {"text": CANARY, "by": BY})
    group = post(
        client,
        "/api/complaints/groups",
        {
            "by": BY,
            "lead_id": complaint_id,
            "complaint_ids": [cases[1]["complaint_id"]],
            "title": CANARY,
        },
    )
    return {
        "complaint_id": complaint_id,
        "mask_id": next(one["mask"]["mask_id"] for one in segments if one["mask"]),
        "event_id": moved["events"][0]["event_id"],
        "point_id": cases[0]["case_points"][0]["point_id"],
        "paper_id": paper_id,
        "part_id": f"point-{cases[0]['case_points'][0]['point_id']}",
        "comment_id": comment["comment_id"],
        "group_id": group["group_id"],
    }


def _pilot_and_job(client: TestClient) -> dict[str, str]:
    changes = [
        {"place": place, "value": value}
        for place, value in {
            "product.name": CANARY,
            "items[1].name": CANARY,
            "items[1].target": "3",
            "items[1].direction": "at_most",
            "measurements[1].value": "2.4",
            "events[matched].on": "2026-11-27",
        }.items()
    ]
    pilot = post(client, "/api/pilots", {"title": CANARY, "by": BY, "changes": changes})
    base = f"/api/pilots/{pilot['pilot_id']}"
    sheet = "항목,결과치,단위\n응답시간,2.5,초\n".encode()
    _upload(client, f"{base}/files", sheet, file_name=f"{CANARY} 측정값.csv", by=BY)
    report = post(client, f"{base}/report", {"by": BY})
    job = post(client, "/api/jobs", {"table": "product_application", "title": CANARY, "by": BY})
    row = _upload(
        client, f"/api/jobs/{job['job_id']}/files", form(CANARY), file_name=f"{CANARY}.md"
    )
    assert client.get(f"/api/jobs/{job['job_id']}/events").status_code == 200  # until it is done
    return {
        "pilot_id": pilot["pilot_id"],
        "report_id": report["paper_id"],
        "job_id": job["job_id"],
        "item_id": row["item_id"],
    }


@contextmanager
def two_institutions(folder: Path) -> Iterator[Theirs]:
    """Open an installation in which the first institution has one of everything."""
    settings = bare_settings(folder)
    assistant = assembly.build(settings)
    assistant.store.collections.ensure_institution("other", "나다군")
    app = create_app(assistant, settings)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        ids = {**_documents(client), **_complaints(client), **_pilot_and_job(client)}
        ids |= {"number": "1", "digest": "0" * 64, "name": "items", "column": "company"}
        yield Theirs(client=client, app=app, ids=ids)
