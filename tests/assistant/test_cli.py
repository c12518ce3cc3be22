"""The command line: what it prints, its exit codes, and how it shares the data folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.datafolder import claim
from assistant.flows.ingest import IngestFlow
from assistant.settings import Settings
from tests.api.conftest import RULE
from tests.api.live import live_server

COMMANDS = ["run", "ingest", "ask", "documents", "reindex", "doctor", "backup"]
HEAVY = {"numpy", "chromadb", "tantivy", "kiwipiepy", "onnxruntime", "fastapi", "sqlalchemy"}
HEAVY |= {"pydantic", "openai", "langchain_core", "rich", "uvicorn", "pypdf", "lxml"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Return a function that runs a command on a data folder of its own, words only."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATA_DIR": str(tmp_path / "var"),
        "EMBEDDING_BACKEND": "none",
        "MIN_FREE_BYTES": "0",
    }.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", value)
    (tmp_path / "규정.md").write_text(RULE, encoding="utf-8")

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return command


@contextmanager
def running_server(tmp_path: Path) -> Iterator[None]:
    """Run a server that holds the data folder of `run`."""
    settings = Settings(
        data_dir=tmp_path / "var",
        corpus_dir=tmp_path / "none",
        embedding_backend="none",
        min_free_bytes=0,
    )
    taken = claim(settings.data_dir)
    try:
        with live_server(settings) as server:
            taken.announce(server.address)
            yield
    finally:
        taken.release()


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, assistant.cli; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert any("가" <= letter <= "힣" for letter in result.output)


def test_a_file_goes_in_and_is_listed(run) -> None:
    put = run("ingest", "규정.md", "--json")
    (row,) = json.loads(put.stdout)
    (document,) = json.loads(run("documents", "--json").stdout)
    assert (put.exit_code, row["outcome"], row["file"]) == (0, "added", "규정.md")
    assert document["document_id"] == row["document_id"]
    assert document["state"] == "ready"


def test_the_same_file_again_is_no_failure(run) -> None:
    run("ingest", "규정.md")
    again = run("ingest", "규정.md")
    assert again.exit_code == 0
    assert "같은 파일 있음 1" in again.stdout


def test_an_unreadable_file_fails_alone(run, tmp_path: Path) -> None:
    (tmp_path / "빈 파일.md").touch()
    result = run("ingest", ".")
    assert result.exit_code == 1
    assert "새로 넣음 1" in result.stdout
    assert "빈 파일.md: 빈 파일입니다. 내용이 있는 파일을 올려 주십시오." in result.stderr


def test_an_unknown_collection_is_one_line(run) -> None:
    result = run("ingest", "규정.md", "--collection", "없는 모음")
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_answer_comes_with_its_numbered_source(run) -> None:
    run("ingest", "규정.md")
    result = run("ask", "시범사용 완료보고서는 며칠 이내에 제출하나요?")
    assert result.exit_code == 0, result.output
    assert "14일 이내에" in result.stdout
    assert "[1] 시험용 물품 규정 제2조" in result.stdout


def test_a_question_finds_the_corpus_where_no_server_ever_ran(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "규정.md").write_text(RULE, encoding="utf-8")
    (corpus / "sources.yaml").write_text(
        "sources:\n- {id: rule, path: 규정.md, title: 시험용 물품 규정, kind: rule, "
        "collection: rules, effective_from: 2026-01-01}\n",
        encoding="utf-8",
    )
    question = "시범사용 완료보고서는 며칠 이내에 제출하나요?"
    result = run("ask", question)
    assert (result.exit_code, "14일 이내에" in result.stdout) == (0, True), result.output
    assert "기본 자료 읽기" in result.stderr
    monkeypatch.setattr(IngestFlow, "load_corpus", None)  # is not called where nothing changed
    assert run("ask", question).exit_code == 0


def test_an_answer_is_written_to_a_file_that_is_not_there_yet(run, tmp_path: Path) -> None:
    run("ingest", "규정.md")
    question = "시범사용 완료보고서는 며칠 이내에 제출하나요?"
    result = run("ask", question, "--out", "답변.md")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "답변.md").read_text(encoding="utf-8")
    assert "14일 이내에" in text
    assert "「시험용 물품 규정」 제2조" in text
    again = run("ask", question, "--out", "답변.md")
    assert (again.exit_code, "이미 있는 파일입니다" in again.stderr) == (1, True)


def test_a_file_of_an_unknown_format_or_without_an_answer_is_not_written(
    run, tmp_path: Path
) -> None:
    unknown = run("ask", "완료보고서는 며칠 이내에 제출하나요?", "--out", "답변.exe")
    assert (unknown.exit_code, ".hwpx" in unknown.stderr) == (1, True)
    nothing = run("ask", "오늘 점심 식단은 무엇인가요?", "--out", "답변.hwpx")
    assert nothing.exit_code == 2
    assert not (tmp_path / "답변.hwpx").exists()


def test_no_basis_has_an_exit_code_of_its_own(run) -> None:
    result = run("ask", "오늘 점심 식단은 무엇인가요?", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["outcome"] in ("no_evidence", "out_of_scope")


def test_an_empty_question_is_refused(run) -> None:
    result = run("ask", "  ")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("질문이 비어 있습니다.")


@pytest.mark.parametrize("which", ["lexical", "dense", "all"])
def test_indexes_are_built_anew(run, which: str) -> None:
    run("ingest", "규정.md")
    assert run("reindex", "--which", which).exit_code == 0
    assert "14일" in run("ask", "시범사용 완료보고서는 며칠 이내에 제출하나요?").stdout


def test_doctor_finds_a_sound_installation(run) -> None:
    run("ingest", "규정.md")
    result = run("doctor", "--json")
    report = json.loads(result.stdout)
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert result.exit_code == 0, result.output
    assert (states["store"], states["lexical"], states["model"]) == ("fine", "fine", "off")


def test_doctor_says_what_to_do_about_an_endpoint_that_is_away(run, monkeypatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "test-model")
    result = run("doctor")
    assert result.exit_code == 1
    assert "주소에 연결할 수 없습니다. 주소와 방화벽을 확인하십시오." in result.stdout


def test_a_backup_is_an_installation_of_its_own(run, tmp_path: Path, monkeypatch) -> None:
    run("ingest", "규정.md")
    assert run("backup", "복사본").exit_code == 0
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "복사본"))
    assert len(json.loads(run("documents", "--json").stdout)) == 1
    assert "14일" in run("ask", "시범사용 완료보고서는 며칠 이내에 제출하나요?").stdout


def test_a_backup_overwrites_nothing(run) -> None:
    run("ingest", "규정.md")
    result = run("backup", ".")
    assert result.exit_code == 1
    assert "이미 있습니다" in result.stderr


def test_a_wrong_setting_is_named(run, monkeypatch) -> None:
    monkeypatch.setenv("ASSISTANT_RETRIEVAL_LIMIT", "many")
    result = run("documents")
    assert result.exit_code == 3
    assert "ASSISTANT_RETRIEVAL_LIMIT" in result.stderr


def test_another_address_than_loopback_is_refused(run) -> None:
    result = run("run", "--host", "0.0.0.0")  # noqa: S104 (refused)
    assert result.exit_code == 3
    assert "loopback" in result.stderr


def test_files_go_through_a_server_that_holds_the_folder(run, tmp_path: Path) -> None:
    with running_server(tmp_path):
        put = run("ingest", "규정.md", "--json")
        (row,) = json.loads(put.stdout)
        asked = run("ask", "시범사용 완료보고서는 며칠 이내에 제출하나요?")
        written = run("ask", "완료보고서는 며칠 이내에 제출하나요?", "--out", "답변.txt")
        checked = json.loads(run("doctor", "--json").stdout)
    assert written.exit_code == 0, written.output
    assert "14일 이내에" in (tmp_path / "답변.txt").read_text(encoding="utf-8")
    assert (put.exit_code, row["outcome"]) == (0, "added")
    assert row["chunks"] > 0
    assert "14일 이내에" in asked.stdout
    assert checked["server_running"]


def test_what_a_server_refuses_is_told_in_its_words(run, tmp_path: Path) -> None:
    (tmp_path / "빈 파일.md").touch()
    with running_server(tmp_path):
        result = run("ingest", "빈 파일.md")
    assert result.exit_code == 1
    assert "빈 파일입니다." in result.stderr


def test_indexes_are_not_built_under_a_running_server(run, tmp_path: Path) -> None:
    with running_server(tmp_path):
        result = run("reindex")
    assert result.exit_code == 3
    assert result.stderr.startswith("같은 자료 폴더를 쓰는 서버가 이미 실행 중입니다.")
