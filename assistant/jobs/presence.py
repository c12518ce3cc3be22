"""Which worker processes live: each holds a lock that ends with it, so no clock is asked."""

from __future__ import annotations

import os
import re
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from assistant.datafolder import try_lock
from assistant.store import SessionLock, Store

_PLAIN = re.compile(r"[^A-Za-z0-9.-]+")


class Presence(Protocol):
    """How a worker shows that it lives, and sees that another one no longer does."""

    def hold(self) -> None:
        """Show from now on that this worker lives; renews what a lost connection ended."""
        ...

    def is_gone(self, executor_id: str) -> bool:
        """Return whether the worker of that id has ended."""
        ...

    def release(self) -> None:
        """Show no longer that this worker lives."""
        ...


def new_executor_id() -> str:
    """Return an id that no other process has or will have.

    A process that took over the id of an earlier one would run again what that one still runs.
    """
    host = _PLAIN.sub("-", socket.gethostname())[:40]
    return f"{host}-{os.getpid()}-{secrets.token_hex(4)}"


def presence_of(store: Store, folder: Path, executor_id: str) -> Presence:
    """Return presence by the database server where there is one, else by files in `folder`."""
    if store.is_shared:
        return ServerPresence(store, executor_id)
    return FolderPresence(folder, executor_id)


class FolderPresence:
    """Presence by locked files in a folder that all workers see."""

    def __init__(self, folder: Path, executor_id: str) -> None:
        self._folder = folder
        self._executor_id = executor_id
        self._file: IO[bytes] | None = None

    def hold(self) -> None:
        """Lock a file of this worker's own."""
        if self._file is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._path(self._executor_id).open("ab")
        try_lock(self._file)

    def is_gone(self, executor_id: str) -> bool:
        """Return whether nobody holds the file of that worker."""
        if executor_id == self._executor_id:
            return False
        path = self._path(executor_id)
        try:
            with path.open("rb+") as file:
                is_free = try_lock(file)
        except FileNotFoundError:
            return True
        if is_free:
            path.unlink(missing_ok=True)
        return is_free

    def release(self) -> None:
        """Drop the file."""
        if self._file is not None:
            self._path(self._executor_id).unlink(missing_ok=True)
            self._file.close()
            self._file = None

    def _path(self, executor_id: str) -> Path:
        return self._folder / f"{_PLAIN.sub('-', executor_id)}.lock"


class ServerPresence:
    """Presence by locks of PostgreSQL, across machines."""

    def __init__(self, store: Store, executor_id: str) -> None:
        self._store = store
        self._executor_id = executor_id
        self._lock: SessionLock | None = None

    def hold(self) -> None:
        """Take the lock of this worker; take it again after the connection was lost."""
        if self._lock is not None and self._lock.is_held():
            return
        if self._lock is not None:
            self._lock.release()
        self._lock = self._store.hold(self._name(self._executor_id))

    def is_gone(self, executor_id: str) -> bool:
        """Return whether nobody holds the lock of that worker."""
        if executor_id == self._executor_id:
            return False
        lock = self._store.hold(self._name(executor_id))
        if lock is None:
            return False
        lock.release()
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()
            self._lock = None

    def _name(self, executor_id: str) -> str:
        return f"gongmun worker {executor_id}"
