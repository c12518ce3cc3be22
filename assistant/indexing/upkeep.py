"""One index kept equal to the store: opened, checked, drained, set aside, built anew."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.errors import IndexUnavailableError, StorageFullError
from assistant.indexing.generations import Generations
from assistant.indexing.sides import Side
from assistant.store import Store

logger = logging.getLogger(__name__)

IndexStateName: TypeAlias = Literal["fine", "rebuilding", "down", "off"]
Progress: TypeAlias = Callable[[int, int], None]

_USABLE_SHARE = 0.9  # of the chunks must be in the index before answers rest on it
_MAX_REBUILDS = 3  # in a row, before an index is left down for a while


class Upkeep:
    """Keeps one index; calls from several threads take turns."""

    def __init__(self, side: Side, store: Store, folder: Path, *, min_free_bytes: int) -> None:
        self.side = side
        self.is_open = False
        self.is_rebuilding = False
        self.is_usable = False
        self.reason = "opening"
        self._store = store
        self._generations = Generations(folder)
        self._min_free_bytes = min_free_bytes
        self._lock = threading.RLock()
        self._is_unverified = True
        self._rebuilds = 0

    def open(self) -> None:
        """Open the index; a damaged, foreign or incomplete one is begun anew.

        Raises:
            IndexUnavailableError: even a new one cannot be opened, or not for the moment.
        """
        with self._lock:
            if self.is_open:
                return
            if self._generations.current() is None:
                self._begin()
                return
            try:
                with self._generations.attempt() as is_worth_it:
                    if not is_worth_it:
                        raise IndexUnavailableError(index=self.side.name)
                    self._open_current()
            except IndexUnavailableError:
                self.set_aside()

    def drain(
        self,
        stop: threading.Event,
        progress: Progress | None = None,
        before_batch: Callable[[], None] = lambda: None,
    ) -> int:
        """Make all waiting changes and return how many there were.

        Args:
            stop: set to end between two batches.
            progress: told how many changes of how many are made.
            before_batch: called without the lock; may wait until more urgent work is done.

        Raises:
            IndexUnavailableError: the index cannot be written although it was begun anew.
            ModelUnavailableError: the embedding endpoint does not answer.
            StorageFullError: the disk is nearly full.
        """
        total, made = self._store.outbox.pending(self.side.name), 0
        while not stop.is_set():
            before_batch()
            with self._lock:
                self.open()
                count = self._drain_batch(stop)
            made += count
            if count and progress is not None:
                progress(made, max(total, made))
            if count == 0 and not self._begun_anew(stop):
                break
        return made

    def rebuild(self) -> None:
        """Begin the index anew; the next drain fills it."""
        with self._lock:
            self._close()
            self._begin()

    def set_aside(self) -> None:
        """Put the damaged folder beside and begin the index anew."""
        with self._lock:
            self._close()
            self._check_space()
            self._rebuilds += 1
            if self._rebuilds > _MAX_REBUILDS:
                self._rebuilds = 0
                self.reason = "damaged"
                raise IndexUnavailableError(index=self.side.name)
            logger.warning("index.set_aside", extra={"index": self.side.name})
            self._generations.set_aside()
            self._begin()

    def reopen(self) -> None:
        """Open and check again, after a search failed."""
        with self._lock:
            self._close()
            self.open()

    def close(self, timeout_s: float = 60.0) -> None:
        """Release the files; after a batch that does not end in time they are left as they are."""
        if not self._lock.acquire(timeout=timeout_s):
            logger.warning("index.busy_at_close", extra={"index": self.side.name})
            return
        try:
            self._close()
        finally:
            self._lock.release()

    def _open_current(self) -> None:
        folder = self._generations.current()
        if folder is None:
            raise IndexUnavailableError(index=self.side.name)
        self.side.open(folder)
        self.is_open = True
        # Expected first: what arrives between the two reads then only widens the bounds.
        expected = self.side.expected()
        waiting = self._store.outbox.pending(self.side.name)
        if abs(self.side.count() - expected) > waiting:
            logger.warning("index.incomplete", extra={"index": self.side.name})
            raise IndexUnavailableError(index=self.side.name)
        self.reason = ""
        self._weigh()

    def _begin(self) -> None:
        self._check_space()
        folder = self._generations.begin()
        self.side.open(folder)
        self.is_open = True
        self._store.outbox.refill(self.side.name)
        self.is_rebuilding = self._is_unverified = True
        self.reason = ""
        self._weigh()

    def _drain_batch(self, stop: threading.Event) -> int:
        entries = self._store.outbox.peek(self.side.name, limit=self.side.batch)
        if not entries:
            self.is_rebuilding = False
            self._weigh()
            return 0
        self._check_space()
        try:
            self.side.apply(entries, stop)
        except IndexUnavailableError:
            self._check_space()
            self.set_aside()
            return len(entries)
        self._store.outbox.done([entry.seq for entry in entries])
        self._weigh()
        return len(entries)

    def _begun_anew(self, stop: threading.Event) -> bool:
        """Compare with the store once after each opening, when nothing waits any more.

        An index that differs is begun anew: whoever drains it goes on until the new one is filled.
        """
        with self._lock:
            if stop.is_set() or not self._is_unverified or not self.is_open:
                return False
            is_right = self.side.matches()
            if self._store.outbox.pending(self.side.name):  # came meanwhile; look again later
                return False
            self._is_unverified = False
            if is_right:
                self._rebuilds = 0
                return False
            logger.warning("index.differs", extra={"index": self.side.name})
            self.set_aside()
            return True

    def _weigh(self) -> None:
        """Note whether enough of the chunks are in the index for answers to rest on it."""
        expected = self.side.expected()
        self.is_usable = self.is_open and self.side.count() >= _USABLE_SHARE * expected

    def _check_space(self) -> None:
        folder = self._generations.folder
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < self._min_free_bytes:
            self.reason = "storage_full"
            raise StorageFullError

    def _close(self) -> None:
        self.is_open = self.is_usable = False
        try:
            self.side.close()
        except IndexUnavailableError:
            logger.warning("index.close_failed", extra={"index": self.side.name})
