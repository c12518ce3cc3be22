"""What was read of a document, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, update
from starlette.testclient import TestClient

from api.views.preview import ASIDES, TABLE_ROWS
from assistant.domain import (
    Aside,
    AsideKind,
    Block,
    BlockKind,
    Cell,
    Document,
    Locator,
    ReadWarning,
)
from assistant.store import Store
from assistant.store.models import ReadingRow, SectionRow
from tests.api.conftest import RULE
from tests.api.events import parse
from tests.api.test_documents import settled, upload

MERGED = """<h1>사업비</h1>
<table>
<thead><tr><th rowspan="2">구분</th><th colspan="2">금액</th></tr>
<tr><th>국비</th><th>지방비</th></tr></thead>
<tbody><tr><td rowspan="2">장비</td><td>10</td><td>20</td></tr>
<tr><td>30</td><td>40</td></tr></tbody>
</table>"""


def preview(client: TestClient, document_id: str, **query: object) -> dict[str, Any]:
    response = client.get(f"/api/documents/{document_id}/preview", params=query)  # type: ignore[arg-type]  # numbers
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def put(client: TestClient, content: str, name: str) -> dict[str, Any]:
    return settled(client, upload(client, content.encode(), name)["document"]["document_id"])


def store_of(client: TestClient) -> Store:
    store: Store = client.app.state.assistant.store  # type: ignore[attr-defined]  # a FastAPI
    return store


def keep(client: TestClient, document: Document) -> str:
    """Put `document` in the place of what was read of a small file; return the file's id."""
    stored = put(client, RULE, "규정.md")
    store_of(client).readings.put(stored["version_id"], document, institution_ids=("default",))
    return str(stored["document_id"])


def read(*blocks: Block, **facts: Any) -> Document:
    return Document(title="표본", media_type="text/plain", blocks=blocks, **facts)


def long_table(rows: int, *, heads: int = 1) -> Block:
    head = (Cell(text="번호"), Cell(text="값"))
    body = tuple((Cell(text=str(n)), Cell(text=f"{n}원")) for n in range(rows))
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=0),
        rows=(*[head] * heads, *body),
        header_rows=heads,
        caption="표 1",
    )


def test_blocks_come_as_they_were_read(client: TestClient) -> None:
    shown = preview(client, put(client, RULE, "규정.md")["document_id"])
    kinds = [(block["kind"], block["text"]) for block in shown["blocks"]]
    assert ("heading", "제1조 (목적)") in kinds
    assert ("paragraph", "이 규정은 시험용 물품의 구매에 필요한 사항을 정한다.") in kinds
    assert shown["total"] == len(kinds)
    assert shown["next_offset"] is None


def test_merged_cells_keep_their_spans(client: TestClient) -> None:
    shown = preview(client, put(client, MERGED, "사업비.html")["document_id"])
    (table,) = (block for block in shown["blocks"] if block["kind"] == "table")
    assert table["header_rows"] == 2
    spans = [[(c["text"], c["row_span"], c["col_span"]) for c in row] for row in table["rows"]]
    assert spans[0] == [("구분", 2, 1), ("금액", 1, 2)]
    assert spans[2][0] == ("장비", 2, 1)
    assert [len(row) for row in spans] == [2, 2, 3, 2]


def test_a_long_document_comes_in_ranges_that_join(client: TestClient) -> None:
    text = "\n\n".join(f"{n}번째 문단입니다." for n in range(45))
    document_id = put(client, text, "긴 글.txt")["document_id"]
    whole = preview(client, document_id)["blocks"]
    joined: list[Any] = []
    offset: int | None = 0
    while offset is not None:
        part = preview(client, document_id, offset=offset, limit=7)
        joined += part["blocks"]
        offset = part["next_offset"]
    assert joined == whole


def test_a_long_table_comes_in_parts_under_the_same_heads(client: TestClient) -> None:
    document_id = keep(client, read(long_table(2 * TABLE_ROWS + 1)))
    shown = preview(client, document_id)
    assert shown["total"] == len(shown["blocks"]) == 3
    assert [block["continued"] for block in shown["blocks"]] == [False, True, True]
    assert {block["rows"][0][0]["text"] for block in shown["blocks"]} == {"번호"}
    body = [row[0]["text"] for block in shown["blocks"] for row in block["rows"][1:]]
    assert body == [str(n) for n in range(2 * TABLE_ROWS + 1)]


def test_a_merged_cell_that_reaches_into_the_next_part_is_told_there_again(
    client: TestClient,
) -> None:
    label = Cell(text="장비", row_span=TABLE_ROWS + 5)
    rows = ((label, Cell(text="0")), *((Cell(text=str(n)),) for n in range(1, TABLE_ROWS + 5)))
    table = Block(kind=BlockKind.TABLE, text="", locator=Locator(ordinal=0), rows=rows)
    first, second = preview(client, keep(client, read(table)))["blocks"]
    assert (first["rows"][0][0]["row_span"], second["rows"][0][0]["row_span"]) == (TABLE_ROWS, 5)
    assert second["rows"][0][0]["text"] == "장비"


def test_a_range_ends_early_rather_than_grow_without_bound(client: TestClient) -> None:
    big = Block(kind=BlockKind.PARAGRAPH, text="가" * 150_000, locator=Locator(ordinal=0))
    document_id = keep(client, read(big, big, big))
    part = preview(client, document_id)
    assert (len(part["blocks"]), part["next_offset"], part["total"]) == (1, 1, 3)


