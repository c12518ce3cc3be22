"""Deadlines over HTTP: kinds, clocks, calendars, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from assistant import assembly
from assistant.deadlines import Event, all_rules
from tests.api.events import parse
from tests.api.opened import bare_settings

NOW = datetime(2026, 5, 7, 1, 0, tzinfo=UTC)  # 10:00 in Seoul
MONDAY = "2026-05-04T10:00:00+09:00"
LAW = """---
제목: {title}
법령구분: 법률
시행일자: {since}
---
# {title}

##### 제19조 (처리기간의 계산)

① 시험용으로 지은 글이다.

② 이 글은 법령의 글이 아니다.
"""
TITLE = "민원 처리에 관한 법률"
EVENTS: list[dict[str, object]] = [
    {"type": "arrived"},
    {"type": "supplement_requested", "until": "2026-05-12"},
    {"type": "supplement_prolonged", "until": "2026-05-14"},
    {"type": "supplement_urged", "until": "2026-05-15"},
    {"type": "supplement_received"},
    {"type": "supplement_bounced"},
    {"type": "transferred", "to": "other_body", "electronic": True},
    {"type": "extended", "ground": "facts", "length": {"number": 3}, "consent": True},
    {"type": "suspended", "why": "hearing", "until": "2026-05-06T18:00:00+09:00"},
    {"type": "progress_notified"},
    {"type": "ended", "how": "withdrawn"},
]


@contextmanager
def frozen_client(folder: Path) -> Iterator[TestClient]:
    settings = bare_settings(folder)
    app = create_app(assembly.build(settings, clock=lambda: NOW), settings)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of an empty installation whose clock stands still."""
    with frozen_client(tmp_path_factory.mktemp("frozen")) as client:
        yield client


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[TestClient]:
    """Return a client like `frozen` that documents are put into."""
    with frozen_client(tmp_path) as client:
        yield client


def body(**changes: object) -> dict[str, object]:
    return {"kind": "query_procedure", "received_at": MONDAY} | changes


def count(client: TestClient, **changes: object) -> dict[str, Any]:
    response = client.post("/api/deadlines", json=body(**changes))
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def put_law(client: TestClient, *, title: str = TITLE, since: str = "2022-07-12") -> str:
    content = LAW.format(title=title, since=since).encode()
    response = client.post(
        "/api/documents", params={"file_name": f"{title} {since}.md"}, content=content
    )
    document_id = str(response.json()["document"]["document_id"])
    last = parse(client.get(f"/api/documents/{document_id}/events").text)[-1].data
    assert last["state"] == "ready"
    return document_id


# -- kinds ------------------------------------------------------------------------------------


def test_every_kind_is_listed_with_its_rule(frozen: TestClient) -> None:
    kinds = {row["kind"]: row for row in frozen.get("/api/deadlines/kinds").json()["kinds"]}
    assert list(kinds) == list(all_rules())
    assert kinds["query_procedure"]["period"] == {"number": 7, "unit": "day", "text": "7일"}
    assert kinds["statutory"]["period"] is None
    assert kinds["grievance"]["basis"]["article"] == "제17조"


# -- clocks -----------------------------------------------------------------------------------


def test_a_case_gets_its_date_and_every_day_of_the_way(frozen: TestClient) -> None:
    clock = count(frozen)
    days = [step["text"] for step in clock["working"] if step["kind"] in ("counted", "skipped")]
    assert (clock["due_on"], clock["due_at"], clock["state"]) == ("2026-05-13", None, "running")
    assert clock["remaining"] == {"days": 4, "minutes": None, "is_late": False}
    assert days[:2] == ["1일차 2026. 5. 4.(월)", "2026. 5. 5.(화) 어린이날: 세지 않음"]


def test_hours_are_counted_from_the_clock_of_the_installation(frozen: TestClient) -> None:
    clock = count(frozen, kind="other", received_at="2026-05-07T00:30:00Z")
    assert datetime.fromisoformat(clock["due_at"]) == datetime(2026, 5, 7, 4, 30, tzinfo=UTC)
    assert clock["remaining"]["minutes"] == 150


