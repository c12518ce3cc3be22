"""Folders of one index: the current one, and damaged ones that were set aside."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_POINTER = "current"
_ATTEMPTS = "opening"
_MAX_ATTEMPTS = 2


class Generations:
    """The folders of one index below `folder`, of which a pointer file names the current one.

    An index is never emptied in place: a library may still hold its files. A new folder is made
    and the pointer is moved to it in one step.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """Return the current folder, or `None` when there is none."""
        try:
            name = (self.folder / _POINTER).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self.folder / name
        return path if name and path.is_dir() else None

    def begin(self) -> Path:
        """Make a new empty folder, point to it, and drop what is neither current nor damaged."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"g-{uuid.uuid4().hex[:12]}"
        path.mkdir()
        fresh = self.folder / f"{_POINTER}.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / _POINTER)
        _flush_folder(self.folder)
        (self.folder / _ATTEMPTS).unlink(missing_ok=True)
        for other in self.folder.glob("g-*"):
            if other != path and ".damaged-" not in other.name:
                shutil.rmtree(other, ignore_errors=True)
        return path

    def set_aside(self) -> None:
        """Rename the current folder to `...damaged-<time>`; of earlier ones none is kept."""
        path = self.current()
        if path is None:
            return
        for earlier in self.folder.glob("*.damaged-*"):
            shutil.rmtree(earlier, ignore_errors=True)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        path.rename(path.with_name(f"{path.name}.damaged-{stamp}"))

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Count an attempt to open the current folder; yield whether it should be tried.

        A damaged file can take the whole process down. What was tried twice without coming
        through is not tried again.
        """
        marker = self.folder / _ATTEMPTS
        tried = marker.stat().st_size if marker.exists() else 0
        with marker.open("ab") as file:
            file.write(b".")
            file.flush()
            os.fsync(file.fileno())
        try:
            yield tried < _MAX_ATTEMPTS
        finally:  # an error is no crash
            marker.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