def test_what_is_not_in_print_stands_apart_and_comes_once(client: TestClient) -> None:
    line = Block(kind=BlockKind.PARAGRAPH, text="본문", locator=Locator(ordinal=0), is_ocr=True)
    asides = tuple(Aside(kind=AsideKind.MEMO, text=f"메모 {n}", page=3) for n in range(ASIDES + 2))
    document = read(line, line, asides=asides, warnings=(ReadWarning(code="ocr", count=2),))
    document_id = keep(client, document)
    first, second = (preview(client, document_id, offset=n, limit=1) for n in (0, 1))
    assert (len(first["asides"]), first["aside_count"]) == (ASIDES, ASIDES + 2)
    assert first["asides"][0] == {"kind": "memo", "text": "메모 0", "page": 3}
    assert (second["asides"], second["warnings"]) == ([], [])
    assert first["blocks"][0]["is_ocr"]
    assert first["warnings"][0]["text"].endswith("대조하십시오.")


def test_an_earlier_version_is_shown_as_it_was_read(client: TestClient) -> None:
    old = put(client, RULE, "규정.md")
    new = put(client, RULE.replace("14일", "21일"), "규정.md")
    assert new["document_id"] == old["document_id"]
    before = preview(client, old["document_id"], version_id=old["version_id"])
    assert any("14일" in block["text"] for block in before["blocks"])
    assert any("21일" in one["text"] for one in preview(client, old["document_id"])["blocks"])


def forget(client: TestClient, version_id: str) -> None:
    """Leave the version as one that an earlier Gongmun stored."""
    store = store_of(client)
    with store._database.write() as connection:
        connection.execute(delete(ReadingRow).where(ReadingRow.version_id == version_id))
    assert store.readings.get(version_id, institution_ids=("default",)) is None


def test_a_reading_that_was_not_kept_is_made_anew_and_kept(client: TestClient) -> None:
    stored = put(client, RULE, "규정.md")
    before = preview(client, stored["document_id"])
    forget(client, stored["version_id"])
    assert preview(client, stored["document_id"]) == before
    kept = store_of(client).readings.get(stored["version_id"], institution_ids=("default",))
    assert kept is not None


def test_without_reading_and_without_file_it_is_said_that_the_file_cannot_be_read(
    client: TestClient,
) -> None:
    stored = put(client, RULE, "규정.md")
    forget(client, stored["version_id"])
    for path in client.app.state.settings.data_dir.glob("blobs/*/*"):  # type: ignore[attr-defined]  # a FastAPI
        path.unlink()
    response = client.get(f"/api/documents/{stored['document_id']}/preview")
    assert (response.status_code, response.json()["code"]) == (422, "document_unreadable")


def test_a_file_that_could_not_be_read_has_an_empty_preview(client: TestClient) -> None:
    document_id = upload(client, b"%PDF-1.7 broken", "x.pdf")["document"]["document_id"]
    assert settled(client, document_id)["state"] == "failed"
    shown = preview(client, document_id)
    assert (shown["blocks"], shown["total"], shown["next_offset"]) == ([], 0, None)


@pytest.mark.parametrize("query", [{"offset": -1}, {"limit": 0}, {"limit": 501}])
def test_a_range_that_is_none_is_refused(client: TestClient, query: dict[str, int]) -> None:
    document_id = put(client, RULE, "규정.md")["document_id"]
    response = client.get(f"/api/documents/{document_id}/preview", params=query)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_a_version_of_another_document_is_not_found(client: TestClient) -> None:
    one = put(client, RULE, "규정.md")
    other = put(client, "다른 글이다.", "다른 글.txt")
    address = f"/api/documents/{one['document_id']}/preview"
    response = client.get(address, params={"version_id": other["version_id"]})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_request_for_an_overview_is_answered_from_the_beginning_of_the_chosen_file(
    open_client: Callable[..., TestClient],
) -> None:
    client = open_client()
    stored = put(client, RULE, "규정.md")
    put(client, "# 다른 안내\n\n요약해 주세요라는 말이 든 글이다.", "다른 안내.md")
    client.app.state.assistant.wait_idle(timeout_s=20)  # type: ignore[attr-defined]  # a FastAPI
    body = {"question": "이 문서를 요약해 주세요", "document_ids": [stored["document_id"]]}
    answer = client.post("/api/chat", json=body).text
    assert "이 규정은 시험용 물품의 구매에 필요한 사항을 정한다." in answer
    assert '"outcome":"answered"' in answer.replace(" ", "")
    assert "요약해 주세요라는" not in answer


def test_figures_read_off_a_picture_are_shown_as_unchecked(client: TestClient) -> None:
    stored = put(client, RULE, "규정.md")
    client.app.state.assistant.wait_idle(timeout_s=20)  # type: ignore[attr-defined]  # a FastAPI
    with store_of(client)._database.write() as connection:
        connection.execute(update(SectionRow).values(is_ocr=True))
    body = {"question": "완료보고서는 며칠 안에 제출하나요?"}
    events = parse(client.post("/api/chat", json=body).text)
    (answer,) = [event.data for event in events if event.name == "answer"]
    (first, *_) = [one for one in answer["sentences"] if "14일" in one["text"]]
    assert first["status"] == "unchecked"
    assert {"code": "ocr_figure", "token": "14일", "token_kind": "number"} in first["problems"]
    assert answer["summary"]["unchecked"] >= 1
    assert all(citation["is_ocr"] for citation in answer["citations"])
    section = client.get(f"/api/sections/{stored['document_id']}/{stored['version_id']}/1").json()
    assert section["is_ocr"]
