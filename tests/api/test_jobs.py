"""Jobs over HTTP: begun over files, watched, looked into, corrected, run again and taken away."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from tests.api.events import Received, parse
from tests.api.opened import opened
from tests.api.test_documents import settled, upload

FORM = """# 혁신제품 신청서

| 기업명 | {company} |
|---|---|
| 제품명 | {product} |
| 세부품명번호 | 4111249901 |
| 제품 단가 | {price} |
"""
BY = "주무관 김가상"


def form(company: str, price: str = "1,250,000원", product: str = "누수 감지기") -> bytes:
    return FORM.format(company=company, price=price, product=product).encode()


def begin(client: TestClient, **fields: Any) -> dict[str, Any]:
    body = {"table": "product_application", "by": BY, **fields}
    response = client.post("/api/jobs", json=body)
    assert response.status_code == 202, response.text
    job: dict[str, Any] = response.json()
    return job


def send(client: TestClient, job_id: str, name: str, content: bytes) -> dict[str, Any]:
    response = client.post(f"/api/jobs/{job_id}/files", params={"file_name": name}, content=content)
    assert response.status_code == 202, response.text
    item: dict[str, Any] = response.json()
    return item


def events(client: TestClient, job_id: str, after: int = -1) -> list[Received]:
    """Watch a job until it has ended."""
    return parse(client.get(f"/api/jobs/{job_id}/events?changed_after={after}").text)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return one installation for all of these tests: opening a queue takes a second or two."""
    with opened(tmp_path_factory.mktemp("jobs")) as client:
        yield client


@pytest.fixture
def done(client: TestClient) -> dict[str, Any]:
    """Return a job over three files that has ended: one conflicts, one cannot be read."""
    job = begin(client, title="7월 신청")
    send(client, job["job_id"], "가.md", form("가상정밀"))
    send(client, job["job_id"], "나.md", form("가상전자") + b"\n- \xea\xb0\x80\xea\xb2\xa9: 9\n")
    send(client, job["job_id"], "깨짐.pdf", b"%PDF-1.7 broken")
    told: dict[str, Any] = events(client, job["job_id"])[-1].data
    return told


def items(client: TestClient, job_id: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/jobs/{job_id}/items", params=query).json()[
        "items"
    ]
    return found


def test_files_that_are_sent_become_rows_with_values(
    client: TestClient, done: dict[str, Any]
) -> None:
    assert (done["state"], done["counts"]["done"], done["counts"]["failed"]) == ("done", 2, 1)
    rows = items(client, done["job_id"])
    assert [row["cells"].get("company", {}).get("value") for row in rows] == [
        "가상정밀",
        "가상전자",
        None,
    ]


def test_papers_that_a_file_does_not_speak_of_are_not_counted_as_there(
    client: TestClient, done: dict[str, Any]
) -> None:
    row = items(client, done["job_id"])[0]
    assert (row["papers_present"], row["papers_expected"], row["missing_papers"]) == (0, 7, [])


def test_a_file_that_cannot_be_read_says_what_to_do(
    client: TestClient, done: dict[str, Any]
) -> None:
    [failed] = items(client, done["job_id"], state="failed")
    assert failed["error"]["code"] == "document_unreadable"
    assert "다시 저장한 파일" in failed["error"]["detail"]


def test_a_cell_opens_the_words_that_carry_it(client: TestClient, done: dict[str, Any]) -> None:
    base = f"/api/jobs/{done['job_id']}/items"
    row = items(client, done["job_id"])[0]
    item = client.get(f"{base}/{row['item_id']}").json()
    cell = next(cell for cell in item["cells"] if cell["column"] == "company")
    evidence = cell["values"][0]["evidence"]
    block = client.get(f"{base}/{row['item_id']}/preview").json()["blocks"][evidence["block"]]
    text = block["rows"][evidence["row"]][evidence["column"]]["text"]
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"] == "가상정밀"
    assert cell["reason_text"]


