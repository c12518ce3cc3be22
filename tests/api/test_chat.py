"""Questions over HTTP: the order of events, what is refused, and what is kept."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.deps import Principal, get_principal
from assistant.assembly import Assistant
from tests.api.conftest import RULE
from tests.api.events import ask
from tests.fakes import FakeEndpoint


def assistant_of(client: TestClient) -> Assistant:
    assert isinstance(client.app, FastAPI)
    assistant = client.app.state.assistant
    assert isinstance(assistant, Assistant)
    return assistant


ORDER = ["started", "status", "passages", "delta", "answer"]


def test_events_come_in_the_order_of_the_contract(client: TestClient) -> None:
    events = ask(client, "완료보고서는 언제까지 내나요?")
    names = list(dict.fromkeys(event.name for event in events))
    assert names[0] == "started"
    assert names[-1] == "answer"
    assert [name for name in ORDER if name in names] == [n for n in names if n in ORDER]
    assert [event.number for event in events] == [str(n + 1) for n in range(len(events))]


def test_the_answer_is_kept_with_its_question(client: TestClient) -> None:
    events = ask(client, "완료보고서는 언제까지 내나요?")
    started, answer = events[0].data, events[-1].data
    found = client.get(f"/api/conversations/{started['conversation_id']}").json()
    (turn,) = found["turns"]
    assert turn["question"] == "완료보고서는 언제까지 내나요?"
    assert turn["state"] == "final"
    assert turn["answer"] == answer


def test_a_follow_up_joins_the_conversation(client: TestClient) -> None:
    first = ask(client, "완료보고서는 언제까지 내나요?")[0].data
    second = ask(client, "늘릴 수 있나요?", conversation_id=first["conversation_id"])[0].data
    assert second["conversation_id"] == first["conversation_id"]
    turns = client.get(f"/api/conversations/{first['conversation_id']}").json()["turns"]
    assert turns[1]["parent_turn_id"] == first["turn_id"]


def test_an_edited_question_keeps_the_first_one_beside_it(client: TestClient) -> None:
    first = ask(client, "완료보고서는 언제까지 내나요?")[0].data
    ask(
        client,
        "결과보고서는 언제까지 내나요?",
        conversation_id=first["conversation_id"],
        replaces_turn_id=first["turn_id"],
    )
    turns = client.get(f"/api/conversations/{first['conversation_id']}").json()["turns"]
    assert [turn["siblings"] for turn in turns] == [[t["turn_id"] for t in turns]] * 2


def test_conversations_survive_a_restart(open_client: Callable[..., TestClient]) -> None:
    before = open_client()
    started = ask(before, "완료보고서는 언제까지 내나요?")[0].data
    before.__exit__(None, None, None)
    listed = open_client().get("/api/conversations").json()["conversations"]
    assert [one["conversation_id"] for one in listed] == [started["conversation_id"]]


@pytest.mark.parametrize("question", ["", "   ", "\u200b", "???", "\x00"])
def test_a_question_without_a_word_is_refused(client: TestClient, question: str) -> None:
    response = client.post("/api/chat", json={"question": question})
    assert (response.status_code, response.json()["code"]) == (422, "question_empty")


def test_a_question_of_100_kb_is_refused_with_its_length(client: TestClient) -> None:
    response = client.post("/api/chat", json={"question": "가" * 34_200})
    body = response.json()
    assert (response.status_code, body["code"]) == (422, "question_too_long")
    assert (body["length"], body["limit"]) == (34_200, 4_000)
    assert "4000" in body["detail"]


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/api/chat", json={"question": "가" * 1_200_000})
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kinds", ["poem"]),
        ("grades", ["C"]),
        ("collection_ids", ["none-of-mine"]),
        ("document_ids", ["doc-of-others"]),
        ("reference_date", "2026-02-30"),
        ("reference_date", "tomorrow"),
        ("reference_date", 1_700_000_000),
    ],
)
def test_an_unknown_filter_value_is_named(client: TestClient, field: str, value: object) -> None:
    response = client.post("/api/chat", json={"question": "기한은?", field: value})
    body = response.json()
    assert (response.status_code, body["code"]) == (422, "unknown_filter")
    assert body["name"] == field


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="no question"),
        pytest.param({"question": 5}, id="number"),
        pytest.param({"question": "기한은?", "institution_id": "other"}, id="extra field"),
        pytest.param([], id="list"),
    ],
)
def test_a_body_of_another_shape_is_refused(client: TestClient, body: object) -> None:
    response = client.post("/api/chat", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"question": "\\ud800 기한은?"}', id="question"),
        pytest.param('{"question": "기한은?", "collection_ids": ["\\ud800"]}', id="filter"),
        pytest.param('{"question": "기한은?", "reference_date": "\\ud800"}', id="date"),
        pytest.param('{"question": "기한은?", "\\ud800": 1}', id="field name"),
    ],
)
def test_half_a_character_is_refused_and_breaks_nothing(client: TestClient, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/chat", content=body, headers=headers)
    assert response.status_code == 422
    assert response.json()["code"] in ("invalid_request", "unknown_filter")


def test_what_is_no_json_is_refused(client: TestClient) -> None:
    response = client.post("/api/chat", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("field", ["conversation_id", "parent_turn_id", "replaces_turn_id"])
def test_a_conversation_of_nobody_is_not_found(client: TestClient, field: str) -> None:
    response = client.post("/api/chat", json={"question": "기한은?", field: "unknown"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_feedback_is_kept_and_taken_back(client: TestClient) -> None:
    started = ask(client, "완료보고서는 언제까지 내나요?")[0].data
    address = f"/api/turns/{started['turn_id']}/feedback"
    given = {"verdict": "down", "reasons": ["outdated"], "comment": "옛 규정"}
    assert client.post(address, json=given).status_code == 204
    conversation = f"/api/conversations/{started['conversation_id']}"
    assert client.get(conversation).json()["turns"][0]["feedback"] == given
    client.post(address, json={"verdict": None})
    assert client.get(conversation).json()["turns"][0]["feedback"] is None


@pytest.mark.parametrize("action", ["stop", "feedback"])
def test_a_turn_of_nobody_is_not_found(client: TestClient, action: str) -> None:
    response = client.post(f"/api/turns/none/{action}", json={"verdict": "up"})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_stopping_a_finished_answer_changes_nothing(client: TestClient) -> None:
    started = ask(client, "완료보고서는 언제까지 내나요?")[0].data
    assert client.post(f"/api/turns/{started['turn_id']}/stop").status_code == 204
    turn = client.get(f"/api/conversations/{started['conversation_id']}").json()["turns"][0]
    assert turn["state"] == "final"


@pytest.fixture
def informed(client: TestClient) -> TestClient:
    """Return a client of an installation that holds one rule."""
    put_in(client)
    return client


def put_in(client: TestClient) -> None:
    body = client.post("/api/documents", params={"file_name": "규정.md"}, content=RULE.encode())
    client.get(f"/api/documents/{body.json()['document']['document_id']}/events")


def test_every_citation_opens_the_words_it_quotes(informed: TestClient) -> None:
    answer = ask(informed, "시범사용 완료보고서는 며칠 이내에 제출하나요?")[-1].data
    assert answer["outcome"] == "answered"
    assert answer["citations"]
    for citation in answer["citations"]:
        place = "/".join(
            str(citation[key]) for key in ("document_id", "version_id", "section_ordinal")
        )
        text = informed.get(f"/api/sections/{place}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_citations_are_numbered_in_the_order_of_their_use(informed: TestClient) -> None:
    answer = ask(informed, "시범사용 완료보고서는 며칠 이내에 제출하나요?")[-1].data
    used = [n for sentence in answer["sentences"] for n in sentence["citation_numbers"]]
    assert list(dict.fromkeys(used)) == list(range(1, len(set(used)) + 1))
    assert [citation["number"] for citation in answer["citations"]][: len(set(used))] == sorted(
        set(used)
    )


def test_a_citation_names_the_paragraph_of_its_article(informed: TestClient) -> None:
    answer = ask(informed, "시범사용 완료보고서는 며칠 이내에 제출하나요?")[-1].data
    first = next(one for one in answer["citations"] if "14일" in one["quote"])
    assert first["label"] == "제2조제1항"


def test_the_sources_come_before_any_text(informed: TestClient) -> None:
    names = [event.name for event in ask(informed, "완료보고서는 며칠 이내에 제출하나요?")]
    assert "passages" in names
    assert "delta" not in names[: names.index("passages")]


@pytest.mark.parametrize("mode", ["500:9", "badjson", "reset", "empty"])
def test_a_model_that_fails_costs_no_answer(
    open_client: Callable[..., TestClient], endpoint: FakeEndpoint, mode: str
) -> None:
    endpoint.mode = mode
    client = open_client(
        llm_base_url=endpoint.base_url,
        llm_model="test-model",
        llm_internal=True,
        llm_deadline_s=3.0,
    )
    put_in(client)
    events = ask(client, "시범사용 완료보고서는 며칠 이내에 제출하나요?")
    assert "error" not in [event.name for event in events]
    assert "14일" in events[-1].data["text"]
    assert any(notice.startswith("model_failed:") for notice in events[-1].data["notices"])


def test_only_the_chosen_collection_is_searched(informed: TestClient) -> None:
    made = informed.post("/api/collections", json={"name": "빈 모음", "grade": "O"}).json()
    answer = ask(
        informed, "완료보고서는 며칠 이내에 제출하나요?", collection_ids=[made["collection_id"]]
    )[-1].data
    assert answer["outcome"] == "no_evidence"


# -- files --------------------------------------------------------------------------------------

FORMATS = ["hwpx", "docx", "pdf", "html", "md", "txt"]


@pytest.fixture
def answered(client: TestClient) -> str:
    """Return the address of an answered question."""
    client.post("/api/documents", params={"file_name": "규정.md"}, content=RULE.encode())
    assert assistant_of(client).wait_idle(timeout_s=20)
    turn = ask(client, "완료보고서는 언제까지 제출하나요?")[-1].data
    assert turn["outcome"] == "answered"
    return f"/api/turns/{turn['turn_id']}"


def test_an_answer_is_exported_in_every_format(client: TestClient, answered: str) -> None:
    for fmt in FORMATS:
        response = client.get(f"{answered}/export", params={"format": fmt})
        assert response.status_code == 200
        assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert response.headers["content-disposition"].endswith(f".{fmt}")
    assert "14일 이내에" in response.text
    assert "「시험용 물품 규정」 제2조제1항(시행 2026. 1. 1.)" in response.text


def test_an_answer_of_nobody_and_a_format_of_nobody_are_refused(
    client: TestClient, answered: str
) -> None:
    missing = client.get("/api/turns/none/export", params={"format": "txt"})
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    unknown = client.get(f"{answered}/export", params={"format": "exe"})
    assert (unknown.status_code, unknown.json()["fields"]) == (422, ["format"])
    foreign = client.app
    assert isinstance(foreign, FastAPI)
    foreign.dependency_overrides[get_principal] = lambda: Principal(
        institution_id="other", institution_name="다른 기관"
    )
    assert client.get(f"{answered}/export", params={"format": "txt"}).status_code == 404


def test_a_question_without_a_checked_answer_is_not_exported(client: TestClient) -> None:
    turn = ask(client, "화성 기지의 급수 규칙은 몇 조인가요?")[-1].data
    refused = client.get(f"/api/turns/{turn['turn_id']}/export", params={"format": "hwpx"})
    assert (refused.status_code, refused.json()["code"]) == (422, "answer_unwritable")
