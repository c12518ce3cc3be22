"""Papers over HTTP: versions by ETag, both texts kept, decisions bound to one text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.assembly import Assistant
from assistant.domain import (
    DraftStyle,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSubject,
    PartKind,
    Picture,
    Run,
    Table,
    TableCell,
)
from tests.make import make_citation, make_paper, make_sentence

KIM = "주무관 김가나"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def assistant_of(client: TestClient) -> Assistant:
    assert isinstance(client.app, FastAPI)
    assistant = client.app.state.assistant
    assert isinstance(assistant, Assistant)
    return assistant


def stored(client: TestClient, paper: Paper | None = None) -> str:
    """Store a paper as the flow of a case does; return its address."""
    state = assistant_of(client).papers.create(
        paper or make_paper(),
        subject=PaperSubject.BATCH,
        subject_id="c",
        institution_id="default",
    )
    return f"/api/drafts/{state.record.paper_id}"


@pytest.fixture
def address(client: TestClient) -> str:
    return stored(client)


def etag(client: TestClient, address: str) -> str:
    return str(client.get(address).headers["etag"])


def edit(
    client: TestClient, address: str, *lines: str, match: str | None, part: str = "answer"
) -> Response:
    response = client.patch(
        f"{address}/parts/{part}",
        json={"lines": [{"text": line} for line in lines], "by": KIM},
        headers={} if match is None else {"If-Match": match},
    )
    return response


def texts(draft: dict[str, Any], part_id: str = "answer") -> list[str]:
    part = next(part for part in draft["parts"] if part["part_id"] == part_id)
    return [" ".join(s["text"] for s in block["sentences"]) for block in part["blocks"]]


def approve(client: TestClient, address: str, *, reason: str = "전화로 확인") -> Response:
    draft = client.get(address).json()
    taken = [{"item_id": item["item_id"], "reason": reason} for item in draft["items"]]
    body = {
        "content_hash": draft["version"]["content_hash"],
        "by": "과장 이다라",
        "acknowledgements": taken,
    }
    return client.post(f"{address}/approve", json=body)


# -- reading ------------------------------------------------------------------------------------


def test_a_draft_says_what_carries_each_sentence_and_what_is_open(
    client: TestClient, address: str
) -> None:
    draft = client.get(address).json()
    statuses = [s["status"] for s in draft["parts"][1]["blocks"][0]["sentences"]]
    assert statuses == ["supported", "unsupported"]
    assert [item["kind"] for item in draft["items"]] == ["unsupported", "open"]
    assert draft["parts"][2]["is_locked"] is True
    assert draft["etag"] == etag(client, address)


def test_a_citation_whose_section_is_gone_is_not_shown(client: TestClient, address: str) -> None:
    draft = client.get(address).json()
    assert draft["citations"] == []
    assert draft["parts"][1]["blocks"][0]["sentences"][0]["citation_numbers"] == []


def test_a_citation_opens_its_section(open_client: Callable[..., TestClient]) -> None:
    client = open_client()
    data = "# 규정\n\n##### 제1조 (보고)\n\n7일 이내에 낸다.\n".encode()
    client.post("/api/documents", params={"file_name": "a.md"}, content=data)
    assert assistant_of(client).wait_idle(timeout_s=20)
    (document,) = client.get("/api/documents").json()["documents"]
    citation = make_citation(
        document_id=document["document_id"],
        version_id=document["version_id"],
        section_ordinal=0,
        start=0,
        end=3,
    )
    part = PaperPart(
        part_id="answer",
        kind=PartKind.DRAFTED,
        blocks=(PaperParagraph(sentences=(make_sentence("낸다.", citations=(citation,)),)),),
    )
    draft = client.get(stored(client, make_paper(part))).json()
    (cited,) = draft["citations"]
    section = client.get(
        f"/api/sections/{cited['document_id']}/{cited['version_id']}/{cited['section_ordinal']}"
    )
    assert (section.status_code, cited["number"]) == (200, 1)


def test_blocks_of_every_kind_are_shown_with_their_numbers(client: TestClient) -> None:
    table = Table(rows=((TableCell(runs=(Run(text="칸"),)),),), caption="표")
    part = PaperPart(
        part_id="a",
        kind=PartKind.DRAFTED,
        heading="검토 의견",
        blocks=(
            PaperParagraph(sentences=(make_sentence("첫째"),), depth=2),
            table,
            Picture(data=PNG, alt="추이"),
        ),
    )
    address = stored(client, make_paper(part, style=DraftStyle.OFFICIAL))
    shown = client.get(address).json()["parts"][0]
    assert (shown["marker"], shown["blocks"][0]["marker"]) == ("1.", "가.")
    assert [block["kind"] for block in shown["blocks"]] == ["paragraph", "table", "picture"]
    picture = client.get(f"{address}/pictures/{shown['blocks'][2]['digest']}")
    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    assert client.get(f"{address}/pictures/none").status_code == 404


# -- edits --------------------------------------------------------------------------------------


def test_an_edit_makes_a_version_with_a_new_etag(client: TestClient, address: str) -> None:
    before = etag(client, address)
    response = edit(client, address, "새 글입니다.", match=before)
    assert response.status_code == 200
    assert response.headers["etag"] == etag(client, address) != before
    versions = client.get(f"{address}/versions").json()["versions"]
    assert [(v["number"], v["by"], v["reason"]) for v in versions] == [
        (2, KIM, "edited"),
        (1, "", "created"),
    ]
    assert [v["is_current"] for v in versions] == [True, False]


@pytest.mark.parametrize("match", [None, "*", "x", '"x"', '""'])
def test_an_edit_names_the_version_it_was_made_from(
    client: TestClient, address: str, match: str | None
) -> None:
    response = edit(client, address, "글", match=match)
    assert (response.status_code, response.json()["code"]) == (428, "precondition_required")


def test_a_stale_edit_gets_both_texts_and_keeps_both(client: TestClient, address: str) -> None:
    before = etag(client, address)
    edit(client, address, "먼저 쓴 글", match=before)
    response = edit(client, address, "나중에 쓴 글", match=before)
    body = response.json()
    assert (response.status_code, body["code"]) == (412, "stale_version")
    assert (texts(body["current"]), texts(body["yours"])) == (["먼저 쓴 글"], ["나중에 쓴 글"])
    (aside,) = client.get(address).json()["asides"]
    assert aside["number"] == body["yours"]["version"]["number"]


@pytest.mark.parametrize(("take", "text"), [(True, "나중에 쓴 글"), (False, "먼저 쓴 글")])
def test_a_person_chooses_between_two_texts(
    client: TestClient, address: str, take: bool, text: str
) -> None:
    before = etag(client, address)
    edit(client, address, "먼저 쓴 글", match=before)
    edit(client, address, "나중에 쓴 글", match=before)
    response = client.post(
        f"{address}/settle",
        json={"aside": 3, "take": take, "by": KIM},
        headers={"If-Match": etag(client, address)},
    )
    assert texts(response.json()) == [text]
    assert response.json()["asides"] == []


def test_a_computed_part_and_unknown_fields_are_refused(client: TestClient, address: str) -> None:
    match = etag(client, address)
    response = edit(client, address, "100점", match=match, part="figures")
    assert (response.status_code, response.json()["code"]) == (422, "part_locked")
    assert edit(client, address, "글", match=match, part="none").status_code == 404
    response = client.patch(f"{address}/parts/answer", json={"lines": [], "by": "", "x": 1})
    assert (response.status_code, response.json()["fields"]) == (422, ["by", "x"])


def test_an_earlier_version_is_shown_compared_and_restored(
    client: TestClient, address: str
) -> None:
    edit(client, address, "새 글입니다.", match=etag(client, address))
    old = client.get(f"{address}/versions/1").json()
    assert len(texts(old)) == 2
    found = client.get(f"{address}/compare", params={"old": 1, "new": 2}).json()
    assert (found["changes"], found["old"]["number"], found["new"]["by"]) == (1, 1, KIM)
    response = client.post(
        f"{address}/restore",
        json={"version": 1, "by": KIM},
        headers={"If-Match": etag(client, address)},
    )
    assert (texts(response.json()), response.json()["version"]["number"]) == (texts(old), 3)


def test_a_cell_of_a_table_is_filled_in(client: TestClient) -> None:
    table = Table(rows=((TableCell(runs=(Run(text="【확인 필요】"),)),),))
    address = stored(
        client, make_paper(PaperPart(part_id="a", kind=PartKind.GIVEN, blocks=(table,)))
    )
    body = {"cells": [{"block": 0, "row": 0, "cell": 0, "text": "성공"}], "by": KIM}
    match = {"If-Match": etag(client, address)}
    draft = client.patch(f"{address}/parts/a/cells", json=body, headers=match).json()
    assert draft["parts"][0]["blocks"][0]["rows"][0][0]["text"] == "성공"
    assert (draft["items"], draft["version"]["by"]) == ([], KIM)
    assert client.patch(f"{address}/parts/a/cells", json=body).status_code == 428


# -- remarks and approval -----------------------------------------------------------------------


def test_remarks_are_made_and_dealt_with(client: TestClient, address: str) -> None:
    made = client.post(
        f"{address}/comments", json={"part_id": "answer", "text": "근거?", "by": "과장 이다라"}
    )
    assert made.status_code == 201
    client.patch(
        f"{address}/comments/{made.json()['comment_id']}", json={"is_resolved": True, "by": KIM}
    )
    (comment,) = client.get(address).json()["comments"]
    assert (comment["text"], comment["resolved_by"]) == ("근거?", KIM)


def test_open_places_block_approval(client: TestClient, address: str) -> None:
    response = approve(client, address, reason=" ")
    assert (response.status_code, response.json()["code"]) == (422, "open_items")
    assert response.json()["count"] == 2
    approval = approve(client, address).json()["approval"]
    assert (approval["by"], len(approval["acknowledgements"])) == ("과장 이다라", 2)


def test_an_edit_voids_an_approval(client: TestClient, address: str) -> None:
    approve(client, address)
    edit(client, address, "새 글입니다.", match=etag(client, address))
    draft = client.get(address).json()
    assert (draft["approval"], draft["lapsed"]["by"]) == (None, "과장 이다라")


def name_it(client: TestClient, address: str, *names: tuple[str, str], match: str) -> Response:
    """Give a title ("") or headings."""
    body = {"names": [{"part_id": part, "text": text} for part, text in names], "by": KIM}
    return client.patch(f"{address}/names", json=body, headers={"If-Match": match})


def test_another_title_is_a_version_of_its_own_and_voids_the_approval(
    client: TestClient, address: str
) -> None:
    approve(client, address)
    named = name_it(client, address, ("", " 고친  제목 "), match=etag(client, address))
    assert named.status_code == 200, named.text
    draft = client.get(address).json()
    assert (draft["title"], draft["approval"]) == ("고친 제목", None)
    assert (draft["version"]["number"], draft["version"]["reason"]) == (2, "edited")
    assert "고친 제목" in client.get(f"{address}/export?format=txt").text


def test_two_titles_given_at_once_are_both_kept(client: TestClient, address: str) -> None:
    first = etag(client, address)
    assert name_it(client, address, ("", "하나"), match=first).status_code == 200
    late = name_it(client, address, ("", "다른 하나"), match=first)
    assert late.status_code == 412
    assert late.json()["current"]["title"] == "하나"
    assert late.json()["yours"]["title"] == "다른 하나"


@pytest.mark.parametrize(
    ("name", "status"), [(("", "  "), 422), (("", "가" * 301), 422), (("no part", "가"), 404)]
)
def test_what_cannot_be_a_title_or_heading_is_refused(
    client: TestClient, address: str, name: tuple[str, str], status: int
) -> None:
    assert name_it(client, address, name, match=etag(client, address)).status_code == status


def test_a_text_that_was_changed_meanwhile_is_not_approved(
    client: TestClient, address: str
) -> None:
    body = {"content_hash": "0" * 64, "by": KIM}
    response = client.post(f"{address}/approve", json=body)
    assert (response.status_code, response.json()["reason"]) == (409, "paper_changed")


# -- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", ["hwpx", "docx", "pdf", "html", "md", "txt"])
def test_a_draft_is_exported_in_every_format(client: TestClient, address: str, fmt: str) -> None:
    response = client.get(f"{address}/export", params={"format": fmt})
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert response.headers["content-disposition"].endswith(f".{fmt}")


def test_plain_text_for_pasting_has_no_numbers(client: TestClient, address: str) -> None:
    text = client.get(f"{address}/export", params={"format": "txt", "plain": True}).text
    assert "AI 초안" in text
    assert client.get(f"{address}/export", params={"format": "exe"}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/versions"),
        ("GET", "/versions/1"),
        ("GET", "/compare?old=1&new=1"),
        ("GET", "/export?format=txt"),
        ("GET", "/pictures/x"),
        ("POST", "/comments"),
        ("POST", "/approve"),
    ],
)
def test_a_paper_that_is_not_there_is_not_found(client: TestClient, method: str, path: str) -> None:
    body = {"text": "글", "by": KIM} if path == "/comments" else {"content_hash": "x", "by": KIM}
    response = client.request(method, f"/api/drafts/none{path}", json=body)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
