"""One run of one item: read the file, have the table's row made, keep it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Protocol

from assistant.domain import Document, Grade, ItemResult, ItemTask, ModelUse
from assistant.errors import (
    AssistantError,
    DocumentUnreadableError,
    GradeNotAllowedError,
    ServiceError,
)
from assistant.jobs.replies import Spending, spending
from assistant.markings import classified_marking
from assistant.originals import Originals
from assistant.reading import Limits, read
from assistant.store import Store, visible_to

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5  # begun so often and never ended: it takes the process down each time
MODEL_FAILED = "model_failed:"
_BACKOFF_S = (1.0, 5.0, 20.0)


class RowMaker(Protocol):
    """What makes a row of one file; `flows/application.py` does."""

    async def make(self, task: ItemTask, document: Document) -> ItemResult:
        """Return the row; the columns to look at are `task.only`, all when empty.

        Raises:
            InputError: the file cannot be used.
            ServiceError: something failed for the moment.
        """
        ...


class ItemWork:
    """Does runs of items, each as often as it takes, and keeps what came of them.

    Args:
        store: the truth.
        originals: where the files are kept.
        maker: makes a row of what was read.
        limits: for reading one file.
        readers: files read at once.
        backoff_s: waits before each further try when a system fails for the moment.
    """

    def __init__(
        self,
        store: Store,
        originals: Originals,
        maker: RowMaker,
        *,
        limits: Limits,
        readers: int = 2,
        backoff_s: Sequence[float] = _BACKOFF_S,
    ) -> None:
        self._store = store
        self._originals = originals
        self._maker = maker
        self._limits = limits
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="job-reader")
        self._backoff_s = tuple(backoff_s)

    def close(self) -> None:
        """Read nothing more."""
        self._readers.shutdown(wait=False, cancel_futures=True)

    def give_up(self, task: ItemTask) -> None:
        """Keep that a run ended by a fault of ours."""
        self._store.job_work.fail(task, code="internal", reason="", use=ModelUse(), reused=0)

    async def do(self, task: ItemTask) -> None:
        """Do a run that was claimed, and keep its row or why there is none."""
        with spending(task) as spent:
            try:
                if task.attempts > MAX_ATTEMPTS:
                    raise DocumentUnreadableError(reason="crashed")
                result = await self._try(task)
            except AssistantError as error:
                await self._fail(task, error, spent)
                return
        await self._finish(task, result, spent)

    async def _try(self, task: ItemTask) -> ItemResult:
        for wait_s in self._backoff_s:
            try:
                return await self._make(task)
            except ServiceError as error:
                logger.info("item.retry", extra={"item_id": task.item_id, "code": error.code})
            await asyncio.sleep(wait_s)
        return await self._make(task)

    async def _make(self, task: ItemTask) -> ItemResult:
        document = await self._read(task)
        result = await self._maker.make(task, document)
        return merged(task, result)

    async def _read(self, task: ItemTask) -> Document:
        store = self._store
        if task.file.version_id:
            kept = await asyncio.to_thread(
                store.readings.get,
                task.file.version_id,
                institution_ids=visible_to(task.institution_id),
            )
        else:
            kept = await asyncio.to_thread(
                store.job_work.reading, task.item_id, institution_id=task.institution_id
            )
        if kept is not None:
            return kept
        document = await self._read_file(task)
        if classified_marking(document):
            raise GradeNotAllowedError(grade=Grade.CLASSIFIED.value)
        if not task.file.version_id:
            await asyncio.to_thread(store.job_work.keep_reading, task, document)
        return document

    async def _read_file(self, task: ItemTask) -> Document:
        cancel = threading.Event()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._readers, self._read_now, task, cancel)
        except asyncio.CancelledError:
            cancel.set()  # a thread does not notice; the reading process does
            raise

    def _read_now(self, task: ItemTask, cancel: threading.Event) -> Document:
        try:
            data = self._originals.path(task.file.blob_id).read_bytes()
        except FileNotFoundError as error:
            raise DocumentUnreadableError(reason="damaged") from error
        document = read(data, file_name=task.file.file_name, limits=self._limits, cancel=cancel)
        if not any(block.text.strip() or block.rows for block in document.blocks):
            raise DocumentUnreadableError(reason="no_text")
        return document

    async def _finish(self, task: ItemTask, result: ItemResult, spent: Spending) -> None:
        failed = next((n for n in result.notices if n.startswith(MODEL_FAILED)), None)
        kept = await asyncio.to_thread(
            self._store.job_work.finish,
            task,
            result,
            use=spent.use,
            reused=spent.reused,
            failure=None if failed is None else failed.removeprefix(MODEL_FAILED),
        )
        facts = {"item_id": task.item_id, "calls": spent.use.calls, "reused": spent.reused}
        logger.info("item.done" if kept else "item.dropped", extra=facts)

    async def _fail(self, task: ItemTask, error: AssistantError, spent: Spending) -> None:
        facts = error.facts()
        reason = str(facts.get("reason") or facts.get("detected") or facts.get("grade") or "")
        await asyncio.to_thread(
            self._store.job_work.fail,
            task,
            code=error.code,
            reason=reason,
            use=spent.use,
            reused=spent.reused,
        )
        logger.info("item.failed", extra={"item_id": task.item_id, "code": error.code})


def merged(task: ItemTask, result: ItemResult) -> ItemResult:
    """Return a row in which only the columns that were asked for are new."""
    earlier = task.earlier
    if not task.only or earlier is None:
        return result
    cells = tuple(
        (result if column.name in task.only else earlier).cell(column.name)
        for column in task.columns.columns
    )
    return replace(earlier, cells=cells, notices=result.notices, model=result.model)