def test_a_job_over_documents_opens_them(client: TestClient) -> None:
    document_id = upload(client, form("가상정밀"), "신청.md")["document"]["document_id"]
    settled(client, document_id)
    job = begin(client, document_ids=[document_id])
    events(client, job["job_id"])
    [row] = items(client, job["job_id"])
    assert row["file"]["document_id"] == document_id
    assert row["cells"]["company"]["value"] == "가상정밀"
    assert client.get(f"/api/jobs/{job['job_id']}/items/{row['item_id']}/preview").json()["total"]


def test_a_job_over_a_collection_takes_every_document_by_name(client: TestClient) -> None:
    for name in ("나.md", "가.md"):
        settled(client, upload(client, form(name), name)["document"]["document_id"])
    job = begin(client, collection_id="inbox")
    events(client, job["job_id"])
    names = [row["file"]["file_name"] for row in items(client, job["job_id"])]
    assert {"가.md", "나.md"} <= set(names)
    assert names == sorted(names)


def test_a_job_over_the_files_of_another_leaves_that_one_as_it_is(
    client: TestClient, done: dict[str, Any]
) -> None:
    again = begin(client, same_files_as=done["job_id"], table="product_comparison")
    assert events(client, again["job_id"])[-1].data["counts"]["total"] == 3
    names = [row["file"]["file_name"] for row in items(client, again["job_id"])]
    assert names == ["가.md", "나.md", "깨짐.pdf"]
    assert client.get(f"/api/jobs/{done['job_id']}").json()["changed"] == done["changed"]


def test_changes_are_told_once(client: TestClient, done: dict[str, Any]) -> None:
    told = events(client, done["job_id"], after=done["changed"])
    assert [event.name for event in told] == ["job"]
    names = [event.name for event in events(client, done["job_id"])]
    assert names.count("item") == 3


def test_a_correction_stands_beside_the_value_with_who_and_when(
    client: TestClient, done: dict[str, Any]
) -> None:
    row = items(client, done["job_id"])[0]
    path = f"/api/jobs/{done['job_id']}/items/{row['item_id']}"
    body = {"value": "1,300천원", "by": BY, "reason": "유선 확인"}
    item = client.put(f"{path}/cells/price", json=body).json()
    [price] = [cell for cell in item["cells"] if cell["column"] == "price"]
    assert (price["value"], price["is_corrected"]) == ("1300000", True)
    assert (price["correction"]["by"], price["values"][0]["value"]) == (BY, "1250000")
    item = client.delete(f"{path}/cells/price", params={"by": BY}).json()
    [price] = [cell for cell in item["cells"] if cell["column"] == "price"]
    assert (price["value"], price["correction"]) == ("1250000", None)


