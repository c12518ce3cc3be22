"""The data folder: one process at a time writes its indexes, and others can find that process."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import IO

from assistant.errors import ConfigurationError

_LOCK = "in-use.lock"
_ADDRESS = "server.json"
_ATTEMPTS = 3
_PAUSE_S = 0.1


class AlreadyRunningError(ConfigurationError):
    """Another process has claimed the data folder; `address` is empty when it is no server."""

    code = "already_running"

    def __init__(self, *, address: str) -> None:
        super().__init__("the data folder is in use by another process")
        self.address = address


class Claim:
    """The right to write the indexes of a data folder; the system ends it with the process."""

    def __init__(self, folder: Path, lock: IO[bytes]) -> None:
        self._folder = folder
        self._lock = lock

    def announce(self, address: str) -> None:
        """Let other processes know where the server of this folder listens."""
        target = self._folder / _ADDRESS
        fresh = target.with_suffix(".new")
        fresh.write_text(json.dumps({"address": address, "pid": os.getpid()}), encoding="utf-8")
        fresh.replace(target)

    def release(self) -> None:
        """Give the folder back; harmless when done twice."""
        if not self._lock.closed:
            (self._folder / _ADDRESS).unlink(missing_ok=True)
            self._lock.close()


def claim(folder: Path) -> Claim:
    """Take the data folder for this process, creating it when absent.

    Raises:
        AlreadyRunningError: Another process has it.
        ConfigurationError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("ab")
    except OSError as error:
        raise ConfigurationError("the data folder cannot be written") from error
    for _ in range(_ATTEMPTS):  # a process that only looks holds the lock for an instant
        if try_lock(lock):
            break
        time.sleep(_PAUSE_S)
    else:
        lock.close()
        raise AlreadyRunningError(address=_announced(folder))
    # What a process that was killed left behind would lead others to where nobody listens.
    (folder / _ADDRESS).unlink(missing_ok=True)
    return Claim(folder, lock)


def server_address(folder: Path, *, wait_s: float = 0.0) -> str:
    """Return the address of the server that has claimed `folder`, empty when there is none.

    A process that has it and listens nowhere is waited for: a server says a moment after it has
    begun where it listens, and any other command gives the folder back.
    """
    path = folder / _LOCK
    if not path.exists():
        return ""
    until = time.monotonic() + wait_s
    with path.open("ab") as lock:
        while not try_lock(lock):
            if address := _announced(folder):
                return address
            if time.monotonic() >= until:
                return ""
            time.sleep(_PAUSE_S)
    return ""


def _announced(folder: Path) -> str:
    try:
        found = json.loads((folder / _ADDRESS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    address = found.get("address") if isinstance(found, dict) else None
    return address if isinstance(address, str) else ""


def try_lock(file: IO[bytes]) -> bool:
    """Take the lock on an open file, which the system ends with this process; False if taken."""
    if sys.platform == "win32":
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
