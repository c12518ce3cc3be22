"""Documents over HTTP: uploads, lists, previews, downloads, deletion."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from tests.api.conftest import RULE
from tests.api.events import parse
from tests.api.live import live_server, read_until


def upload(
    client: TestClient, content: bytes = RULE.encode(), name: str = "규정.md", **query: str
) -> dict:  # type: ignore[type-arg]  # a JSON body
    response = client.post("/api/documents", params={"file_name": name, **query}, content=content)
    assert response.status_code in (200, 202), response.text
    body: dict[str, object] = response.json()
    return body


def settled(client: TestClient, document_id: str) -> dict:  # type: ignore[type-arg]
    """Wait on the event stream until the document is ready or failed."""
    events = parse(client.get(f"/api/documents/{document_id}/events").text)
    last: dict[str, object] = events[-1].data
    return last


def test_an_uploaded_file_becomes_a_document(client: TestClient) -> None:
    result = upload(client)
    document = settled(client, result["document"]["document_id"])
    assert not result["duplicate"]
    assert document["state"] == "ready"
    assert document["chunk_count"] > 0
    assert document["file_name"] == "규정.md"


def test_the_same_bytes_are_taken_once(client: TestClient) -> None:
    first = upload(client)
    response = client.post(
        "/api/documents", params={"file_name": "같은 것.md"}, content=RULE.encode()
    )
    assert response.status_code == 200
    assert response.json()["duplicate"]
    assert response.json()["document"]["document_id"] == first["document"]["document_id"]


def test_twenty_uploads_of_one_file_at_once_give_one_document(client: TestClient) -> None:
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda _: upload(client), range(20)))
    assert sum(not result["duplicate"] for result in results) == 1
    assert len({result["document"]["document_id"] for result in results}) == 1
    assert len(client.get("/api/documents").json()["documents"]) == 1


def test_a_changed_file_becomes_a_new_version(client: TestClient) -> None:
    document_id = upload(client)["document"]["document_id"]
    settled(client, document_id)
    again = upload(client, RULE.replace("14일", "21일").encode())
    assert again["changed"]
    settled(client, document_id)
    versions = client.get(f"/api/documents/{document_id}").json()["versions"]
    assert [version["number"] for version in versions] == [2, 1]


def test_a_file_over_the_limit_is_refused_before_it_is_sent(
    open_client: Callable[..., TestClient],
) -> None:
    client = open_client(upload_max_bytes=2_000)
    response = client.post("/api/documents", params={"file_name": "a.md"}, content=b"a" * 2_001)
    assert (response.status_code, response.json()["code"]) == (422, "document_too_large")


def test_a_file_that_hides_its_size_is_cut_off_while_it_streams(
    open_client: Callable[..., TestClient], settings: Settings
) -> None:
    client = open_client(upload_max_bytes=200_000)
    sent = 0

    def blocks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(10):
            sent += 1
            yield b"a" * 65_536

    response = client.post("/api/documents", params={"file_name": "a.md"}, content=blocks())
    assert (response.status_code, response.json()["code"]) == (422, "document_too_large")
    assert not list(settings.data_dir.rglob("*.part"))


def test_a_file_of_more_than_the_json_limit_is_taken(client: TestClient) -> None:
    text = "\n\n".join(f"{n}번째 문단입니다." for n in range(60_000)).encode()
    assert len(text) > 1_048_576
    assert upload(client, text, "긴 글.txt")["document"]["size_bytes"] == len(text)


def test_a_refused_file_is_answered_in_words_even_while_it_is_sent(settings: Settings) -> None:
    size = 30_000_000
    head = (
        "POST /api/documents?file_name=a.md HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Length: {size}\r\n\r\n"
    )
    small = settings.model_copy(update={"upload_max_bytes": 2_000})
    with live_server(small) as server, server.connect() as connection:
        connection.sendall(head.encode() + b"a" * size)
        assert "document_too_large" in read_until(connection, "request_id")


def test_an_empty_file_is_refused(client: TestClient) -> None:
    response = client.post("/api/documents", params={"file_name": "a.md"}, content=b"")
    assert (response.status_code, response.json()["code"]) == (422, "document_unreadable")
    assert response.json()["reason"] == "empty"


def test_a_full_disk_refuses_uploads_and_serves_reads(
    open_client: Callable[..., TestClient],
) -> None:
    client = open_client(min_free_bytes=1 << 60)
    response = client.post("/api/documents", params={"file_name": "a.md"}, content=b"text")
    assert (response.status_code, response.json()["code"]) == (507, "storage_full")
    assert client.get("/api/documents").status_code == 200


@pytest.mark.parametrize(
    ("query", "name"),
    [({"collection_id": "none"}, "collection_id"), ({"grade": "C"}, "grade")],
)
def test_an_unknown_place_or_grade_is_named(
    client: TestClient, query: dict[str, str], name: str
) -> None:
    response = client.post("/api/documents", params={"file_name": "a.md", **query}, content=b"text")
    assert (response.status_code, response.json()["code"]) == (422, "unknown_filter")
    assert response.json()["name"] == name


def test_nothing_can_be_put_into_a_shared_collection(client: TestClient) -> None:
    collections = client.get("/api/collections").json()["collections"]
    shared = next(one for one in collections if one["shared"])
    response = client.post(
        "/api/documents",
        params={"file_name": "a.md", "collection_id": shared["collection_id"]},
        content=b"text",
    )
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


def test_a_file_name_is_only_data(client: TestClient, settings: Settings) -> None:
    name = "..\\..\\etc/pass\u202ewd\x00.md"
    document = upload(client, name=name)["document"]
    assert document["file_name"] == "etc/passwd.md"
    assert not list(settings.data_dir.rglob("*passwd*"))


def test_the_original_comes_back_as_an_attachment_only(client: TestClient) -> None:
    document_id = upload(client, name="계약 서식.md")["document"]["document_id"]
    settled(client, document_id)
    response = client.get(f"/api/documents/{document_id}/file")
    assert response.content == RULE.encode()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    disposition = response.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%EA%B3%84")


def test_a_deleted_document_is_gone_and_can_be_brought_back(client: TestClient) -> None:
    document_id = upload(client)["document"]["document_id"]
    settled(client, document_id)
    deletion = client.delete(f"/api/documents/{document_id}").json()
    assert deletion["cited_in"] == 0
    assert client.get(f"/api/documents/{document_id}").status_code == 404
    assert client.post(f"/api/documents/{document_id}/restore").status_code == 200
    assert client.get(f"/api/documents/{document_id}").status_code == 200


def test_only_a_failed_document_is_read_again(client: TestClient) -> None:
    document_id = upload(client)["document"]["document_id"]
    settled(client, document_id)
    response = client.post(f"/api/documents/{document_id}/retry")
    assert (response.status_code, response.json()["reason"]) == (409, "not_failed")


@pytest.mark.parametrize("address", ["", "/events", "/preview", "/file"])
def test_a_document_of_nobody_is_not_found(client: TestClient, address: str) -> None:
    response = client.get(f"/api/documents/none{address}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "address"), [("DELETE", ""), ("POST", "/restore"), ("POST", "/retry")]
)
def test_a_document_of_nobody_cannot_be_changed(
    client: TestClient, method: str, address: str
) -> None:
    response = client.request(method, f"/api/documents/none{address}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_section_opens_by_its_place(client: TestClient) -> None:
    document_id = upload(client)["document"]["document_id"]
    document = settled(client, document_id)
    place = f"{document_id}/{document['version_id']}/0"
    section = client.get(f"/api/sections/{place}", params={"after": 2}).json()
    assert section["current"]
    assert section["ordinal"] == 0
    assert client.get(f"/api/sections/{document_id}/none/0").status_code == 404


def test_only_an_empty_collection_goes(client: TestClient) -> None:
    made = client.post("/api/collections", json={"name": "계약 자료", "grade": "O"})
    assert made.status_code == 201
    collection_id = made.json()["collection_id"]
    again = client.post("/api/collections", json={"name": "계약 자료", "grade": "O"})
    assert (again.status_code, again.json()["reason"]) == (409, "name_taken")
    document_id = upload(client, collection_id=collection_id)["document"]["document_id"]
    settled(client, document_id)
    full = client.delete(f"/api/collections/{collection_id}")
    assert (full.status_code, full.json()["reason"]) == (409, "collection_not_empty")


def test_an_empty_collection_goes(client: TestClient) -> None:
    made = client.post("/api/collections", json={"name": "빈 모음", "grade": "S"}).json()
    address = f"/api/collections/{made['collection_id']}"
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "name"), [({"state": "lost"}, "state"), ({"collection_id": "x"}, "collection_id")]
)
def test_an_unknown_list_filter_is_named(
    client: TestClient, query: dict[str, str], name: str
) -> None:
    response = client.get("/api/documents", params=query)
    assert (response.status_code, response.json()["code"]) == (422, "unknown_filter")
    assert response.json()["name"] == name