@pytest.mark.parametrize(
    ("column", "value", "status", "code"),
    [
        pytest.param("price", "비쌈", 422, "cell_value", id="no price"),
        pytest.param("nothing", "1", 404, "not_found", id="no column"),
        pytest.param("price", "1" * 3_000, 422, "invalid_request", id="too long"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    client: TestClient, done: dict[str, Any], column: str, value: str, status: int, code: str
) -> None:
    row = items(client, done["job_id"])[0]
    path = f"/api/jobs/{done['job_id']}/items/{row['item_id']}/cells/{column}"
    response = client.put(path, json={"value": value, "by": BY})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_row_is_confirmed_by_name_until_it_changes(
    client: TestClient, done: dict[str, Any]
) -> None:
    row = items(client, done["job_id"])[0]
    path = f"/api/jobs/{done['job_id']}/items/{row['item_id']}"
    item = client.put(f"{path}/confirmation", json={"by": "과장 이가상"}).json()
    assert item["confirmation"]["by"] == "과장 이가상"
    item = client.put(f"{path}/cells/price", json={"value": "", "by": BY}).json()
    assert item["confirmation"] is None


def test_one_cell_is_run_again(client: TestClient, done: dict[str, Any]) -> None:
    row = items(client, done["job_id"])[0]
    body = {"item_ids": [row["item_id"]], "columns": ["price"]}
    response = client.post(f"/api/jobs/{done['job_id']}/run", json=body)
    assert (response.status_code, response.json()) == (202, {"count": 1})
    told = events(client, done["job_id"], after=done["changed"])
    assert told[-1].data["state"] == "done"
    assert {event.data["item_id"] for event in told if event.name == "item"} == {row["item_id"]}


def test_a_job_is_paused_resumed_cancelled_and_removed(client: TestClient) -> None:
    job_id = begin(client)["job_id"]
    assert client.post(f"/api/jobs/{job_id}/pause").json()["code"] == "conflict"  # it is empty
    send(client, job_id, "가.md", form("가상정밀"))
    client.post(f"/api/jobs/{job_id}/cancel")
    assert client.get(f"/api/jobs/{job_id}").json()["state"] in ("cancelled", "done")
    assert client.delete(f"/api/jobs/{job_id}").status_code == 204
    assert client.get(f"/api/jobs/{job_id}").status_code == 404


def test_a_workbook_holds_values_evidence_failures_and_columns(
    client: TestClient, done: dict[str, Any]
) -> None:
    response = client.get(f"/api/jobs/{done['job_id']}/export")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["표", "근거", "실패", "열 설명", "작업"]
    head, first = [list(row) for row in book["표"].iter_rows(max_row=2, values_only=True)]
    assert first[head.index("기업명")] == "가상정밀"
    assert first[head.index("제품 단가 (원)")] == 1_250_000
    assert "filename*=UTF-8''" in response.headers["content-disposition"]


@pytest.mark.parametrize("fmt", ["csv", "json", "hwpx", "docx"])
def test_every_format_comes_as_an_attachment(
    client: TestClient, done: dict[str, Any], fmt: str
) -> None:
    response = client.get(f"/api/jobs/{done['job_id']}/export", params={"format": fmt})
    assert response.status_code == 200
    assert len(response.content) > 300


def test_what_looks_like_a_formula_stays_text(client: TestClient) -> None:
    job_id = begin(client)["job_id"]
    send(client, job_id, "가.md", form("가상정밀", product="=1+1"))
    events(client, job_id)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/api/jobs/{job_id}/export").content), data_only=False
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_a_list_of_jobs_carries_no_columns(client: TestClient, done: dict[str, Any]) -> None:
    listed = client.get("/api/jobs").json()["jobs"]
    [found] = [job for job in listed if job["job_id"] == done["job_id"]]
    assert found["table"]["reference"] == done["table"]["reference"]
    assert "columns" not in found["table"]
    assert found | {"table": None} == done | {"table": None}


# -- selection --------------------------------------------------------------------------------


@pytest.fixture
def twins(client: TestClient) -> dict[str, Any]:
    """Return a job over two applications that look like one product, and one that does not."""
    job_id = begin(client, title="8월 신청")["job_id"]
    patents = "\n특허 등록번호: 제10-2345678호\n\nTRL: 5단계\n".encode()
    send(client, job_id, "가.md", form("가상정밀") + patents)
    send(client, job_id, "나.md", form("가상전자") + patents)
    send(client, job_id, "다.md", b"# \xea\xb8\x80\n\n" + "다른 글이다.".encode())
    told: dict[str, Any] = events(client, job_id)[-1].data
    return told


def test_the_report_for_the_meeting_is_a_paper_that_waits_for_an_opinion(
    client: TestClient, twins: dict[str, Any]
) -> None:
    made = client.post(f"/api/jobs/{twins['job_id']}/report", json={"by": BY})
    assert made.status_code == 201, made.text
    paper = client.get(f"/api/drafts/{made.json()['paper_id']}").json()
    text = json.dumps(paper, ensure_ascii=False)
    assert "신청 3건 가운데 3건을 읽었습니다." in text
    assert "특허가 같습니다" in text
    assert "【확인 필요】 검토 의견" in text


# -- tables -----------------------------------------------------------------------------------

OWN: dict[str, Any] = {
    "name": "our_table",
    "title": "우리 표",
    "columns": [
        {
            "name": "company",
            "label": "업체",
            "meaning": "신청한 업체",
            "type": "text",
            "labels": ["기업명"],
        }
    ],
}


ADDED = {
    "name": "technology_name",
    "label": "적용기술 이름",
    "meaning": "어떤 기술을 썼는지",
    "type": "text",
    "labels": ["적용기술"],
}


def save(client: TestClient, data: dict[str, Any], based_on: int = 0) -> Any:
    body = {"data": data, "by": BY, "based_on": based_on}
    return client.put(f"/api/tables/{data['name']}", json=body)


def test_the_tables_of_the_product_are_listed(client: TestClient) -> None:
    names = {table["name"] for table in client.get("/api/tables").json()["tables"]}
    assert {"product_application", "product_comparison", "pilot_results"} <= names


def test_a_table_of_ones_own_is_saved_changed_used_and_removed(client: TestClient) -> None:
    assert save(client, OWN).json()["version"] == 1
    assert save(client, OWN | {"title": "새 이름"}, based_on=1).json()["version"] == 2
    assert save(client, OWN, based_on=1).status_code == 409
    job_id = begin(client, table="our_table")["job_id"]
    send(client, job_id, "가.md", form("가상정밀"))
    events(client, job_id)
    assert items(client, job_id)[0]["cells"]["company"]["value"] == "가상정밀"
    assert client.delete("/api/tables/our_table", params={"by": BY}).status_code == 204
    assert client.get("/api/tables/our_table").status_code == 404
    assert client.get(f"/api/jobs/{job_id}").json()["table"]["title"] == "새 이름"


def test_a_table_of_the_product_is_taken_over_with_a_column_more(client: TestClient) -> None:
    shipped = client.get("/api/tables/product_application").json()["data"]
    data = shipped | {"name": "own_application", "columns": [*shipped["columns"], ADDED]}
    saved = save(client, data)
    assert saved.status_code == 200, saved.text
    assert saved.json()["columns"][-1]["label"] == "적용기술 이름"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({"columns": []}, 422, id="no column"),
        pytest.param({"name": "product_application"}, 409, id="name of the product's"),
    ],
)
def test_a_table_that_cannot_be_is_refused(
    client: TestClient, change: dict[str, Any], status: int
) -> None:
    response = save(client, OWN | change)
    assert response.status_code == status
    assert response.json()["detail"]


def test_a_table_is_tried_on_one_document_and_nothing_is_kept(client: TestClient) -> None:
    before = client.get("/api/jobs").json()
    document_id = upload(client, form("가상정밀"), "신청.md")["document"]["document_id"]
    settled(client, document_id)
    body = {"document_id": document_id, "data": OWN}
    item = client.post("/api/tables/try", json=body).json()
    assert [(c["column"], c["value"]) for c in item["cells"]] == [("company", "가상정밀")]
    assert client.get("/api/jobs").json() == before


def test_a_table_is_tried_on_the_file_of_a_row(client: TestClient, done: dict[str, Any]) -> None:
    row = items(client, done["job_id"])[0]
    body = {"row": {"job_id": done["job_id"], "item_id": row["item_id"]}, "data": OWN}
    item = client.post("/api/tables/try", json=body).json()
    assert [(c["column"], c["value"]) for c in item["cells"]] == [("company", "가상정밀")]
    assert items(client, done["job_id"])[0] == row
    assert client.post("/api/tables/try", json={"data": OWN}).status_code == 404


def test_a_table_that_nobody_knows_is_not_found(client: TestClient) -> None:
    response = client.post("/api/jobs", json={"table": "unknown", "by": BY})
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
