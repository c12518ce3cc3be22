"""What a run of many files leaves behind: memory, processes, temporary files."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GROWTH_MB = 300


@dataclass(frozen=True, slots=True)
class _Process:
    number: int
    parent: int
    session: int
    state: str


class Surroundings:
    """This process's memory, its children, theirs, and the temporary folder of all of them."""

    def __init__(self, temporary: Path) -> None:
        self._temporary = temporary
        self._strangers = {p.number for p in _processes() if p.parent == os.getpid()}
        self._sessions: set[int] = set()
        self._told: set[str] = set()
        self._settled_mb: int | None = None
        self._before_mb: int | None = None
        self.growth_mb = 0

    def settle(self) -> None:
        """Take the memory of this moment as the usual one."""
        gc.collect()
        self._settled_mb = _kept_mb()

    def watch(self) -> None:
        """Begin to watch how high the memory of this process rises."""
        with contextlib.suppress(OSError):  # elsewhere than on Linux the rise stays unknown
            Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the highest so far
            self._before_mb = _resident_mb()

    def rise_mb(self) -> int:
        """Return how much more than at `watch` this process has held at once since."""
        highest = _highest_mb()
        if self._before_mb is None or highest is None:
            return 0
        return max(highest - self._before_mb, 0)

    def faults(self, *, idle: int) -> list[str]:
        """Return what is wrong and was not told before; `idle` reading processes may wait."""
        found = [*self._left_over(idle), *self._files(), *self._growth()]
        new = [what for what in found if what not in self._told]
        self._told.update(new)
        return new

    def _left_over(self, idle: int) -> Iterator[str]:
        children = (p for p in _processes() if p.parent == os.getpid())
        mine = [p for p in children if p.number not in self._strangers]
        self._sessions.update(p.number for p in mine if p.session == p.number)
        if any(p.state == "Z" for p in mine):
            yield "a zombie"
        living = {p.number for p in mine if p.session == p.number}
        if len(living) > idle:
            yield f"{len(living)} reading processes left"
        orphans = [
            p
            for p in _processes()
            if p.session in self._sessions and p.number != p.session and p.parent != p.session
        ]
        if orphans:
            yield f"{len(orphans)} processes left by a reading process"

    def _files(self) -> Iterator[str]:
        if names := sorted(path.name for path in self._temporary.iterdir()):
            yield f"temporary files left: {', '.join(names[:3])}"

    def _growth(self) -> Iterator[str]:
        now = _kept_mb()
        if self._settled_mb is None or now is None:
            return
        if now - self._settled_mb > GROWTH_MB:
            gc.collect()
            now = _kept_mb() or 0
        self.growth_mb = now - self._settled_mb
        if self.growth_mb > GROWTH_MB:
            yield f"this process grew by more than {GROWTH_MB} MB"


def _processes() -> Iterator[_Process]:
    """Yield all processes, where the system shows them as files."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # gone in the meantime
            rest = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            yield _Process(int(path.parent.name), int(rest[1]), int(rest[3]), rest[0])


def _resident_mb() -> int | None:
    path = Path("/proc/self/statm")
    if not path.exists():
        return None
    return int(path.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def _kept_mb() -> int | None:
    """Return the memory that only this process can give back, wherever the system holds it.

    What is resident shrinks by itself on a system that moves idle memory out.
    """
    parts = [_status_mb(name) for name in ("RssAnon", "VmSwap")]
    return None if None in parts else sum(part or 0 for part in parts)


def _highest_mb() -> int | None:
    return _status_mb("VmHWM")


def _status_mb(name: str) -> int | None:
    path = Path("/proc/self/status")
    if not path.exists():
        return None
    found = re.search(rf"{name}:\s*(\d+) kB", path.read_text("utf-8", "replace"))
    return int(found[1]) * 1024 // 1_000_000 if found else None


def waited_s() -> float:
    """Return how long this thread was ready and got no processor; 0 where nobody counts it.

    On a machine that does much else, this is no time that a reading took.
    """
    try:
        return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


@contextlib.contextmanager
def own_temporary_folder() -> Iterator[Path]:
    """Let this process and its children put temporary files where all others are strangers."""
    names = ("TMP", "TEMP", "TMPDIR")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="gongmun-fuzz-") as folder:
        os.environ.update(dict.fromkeys(names, folder))
        tempfile.tempdir = None
        try:
            yield Path(folder)
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
            tempfile.tempdir = None
