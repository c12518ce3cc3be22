"""`gongmun report` and `gongmun pilots`: one command from a folder to finished files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import assembly
from assistant.cli import main
from assistant.domain import Grade
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.settings import Settings

PILOTS = Path(__file__).resolve().parents[2] / "corpus" / "pilots"


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BACKEND", "none")
    return CliRunner()


@pytest.mark.parametrize("folder", sorted(each.name for each in PILOTS.iterdir()))
def test_one_command_makes_hwpx_and_pdf_with_charts_of_a_folder(
    runner: CliRunner, tmp_path: Path, folder: str
) -> None:
    out = tmp_path / "out"
    done = runner.invoke(
        main, ["report", str(PILOTS / folder), "--format", "hwpx", "--format", "pdf",
               "--out", str(out)],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "확인할 곳이" in done.output
    hwpx, pdf = (out / f"{folder}_완료보고서.{fmt}" for fmt in ("hwpx", "pdf"))
    document = read_in_process(hwpx.read_bytes(), file_name=hwpx.name, limits=DEFAULT_LIMITS)
    headings = [block.text for block in document.blocks if block.level == 1]
    assert headings[1:4] == ["표지", "제1부 요약", "제2부 1. 성능 체크리스트"]
    assert hwpx.read_bytes().count(b"BinData/") >= 4
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert not (tmp_path / "var" / "gongmun.db").exists()


def test_values_on_which_files_differ_are_printed_and_not_taken_over(
    runner: CliRunner, tmp_path: Path
) -> None:
    folder = tmp_path / "다른 값"
    folder.mkdir()
    for number, value in enumerate(("24.6", "31.5")):
        text = f"번호,시범사용 항목,결과치\n1,감지시간,{value}\n"
        (folder / f"측정{number}.csv").write_text(text, encoding="utf-8")
    done = runner.invoke(main, ["report", str(folder), "--format", "md", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "파일끼리 다른 값이라 옮기지 않았습니다: 측정 결과 1 · 결과치" in done.output
    assert "24.6(측정0.csv), 31.5(측정1.csv)" in done.output


def test_a_folder_in_which_nothing_can_be_read_ends_with_a_plain_line(
    runner: CliRunner, tmp_path: Path
) -> None:
    (tmp_path / "빈 폴더").mkdir()
    done = runner.invoke(main, ["report", str(tmp_path / "빈 폴더")])
    assert done.exit_code == 1
    assert "읽을 수 있는 파일이 없습니다" in done.output


def test_stored_pilots_are_listed_and_reported_by_their_number(
    runner: CliRunner, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path / "var", embedding_backend="none", _env_file=None)
    assistant = assembly.build(settings)
    assistant.pilots.create(
        "가나 시범사용",
        by="주무관 보기",
        grade=Grade.OPEN,
        institution_id="default",
        changes=[("code", "2026-17"), ("product.name", "지킴이")],
    )
    assistant.stop()
    listed = runner.invoke(main, ["pilots", "--json"])
    (row,) = json.loads(listed.output)
    assert (row["title"], row["score"]["text"]) == ("가나 시범사용", "자료 없음")
    assert "가나 시범사용" in runner.invoke(main, ["pilots"]).output
    made = runner.invoke(main, ["report", "2026-17", "--format", "md", "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    assert "지킴이 시범사용 완료보고서" in (tmp_path / "2026-17_완료보고서.md").read_text("utf-8")
    missing = runner.invoke(main, ["report", "없는 번호"])
    assert missing.exit_code == 1
    assert "시범사용을 찾을 수 없습니다" in missing.output
