"""`gongmun batch`, `jobs` and `worker`: what they print, write and answer with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.assistant.jobs.office import until
from tests.fakes import FakeEndpoint

ROOT = Path(__file__).parents[3]
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on a data folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ASSISTANT_MIN_FREE_BYTES", "0")
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "신청서"
    made.mkdir()
    for company in ("가상정밀", "가상전자"):
        (made / f"{company}.md").write_text(f"| 기업명 | {company} |\n|---|---|\n", "utf-8")
    return made


def batch(run: Run, folder: Path, out: Path, *more: str) -> Result:
    return run("batch", folder, "--table", "product_application", "--out", out, *more)


def only_job(run: Run) -> dict[str, object]:
    [job] = json.loads(run("jobs", "list", "--json").stdout)
    assert isinstance(job, dict)
    return job


def test_a_folder_becomes_a_table(run: Run, folder: Path, tmp_path: Path) -> None:
    result = batch(run, folder, tmp_path / "표.xlsx")
    assert result.exit_code == 0, result.output
    values = list(openpyxl.load_workbook(tmp_path / "표.xlsx")["표"].iter_rows(values_only=True))
    assert [row[values[0].index("기업명")] for row in values[1:]] == ["가상전자", "가상정밀"]
    job = only_job(run)
    shown = run("jobs", "show", job["job_id"])
    assert "끝남" in shown.stdout
    assert run("jobs", "pause", job["job_id"]).exit_code == 1


def test_a_file_that_fails_changes_the_exit_code_and_is_named(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "깨짐.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "빈 파일.md").write_bytes(b"")
    result = batch(run, folder, tmp_path / "표.json", "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["done"], told["failed"]) == (1, 2, 2)
    assert {failure["file"] for failure in told["failures"]} == {"깨짐.pdf", "빈 파일.md"}
    assert all(failure["detail"] for failure in told["failures"])
    assert len(json.loads((tmp_path / "표.json").read_text("utf-8"))["rows"]) == 4


def test_what_a_batch_cost_is_told_to_other_programs(
    run: Run,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    endpoint: FakeEndpoint,
) -> None:
    endpoint.reply, endpoint.mode = '{"values": [], "summary": []}', "said:1000:100"
    monkeypatch.setenv("ASSISTANT_LLM_BASE_URL", endpoint.base_url)
    monkeypatch.setenv("ASSISTANT_LLM_MODEL", "test-model")
    monkeypatch.setenv("ASSISTANT_LLM_PROMPT_WON", "2000")
    told = json.loads(batch(run, folder, tmp_path / "표.json", "--json").stdout)
    cost = {"calls": 2, "prompt_tokens": 2000, "completion_tokens": 200, "cost_won": 4.0}
    assert {name: told[name] for name in cost} == cost
    assert {name: only_job(run)[name] for name in cost} == cost


@pytest.mark.parametrize(
    ("table", "out", "words"),
    [("product_application", "표.exe", "형식"), ("unknown", "표.xlsx", "표 서식")],
)
def test_what_cannot_be_is_said_before_any_work(
    run: Run, folder: Path, tmp_path: Path, table: str, out: str, words: str
) -> None:
    result = run("batch", folder, "--table", table, "--out", tmp_path / out)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_batch_that_is_killed_is_completed_by_a_worker(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    for number in range(30):
        (folder / f"더 {number}.md").write_text(f"| 기업명 | 가상 {number} |\n|---|---|\n", "utf-8")
    command = [sys.executable, "-m", "assistant.cli", "batch", str(folder)]
    command += ["--table", "product_application", "--out", str(tmp_path / "표.csv")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "작업" in process.stderr.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
    job_id = only_job(run)["job_id"]
    worker = [sys.executable, "-m", "assistant.cli", "worker", "--until-idle"]
    subprocess.run(worker, env=environment, check=True, capture_output=True, timeout=120)
    until(lambda: only_job(run)["state"] == "done")
    assert only_job(run)["done"] == 32
    assert run("jobs", "export", job_id, "--out", tmp_path / "표.csv").exit_code == 0
    assert (tmp_path / "표.csv").read_text("utf-8-sig").count("\n") == 33


def test_a_job_is_paused_resumed_and_cancelled_without_a_worker(run: Run, folder: Path) -> None:
    from assistant.assembly import open_jobs
    from assistant.domain import Grade
    from assistant.settings import Settings

    office = open_jobs(Settings(_env_file=None))
    file = office.desk.files.take_copy(next(folder.iterdir()), file_name="가.md", grade=Grade.OPEN)
    columns = office.desk.tables.columns("product_application", institution_id="default")
    job_id = office.desk.batch.begin(
        institution_id="default", columns=columns, title="", files=[file], by="시험"
    ).job_id
    office.close()
    states = [run("jobs", act, job_id).stdout.split(": ")[1].strip() for act in ACTS]
    assert states == ["멈춤", "진행 중", "취소"]


ACTS = ("pause", "resume", "cancel")


def test_help_does_not_import_the_queue() -> None:
    code = "import sys, assistant.cli, assistant.jobs; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "dbos" not in done.stdout.split()
