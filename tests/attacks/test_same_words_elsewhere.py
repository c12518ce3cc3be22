"""What another institution does with the very same names, files and numbers tells it nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.api.events import parse
from tests.api.test_jobs import form
from tests.attacks.twooffices import BY, CANARY, QUESTION, RULE, Theirs, post, two_institutions

NOBODYS = "8" * 32


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theirs]:
    with two_institutions(tmp_path_factory.mktemp("same")) as opened:
        opened.act_as("other")
        yield opened


def test_the_same_file_is_a_new_one_elsewhere(theirs: Theirs) -> None:
    sent = theirs.client.post(
        "/api/documents", params={"file_name": f"{CANARY}.md"}, content=RULE.encode()
    )
    assert (sent.status_code, sent.json()["duplicate"]) == (202, False)
    document = sent.json()["document"]
    assert document["document_id"] != theirs.ids["document_id"]
    parse(theirs.client.get(f"/api/documents/{document['document_id']}/events").text)
    versions = theirs.client.get(f"/api/documents/{document['document_id']}").json()
    assert theirs.ids["version_id"] not in json.dumps(versions)
    assert theirs.client.delete(f"/api/documents/{document['document_id']}").status_code < 300
    theirs.act_as("default")
    kept = theirs.client.get(f"/api/documents/{theirs.ids['document_id']}")
    theirs.act_as("other")
    assert kept.json()["state"] == "ready"


def test_the_same_names_and_numbers_are_free_elsewhere(theirs: Theirs) -> None:
    post(theirs.client, "/api/collections", {"name": f"{CANARY} 모음", "grade": "S"})
    case = post(theirs.client, "/api/complaints", {"text": QUESTION, "number": f"{CANARY}-0"})
    base = f"/api/complaints/{case['complaint_id']}"
    for path in (f"{base}/similar", base):
        found = theirs.client.get(path)
        assert found.status_code == 200
        assert [one for one in theirs.ids.values() if len(one) > 8 and one in found.text] == []


def test_a_search_finds_nothing_of_theirs_whatever_it_names(theirs: Theirs) -> None:
    for field, value in (
        ("document_ids", [theirs.ids["document_id"]]),
        ("collection_ids", [theirs.ids["collection_id"]]),
        ("conversation_id", theirs.ids["conversation_id"]),
    ):
        asked = {"question": f"{CANARY} 운영 규정 제1조", field: value}
        said = theirs.client.post("/api/chat", json=asked).text.replace(asked["question"], "")
        assert "14일 이내" not in said
        assert theirs.ids["version_id"] not in said
    for path in ("/api/complaints?which=all&query=", "/api/documents?query=", "/api/jobs?query="):
        found = theirs.client.get(f"{path}{CANARY}")
        assert theirs.ids["complaint_id"] not in found.text
        assert theirs.ids["document_id"] not in found.text
        assert theirs.ids["job_id"] not in found.text


def test_a_file_of_the_same_words_pays_for_nothing_of_theirs_and_gets_nothing(
    theirs: Theirs,
) -> None:
    job = post(theirs.client, "/api/jobs", {"table": "product_application", "title": "x", "by": BY})
    sent = theirs.client.post(
        f"/api/jobs/{job['job_id']}/files",
        params={"file_name": f"{CANARY}.md"},
        content=form(CANARY),
    )
    assert sent.status_code == 202
    theirs.client.get(f"/api/jobs/{job['job_id']}/events")
    row = theirs.client.get(f"/api/jobs/{job['job_id']}/items/{sent.json()['item_id']}").text
    assert theirs.ids["item_id"] not in row
    assert theirs.ids["job_id"] not in row


# What is somebody else's and what was never there are refused in the same words.
_LOOKED_UP = {
    "/api/documents/{}": "document_id",
    "/api/conversations/{}": "conversation_id",
    "/api/drafts/{}": "paper_id",
    "/api/jobs/{}": "job_id",
    "/api/complaints/{}": "complaint_id",
    "/api/complaints/groups/{}": "group_id",
    "/api/pilots/{}": "pilot_id",
}


@pytest.mark.parametrize("path", _LOOKED_UP)
def test_a_refusal_does_not_tell_whether_the_thing_exists(theirs: Theirs, path: str) -> None:
    answers = [
        theirs.client.get(path.format(one)) for one in (theirs.ids[_LOOKED_UP[path]], NOBODYS)
    ]
    said = [{k: v for k, v in one.json().items() if k != "request_id"} for one in answers]
    assert [one.status_code for one in answers] == [404, 404]
    assert said[0] == said[1]
