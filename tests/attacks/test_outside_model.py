"""A model outside the institution: what no flow sends it, and what nobody writes down about it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.api.events import parse
from tests.attacks.officework import inside_of
from tests.attacks.outside import BY, Office, office_with_a_model_outside
from tests.attacks.replay import log_text

NAME, PHONE, MAIL = "제갈가림", "010-1999-8877", "garim.je@example.com"
NUMBER = "050101-3000012"
SECRETS = (NAME, PHONE, MAIL, NUMBER)
SAID = "담당자들은 화재 순찰 시간이 줄어 도움이 된 효과가 크다고 답하였다."
COMMENT = "# 이용자 의견\n\n이용자들은 화재 감지 업무의 효과가 크다고 평가하였다.\n"
FORM = (
    f"# 혁신제품 신청서\n\n| 기업명 | 가상정밀 |\n|---|---|\n| 담당자 | {NAME} |\n"
    f"| 전화 | {PHONE} |\n| 전자우편 | {MAIL} |\n| 주민등록번호 | {NUMBER} |\n| 제품명 | 감지기 |\n"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_with_a_model_outside(tmp_path_factory.mktemp("outside")) as opened:
        yield opened


def leaked(text: str) -> list[str]:
    return [one for one in SECRETS if one in text]


# -- graded papers ----------------------------------------------------------------------------


@pytest.mark.parametrize("grade", ["O", "S"])
def test_a_report_goes_outside_only_when_pilot_and_files_are_open(
    office: Office, grade: str
) -> None:
    office.report(office.pilot(grade, {f"의견 {grade}.md": ("O", COMMENT)}))
    assert bool(office.endpoint.requests) is (grade == "O")


def test_one_sensitive_file_keeps_a_report_inside(office: Office) -> None:
    files = {
        "의견 열림.md": ("O", COMMENT + "\n\n끝.\n"),
        "의견 민감.md": ("S", COMMENT.replace("화재", "누수")),
    }
    office.report(office.pilot("O", files))
    assert "누수" not in office.endpoint.sent_text


@pytest.mark.parametrize("grade", ["O", "S"])
def test_an_application_goes_outside_only_when_it_is_open(office: Office, grade: str) -> None:
    job_id, item_id = office.job("신청.md", FORM, grade)
    assert bool(office.endpoint.requests) is (grade == "O")
    if grade == "S":
        row = {"job_id": job_id, "item_id": item_id}
        response = office.client.post(
            "/api/tables/try", json={"table": "product_application", "row": row}
        )
        assert response.status_code == 200, response.text
        assert office.endpoint.requests == []


def test_a_complaint_goes_outside_only_after_a_person_has_looked(office: Office) -> None:
    rule = "# 규정\n\n##### 제1조 (기한)\n\n완료보고서는 14일 이내에 제출하여야 한다.\n"
    office.upload("/documents", rule, file_name="규정.md", grade="O")
    office.wait()
    case = office.post(
        "/complaints",
        text=f"{NAME}입니다. 연락처 {PHONE}, {MAIL}입니다. 완료보고서는 며칠 이내에 제출하나요?",
        applicant=NAME,
        contact=PHONE,
    )
    base = f"/complaints/{case['complaint_id']}"
    office.endpoint.requests.clear()
    office.client.post(f"/api{base}/letters", json={})
    assert office.endpoint.requests == []
    office.post(f"{base}/masks/check", by=BY)
    office.client.post(f"/api{base}/letters", json={})
    assert office.endpoint.requests
    assert leaked(office.endpoint.sent_text) == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/documents", {"file_name": "비밀.md", "grade": "C"}),
        ("/jobs/{job}/files", {"file_name": "비밀.md", "grade": "C"}),
    ],
)
def test_a_classified_file_is_refused_by_every_door(
    office: Office, path: str, query: dict[str, str]
) -> None:
    job_id = office.post("/jobs", table="product_application", by=BY, title="신청")["job_id"]
    response = office.client.post(
        f"/api{path.format(job=job_id)}", params=query, content=FORM.encode()
    )
    assert response.status_code == 422
    made = office.client.post("/api/pilots", json={"title": "비밀", "by": BY, "grade": "C"})
    assert made.status_code == 422


# -- personal data ----------------------------------------------------------------------------


def test_an_application_leaves_without_personal_data(office: Office) -> None:
    office.job(f"{NAME} {PHONE} 신청서.md", f"{FORM}| 수량 | 3 |\n", "O")
    assert office.endpoint.requests
    assert leaked(office.endpoint.sent_text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("의견 맑음.md", f"{SAID} 여기에는 아무것도 없다고 하였다.\n"),
        (f"의견 {PHONE}.md", f"{SAID} 이름에 번호가 있다고 하였다.\n"),
        ("의견 제목.md", f"# 응답자 {PHONE}\n\n{SAID} 제목에 번호가 있다고 하였다.\n"),
        (
            "의견 머리.md",
            f"---\ntitle: 응답자 {MAIL}\n---\n# 의견\n\n{SAID} 머리말이다.\n",
        ),
        ("의견 속.md", f"# 의견\n\n{SAID} 연락처는 {PHONE}이라고 하였다.\n"),
        ("의견 절.md", f"# 의견\n\n## {NUMBER} 응답\n\n{SAID} 절 제목에 있다고 하였다.\n"),
    ],
    ids=["nothing", "file name", "title", "front matter", "text", "heading"],
)
def test_a_survey_comment_leaves_without_personal_data(
    office: Office, name: str, text: str
) -> None:
    office.report(office.pilot("O", {name: ("O", text), "다른.md": ("O", COMMENT)}))
    assert "효과가 크다고 평가하였다" in office.endpoint.sent_text
    assert leaked(office.endpoint.sent_text) == []
    assert (SAID in office.endpoint.sent_text) is (name == "의견 맑음.md")


# -- what is written down ---------------------------------------------------------------------


def test_no_log_and_no_event_of_a_job_carries_what_a_file_says(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="assistant"), caplog.at_level(logging.DEBUG, "api"):
        office.job(f"{NAME}.md", FORM, "O")
        office.endpoint.mode = "badjson"
        job_id, _ = office.job(f"{NAME} 둘.md", FORM + f"\n{PHONE}\n", "O")
        broken = office.client.post(
            f"/api/jobs/{job_id}/files",
            params={"file_name": f"{NAME}.pdf"},
            content=b"%PDF-1.7 " + NUMBER.encode(),
        )
        office.endpoint.mode = "ok"
        office.client.get(f"/api/jobs/{job_id}/events")
        unread = office.client.post(
            "/api/complaints/file", params={"file_name": f"{NAME}.pdf"}, content=b"%PDF-1.7 x"
        )
    records = [one for one in caplog.records if one.name.split(".")[0] in {"assistant", "api"}]
    assert records
    assert leaked(log_text(records)) == []
    assert broken.status_code == 202
    assert leaked(unread.text) == []


def test_the_facts_of_a_file_name_no_person(office: Office) -> None:
    case = office.post(
        "/complaints",
        text=f"{NAME}입니다. 가로등을 고쳐 주세요. {PHONE}",
        title=f"{NAME}의 가로등 신고",
        applicant=NAME,
        contact=PHONE,
        officer={"department": "도로과", "name": BY, "contact": "000-0000-0000"},
    )
    written = office.client.post(f"/api/complaints/{case['complaint_id']}/letters", json={})
    paper_id = parse(written.text)[-1].data["paper_id"]
    for fmt in ("hwpx", "docx", "pdf", "html", "md", "txt"):
        file = office.client.get(f"/api/drafts/{paper_id}/export", params={"format": fmt})
        assert file.status_code == 200
        assert leaked(inside_of(file.content) + str(file.headers)) == []
