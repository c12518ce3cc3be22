"""A worker: takes runs from the queue, does them, and takes over what dead workers left."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from assistant.domain import ItemTask
from assistant.errors import ServiceError
from assistant.jobs.presence import Presence, new_executor_id, presence_of
from assistant.jobs.queue import QueueLimits, WorkQueue
from assistant.jobs.work import ItemWork
from assistant.store import Store

logger = logging.getLogger(__name__)

T = TypeVar("T")

_LOOK_EVERY_S = 0.5
_TAKE_OVER_EVERY_S = 2.0
_CLOSE_AFTER_S = 60.0
_PUT_AT_ONCE = 200
_STORE_AGAIN_S = 2.0


class JobRunner:
    """The worker of this process; several processes may have one each over the same store.

    The queue is opened when there is work and closed when there has been none for a while, so that
    an office without jobs pays nothing.

    Args:
        store: the truth.
        work: does one run.
        url: where the queue stands.
        folder: where workers of one machine show that they live.
        limits: how much may be under way.
        close_after_s: of idleness after which the queue is closed.
    """

    def __init__(
        self,
        store: Store,
        work: ItemWork,
        *,
        url: str,
        folder: Path,
        limits: QueueLimits,
        close_after_s: float = _CLOSE_AFTER_S,
    ) -> None:
        self._store = store
        self._work = work
        self._url = url
        self._folder = folder
        self._limits = limits
        self._close_after_s = close_after_s
        self._queue: WorkQueue | None = None
        self._presence: Presence | None = None
        self._running: dict[str, tuple[ItemTask, asyncio.Task[None]]] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._stays_open = False

    def start(self, *, stays_open: bool = False) -> None:
        """Look for work from now on, in the background.

        `stays_open` opens the queue at once and for good: for a process that does nothing else.
        """
        self._stays_open = stays_open
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._wake.set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Take no more; what is under way waits for the next worker. Harmless when done twice."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        self._work.close()

    def wait_idle(self, timeout_s: float, *, until: Callable[[], bool] | None = None) -> bool:
        """Wait until no running job has anything left; False when time is up first."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if not self._store.job_work.has_work() if until is None else until():
                return True
            time.sleep(0.05)
        return False

    # -- the thread -------------------------------------------------------------------------------

    def _loop(self) -> None:
        idle_since, taken_over_at = time.monotonic(), 0.0
        while not self._stopping.is_set():
            try:
                if self._look():
                    idle_since = time.monotonic()
                elif self._stays_open:
                    self._opened()
                elif time.monotonic() - idle_since > self._close_after_s:
                    self._close()
                if time.monotonic() - taken_over_at > _TAKE_OVER_EVERY_S:
                    self._take_over()
                    taken_over_at = time.monotonic()
            except ServiceError as error:
                logger.warning("jobs.waiting", extra={"code": error.code})
            except Exception:  # a worker whose loop ends would leave every job standing still
                logger.exception("jobs.fault")
            self._wake.wait(_LOOK_EVERY_S)
            self._wake.clear()
        self._close()

    def _look(self) -> bool:
        """Bring queue and store to the same state; return whether there is work."""
        if not self._running and not self._store.job_work.has_work():
            return False
        queue = self._opened()
        while due := self._store.job_work.due(limit=_PUT_AT_ONCE):
            queue.put(due)
            self._store.job_work.note_queued(due)
        self._drop_unwanted()
        return True

    def _opened(self) -> WorkQueue:
        if self._queue is not None and self._queue.is_open:
            return self._queue
        self._close()  # where another worker of this process has opened its own
        executor_id = new_executor_id()
        presence = presence_of(self._store, self._folder, executor_id)
        presence.hold()
        queue = WorkQueue(self._url, executor_id=executor_id, run=self._run, limits=self._limits)
        queue.open()
        self._queue, self._presence = queue, presence
        self._reconcile(queue)
        queue.sweep(datetime.now(UTC))
        return queue

    def _reconcile(self, queue: WorkQueue) -> None:
        """Put in the queue what it does not know, and begin anew what it has wrongly ended."""
        due = self._store.job_work.due(is_queue_new=True)
        for start in range(0, len(due), _PUT_AT_ONCE):
            some = due[start : start + _PUT_AT_ONCE]
            known = queue.known(some)
            ended = [entry for entry in some if known.get(entry.item_id) is False]
            missing = [entry for entry in some if entry.item_id not in known]
            queue.put(missing)
            self._store.job_work.note_queued(missing)
            self._store.job_work.renew(ended)

    def _take_over(self) -> None:
        queue, presence = self._queue, self._presence
        if queue is None or presence is None or not queue.is_open:
            return
        presence.hold()
        gone = {other for other in queue.executors() if presence.is_gone(other)}
        if gone:
            count = queue.take_over(gone)
            logger.info("jobs.taken_over", extra={"workers": len(gone), "items": count})

    def _drop_unwanted(self) -> None:
        """End what is under way for a job that was cancelled, here or elsewhere."""
        for task, doing in list(self._running.values()):
            if not self._store.job_work.is_wanted(task.item_id, task.run):
                doing.get_loop().call_soon_threadsafe(doing.cancel)

    def _close(self) -> None:
        queue, presence = self._queue, self._presence
        self._queue = self._presence = None
        if queue is not None:
            for task, doing in list(self._running.values()):
                doing.get_loop().call_soon_threadsafe(doing.cancel)
                self._store.job_work.put_back(task)
            self._running.clear()
            queue.close()
        if presence is not None:
            presence.release()

    # -- on the loop of the queue -----------------------------------------------------------------

    async def _run(self, item_id: str, run: int) -> None:
        """Do one run; whatever happens, the queue sees it end."""
        if self._stopping.is_set():
            return
        task = await self._patiently(lambda: self._store.job_work.claim(item_id, run))
        if task is None:
            return
        doing = asyncio.ensure_future(self._do(task))
        self._running[item_id] = (task, doing)
        try:
            await asyncio.wait([doing])
        finally:
            self._running.pop(item_id, None)

    async def _do(self, task: ItemTask) -> None:
        try:
            await self._work.do(task)
        except ServiceError as error:  # the store itself: the run is begun again later
            logger.warning("item.waiting", extra={"item_id": task.item_id, "code": error.code})
            await self._patiently(lambda: self._store.job_work.put_back(task))
        except Exception:  # one file that meets a bug must not stop the others
            logger.exception("item.fault", extra={"item_id": task.item_id})
            await self._patiently(lambda: self._work.give_up(task))

    async def _patiently(self, act: Callable[[], T]) -> T:
        """Do `act` in a thread until the store answers."""
        while True:
            try:
                return await asyncio.to_thread(act)
            except ServiceError as error:
                logger.warning("jobs.waiting", extra={"code": error.code})
                await asyncio.sleep(_STORE_AGAIN_S)
