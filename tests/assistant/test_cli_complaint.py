"""`gongmun complaint`: a file to a masked case and a draft, also written as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.datafolder import claim
from assistant.reading import read
from assistant.settings import Settings
from tests.api.live import live_server

RULE = """---
제목: 시험용 물품 규정
법령구분: 고시
시행일자: 2026-01-01
---
# 시험용 물품 규정

##### 제1조 (목적)

이 규정은 시험용 물품의 구매에 필요한 사항을 정한다.

##### 제2조 (완료보고서의 제출)

계약상대자는 시범사용이 끝난 날부터 14일 이내에 완료보고서를 제출하여야 한다.

##### 제3조 (보관)

완료보고서는 5년 동안 보관한다.
"""
TEXT = (
    "제목: 완료보고서 문의\n신청번호: 1AA-2605-0000001\n민원인: 홍길동\n연락처: 010-1234-5678\n"
    "내용: 시범사용이 끝난 뒤 완료보고서는 며칠 안에 제출해야 하나요?\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in {
        "DATA_DIR": tmp_path / "var",
        "CORPUS_DIR": tmp_path / "corpus",
        "EMBEDDING_BACKEND": "none",
        "MIN_FREE_BYTES": 0,
    }.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    (tmp_path / "규정.md").write_text(RULE, encoding="utf-8")
    (tmp_path / "민원.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(tmp_path / "규정.md"), "--grade", "O"])
    assert result.exit_code == 0, result.output
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["complaint", str(folder / "민원.txt"), *arguments])


def test_a_complaint_becomes_a_draft_without_personal_data(folder: Path) -> None:
    result = run(folder, "--received-at", "2026-05-11 10:00", "--json")
    assert result.exit_code == 2, result.output  # the conclusion is left to a person
    (case,) = json.loads(result.stdout)
    assert (case["number"], case["title"]) == ("1AA-2605-0000001", "완료보고서 문의")
    assert case["due_on"] == "2026-05-19"
    assert "14일 이내에 완료보고서를 제출하여야 한다" in case["text"]
    assert "홍길동" not in result.stdout
    assert "1234" not in result.stdout
    assert {one["kind"] for one in case["open_items"]} >= {"open", "form"}


def test_a_draft_is_written_as_a_file_and_never_over_another(folder: Path) -> None:
    officer = ("--officer", "구매과", "주무관 김보기", "000-0000-0000")
    result = run(folder, "--out", str(folder), "--format", "hwpx", *officer)
    written = folder / "민원_답변.hwpx"
    assert result.exit_code == 2, result.output
    blocks = read(written.read_bytes(), file_name=written.name).blocks
    assert any("구매과 주무관 김보기(연락처: 000-0000-0000)" in block.text for block in blocks)
    again = run(folder, "--out", str(written))
    assert (again.exit_code, "--force" in again.output) == (1, True)


def test_a_time_that_cannot_be_read_is_refused(folder: Path) -> None:
    result = run(folder, "--received-at", "언젠가")
    assert (result.exit_code, "접수일시" in result.output) == (1, True)


def test_a_complaint_goes_through_the_server_that_holds_the_folder(folder: Path) -> None:
    settings = Settings()
    officer = ("--officer", "구매과", "주무관 김보기", "000-0000-0000")
    asked = ("--received-at", "2026-05-11 10:00", "--json", "--out", str(folder), *officer)
    taken = claim(settings.data_dir)
    try:
        with live_server(settings) as server:
            taken.announce(server.address)
            result = run(folder, *asked, "--format", "docx")
            refused = CliRunner().invoke(main, ["complaint", str(empty_file(folder))])
    finally:
        taken.release()
    assert result.exit_code == 2, result.output
    (case,) = json.loads(result.stdout)
    assert (case["number"], case["title"]) == ("1AA-2605-0000001", "완료보고서 문의")
    assert case["due_on"] == "2026-05-19"
    assert "구매과 주무관 김보기(연락처: 000-0000-0000)" in case["text"]
    assert "홍길동" not in result.stdout
    assert (folder / "민원_답변.docx").read_bytes().startswith(b"PK")
    assert (refused.exit_code, "Traceback" in refused.output) == (1, False)


def empty_file(folder: Path) -> Path:
    file = folder / "빈.txt"
    file.write_text("", encoding="utf-8")
    return file
