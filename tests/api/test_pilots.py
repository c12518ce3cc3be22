"""Pilots over HTTP: from three folders to finished reports, nothing taken over silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.api.opened import opened
from tests.assistant.filling.forms import docx

PILOTS = Path(__file__).resolve().parents[2] / "corpus" / "pilots"
BY = "주무관 보기"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client that has taken in the forms of the first pilot."""
    with opened(tmp_path_factory.mktemp("pilots")) as client:
        yield client


def make(client: TestClient, title: str = "가람시 화재감지", **more: Any) -> dict[str, Any]:
    made = client.post("/api/pilots", json={"title": title, "by": BY, "grade": "O"} | more)
    assert made.status_code == 201, made.text
    assert made.headers["etag"] == '"1"'
    return dict(made.json())


def upload(client: TestClient, pilot_id: str, path: Path) -> dict[str, Any]:
    sent = client.post(
        f"/api/pilots/{pilot_id}/files",
        params={"file_name": path.name, "by": BY},
        content=path.read_bytes(),
    )
    assert sent.status_code == 201, sent.text
    return dict(sent.json())


@pytest.fixture(scope="module")
def filled(client: TestClient) -> str:
    """The id of a pilot filled from a folder of the corpus."""
    pilot_id = str(make(client)["pilot_id"])
    for path in sorted((PILOTS / "가람시_화재감지").iterdir()):
        upload(client, pilot_id, path)
    taken = client.post(f"/api/pilots/{pilot_id}/proposals/accept", json={"by": BY})
    assert taken.status_code == 200, taken.text
    assert taken.json()["conflicts"] == []
    return pilot_id


def patch(
    client: TestClient, pilot_id: str, changes: dict[str, str | None], match: str | None
) -> Any:
    headers = {} if match is None else {"If-Match": match}
    body = {"changes": [{"place": p, "value": v} for p, v in changes.items()], "by": BY}
    return client.patch(f"/api/pilots/{pilot_id}", json=body, headers=headers)


# -- filling ----------------------------------------------------------------------------------


