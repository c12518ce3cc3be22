"""Many files through real worker processes and a scripted endpoint: wall time, memory, kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from assistant.assembly import JobOffice, open_jobs
from assistant.domain import DEFAULT_INSTITUTION, Grade, Job, JobFile
from assistant.errors import ServiceError
from assistant.jobs import items_of
from assistant.reading import ReaderPool
from assistant.reading.limits import Limits
from assistant.settings import Settings
from evals.report import show, write_json
from evals.suites.extraction_files import Grid, Head, Line, Part, written
from evals.suites.jobs_endpoint import ScriptedEndpoint, scripted_endpoint

TABLE = "product_application"
_FORMATS = ("hwpx", "docx", "pdf", "md")
_PATIENCE_S = 1_800.0
_LOOK_S = 0.1
_ALLOWED = 1.1  # of the ideal time

Figures: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many files, how slow the endpoint, how many calls at once, how many kills."""

    files: int = 200
    latency_s: float = 2.0
    at_once: int = 16
    kills: int = 0
    database_url: str = ""


def run(plan: Plan, *, json_file: Path | None) -> bool:
    """Measure, print, write; return whether everything is as it should be."""
    with TemporaryDirectory() as folder, scripted_endpoint(plan.latency_s) as endpoint:
        figures = _measured(plan, Path(folder), endpoint)
    show("jobs", [("files", figures)], list(figures))
    write_json(json_file, figures)
    return bool(figures["is_fine"])


def _measured(plan: Plan, folder: Path, endpoint: ScriptedEndpoint) -> Figures:
    settings = _settings(plan, folder, endpoint)
    office = open_jobs(settings)
    try:
        made = list(_files(office, folder, plan.files))
        reading_s = _reading_s(office, made)
        with _processes(settings, with_server=plan.kills > 0) as processes:
            job = _begun(office, made)
            started = time.monotonic()
            memory = processes.follow(office, job, kills=plan.kills, endpoint=endpoint)
            wall_s = time.monotonic() - started
            cpu_s = processes.cpu_s()
        times = {"wall_s": wall_s, "reading_s": reading_s, "worker_cpu_s": cpu_s}
        return _figures(plan, office, job, endpoint, times, memory)
    finally:
        office.close()


def _settings(plan: Plan, folder: Path, endpoint: ScriptedEndpoint) -> Settings:
    # A few files more than calls: they are read while the endpoint thinks.
    ahead = 0 if plan.at_once == 1 else max(2, plan.at_once // 2)
    return Settings(
        data_dir=folder / "var",
        corpus_dir=folder / "none",
        database_url=plan.database_url,
        embedding_backend="none",
        min_free_bytes=0,
        llm_base_url=endpoint.base_url,
        llm_model="scripted",
        llm_max_concurrent=plan.at_once,
        jobs_at_once=plan.at_once + ahead,
        jobs_at_once_everywhere=4 * (plan.at_once + ahead),
        port=0,
    )


def _files(office: JobOffice, folder: Path, count: int) -> Iterator[JobFile]:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        fmt = _FORMATS[number % len(_FORMATS)]
        path = folder / f"신청서 {number:04d}.{fmt}"
        path.write_bytes(written(_parts(number), fmt, title="혁신제품 지정 신청서"))
        yield office.desk.files.take_copy(path, file_name=path.name, grade=Grade.OPEN)
        path.unlink()


def _parts(number: int) -> list[Part]:
    rows = [
        ["기업명", f"(주)가상 {number}호"],
        ["제품명", f"가상 감지기 {number}"],
        ["세부품명번호", f"{4111240000 + number}"],
        ["제품 단가", f"{number + 1},000,000원"],
        ["기술성숙도(TRL)", f"{1 + number % 9}단계"],
    ]
    prose = "본 제품은 현장의 누수를 스스로 찾아 알린다. " * 40
    return [
        Head("혁신제품 지정 신청서"),
        Line(f"접수번호 제{number:06d}호"),
        Grid(rows),
        Head("혁신성"),
        Line(prose),
    ]


def _reading_s(office: JobOffice, files: list[JobFile]) -> float:
    """Return how long reading alone takes, two files at once, as a worker does it."""
    pool = ReaderPool()
    try:
        pool.warm_up()

        def read(file: JobFile) -> None:
            data = office.desk.files.blob(file).read_bytes()
            pool.read(data, file_name=file.file_name, limits=Limits())

        started = time.monotonic()
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(read, files))
        return time.monotonic() - started
    finally:
        pool.close()


def _begun(office: JobOffice, files: list[JobFile]) -> Job:
    return office.desk.batch.begin(
        institution_id=DEFAULT_INSTITUTION,
        columns=office.desk.tables.columns(TABLE, institution_id=DEFAULT_INSTITUTION),
        title="측정",
        files=files,
        by="측정",
    )