def test_what_comes_next_stands_with_its_article(frozen: TestClient) -> None:
    acts = {act["kind"]: act for act in count(frozen)["acts"]}
    assert acts["answer"]["on"] == "2026-05-13"
    assert acts["extend"]["article"]["law"] == "민원 처리에 관한 법률 시행령"
    assert (acts["extend"]["article"]["article"], acts["extend"]["is_optional"]) == ("제21조", True)


def test_an_extension_for_a_refused_reason_is_a_finding(frozen: TestClient) -> None:
    extended = {"type": "extended", "at": "2026-05-07T09:30:00+09:00", "ground": "workload"}
    clock = count(frozen, received_at="2026-05-06T10:00:00+09:00", events=[extended])
    (finding,) = clock["findings"]
    assert (finding["code"], finding["article"]["paragraph"]) == ("ground_refused", "제2항")
    assert clock["extensions"] == []


def test_time_for_a_supplement_moves_the_date(frozen: TestClient) -> None:
    asked = {"type": "supplement_requested", "at": "2026-05-06T09:00:00+09:00"}
    clock = count(frozen, events=[asked])
    assert (clock["state"], clock["is_provisional"]) == ("waiting", True)
    assert clock["due_on"] > "2026-05-13"


def test_what_lies_ahead_is_left_out_and_counted(frozen: TestClient) -> None:
    clock = count(frozen, events=[{"type": "ended", "at": "2026-05-08T09:00:00+09:00"}])
    assert (clock["left_out"], clock["state"]) == (1, "running")


def test_a_holiday_set_since_moves_the_date_and_a_closure_does_not(frozen: TestClient) -> None:
    day = [{"on": "2026-05-11", "name": "임시휴일"}]
    assert count(frozen, temporary_holidays=day)["due_on"] == "2026-05-14"
    assert count(frozen, closures=day)["due_on"] == "2026-05-13"


def test_a_period_other_than_that_of_the_rule_is_shown_beside_it(frozen: TestClient) -> None:
    clock = count(frozen, period={"number": 10, "unit": "day"})
    assert (clock["period"]["text"], clock["rule_period"]["text"]) == ("10일", "7일")
    assert count(frozen)["rule_period"] is None


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event["type"]))
def test_every_kind_of_event_is_taken(frozen: TestClient, event: dict[str, object]) -> None:
    clock = count(frozen, events=[event | {"at": "2026-05-06T09:00:00+09:00"}])
    assert clock["left_out"] == 0


def test_there_is_a_shape_for_every_event_of_the_library() -> None:
    assert len(EVENTS) == len(Event.__args__)  # type: ignore[attr-defined]  # a union's members


# -- articles that open -----------------------------------------------------------------------


def articles(clock: dict[str, Any]) -> list[dict[str, Any]]:
    return [step["article"] for step in clock["working"] if step["article"]["law"] == TITLE]


def test_an_article_that_is_stored_can_be_opened(shelf: TestClient) -> None:
    document_id = put_law(shelf)
    article = articles(count(shelf))[0]
    address = f"{document_id}/{article['version_id']}/{article['section_ordinal']}"
    section = shelf.get(f"/api/sections/{address}").json()
    assert article["document_id"] == document_id
    assert section["label"] == "제19조"


def test_an_article_that_is_not_stored_is_only_named(shelf: TestClient) -> None:
    put_law(shelf)
    clock = count(shelf)
    assert clock["basis"]["article"] == "제14조"
    assert (clock["basis"]["document_id"], clock["basis"]["section_ordinal"]) == (None, None)


def test_the_law_itself_comes_before_a_digest_of_it(shelf: TestClient) -> None:
    digest = put_law(shelf, title=f"{TITLE}(요약)")
    assert articles(count(shelf))[0]["document_id"] == digest
    law = put_law(shelf)
    assert articles(count(shelf))[0]["document_id"] == law


def test_a_law_that_is_not_yet_in_force_waits_behind_its_digest(shelf: TestClient) -> None:
    digest = put_law(shelf, title=f"{TITLE}(요약)")
    put_law(shelf, since="2026-12-01")
    assert articles(count(shelf))[0]["document_id"] == digest


