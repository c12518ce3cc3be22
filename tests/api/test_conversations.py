"""Conversations over HTTP: listed, found, renamed, deleted and brought back."""

import pytest
from starlette.testclient import TestClient

from tests.api.events import ask


@pytest.fixture
def conversation_id(client: TestClient) -> str:
    """Return a conversation with one question."""
    return str(ask(client, "완료보고서는 언제까지 내나요?")[0].data["conversation_id"])


def titles(client: TestClient, query: str = "") -> list[str]:
    listed = client.get("/api/conversations", params={"query": query}).json()
    return [one["title"] for one in listed["conversations"]]


def test_the_newest_conversation_comes_first(client: TestClient, conversation_id: str) -> None:
    newer = ask(client, "수의계약의 한도는 얼마인가요?")[0].data["conversation_id"]
    listed = client.get("/api/conversations").json()["conversations"]
    assert [one["conversation_id"] for one in listed] == [newer, conversation_id]


@pytest.mark.usefixtures("conversation_id")
def test_a_conversation_is_found_by_a_word_of_its_question(client: TestClient) -> None:
    assert len(titles(client, "완료보고서")) == 1
    assert titles(client, "수의계약") == []


def test_a_conversation_gets_another_title(client: TestClient, conversation_id: str) -> None:
    address = f"/api/conversations/{conversation_id}"
    assert client.patch(address, json={"title": " 보고 기한 "}).json()["title"] == "보고 기한"
    assert titles(client) == ["보고 기한"]


@pytest.mark.parametrize("title", ["", "   ", "가" * 201])
def test_a_title_has_some_letters_and_not_too_many(
    client: TestClient, conversation_id: str, title: str
) -> None:
    response = client.patch(f"/api/conversations/{conversation_id}", json={"title": title})
    assert (response.status_code, response.json()["fields"]) == (422, ["title"])


def test_a_deleted_conversation_can_be_brought_back(
    client: TestClient, conversation_id: str
) -> None:
    address = f"/api/conversations/{conversation_id}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/restore").status_code == 204
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("method", "suffix"),
    [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore")],
)
def test_a_conversation_of_nobody_is_not_found(
    client: TestClient, method: str, suffix: str
) -> None:
    response = client.request(method, f"/api/conversations/none{suffix}", json={"title": "제목"})
    assert (response.status_code, response.json()["what"]) == (404, "conversation")
