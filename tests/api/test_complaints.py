"""Complaints over HTTP: taken in, masked, changed, answered, drafted in the background."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.complaint.line import request_json
from tests.api.conftest import RULE
from tests.api.events import Received, parse

BY = "주무관 김보기"
BODY = {
    "text": "홍길동입니다. 연락처는 010-1234-5678입니다.\n"
    "시범사용이 끝난 뒤 완료보고서는 며칠 안에 제출해야 하나요?\n"
    "그리고 완료보고서를 몇 년 동안 보관하는지도 알려 주세요.",
    "title": "완료보고서 문의",
    "applicant": "홍길동",
    "number": "1AA-2605-0000001",
    "received_at": "2026-05-11T10:00:00+09:00",
    "officer": {"department": "구매과", "name": "주무관 김보기", "contact": "000-0000-0000"},
}


def add(client: TestClient, **changes: Any) -> dict[str, Any]:
    response = client.post("/api/complaints", json=BODY | changes)
    assert response.status_code == 201, response.text
    case = response.json()
    assert isinstance(case, dict)
    return case


def write(client: TestClient, case: dict[str, Any], **body: Any) -> list[Received]:
    response = client.post(f"/api/complaints/{case['complaint_id']}/letters", json=body)
    assert response.status_code == 200, response.text
    return parse(response.text)


def shelve(client: TestClient) -> None:
    """Put a rule on the shelf and wait until it can be searched."""
    client.post("/api/documents", params={"file_name": "규정.md", "grade": "O"}, content=RULE)
    assistant = client.app.state.assistant  # type: ignore[attr-defined] # FastAPI's own
    assert assistant.wait_idle(timeout_s=20)


def test_a_complaint_comes_back_masked_with_kind_points_and_date(client: TestClient) -> None:
    case = add(client)
    assert "홍길동" not in str(case)
    assert "1234" not in str(case)
    assert case["text"][: case["title_length"]] == case["title"] == "완료보고서 문의"
    assert len(case["case_points"]) == 2
    assert case["due"]["on"] >= "2026-05-11"
    assert case["guess"]["signs"]
    for point in case["case_points"]:
        (span,) = point["spans"]
        assert case["text"][span["start"] : span["end"]] == point["text"]


def test_the_original_is_cut_where_it_is_masked(client: TestClient) -> None:
    case = add(client)
    original = client.get(f"/api/complaints/{case['complaint_id']}/original").json()
    whole = "".join(segment["text"] for segment in original["segments"])
    assert whole == f"{BODY['title']}\n\n{BODY['text']}"
    assert whole[original["body_start"] : original["body_end"]] == BODY["text"]
    masked = {one["text"]: one["mask"]["label"] for one in original["segments"] if one["mask"]}
    assert masked == {"홍길동": "이름", "010-1234-5678": "전화"}


def test_masks_are_lifted_added_and_checked_by_a_named_person(client: TestClient) -> None:
    case = add(client)
    base = f"/api/complaints/{case['complaint_id']}"
    segments = client.get(f"{base}/original").json()["segments"]
    mask_id = next(one["mask"]["mask_id"] for one in segments if one["mask"])
    lifted = client.delete(f"{base}/masks/{mask_id}", params={"by": BY}).json()
    assert "홍길동" in lifted["text"]
    place = client.get(f"{base}/original").json()["segments"][0]["text"].index("홍길동")
    added = client.post(f"{base}/masks", json={"by": BY, "start": place, "end": place + 3}).json()
    assert "홍길동" not in added["text"]
    checked = client.post(f"{base}/masks/check", json={"by": BY}).json()
    assert checked["masks"] | {"checked_at": None} == {
        "is_checked": True, "checked_by": BY, "checked_at": None, "candidates": 0,
    }  # fmt: skip
    decisions = client.get(f"{base}/original").json()["decisions"]
    assert [one["action"] for one in decisions] == ["lifted", "added", "checked"]


def test_a_decision_without_a_name_is_refused(client: TestClient) -> None:
    case = add(client)
    response = client.post(f"/api/complaints/{case['complaint_id']}/masks/check", json={"by": "  "})
    assert response.status_code == 422


def test_the_queue_is_ordered_by_due_time_with_counts(client: TestClient) -> None:
    add(client, number="나중", received_at="2099-05-11T10:00:00+09:00")
    add(client, number="지남")
    page = client.get("/api/complaints").json()
    assert [one["number"] for one in page["complaints"]] == ["지남", "나중"]
    assert (page["total"], page["counts"]["overdue"]) == (2, 1)
    assert page["complaints"][0]["due"]["remaining"]["is_late"]
    found = client.get("/api/complaints", params={"which": "overdue", "query": "지남"}).json()
    assert [one["number"] for one in found["complaints"]] == ["지남"]


def test_the_working_of_the_date_names_days_and_articles(client: TestClient) -> None:
    case = add(client)
    clock = client.get(f"/api/complaints/{case['complaint_id']}/clock").json()["clock"]
    assert clock["due_on"] == case["due"]["on"]
    assert any(step["number"] == 1 for step in clock["working"])
    assert clock["basis"]["law"].startswith("민원 처리에 관한 법률")


def test_a_kind_without_a_period_asks_for_it(client: TestClient) -> None:
    case = add(client)
    base = f"/api/complaints/{case['complaint_id']}"
    changed = client.patch(base, json={"by": BY, "kind": "statutory"}).json()
    assert (changed["due"]["needs_period"], changed["due"]["on"]) == (True, None)
    assert client.get(f"{base}/clock").json() == {"clock": None}
    known = client.patch(base, json={"by": BY, "period": {"number": 10, "unit": "day"}}).json()
    assert known["due"]["on"] == "2026-05-22"


def test_points_are_written_as_one_list(client: TestClient) -> None:
    case = add(client)
    first, second = case["case_points"]
    body = {
        "by": BY,
        "revision": case["revision"],
        "points": [
            {"point_id": second["point_id"], "text": second["text"], "spans": second["spans"]},
            {"text": "새 쟁점", "status": "other_body", "other_body": "보기시청"},
        ],
    }
    url = f"/api/complaints/{case['complaint_id']}/points"
    changed = client.put(url, json=body).json()
    assert [one["text"] for one in changed["case_points"]] == [second["text"], "새 쟁점"]
    assert first["point_id"] not in str(changed["case_points"])
    stale = client.put(url, json=body)
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")


def test_events_move_the_date_and_can_be_taken_back(client: TestClient) -> None:
    case = add(client)
    base = f"/api/complaints/{case['complaint_id']}"
    event = {"type": "extended", "at": "2026-05-12T10:00:00+09:00", "ground": "facts"}
    moved = client.post(f"{base}/events", json={"by": BY, "event": event}).json()
    assert moved["due"]["on"] > case["due"]["on"]
    event_id = moved["events"][0]["event_id"]
    back = client.delete(f"{base}/events/{event_id}", params={"by": BY}).json()
    assert (back["due"]["on"], back["events"]) == (case["due"]["on"], [])


# -- letters ----------------------------------------------------------------------------------


def test_a_reply_tells_its_progress_and_opens_as_a_draft(client: TestClient) -> None:
    shelve(client)
    case = add(client)
    events = write(client, case)
    assert [one.name for one in events] == ["progress", "progress", "progress", "written"]
    assert [one.data["done"] for one in events[:-1]] == [0, 1, 2]
    paper = client.get(f"/api/drafts/{events[-1].data['paper_id']}").json()
    assert "14일 이내에 완료보고서를 제출하여야 한다" in str(paper)
    letters = client.get(f"/api/complaints/{case['complaint_id']}").json()["letters"]
    assert [(one["letter"], one["decision"]) for one in letters] == [("reply", "answer")]


def test_a_reply_that_refuses_a_disposition_names_appeal_and_lawsuit(client: TestClient) -> None:
    body = {"decision": "refusal", "reason": "요건이 없습니다", "is_disposition": True}
    events = write(client, add(client), **body)
    paper = client.get(f"/api/drafts/{events[-1].data['paper_id']}").json()
    assert "행정심판" in str(paper)
    assert "행정소송" in str(paper)


def test_a_letter_that_cannot_be_written_ends_with_the_reason(client: TestClient) -> None:
    events = write(client, add(client), letter="extension", ground="workload")
    assert [one.name for one in events] == ["error"]
    assert events[0].data["code"] == "complaint_input"
    assert "연장" in events[0].data["detail"]


def test_one_point_is_answered_again(client: TestClient) -> None:
    shelve(client)
    case = add(client)
    paper_id = write(client, case)[-1].data["paper_id"]
    point_id = case["case_points"][0]["point_id"]
    url = f"/api/complaints/{case['complaint_id']}/points/{point_id}/answer"
    done = client.post(url, json={"paper_id": paper_id, "parent": 1}).json()
    assert done == {"paper_id": paper_id, "version": 2, "status": "partly"}
    stale = client.post(url, json={"paper_id": paper_id, "parent": 1})
    assert stale.status_code == 409


def wait_for(client: TestClient, state: str) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        cases = client.get("/api/complaints", params={"which": "all"}).json()["complaints"]
        if all(one["drafting"]["state"] == state for one in cases):
            return list(cases)
        time.sleep(0.05)
    pytest.fail(f"not {state} in time")


def test_many_are_drafted_in_the_background(client: TestClient) -> None:
    shelve(client)
    ids = [add(client, number=f"N-{n}")["complaint_id"] for n in range(3)]
    response = client.post("/api/complaints/drafts", json={"complaint_ids": [*ids, "nobody"]})
    assert response.status_code == 202
    assert set(response.json()["waiting"]) == set(ids)
    for case in wait_for(client, "drafted"):
        assert len(case["letters"]) == 1


def test_what_waits_is_drafted_once_after_a_restart(
    open_client: Callable[..., TestClient],
) -> None:
    before = open_client()
    shelve(before)
    case = add(before)
    complaints = before.app.state.assistant.store.complaints  # type: ignore[attr-defined]
    wanted = '{"token": "t", "request": %s}'
    complaints.want_drafts(
        [case["complaint_id"]],
        wanted % json.dumps(request_json(LetterRequest())),
        institution_id="default",
    )
    complaints.begin_draft(case["complaint_id"])  # and there the process ends
    before.__exit__(None, None, None)
    after = open_client()
    (found,) = wait_for(after, "drafted")
    assert len(found["letters"]) == 1


def test_a_draft_that_nobody_waits_for_cannot_be_cancelled(client: TestClient) -> None:
    case = add(client)
    response = client.delete(f"/api/complaints/{case['complaint_id']}/drafting")
    assert response.json() == {"cancelled": False}


# -- files ------------------------------------------------------------------------------------


def test_a_file_becomes_a_case(client: TestClient) -> None:
    response = client.post(
        "/api/complaints/file",
        params={"file_name": "민원.txt", "received_at": "2026-05-11 10:00"},
        content="제목: 가로등\n집 앞 가로등이 꺼졌습니다. 고쳐 주세요.".encode(),
    )
    assert response.status_code == 201
    assert (response.json()["title"], response.json()["received_at"][:10]) == (
        "가로등",
        "2026-05-11",
    )


def test_a_table_says_what_was_taken_and_what_was_not(client: TestClient) -> None:
    table = "접수일,내용\n2026-05-11,가로등을 고쳐 주세요\n모름,나무를 심어 주세요\n"
    response = client.post(
        "/api/complaints/table", params={"file_name": "민원.csv"}, content=table.encode()
    )
    body = response.json()
    assert [one["row"] for one in body["taken"]] == [2]
    assert [(one["row"], one["code"]) for one in body["errors"]] == [(3, "bad_date")]
    assert body["errors"][0]["detail"].startswith("접수일: ")


@pytest.mark.parametrize("path", ["", "/original", "/clock", "/letters"])
def test_a_case_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    url = f"/api/complaints/nobody{path}"
    response = client.post(url, json={}) if path == "/letters" else client.get(url)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


# -- what complaints share --------------------------------------------------------------------


def test_a_group_is_made_reviewed_and_taken_over(client: TestClient) -> None:
    shelve(client)
    lead, other = add(client), add(client, number="1AA-2605-0000002")
    suggested = client.get("/api/complaints/groups").json()["suggested"]
    assert set(suggested[0]["complaint_ids"]) == {lead["complaint_id"], other["complaint_id"]}
    body = {
        "by": BY,
        "lead_id": lead["complaint_id"],
        "complaint_ids": [other["complaint_id"]],
        "title": "완료보고서",
    }
    group = client.post("/api/complaints/groups", json=body).json()
    base = f"/api/complaints/groups/{group['group_id']}"
    paper_id = write(client, lead)[-1].data["paper_id"]
    group = client.put(f"{base}/master", json={"paper_id": paper_id}).json()
    assert (group["paper_id"], group["is_reviewed"]) == (paper_id, False)
    refused = client.post(f"{base}/replies", json={})
    assert (refused.status_code, refused.json()["reason"]) == (409, "master_not_approved")


def test_similar_complaints_come_with_reasons_and_facts(client: TestClient) -> None:
    first, second = add(client), add(client, number="1AA-2605-0000002")
    found = client.get(f"/api/complaints/{second['complaint_id']}/similar").json()
    assert found["similar"][0]["complaint_id"] == first["complaint_id"]
    assert found["similar"][0]["reasons"]
    assert found["repeats"]["count"] == 1
    assert found["repeats"]["facts"][0]["article"]["article"] == "제23조"
    assert "홍길동" not in str(found)