def test_what_was_deleted_is_not_opened(shelf: TestClient) -> None:
    shelf.delete(f"/api/documents/{put_law(shelf)}")
    assert articles(count(shelf))[0]["document_id"] is None


# -- calendars --------------------------------------------------------------------------------


def test_the_dates_come_as_a_calendar_with_the_number_of_the_case(frozen: TestClient) -> None:
    response = frozen.post("/api/deadlines/ics", json=body(label="2026-17"))
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="deadline.ics"'
    assert "DTSTART;VALUE=DATE:20260513\r\n" in response.text
    assert "SUMMARY:2026-17 질의민원" in response.text


def test_a_calendar_taken_again_replaces_the_same_entries(frozen: TestClient) -> None:
    def uids(**changes: object) -> list[str]:
        text = frozen.post("/api/deadlines/ics", json=body(**changes)).text
        return [line for line in text.splitlines() if line.startswith("UID:")]

    assert uids() == uids(temporary_holidays=[{"on": "2026-05-11"}])
    assert uids(label="1") != uids(label="2")


def test_a_case_that_is_over_has_no_calendar(frozen: TestClient) -> None:
    ended = {"type": "ended", "at": "2026-05-06T09:00:00+09:00"}
    response = frozen.post("/api/deadlines/ics", json=body(events=[ended]))
    assert (response.status_code, response.json()["reason"]) == (422, "settled")


# -- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason", "word"),
    [
        pytest.param({"kind": "unknown"}, "kind", "종류", id="kind"),
        pytest.param({"kind": "statutory"}, "period", "공표된", id="no period"),
        pytest.param({"received_at": "2026-05-04T10:00:00"}, "time_zone", "시간대", id="no zone"),
        pytest.param({"received_at": "0001-01-01T00:00:00+09:00"}, "year", "해입니다", id="year 1"),
        pytest.param({"received_at": "9999-12-31T23:00:00Z"}, "year", "해입니다", id="year 9999"),
        pytest.param({"period": {"number": 9_999}}, "too_long", "너무 길어", id="too long"),
        pytest.param(
            {"kind": "disclosure", "period": {"number": 2, "unit": "week"}},
            "period_unit",
            "날수로",
            id="weeks of working days",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_said_in_plain_words(
    frozen: TestClient, changes: dict[str, object], reason: str, word: str
) -> None:
    response = frozen.post("/api/deadlines", json=body(**changes))
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "deadline_input")
    assert problem["reason"] == reason
    assert word in problem["detail"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"received_at": 1_777_856_400}, "received_at", id="a number for a time"),
        pytest.param({"received_at": "어제"}, "received_at", id="no time"),
        pytest.param({"events": [{"type": "lost", "at": MONDAY}]}, "events.0", id="no event"),
        pytest.param(
            {"events": [{"type": "supplement_urged", "at": MONDAY}]},
            "events.0.supplement_urged.until",
            id="a detail is missing",
        ),
        pytest.param(
            {"events": [{"type": "arrived", "at": MONDAY}] * 51}, "events", id="too many events"
        ),
        pytest.param({"period": {"number": 0}}, "period.number", id="no length"),
        pytest.param({"name": "홍길동"}, "name", id="a field that nobody asked for"),
    ],
)
def test_a_malformed_case_names_the_field(
    frozen: TestClient, changes: dict[str, object], field: str
) -> None:
    response = frozen.post("/api/deadlines", json=body(**changes))
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert response.json()["fields"] == [field]


def test_counting_keeps_nothing(frozen: TestClient) -> None:
    count(frozen)
    assert frozen.get("/api/documents").json()["documents"] == []
    assert frozen.get("/api/conversations").json()["conversations"] == []


def test_the_description_says_what_the_routes_give(frozen: TestClient) -> None:
    paths = frozen.get("/api/openapi.json").json()["paths"]
    assert {"200", "403", "422"} <= set(paths["/api/deadlines"]["post"]["responses"])
    calendar = paths["/api/deadlines/ics"]["post"]["responses"]["200"]
    assert list(calendar["content"]) == ["text/calendar"]
