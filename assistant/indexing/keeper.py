"""Both indexes kept equal to the store in the background, and their state for everyone to see."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.domain import Embedder, Grade
from assistant.embedding import EmbeddingStatus
from assistant.errors import IndexUnavailableError, ServiceError
from assistant.indexing.sides import DenseSide, EmbedderFactory, LexicalSide, Stopped
from assistant.indexing.upkeep import IndexStateName, Progress, Upkeep
from assistant.lexical import LexicalIndex
from assistant.store import IndexName, Store
from assistant.vectors import VectorIndex

logger = logging.getLogger(__name__)

_LOOK_S = 30.0  # a look at the outbox without being woken: another process may write to the store
_PAUSE_S = 5.0
_MAX_PAUSE_S = 300.0
_WORDS_FIRST_S = 60.0
_ALL_GRADES = frozenset({Grade.OPEN, Grade.SENSITIVE})
_TEMPORARY = frozenset({"unreachable", "timeout", "rate_limited", "server_error", "bad_reply"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How one index stands: `done` of `total` chunks are in it, `pending` changes wait.

    `reason` is set while it is down: opening, damaged, storage_full, or that of the embedder.
    """

    name: IndexName
    state: IndexStateName
    done: int
    total: int
    pending: int
    reason: str = ""


class IndexKeeper:
    """Owner of both indexes in one process.

    `lexical` and `vectors` are `None` while they cannot carry an answer; whoever searches then
    makes do with the other one.

    Args:
        store: the truth.
        folder: where the indexes lie.
        make_embedder: called in the background, again after a while when an endpoint is down.
        grades: of the documents whose text the embedder may see.
        workers: processes for tokenising many chunks.
        min_free_bytes: of disk below which nothing is written.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        make_embedder: EmbedderFactory,
        grades: Iterable[Grade] = _ALL_GRADES,
        workers: int = 2,
        min_free_bytes: int = 0,
    ) -> None:
        self._store = store
        self._make_embedder = make_embedder
        self._words = LexicalSide(store, workers=workers)
        self._meaning = DenseSide(store, grades=frozenset(grades))
        space = min_free_bytes
        self._lexical = Upkeep(self._words, store, folder / "lexical", min_free_bytes=space)
        self._dense = Upkeep(self._meaning, store, folder / "dense", min_free_bytes=space)
        self._stop = threading.Event()
        self._embedder_lock = threading.Lock()
        self._has_asked = False
        self._loops: list[_Loop] = []

    # -- for those who search -------------------------------------------------------------------

    @property
    def lexical(self) -> LexicalIndex | None:
        """The index of words, while it is open."""
        return self._words.index

    @property
    def vectors(self) -> VectorIndex | None:
        """The index of vectors, while nearly all chunks are in it."""
        return self._meaning.index if self._dense.is_usable else None

    @property
    def embedder(self) -> Embedder | None:
        """The embedder, once it is loaded."""
        return self._meaning.embedder

    @property
    def embedding_status(self) -> EmbeddingStatus:
        """How the embedder stands; state `off` and reason `loading` until it was asked for."""
        return self._meaning.status

    def suspect(self, index_name: IndexName) -> None:
        """Have an index opened and checked again, because a search in it failed."""
        self._upkeep(index_name).reason = "suspect"
        self.wake()

    # -- state ----------------------------------------------------------------------------------

    def report(self, index_name: IndexName) -> IndexReport:
        """Return how an index stands."""
        upkeep = self._upkeep(index_name)
        try:
            done = upkeep.side.count()
        except IndexUnavailableError:
            done = 0
        return IndexReport(
            name=index_name,
            state=self._state(index_name, upkeep),
            done=done,
            total=upkeep.side.expected(),
            pending=self._store.outbox.pending(index_name),
            reason=upkeep.reason,
        )

    def embedding_progress(self) -> tuple[int, int]:
        """Return how many chunks have vectors in the index, of how many."""
        report = self.report("dense")
        return (
            (report.total, report.total) if report.state == "off" else (report.done, report.total)
        )

    def _state(self, index_name: IndexName, upkeep: Upkeep) -> IndexStateName:
        if index_name == "dense" and self._is_off():
            return "off"
        if not upkeep.is_open:
            return "rebuilding" if upkeep.reason == "opening" else "down"
        return "rebuilding" if upkeep.is_rebuilding or not upkeep.is_usable else "fine"

    # -- work -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the index of words at once, everything else in the background."""
        self._stop.clear()
        try:
            self._lexical.open()
        except ServiceError:
            logger.warning("index.down", extra={"index": "lexical"})
        self._loops = [
            _Loop("index-words", self.drain_lexical, self._stop),
            _Loop("index-meaning", self.drain_dense, self._stop),
        ]
        for loop in self._loops:
            loop.start()

    def wake(self) -> None:
        """Tell the background that the store has changed."""
        for loop in self._loops:
            loop.wake()

    def stop(self, timeout_s: float = 30.0) -> None:
        """End the background work between two batches and release all files."""
        self._stop.set()
        self.wake()
        deadline = time.monotonic() + timeout_s
        for loop in self._loops:
            loop.join(max(deadline - time.monotonic(), 0.1))
        self._loops = []
        for upkeep in (self._lexical, self._dense):
            upkeep.close(max(deadline - time.monotonic(), 1.0))

    def drain_lexical(self, progress: Progress | None = None) -> int:
        """Make all waiting changes to the index of words; raise as `Upkeep.drain` does."""
        return self._drain(self._lexical, progress)

    def drain_dense(self, progress: Progress | None = None) -> int:
        """Make all waiting changes to the index of vectors; raise as `Upkeep.drain` does.

        Without an embedder the changes are dropped; once there is one, the index is built anew.
        """
        if self._load_embedder() is not None:
            return self._drain(self._dense, progress, self._let_words_go_first)
        if self._is_off():
            return self._store.outbox.clear("dense")
        return 0

    def drain_once(self) -> None:
        """Bring both indexes up to date in this thread."""
        self.drain_lexical()
        self.drain_dense()

    def rebuild(
        self, which: Literal["lexical", "dense", "all"], progress: Progress | None = None
    ) -> None:
        """Build an index anew from the store, in this thread; the other one serves meanwhile."""
        if which in ("lexical", "all"):
            self._lexical.rebuild()
            self.drain_lexical(progress)
        if which in ("dense", "all") and self._load_embedder() is not None:
            self._dense.rebuild()
            self.drain_dense(progress)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no change waits for either index; False when the time is up first."""
        deadline = time.monotonic() + timeout_s
        while any(self._store.outbox.counts().values()):
            if time.monotonic() > deadline or self._stop.wait(0.05):
                return False
        return True

    def _drain(
        self,
        upkeep: Upkeep,
        progress: Progress | None,
        before_batch: Callable[[], None] = lambda: None,
    ) -> int:
        if upkeep.reason == "suspect":
            upkeep.reopen()
        try:
            return upkeep.drain(self._stop, progress, before_batch)
        except Stopped:
            return 0

    def _let_words_go_first(self) -> None:
        """Leave both cores to the words for a while: they make new documents findable."""
        deadline = time.monotonic() + _WORDS_FIRST_S
        while self._loops and self._lexical.is_open and self._store.outbox.pending("lexical"):
            if time.monotonic() > deadline or self._stop.wait(0.2):
                return

    def _upkeep(self, index_name: IndexName) -> Upkeep:
        return self._lexical if index_name == "lexical" else self._dense

    def _is_off(self) -> bool:
        """Tell whether there is no embedder and waiting will not bring one."""
        is_missing = self._has_asked and self._meaning.embedder is None
        return is_missing and self._meaning.status.reason not in _TEMPORARY

    def _load_embedder(self) -> Embedder | None:
        with self._embedder_lock:
            if self._meaning.embedder is None and not self._is_off():
                self._meaning.embedder, self._meaning.status = self._make_embedder()
                self._has_asked = True
                if self._meaning.embedder is None:
                    self._dense.reason = self._meaning.status.reason
            return self._meaning.embedder


class _Loop(threading.Thread):
    """Calls `work` when woken and every half minute, more slowly while it fails."""

    def __init__(self, name: str, work: Callable[[], int], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self._work = work
        self._stop_event = stop
        self._wake_event = threading.Event()

    def wake(self) -> None:
        """Call `work` now."""
        self._wake_event.set()

    def run(self) -> None:
        """Work until stopped."""
        pause = _PAUSE_S
        while not self._stop_event.is_set():
            self._wake_event.clear()
            try:
                self._work()
                wait, pause = _LOOK_S, _PAUSE_S
            except ServiceError as error:
                logger.warning("index.waiting", extra={"loop": self.name, "code": error.code})
                wait, pause = pause, min(2 * pause, _MAX_PAUSE_S)
            except Exception:  # a worker that dies would stop all upkeep
                logger.exception("index.fault", extra={"loop": self.name})
                wait, pause = pause, min(2 * pause, _MAX_PAUSE_S)
            if not self._stop_event.is_set():
                self._wake_event.wait(wait)
