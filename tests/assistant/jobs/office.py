"""A small office that runs jobs: a real store and queue, and a maker of short rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain import (
    CellEvidence,
    CellStatus,
    CellValue,
    ChatModel,
    Column,
    ColumnSet,
    ColumnType,
    Document,
    Grade,
    ItemCell,
    ItemResult,
    ItemTask,
    Job,
    JobFile,
    JobItem,
    JobState,
    Message,
    ReplySchema,
)
from assistant.errors import ModelUnavailableError
from assistant.jobs import ItemWork, JobRunner, KeepingModel, QueueLimits, queue_url
from assistant.originals import Originals
from assistant.reading import Limits
from assistant.store import Store

OURS = "default"
COLUMNS = ColumnSet(
    name="first_words",
    version=1,
    title="첫 줄",
    purpose="시험",
    columns=(
        Column(name="first", label="첫 줄", meaning="첫 줄의 글", type=ColumnType.TEXT),
        Column(name="remark", label="한마디", meaning="모델이 한 말", type=ColumnType.TEXT),
    ),
)


@dataclass
class FirstWords:
    """Makes a row of the first line of a file and of what a model says of it."""

    model: ChatModel | None = None
    before: Callable[[ItemTask], None] = lambda _: None

    async def make(self, task: ItemTask, document: Document) -> ItemResult:
        self.before(task)
        block = next(b for b in document.blocks if b.text.strip())
        notices: tuple[str, ...] = () if self.model else ("no_model",)
        said = ""
        if self.model is not None:
            try:
                said = await self.model.complete([Message(role="user", content=block.text)])
            except ModelUnavailableError as error:
                notices = (f"model_failed:{error.reason}",)
        cells = (_cell("first", block.text, task), _cell("remark", said, task))
        return ItemResult(
            file_name=task.file.file_name,
            title=document.title,
            sha256=task.file.sha256,
            columns=task.columns.reference,
            columns_fingerprint=task.columns.fingerprint,
            cells=cells,
            notices=notices,
            model=self.model.name if self.model else None,
        )


def _cell(column: str, text: str, task: ItemTask) -> ItemCell:
    if not text:
        return ItemCell(column=column, status=CellStatus.NOT_STATED, reason="absent")
    evidence = CellEvidence(
        file_name=task.file.file_name, block=0, start=0, end=len(text), quote=text
    )
    value = CellValue(value=text, display=text, raw=text, evidence=evidence)
    return ItemCell(column=column, status=CellStatus.FOUND, values=(value,), reason="label")


@dataclass
class CountingModel:
    """A model that says how often it was asked; `failures` are raised first, one a call."""

    name: str = "counting"
    failures: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        self.asked.append(messages[-1].content)
        if self.failures:
            raise ModelUnavailableError(reason=self.failures.pop(0))
        return f"{messages[-1].content}: {len(self.asked)}번째"

    def stream(self, messages: Sequence[Message]) -> object:
        raise NotImplementedError


@dataclass
class Office:
    """What a test needs to make jobs and to look at them."""

    store: Store
    originals: Originals
    runner: JobRunner
    folder: Path

    def file(self, name: str, text: str = "", **overrides: object) -> JobFile:
        return keep_file(self.originals, self.folder, name, text or name, **overrides)

    def job(self, *files: JobFile, columns: ColumnSet = COLUMNS) -> Job:
        job = self.store.jobs.create(
            institution_id=OURS, title="시험", columns=columns, files=files, by="주무관 김가상"
        )
        self.runner.wake()
        return job

    def get(self, job_id: str) -> Job:
        return self.store.jobs.get(job_id, institution_id=OURS)

    def items(self, job_id: str) -> Sequence[JobItem]:
        return self.store.jobs.items(job_id, institution_id=OURS, limit=5_000)

    def column(self, job_id: str, name: str) -> list[str]:
        return [i.result.cell(name).value if i.result else "" for i in self.items(job_id)]

    def wait(self, job_id: str, state: JobState = JobState.DONE, timeout_s: float = 30.0) -> Job:
        until(lambda: self.get(job_id).state is state, timeout_s)
        return self.get(job_id)


def keep_file(
    originals: Originals, folder: Path, name: str, text: str, **overrides: object
) -> JobFile:
    path = folder / f"{name}.part"
    path.write_text(text, encoding="utf-8")
    original = originals.copy(path)
    path.unlink()
    values: dict[str, object] = {
        "file_name": f"{name}.md",
        "sha256": original.sha256,
        "size_bytes": original.size_bytes,
        "blob_id": original.blob_id,
        "grade": Grade.OPEN,
    }
    return JobFile(**(values | overrides))  # type: ignore[arg-type]


def until(is_so: Callable[[], bool], timeout_s: float = 30.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


@contextmanager
def open_office(
    folder: Path,
    *,
    url: str = "",
    model: ChatModel | None = None,
    maker: FirstWords | None = None,
    limits: QueueLimits | None = None,
    close_after_s: float = 60.0,
    starts: bool = True,
) -> Iterator[Office]:
    """Open an office over `folder`, with a worker of its own unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    address = url or f"sqlite:///{folder / 'gongmun.db'}"
    store = Store.open(address, check=False)
    originals = Originals(folder / "blobs")
    made = maker or FirstWords()
    if model is not None:
        made.model = KeepingModel(model, store, backoff_s=(0.05, 0.05))
    runner = JobRunner(
        store,
        ItemWork(store, originals, made, limits=Limits(), backoff_s=(0.05, 0.05)),
        url=queue_url(jobs_url="", database_url=address, folder=folder),
        folder=folder / "workers",
        limits=limits or QueueLimits(),
        close_after_s=close_after_s,
    )
    if starts:
        runner.start()
    try:
        yield Office(store, originals, runner, folder)
    finally:
        runner.stop()
        store.close()