# -- processes ----------------------------------------------------------------------------------


class _Processes:
    """The worker, and the server where there is one; each is started again when it was killed."""

    def __init__(self, settings: Settings, *, with_server: bool) -> None:
        self._settings = settings
        self._commands = [["worker"]] + ([["run"]] if with_server else [])
        self._running = [self._start(command) for command in self._commands]

    def follow(
        self, office: JobOffice, job: Job, *, kills: int, endpoint: ScriptedEndpoint
    ) -> list[int]:
        """Wait until the job is done, killing on the way; return the worker's memory in MB."""
        chance = random.Random(1)  # noqa: S311 (not a secret)
        memory: list[int] = []
        deadline, killed, marks = time.monotonic() + _PATIENCE_S, 0, [0.25, 0.5, 0.75, 1.0]
        # A kill every so many answers, so that all of them fall while there is work.
        step = max(1, job.counts.total // (kills + 1))
        while True:
            now = office.desk.batch.job(job.job_id, institution_id=DEFAULT_INSTITUTION)
            while marks and now.counts.settled >= marks[0] * now.counts.total:
                marks.pop(0)
                memory.append(_memory_mb(self._running[0].pid))
            if not now.counts.left:
                return memory
            if time.monotonic() > deadline:
                raise ServiceError("the job did not end in time")
            if killed < kills and now.counts.settled >= (killed + 1) * step:
                time.sleep(chance.uniform(0, endpoint.latency_s))
                self._kill(chance.choice(["worker", "server", "both"]))
                killed += 1
            time.sleep(_LOOK_S)

    def _kill(self, which: str) -> None:
        chosen = [n for n, c in enumerate(self._commands) if which in ("both", _NAMES[c[0]])]
        for number in chosen:
            self._running[number].send_signal(signal.SIGKILL)
            self._running[number].wait()
        for number in chosen:
            self._running[number] = self._start(self._commands[number])

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        values = self._settings.model_dump(mode="json")
        values |= {"llm_api_key": "", "embedding_api_key": ""}
        given = {f"ASSISTANT_{name.upper()}": str(value) for name, value in values.items()}
        return subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-m", "assistant.cli", *command],
            env=os.environ | given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def cpu_s(self) -> float:
        """Return the processor time of the worker so far, without its reading processes."""
        fields = Path(f"/proc/{self._running[0].pid}/stat").read_text("ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End what still runs."""
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(20)


_NAMES = {"worker": "worker", "run": "server"}


@contextmanager
def _processes(settings: Settings, *, with_server: bool) -> Iterator[_Processes]:
    processes = _Processes(settings, with_server=with_server)
    time.sleep(6.0)  # a worker that waits already is what is measured
    try:
        yield processes
    finally:
        processes.end()


def _memory_mb(process_id: int) -> int:
    try:
        text = Path(f"/proc/{process_id}/status").read_text("ascii")
    except OSError:
        return 0
    line = next((row for row in text.splitlines() if row.startswith("VmRSS:")), "VmRSS: 0")
    return int(line.split()[1]) // 1024


# -- figures ------------------------------------------------------------------------------------


def _figures(
    plan: Plan,
    office: JobOffice,
    job: Job,
    endpoint: ScriptedEndpoint,
    times: dict[str, float],
    memory: list[int],
) -> Figures:
    wall_s, reading_s = times["wall_s"], times["reading_s"]
    ideal_s = plan.files * plan.latency_s / plan.at_once
    items = items_of(
        office.store, office.desk.batch.job(job.job_id, institution_id=DEFAULT_INSTITUTION)
    )
    firms = [item.result.cell("company").value if item.result else "" for item in items]
    in_order = firms == [f"(주)가상 {number}호" for number in range(plan.files)]
    answered, begun = sum(endpoint.answered.values()), sum(endpoint.begun.values())
    is_quick = wall_s <= _ALLOWED * ideal_s + reading_s
    done = sum(item.state.value == "done" for item in items)
    is_whole = in_order and done == plan.files and answered <= plan.files + plan.kills
    return {
        "files": plan.files,
        "done": done,
        "in_order": in_order,
        "wall_s": round(wall_s, 1),
        "ideal_s": round(ideal_s, 1),
        "reading_s": round(reading_s, 1),
        "allowed_s": round(_ALLOWED * ideal_s + reading_s, 1),
        "calls_begun": begun,
        "calls_answered": answered,
        "most_at_once": endpoint.most,
        "kills": plan.kills,
        "worker_cpu_s": round(times["worker_cpu_s"], 1),
        "worker_mb": "/".join(str(value) for value in memory),
        "is_fine": is_whole and (is_quick or plan.kills > 0),
    }
