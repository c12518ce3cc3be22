"""`gongmun lint` on files and on standard input."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.domain import Draft, DraftFacts, Paragraph, Run
from assistant.writing import write
from tests.assistant.officialdoc.documents import MEMO


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["lint", *map(str, arguments)], input=text)


def test_a_clean_text_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "기안.txt"
    path.write_text(MEMO, encoding="utf-8")
    result = run(path, "--kind", "memo")
    assert result.exit_code == 0, result.stdout
    assert result.stdout == "오류 0 · 확인 0 · 참고 0\n"


def test_a_fault_is_told_with_line_rule_and_article(tmp_path: Path) -> None:
    path = tmp_path / "기안.txt"
    path.write_text("알림\n\n\n회의는 2026.5.19에 엽니다.\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 2
    assert "4줄 5칸 [확인]" in result.stdout
    assert "행정업무의 운영 및 혁신에 관한 규정 제7조제5항" in result.stdout


def test_standard_input_is_fixed_onto_standard_output() -> None:
    result = run("-", "--fix", text="회의는 2026.5.19 오후 2시에 엽니다.\n")
    assert result.exit_code == 0
    assert result.stdout == "회의는 2026. 5. 19. 14:00에 엽니다.\n"
    assert "오류 0" in result.stderr


def test_a_file_is_never_changed(tmp_path: Path) -> None:
    path = tmp_path / "기안.txt"
    path.write_bytes("2026.5.19 개최".encode("cp949"))
    before = path.read_bytes()
    assert run(path, "--fix").stdout == "2026. 5. 19. 개최\n"
    assert path.read_bytes() == before


def test_json_gives_place_and_fix() -> None:
    result = run("-", "--json", text="2026. 2. 30.에 금5,000원을 지급")
    impossible, amount = json.loads(result.stdout)["findings"]
    assert (impossible["rule"], impossible["found"], impossible["fix"]) == (
        "date-impossible",
        "2026. 2. 30.",
        None,
    )
    assert amount["fix"]["replacement"] == "금5,000원(금오천원)"


def test_an_office_file_is_read(tmp_path: Path) -> None:
    draft = Draft(
        title="알림",
        facts=DraftFacts(),
        blocks=(Paragraph(runs=(Run(text="회의는 2026-05-19에 엽니다."),)),),
    )
    path = tmp_path / "알림.hwpx"
    path.write_bytes(write(draft, "hwpx"))
    assert "date-form" in run(path).stdout


def test_a_file_that_cannot_be_read_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "빈.pdf"
    path.write_bytes(b"")
    result = run(path)
    assert result.exit_code == 1
    assert "빈 파일" in result.stderr


def test_bytes_that_are_no_text_on_standard_input_are_refused() -> None:
    result = CliRunner().invoke(main, ["lint", "-"], input=b"\xff\xfe\x00")
    assert result.exit_code == 1
    assert "UTF-8" in result.stderr
