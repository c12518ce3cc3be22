"""The linter over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.test_documents import settled, upload

FAULTY = "회의는 2026.5.19 오후 2시에 엽니다."


def post(client: TestClient, path: str = "/api/lint", **body: object) -> dict[str, Any]:
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    said: dict[str, Any] = response.json()
    return said


def test_findings_come_with_rule_article_place_and_fix(client: TestClient) -> None:
    date, time = post(client, text=FAULTY)["findings"]
    assert (date["rule"], date["article"], date["severity"]) == (
        "date-form",
        "제7조제5항",
        "warning",
    )
    assert FAULTY[date["start"] : date["end"]] == "2026.5.19"
    assert time["fix"]["replacement"] == "14:00"


def test_the_kind_decides_what_is_asked_for(client: TestClient) -> None:
    assert post(client, text="알립니다.")["findings"] == []
    rules = {one["rule"] for one in post(client, text="알립니다.", kind="memo")["findings"]}
    assert rules == {"head-receiver", "head-via", "head-title", "end-missing"}


def test_everything_certain_is_put_right_at_once(client: TestClient) -> None:
    said = post(client, "/api/lint/fix", text=FAULTY)
    assert said["text"] == "회의는 2026. 5. 19. 14:00에 엽니다."
    assert said["findings"] == []


def test_only_the_picked_finding_is_put_right(client: TestClient) -> None:
    date, time = post(client, text=FAULTY)["findings"]
    pick = {name: time[name] for name in ("rule", "start", "end")}
    said = post(client, "/api/lint/fix", text=FAULTY, picks=[pick])
    assert said["text"] == "회의는 2026.5.19 14:00에 엽니다."
    assert [one["rule"] for one in said["findings"]] == [date["rule"]]


def test_a_stored_document_is_checked_as_it_was_read(client: TestClient) -> None:
    stored = upload(client, f"# 알림\n\n{FAULTY}\n".encode(), "알림.md")["document"]
    document_id = settled(client, stored["document_id"])["document_id"]
    said = post(client, document_id=document_id)
    assert [one["rule"] for one in said["findings"]] == ["date-form", "time-form"]
    assert said["findings"][0]["block"] == 1


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    assert client.post("/api/lint", json={"document_id": "none"}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"text": "가", "document_id": "나"}, {"text": "가" * 50_001}, {"text": "가", "kind": "x"}],
    ids=["nothing", "both", "too long", "unknown kind"],
)
def test_a_request_of_the_wrong_form_is_refused(client: TestClient, body: dict[str, str]) -> None:
    assert client.post("/api/lint", json=body).status_code == 422
