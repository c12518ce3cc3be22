"""Ids that wait to be worked on by a few threads, in order, each once at a time."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from assistant.errors import AssistantError, ServiceError

logger = logging.getLogger(__name__)

_RETRY_S = 5.0
_POLL_S = 0.05


class WaitingLine:
    """Calls `work` with each id; after a failure that may pass, the id goes to the end of the line.

    Nothing here is durable: whoever fills the line fills it again after a start.
    """

    def __init__(self, name: str, work: Callable[[str], object], *, workers: int) -> None:
        self.stopping = threading.Event()
        self._name = name
        self._work = work
        self._workers = workers
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._known: set[str] = set()
        self._under_way: set[str] = set()
        self._again: set[str] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def put(self, item_id: str) -> None:
        """Add an id unless it is in the line; one that is being worked on is worked on again."""
        with self._lock:
            if item_id in self._known:
                if item_id in self._under_way:  # the work may have looked before what is new
                    self._again.add(item_id)
                return
            self._known.add(item_id)
        self._waiting.put(item_id)

    def start(self) -> None:
        """Let the threads begin."""
        self.stopping.clear()
        self._threads = [
            threading.Thread(target=self._run, name=f"{self._name}-{number}", daemon=True)
            for number in range(self._workers)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the threads; `work` is expected to look at `stopping`."""
        self.stopping.set()
        for _ in self._threads:
            self._waiting.put(None)
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.1))
        self._threads = []

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until the line is empty; False when the time is up first."""
        deadline = time.monotonic() + timeout_s
        while self._known:
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_S)
        return True

    def _run(self) -> None:
        while (item_id := self._waiting.get()) is not None and not self.stopping.is_set():
            with self._lock:
                self._under_way.add(item_id)
            is_done = self._is_done(item_id)
            with self._lock:
                self._under_way.discard(item_id)
                is_wanted = item_id in self._again
                self._again.discard(item_id)
                if is_done and not is_wanted:
                    self._known.discard(item_id)
            if is_wanted or (not is_done and not self.stopping.wait(_RETRY_S)):
                self._waiting.put(item_id)

    def _is_done(self, item_id: str) -> bool:
        facts = {"line": self._name, "item_id": item_id}
        try:
            self._work(item_id)
        except ServiceError as error:
            logger.warning("line.waiting", extra=facts | {"code": error.code})
            return False
        except AssistantError as error:
            logger.info("line.failed", extra=facts | {"code": error.code})
        except Exception:  # a worker that dies would leave all that follows waiting
            logger.exception("line.fault", extra=facts)
            return False
        return True