def test_a_file_proposes_values_with_their_cells_and_puts_none(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    taken = upload(client, pilot_id, PILOTS / "나래군_도로파임" / "나래군_측정값.xlsx")
    by_place = {choice["place"]: choice for choice in taken["choices"]}
    option = by_place["measurements[1].value"]["options"][0]
    assert (option["value"], option["proposals"][0]["quote"]) == ("84.3", "84.3")
    assert option["proposals"][0]["where"] == "측정 결과 · 2행(1) · 결과치"
    assert by_place["measurements[1].value"]["label"] == "측정 결과 1 · 결과치"
    detail = client.get(f"/api/pilots/{pilot_id}").json()
    assert detail["record"]["measurements"] == []
    assert detail["open_choices"] == len(taken["choices"])


def test_a_value_tells_the_cell_that_it_was_read_from(client: TestClient, filled: str) -> None:
    asked = {"place": "measurements[1].value"}
    found = client.get(f"/api/pilots/{filled}/source", params=asked).json()
    assert found["quote"] == found["at"]["quote"]
    blocks = client.get(f"/api/documents/{found['document_id']}/preview").json()["blocks"]
    block = next(one for one in blocks if one["ordinal"] == found["at"]["block"])
    cell = block["rows"][found["at"]["row"]][found["at"]["column"]]
    assert cell["text"] == found["quote"]


def test_a_proposed_value_tells_its_cell_before_anybody_takes_it(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    taken = upload(client, pilot_id, PILOTS / "나래군_도로파임" / "나래군_측정값.xlsx")
    proposal = taken["choices"][0]["options"][0]["proposals"][0]
    asked = {"proposal_id": proposal["proposal_id"]}
    found = client.get(f"/api/pilots/{pilot_id}/source", params=asked).json()
    assert (found["document_id"], found["where"]) == (proposal["document_id"], proposal["where"])
    assert found["at"] is not None


@pytest.mark.parametrize("asked", [{"place": "title"}, {"place": "no"}, {"proposal_id": "no"}, {}])
def test_what_nobody_read_anywhere_has_no_source(
    client: TestClient, filled: str, asked: dict[str, str]
) -> None:
    answer = client.get(f"/api/pilots/{filled}/source", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "값을 읽은 곳" in answer.json()["detail"]


def test_a_file_that_cannot_be_read_is_told_so(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    sent = client.post(
        f"/api/pilots/{pilot_id}/files",
        params={"file_name": "깨진.pdf", "by": BY},
        content=b"%PDF-1.7 nothing",
    )
    assert (sent.status_code, sent.json()["code"]) == (422, "document_unreadable")


def test_a_change_needs_the_version_that_it_was_made_from(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    assert patch(client, pilot_id, {"code": "가"}, None).status_code == 428
    changed = patch(client, pilot_id, {"code": "가"}, '"1"')
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["record"]["sources"]["code"]["where"] == "직접 입력"


def test_two_changes_of_one_value_are_told_apart_with_both_texts(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    assert patch(client, pilot_id, {"code": "가"}, '"1"').status_code == 200
    assert patch(client, pilot_id, {"track": "social"}, '"1"').status_code == 200
    stale = patch(client, pilot_id, {"code": "나"}, '"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert stale.json()["current"]["record"]["code"] == "가"
    assert stale.json()["yours"]["changes"] == [{"place": "code", "value": "나"}]


@pytest.mark.parametrize(
    "changes",
    [{"nothing": "x"}, {"plan.ends_on": "내년"}, {"items[1].target": "1e999"}, {"pilot_id": "x"}],
)
def test_a_value_that_fits_nowhere_is_refused(
    client: TestClient, changes: dict[str, str | None]
) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    refused = patch(client, pilot_id, changes, '"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "pilot_place")


def test_a_deleted_pilot_is_gone_and_can_be_brought_back(client: TestClient) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    assert client.delete(f"/api/pilots/{pilot_id}").status_code == 200
    assert client.get(f"/api/pilots/{pilot_id}").status_code == 404
    assert client.post(f"/api/pilots/{pilot_id}/restore").status_code == 200


# -- what follows -----------------------------------------------------------------------------


def test_the_figures_follow_from_the_record_with_their_formula(
    client: TestClient, filled: str
) -> None:
    figures = client.get(f"/api/pilots/{filled}").json()["figures"]
    assert figures["score"]["total"]["text"] == "94.0점"
    assert figures["fulfilment"]["rate"]["working"] == "5 ÷ 5 × 100 = 100.0"
    assert figures["growth"]["rows"][3]["before_text"] == "자료 없음"


def test_the_steps_name_their_articles_and_the_next_date(client: TestClient, filled: str) -> None:
    course = client.get(f"/api/pilots/{filled}/steps").json()
    assert len(course["steps"]) == 19
    report = next(step for step in course["steps"] if step["step_id"] == "report")
    assert report["state"] == "done"
    assert report["limits"][0]["due_on"] == "2026-09-28"
    assert report["limits"][0]["article"]["article"] == "제36조"


def test_the_checks_give_a_reference_and_never_a_verdict(client: TestClient, filled: str) -> None:
    found = client.get(f"/api/pilots/{filled}/validate").json()
    assert found["title"] == "예상 결과(참고)"
    assert "심의회" in found["note"]
    assert found["assessment"] == "목표 충족"
    assert found["must"] == sum(each["severity"] == "must" for each in found["findings"])


def test_the_portfolio_is_listed_filtered_compared_and_exported(
    client: TestClient, filled: str
) -> None:
    listed = client.get("/api/pilots", params={"query": "불씨지기"}).json()["pilots"]
    assert [row["pilot_id"] for row in listed] == [filled]
    assert listed[0]["score"]["text"] == "94.0점"
    assert (
        client.get("/api/pilots", params={"query": "불씨지기", "track": "global"}).json()["pilots"]
        == []
    )
    other = make(client, "빈 것")["pilot_id"]
    compared = client.get("/api/pilots/compare", params={"one": filled, "other": other}).json()
    score = next(f for f in compared["figures"] if f["figure_id"] == "score.total")
    assert (score["one"]["text"], score["other"]["text"]) == ("94.0점", "자료 없음")
    assert not [f["figure_id"] for f in compared["figures"] if "[" in f["figure_id"]]
    table = json.loads(client.get("/api/pilots/export", params={"format": "json"}).content)
    assert any("불씨지기 F7 화재 조기감지기" in row for row in table[0]["rows"])


def test_the_dates_to_come_go_into_a_calendar_and_where_there_are_none_it_says_so(
    client: TestClient,
) -> None:
    pilot_id = make(client, "시험")["pilot_id"]
    assert client.get(f"/api/pilots/{pilot_id}/calendar.ics").status_code == 422
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    assert patch(client, pilot_id, {"events[matched].on": yesterday}, '"1"').status_code == 200
    calendar = client.get(f"/api/pilots/{pilot_id}/calendar.ics")
    assert calendar.status_code == 200
    assert "제28조" in calendar.text.replace("\r\n ", "")


# -- reports ----------------------------------------------------------------------------------


def test_a_report_is_stored_as_a_draft_that_can_be_opened_and_exported(
    client: TestClient, filled: str
) -> None:
    made = client.post(f"/api/pilots/{filled}/report", json={"kind": "completion", "by": BY})
    assert made.status_code == 201, made.text
    assert "no_model" in made.json()["notices"]
    draft = client.get(f"/api/drafts/{made.json()['paper_id']}").json()
    assert draft["title"] == "불씨지기 F7 화재 조기감지기 시범사용 완료보고서"
    papers = client.get(f"/api/pilots/{filled}").json()["papers"]
    assert [paper["paper_id"] for paper in papers] == [made.json()["paper_id"]]


def test_a_report_follows_the_record_again_and_keeps_what_people_wrote(
    client: TestClient,
) -> None:
    pilot_id = make(
        client,
        "시험",
        changes=[
            {"place": "product.name", "value": "지킴이"},
            {"place": "items[1].name", "value": "응답시간"},
            {"place": "items[1].target", "value": "3"},
            {"place": "items[1].direction", "value": "at_most"},
            {"place": "measurements[1].value", "value": "2.4"},
        ],
    )["pilot_id"]
    paper_id = client.post(f"/api/pilots/{pilot_id}/report", json={"by": BY}).json()["paper_id"]
    address = f"/api/drafts/{paper_id}"
    before = client.get(address)
    edited = client.patch(
        f"{address}/parts/overall",
        json={"by": BY, "lines": [{"text": "우리가 쓴 의견입니다.", "depth": 0}]},
        headers={"If-Match": before.headers["etag"]},
    )
    assert edited.status_code == 200, edited.text
    assert patch(client, pilot_id, {"measurements[1].value": "4.5"}, '"1"').status_code == 200
    done = client.post(f"/api/pilots/{pilot_id}/papers/{paper_id}/refresh", json={"by": BY})
    assert done.status_code == 200, done.text
    after = client.get(address).text
    assert "우리가 쓴 의견입니다." in after
    assert "4.5" in after
    assert "미충족" in after
    other = make(client, "다른 것")["pilot_id"]
    refused = client.post(f"/api/pilots/{other}/papers/{paper_id}/refresh", json={"by": BY})
    assert refused.status_code == 404


def test_one_section_is_drafted_anew_and_the_others_stay(client: TestClient, filled: str) -> None:
    made = client.post(f"/api/pilots/{filled}/report", json={"by": BY}).json()
    address = f"/api/pilots/{filled}/papers/{made['paper_id']}/parts"
    assert client.post(f"{address}/safety/redraft").status_code == 200
    assert client.post(f"{address}/checklist/redraft").status_code == 404
    versions = client.get(f"/api/drafts/{made['paper_id']}/versions").json()["versions"]
    assert [version["reason"] for version in versions] == ["redrafted", "created"]


@pytest.mark.parametrize("kind", ["completion", "plan", "interim", "supplement", "summary"])
def test_each_kind_of_report_is_written_as_a_file(
    client: TestClient, filled: str, kind: str, tmp_path: Path
) -> None:
    made = client.get(f"/api/pilots/{filled}/report", params={"kind": kind, "format": "hwpx"})
    assert made.status_code == 200, made.text
    (tmp_path / "r.hwpx").write_bytes(made.content)
    with ZipFile(tmp_path / "r.hwpx") as package:
        assert "불씨지기" in package.read("Contents/section0.xml").decode()


def test_the_report_over_all_pilots_is_stored_as_well(client: TestClient, filled: str) -> None:
    assert filled
    made = client.post("/api/pilots/portfolio/report", json={"by": BY})
    assert made.status_code == 201, made.text
    assert client.get(f"/api/drafts/{made.json()['paper_id']}").status_code == 200


def test_the_charts_come_as_pictures_with_their_words_and_tables(
    client: TestClient, filled: str
) -> None:
    charts = {c["name"]: c for c in client.get(f"/api/pilots/{filled}/charts").json()["charts"]}
    assert set(charts) == {"items", "effects", "score", "growth", "surveys"}
    assert "24.6초" in charts["items"]["description"]
    assert charts["items"]["rows"][0][:3] == ["감지시간(필수)", "30초 이하", "24.6초"]
    picture = client.get(f"/api/pilots/{filled}/charts/items.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "감지시간" in picture.text
    assert client.get(f"/api/pilots/{filled}/charts/none.svg").status_code == 404


def test_a_form_of_ones_own_is_filled_or_refused_with_the_reason(
    client: TestClient, filled: str
) -> None:
    tags = "<w:p><w:r><w:t>{{ 초안표시 }} {{ 제품명 }}</w:t></w:r></w:p>"
    made = client.post(f"/api/pilots/{filled}/form", content=docx(tags))
    assert made.status_code == 200, made.text
    assert "wordprocessingml" in made.headers["content-type"]
    unmarked = docx("<w:p><w:r><w:t>{{ 제품명 }}</w:t></w:r></w:p>")
    refused = client.post(f"/api/pilots/{filled}/form", content=unmarked)
    assert (refused.status_code, refused.json()["code"]) == (422, "template_input")
    assert "초안표시" in refused.json()["detail"]


def test_an_unknown_report_and_an_unknown_pilot_are_not_there(
    client: TestClient, filled: str
) -> None:
    assert client.get(f"/api/pilots/{filled}/report?kind=verdict").status_code == 422
    for path in ("", "/steps", "/validate", "/proposals", "/versions", "/calendar.ics", "/report"):
        assert client.get(f"/api/pilots/none{path}").status_code == 404, path


def test_the_application_describes_its_routes(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    paths = client.app.openapi()["paths"]
    assert {
        "/api/pilots",
        "/api/pilots/{pilot_id}/report",
        "/api/pilots/{pilot_id}/validate",
    } <= set(paths)
