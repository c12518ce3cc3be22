"""The queue of runs, durable and shared by all workers. Home of dbos.

The store is the truth; what stands here can be made anew from it. Four things about dbos matter:
each process needs an id of its own, or a starting one runs again what another still runs; the
version is pinned, or a new release leaves the old one's work undone; the tables of the queue are
its own, beside ours; importing it takes half a second, so that is done on first use.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from assistant.store import DueItem

if TYPE_CHECKING:
    from dbos import DBOSConfig

logger = logging.getLogger(__name__)

RunItem: TypeAlias = Callable[[str, int], Awaitable[None]]

# Raised when the arguments of `_WORKFLOW` change: runs of an earlier one are then begun anew.
VERSION = "1"
_WORKFLOW, _QUEUE, _APP = "gongmun.item", "items", "gongmun"
_ALIVE = ["ENQUEUED", "PENDING", "DELAYED"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_POLL_S = 0.2
_KEPT_FOR = timedelta(days=3)
_SWEPT_AT_ONCE = 2_000
_NEVER_S = 86_400.0
_WHOLLY = {"destroy_registry": True}  # the next queue of this process registers its own


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLimits:
    """How much may be under way.

    `here` items in this process, `everywhere` in all, and `per_minute` begun in any minute in all
    processes together (0: as many as there are).
    """

    here: int = 12
    everywhere: int = 48
    per_minute: int = 0


# dbos holds its one connection of a process for itself: who opened it last is noted here.
_turn = threading.Lock()
_open: list[WorkQueue] = []


class WorkQueue:
    """A connection to the queue; a process has one at a time, and the one opened last has it.

    Args:
        url: `sqlite:///file` or a PostgreSQL address, where dbos has a schema of its own.
        executor_id: of this process, never used again.
        run: does one run of an item; called on the event loop of the queue.
        limits: how much may be under way.
    """

    def __init__(self, url: str, *, executor_id: str, run: RunItem, limits: QueueLimits) -> None:
        self._url = url
        self._executor_id = executor_id
        self._run = run
        self._limits = limits

    @property
    def is_open(self) -> bool:
        """Whether this connection is still the one of this process."""
        return _open == [self]

    def open(self) -> None:
        """Connect and begin to take runs; another connection of this process ends."""
        with _turn:
            if _open:
                _end()
            self._launch()
            _open.append(self)

    def _launch(self) -> None:
        started = time.monotonic()
        _prepare(self._url)
        logging.getLogger("dbos").addHandler(logging.NullHandler())  # else it writes to a terminal
        from dbos import DBOS

        run = self._run

        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)
        async def do_item(item_id: str, number: int) -> None:
            await run(item_id, number)

        DBOS(config=self._config())
        DBOS.listen_queues([_QUEUE])
        DBOS.launch()
        per_minute = self._limits.per_minute
        DBOS.register_queue(
            _QUEUE,
            worker_concurrency=self._limits.here,
            global_concurrency=max(self._limits.everywhere, self._limits.here),
            limiter={"limit": per_minute, "period": 60.0} if per_minute else None,
            polling_interval_sec=_POLL_S,
            on_conflict="always_update",
        )
        seconds = round(time.monotonic() - started, 2)
        logger.info("queue.opened", extra={"seconds": seconds, "executor": self._executor_id})

    def put(self, due: Iterable[DueItem]) -> None:
        """Put runs in the queue; one that is or was there is left alone."""
        from dbos import DBOS

        for entry in due:
            DBOS.enqueue_workflow_with_options(
                {
                    "workflow_name": _WORKFLOW,
                    "queue_name": _QUEUE,
                    "workflow_id": _workflow_id(entry.item_id, entry.run),
                    "app_version": VERSION,
                    # The first files of a later job stand before the last ones of a large one.
                    "priority": entry.place + 1,
                },
                entry.item_id,
                entry.run,
            )

    def known(self, due: Collection[DueItem]) -> dict[str, bool]:
        """Return, by item, whether its run is still to come to an end; unknown ones are absent."""
        from dbos import DBOS

        wanted = {_workflow_id(entry.item_id, entry.run): entry.item_id for entry in due}
        found = DBOS.list_workflows(workflow_ids=list(wanted), load_input=False, load_output=False)
        return {wanted[status.workflow_id]: status.status in _ALIVE for status in found}

    def executors(self) -> set[str]:
        """Return the ids of the processes that have runs under way."""
        from dbos import DBOS

        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        return {status.executor_id for status in pending if status.executor_id}

    def take_over(self, executor_ids: Collection[str]) -> int:
        """Put the runs of processes that have ended back in the queue; return how many."""
        from dbos import DBOS

        # There is no public name for it: dbos expects a process to come back under its old id.
        return len(DBOS._recover_pending_workflows(list(executor_ids)))

    def sweep(self, now: datetime) -> None:
        """Forget runs that ended days ago."""
        from dbos import DBOS

        before = (now - _KEPT_FOR).astimezone(UTC).isoformat()
        ended = DBOS.list_workflows(
            status=_ENDED,
            completed_before=before,
            limit=_SWEPT_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if ended:
            DBOS.delete_workflows([status.workflow_id for status in ended])

    def close(self) -> None:
        """Take no more runs and disconnect; what is under way is taken over by another process."""
        with _turn:
            if self.is_open:
                _end()

    def _config(self) -> DBOSConfig:
        return {
            "name": _APP,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": self._executor_id,
            "enable_otlp": False,
            "log_level": "WARNING",
            "scheduler_polling_interval_sec": _NEVER_S,
            "notification_listener_polling_interval_sec": 1.0,
            "use_listen_notify": False,
        }


def _end() -> None:
    from dbos import DBOS

    _open.clear()
    DBOS.destroy(**_WHOLLY)


def queue_url(*, jobs_url: str, database_url: str, folder: Path) -> str:
    """Return where the queue stands: as set, beside the store on a server, or a file of its own.

    >>> queue_url(jobs_url="", database_url="sqlite:///var/gongmun.db", folder=Path("var"))
    'sqlite:///var/jobs.db'
    """
    if jobs_url:
        return _plain(jobs_url)
    if urlsplit(database_url).scheme.startswith("postgresql"):
        return _plain(database_url)
    return f"sqlite:///{folder / 'jobs.db'}"


def _plain(url: str) -> str:
    """Return an address without the name of a driver, which dbos chooses itself."""
    scheme, separator, rest = url.partition("://")
    return scheme.partition("+")[0] + separator + rest


def _workflow_id(item_id: str, run: int) -> str:
    return f"{item_id}.{run}.v{VERSION}"


def _prepare(url: str) -> None:
    """Let readers and writers of an SQLite queue not wait for each other."""
    if not url.startswith("sqlite:///"):
        return
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode = WAL").close()
