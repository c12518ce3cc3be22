"""`gongmun read` and `gongmun convert` on the files of an official."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.domain import Draft
from assistant.writing import write
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS

MERGED: Draft = SAMPLE_DRAFTS["merged"]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "현황.html"
    path.write_bytes(write(MERGED, "html"))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_read_shows_blocks_and_draws_tables(page: Path) -> None:
    result = run("read", page)
    assert result.exit_code == 0
    assert "# 시범사용 현황표" in result.stdout
    assert "| 제품명" in result.stdout
    assert "<표 1> 기관별 시범사용 현황" in result.stdout


def test_read_as_json_gives_the_whole_document(page: Path) -> None:
    said = json.loads(run("read", page, "--json").stdout)
    assert said["title"] == MERGED.title
    assert {block["kind"] for block in said["blocks"]} >= {"heading", "table"}


def test_read_tells_what_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "빈.pdf"
    broken.write_bytes(b"")
    result = run("read", broken)
    assert result.exit_code == 1
    assert "빈 파일" in result.stderr


@pytest.mark.parametrize("fmt", ["docx", "html", "md", "txt"])
def test_convert_writes_beside_the_file(page: Path, fmt: str) -> None:
    result = run("convert", page, "--to", fmt, "-o", page.with_name(f"새 파일.{fmt}"))
    assert result.exit_code == 0, result.stderr
    assert page.with_name(f"새 파일.{fmt}").stat().st_size > 500
    assert not list(page.parent.glob(".gongmun-*"))


def test_convert_overwrites_only_when_told(page: Path) -> None:
    target = page.with_suffix(".md")
    target.write_text("내 글", encoding="utf-8")
    assert run("convert", page, "--to", "md").exit_code == 1
    assert target.read_text(encoding="utf-8") == "내 글"
    assert run("convert", page, "--to", "md", "--force").exit_code == 0
    assert "시범사용 현황표" in target.read_text(encoding="utf-8")


def test_convert_never_overwrites_the_file_itself(page: Path) -> None:
    before = page.read_bytes()
    assert run("convert", page, "--to", "html", "--force").exit_code == 1
    assert page.read_bytes() == before


def test_convert_into_a_folder_that_is_not_there_says_so(page: Path) -> None:
    result = run("convert", page, "--to", "txt", "-o", page.parent / "없음" / "a.txt")
    assert result.exit_code == 1
    assert "쓰지 못했습니다" in result.stderr
