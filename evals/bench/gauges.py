"""Time and memory of this process, and work done in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from assistant.errors import AssistantError
from evals.report import percentile

P = ParamSpec("P")
T = TypeVar("T")


class Stopwatch:
    """Seconds since it was made or last asked."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """Return the seconds since the last lap, and begin another one."""
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        return passed


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def spread(times_ms: Sequence[float]) -> dict[str, object]:
    """Return how many times there are, their median and 95th percentile.

    >>> spread([1.0, 2.0, 9.0])
    {'n': 3, 'p50_ms': 2.0, 'p95_ms': 9.0}
    """
    return {
        "n": len(times_ms),
        "p50_ms": round(percentile(times_ms, 0.5), 3),
        "p95_ms": round(percentile(times_ms, 0.95), 3),
    }


def memory_mb(process_id: int | str = "self", *, peak: bool = False) -> int | None:
    """Return the resident memory of a process in MB; None where the system does not tell."""
    path = Path(f"/proc/{process_id}/status")
    if not path.exists():
        return None
    key = "VmHWM:" if peak else "VmRSS:"
    line = next((row for row in path.read_text("ascii").splitlines() if row.startswith(key)), "")
    return int(line.split()[1]) // 1024 if line else None


def ratio(ours: object, theirs: object) -> float | None:
    """Return ours in units of theirs; None when either was not measured.

    >>> ratio(30.0, 20.0), ratio(30.0, 0.0), ratio(None, 1.0)
    (1.5, None, None)
    """
    if isinstance(ours, int | float) and isinstance(theirs, int | float) and theirs:
        return round(ours / theirs, 2)
    return None


def in_own_process(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in a fresh process, so that its memory and its caches are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_told_plainly, partial(work, *args, **kwargs)).result()


def _told_plainly(work: Callable[[], T]) -> T:
    """Do `work`; our own errors keep facts by keyword and so cannot cross to another process."""
    try:
        return work()
    except AssistantError as error:
        raise RuntimeError(f"{error.code}: {error}") from None
