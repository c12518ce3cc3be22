"""Names of people stay inside: in questions, records, other files of the case, and vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.events import parse
from tests.assistant.building import BigramEmbedder
from tests.assistant.test_embedding import Endpoint
from tests.attacks.outside import BY, Office, office_with_a_model_outside

NAME, OTHER, THIRD = "제갈가림", "남궁보기", "한도윤"
NAMES = (NAME, OTHER, THIRD)
PHONE = "010-1999-8877"
RULE = "# 규정\n\n##### 제1조 (기한)\n\n완료보고서는 14일 이내에 제출하여야 한다.\n"
OPINION = "# 이용자 의견\n\n이용자들은 화재 감지 업무의 효과가 크다고 평가하였다.\n"
SAID = "순찰 시간이 줄어 업무에 도움이 된 효과가 크다고 평가하였다."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_with_a_model_outside(tmp_path_factory.mktemp("names")) as opened:
        yield opened


def named_in(text: str) -> list[str]:
    return [name for name in NAMES if name in text]


# -- reports ----------------------------------------------------------------------------------


def test_who_one_file_names_is_kept_back_wherever_another_file_tells_of_them(
    office: Office,
) -> None:
    minutes = f"# 회의록\n\n참석자: {NAME}, {THIRD}\n\n## 논의\n\n논의한 효과가 크다고 보았다.\n"
    bare = f"# 현장 의견\n\n{NAME}의 설명을 들은 담당자들은 {SAID}\n"
    files = {"회의록.md": ("O", minutes), "현장.md": ("O", bare), "의견.md": ("O", OPINION)}
    office.report(office.pilot("O", files))
    assert "효과가 크다고 평가하였다" in office.endpoint.sent_text
    assert named_in(office.endpoint.sent_text) == []


def test_who_the_record_names_is_kept_back_in_its_files(office: Office) -> None:
    bare = f"# 현장 의견\n\n{OTHER}의 설명을 들은 담당자들은 {SAID}\n"
    files = {"현장 둘.md": ("O", bare), "의견 둘.md": ("O", OPINION + "\n아주 좋다고 하였다.\n")}
    office.report(office.pilot("O", files, **{"institution.manager": OTHER}))
    assert "효과가 크다고 평가하였다" in office.endpoint.sent_text
    assert named_in(office.endpoint.sent_text) == []


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("감지기", {"items[1].name": f"{NAME} 과장이 잰 감지 시간"}),
        ("감지기", {"surveys[1].questions[1].text": f"{NAME} 주무관의 안내에 만족하십니까"}),
        ("감지기", {"institution.manager": NAME, "items[1].name": f"{NAME}에게 알리는 시간"}),
        (f"{NAME} 과장의 시범", {"product.name": f"{NAME} 과장의 감지기"}),
    ],
    ids=["item", "survey", "item that names who the record knows", "title and product"],
)
def test_what_the_record_says_of_people_is_kept_back(
    office: Office, title: str, values: dict[str, str]
) -> None:
    said = {
        "items[1].name": "감지 시간",
        "items[1].target": "30",
        "items[1].direction": "at_most",
        "measurements[1].value": "24.6",
        "surveys[1].name": "만족도",
        "surveys[1].questions[1].text": "만족도",
        "surveys[1].questions[1].counts[4].people": "5",
    }
    files = {"의견 셋.md": ("O", OPINION)}
    pilot_id = office.pilot("O", files, title=title, **(said | values))
    paper_id = office.report(pilot_id)
    assert named_in(office.endpoint.sent_text) == []
    part = f"/pilots/{pilot_id}/papers/{paper_id}/refresh"
    office.endpoint.requests.clear()
    office.post(part, by=BY)
    assert named_in(office.endpoint.sent_text) == []


# -- questions --------------------------------------------------------------------------------


def test_a_question_that_names_somebody_is_answered_without_the_model(tmp_path: Path) -> None:
    with office_with_a_model_outside(tmp_path) as office:
        office.upload("/documents", RULE, file_name="규정.md", grade="O")
        office.wait()
        asked = f"{NAME} 과장이 낸 완료보고서는 며칠 이내에 제출하여야 하나요?"
        first = chat(office, asked)
        assert office.endpoint.requests == []
        assert first["model"] is None
        assert "model_withheld:privacy" in first["notices"]
        chat(office, "완료보고서는 며칠 이내에 제출하나요?", first["conversation_id"])
        assert office.endpoint.requests
        assert named_in(office.endpoint.sent_text) == []


def chat(office: Office, question: str, conversation_id: str | None = None) -> dict[str, Any]:
    body = {"question": question, "grades": ["O"], "conversation_id": conversation_id}
    return dict(parse(office.client.post("/api/chat", json=body).text)[-1].data)


def test_an_embedder_outside_gets_nobodys_name_and_no_number(tmp_path: Path) -> None:
    vectors = Endpoint(lambda texts: BigramEmbedder().embed_passages(texts))
    facts = {"embedding_backend": "endpoint", "embedding_base_url": vectors.url}
    try:
        with office_with_a_model_outside(tmp_path, **facts, embedding_model="m") as office:
            listed = f"# 명단\n\n담당자: {NAME}\n\n전화 {PHONE}\n\n완료보고서를 받는다.\n"
            office.upload("/documents", listed, file_name="명단.md", grade="O")
            office.upload("/documents", RULE, file_name="규정.md", grade="O")
            office.wait()
            chat(office, f"{THIRD} 과장이 낸 완료보고서는 며칠 이내에 제출하여야 하나요?")
            sent = json.dumps(vectors.requests, ensure_ascii=False)
    finally:
        vectors.server.shutdown()
        vectors.server.server_close()
    assert "완료보고서를 받는다" in sent
    assert "과장이 낸 완료보고서는" in sent
    assert [one for one in (*NAMES, PHONE) if one in sent] == []


# -- complaints -------------------------------------------------------------------------------


def test_no_door_of_a_complaint_sends_who_it_names(tmp_path: Path) -> None:
    with office_with_a_model_outside(tmp_path) as office:
        office.upload("/documents", RULE, file_name="규정.md", grade="O")
        office.wait()
        text = (
            f"완료보고서는 며칠 이내에 제출하나요? 저는 {NAME}이고 연락처는 {PHONE}입니다. "
            f"{OTHER} 과장이 늦게 알렸고, 옆집의 {THIRD} 씨도 압니다. {THIRD}에게 물어보세요."
        )
        cases = [office.post("/complaints", text=text, title=f"{NAME}의 문의", applicant=NAME)
                 for _ in range(2)]  # fmt: skip
        ids = [case["complaint_id"] for case in cases]
        for one in ids:
            office.post(f"/complaints/{one}/masks/check", by=BY)
        point = cases[0]["case_points"][0]["point_id"]
        office.endpoint.requests.clear()
        written = parse(office.client.post(f"/api/complaints/{ids[0]}/letters", json={}).text)
        paper_id = str(written[-1].data["paper_id"])
        doors = [len(office.endpoint.requests)]
        office.post(f"/complaints/{ids[0]}/points/{point}/answer", paper_id=paper_id, parent=1)
        doors.append(len(office.endpoint.requests))
        office.post("/complaints/drafts", complaint_ids=[ids[1]])
        assert office.client.app.state.assistant.complaints.line.wait_idle(60)  # type: ignore[attr-defined]
        doors.append(len(office.endpoint.requests))
        assert 0 < doors[0] < doors[1] < doors[2]
        assert [one for one in (*NAMES, PHONE) if one in office.endpoint.sent_text] == []


# -- applications -----------------------------------------------------------------------------


def test_who_one_section_names_is_masked_in_the_others(office: Office) -> None:
    form = (
        f"# 혁신제품 신청서\n\n| 대표자 | {NAME} |\n|---|---|\n| 제품명 | 감지기 |\n\n"
        f"## 개발 이력\n\n{NAME}이 처음부터 개발한 제품이다.\n\n"
        f"## {NAME}의 소개\n\n좋은 제품이다.\n"
    )
    office.job("신청.md", form, "O")
    assert "처음부터 개발한 제품" in office.endpoint.sent_text
    assert named_in(office.endpoint.sent_text) == []


def test_a_column_that_names_somebody_is_masked_too(office: Office) -> None:
    column = {"name": "maker", "label": "만든 이", "meaning": f"{NAME} 과장이 확인한 회사"}
    column |= {"type": "text", "labels": ["회사"]}
    table = {"name": "named", "version": 1, "title": "표", "purpose": "", "columns": [column]}
    saved = office.client.put("/api/tables/named", json={"data": table, "by": BY})
    assert saved.status_code == 200, saved.text
    job_id = office.post("/jobs", table="named", by=BY, title="신청")["job_id"]
    office.endpoint.requests.clear()
    office.upload(f"/jobs/{job_id}/files", "# 신청\n\n회사는 가상정밀이다.\n",
                  file_name="열.md", grade="O")  # fmt: skip
    office.client.get(f"/api/jobs/{job_id}/events")
    assert office.endpoint.requests
    assert named_in(office.endpoint.sent_text) == []
