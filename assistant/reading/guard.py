"""Reading processes: warm, few, recycled, and killed when a file costs too much."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from assistant.domain import Document
from assistant.errors import (
    AssistantError,
    ConfigurationError,
    DocumentTooLargeError,
    DocumentUnreadableError,
    UnsupportedFormatError,
)
from assistant.reading import wire
from assistant.reading.limits import Limits

logger = logging.getLogger(__name__)

_START_S = 60.0
_POLL_S = 0.05
_MIN_REPLY_BYTES = 64 * 1024 * 1024
_REPLY_BYTES_PER_CHAR = 16
# What the child may know of our environment: where Python and its libraries are, nothing else.
_PASSED_ON = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TEMP", "TMP")
_SET = {
    "PYTHONUTF8": "1",
    "PYTHONSAFEPATH": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCost:
    """What one file cost; `peak_bytes`, the most the process ever held, is None when it died."""

    seconds: float
    peak_bytes: int | None


class ReaderPool:
    """A few reading processes shared by all threads.

    A process reads one file at a time and is replaced after `files_per_process` files, after a
    file that took much memory, and after every death. Callers beyond `size` wait their turn;
    waiting does not count against a file's time. `observe` is told what each file cost, whatever
    came of it.
    """

    def __init__(
        self,
        *,
        size: int = 2,
        files_per_process: int = 40,
        observe: Callable[[ReadCost], None] | None = None,
    ) -> None:
        self._observe = observe
        self._files_per_process = files_per_process
        self._turns = threading.Semaphore(size)
        self._lock = threading.Lock()
        self._idle: list[_Reader] = []
        self._is_closed = False

    def warm_up(self) -> None:
        """Start a process now, so that the first file does not wait for it."""
        with self._reader(None):
            pass

    def read(
        self,
        data: bytes,
        *,
        file_name: str,
        limits: Limits,
        cancel: threading.Event | None = None,
    ) -> Document:
        """Read one file in a process that is killed when it goes over `limits` or `cancel` is set.

        Raises:
            ConfigurationError: The reading process does not start.
            DocumentTooLargeError: The file has more bytes than `limits` allows.
            DocumentUnreadableError: The file cannot be read; `reason` says why.
            UnsupportedFormatError: No reader takes this kind of file.
        """
        if len(data) > limits.max_bytes:
            raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=limits.max_bytes)
        with self._reader(cancel) as reader:
            started = time.monotonic()
            try:
                return reader.read(data, file_name=file_name, limits=limits, cancel=cancel)
            finally:
                if self._observe is not None:
                    seconds = time.monotonic() - started
                    self._observe(ReadCost(seconds=seconds, peak_bytes=reader.peak_bytes))

    def close(self) -> None:
        """End the idle processes; those at work end with their file."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.end()

    @contextlib.contextmanager
    def _reader(self, cancel: threading.Event | None) -> Iterator[_Reader]:
        self._await_turn(cancel)
        try:
            with self._lock:
                reader = self._idle.pop() if self._idle else None
            if reader is None or not reader.is_alive():
                reader = _Reader()
            try:
                yield reader
            finally:
                self._take_back(reader)
        finally:
            self._turns.release()

    def _await_turn(self, cancel: threading.Event | None) -> None:
        while not self._turns.acquire(timeout=_POLL_S if cancel else None):
            if cancel is not None and cancel.is_set():
                raise DocumentUnreadableError(reason="cancelled")

    def _take_back(self, reader: _Reader) -> None:
        is_spent = reader.is_spent or reader.files_read >= self._files_per_process
        with self._lock:
            if not is_spent and not self._is_closed and reader.is_alive():
                self._idle.append(reader)
                return
        reader.end()


class _Reader:
    """One reading process."""

    def __init__(self) -> None:
        self.files_read = 0
        self.is_spent = False
        self.peak_bytes: int | None = None
        started = time.monotonic()
        self._process = _start()
        with _Watch(self._process, _START_S, None):
            ready = self._receive(max_body_bytes=0)
        if ready is None or ready[0] != wire.READY:
            self.end()
            raise ConfigurationError(
                "the file reader does not start; try `python -m assistant.reading.child`"
            )
        logger.debug("reading.started", extra={"seconds": round(time.monotonic() - started, 3)})

    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def read(
        self, data: bytes, *, file_name: str, limits: Limits, cancel: threading.Event | None
    ) -> Document:
        """Let the process read one file."""
        self.files_read += 1
        self.is_spent = True  # until a whole reply is there
        self.peak_bytes = None
        max_reply = max(_MIN_REPLY_BYTES, limits.max_chars * _REPLY_BYTES_PER_CHAR)
        with _Watch(self._process, limits.wall_s, cancel) as watch:
            self._send(data, file_name, limits)
            reply = self._receive(max_body_bytes=max_reply)
            if reply is not None and reply[0] == wire.RECOGNISING:
                watch.extend(limits.ocr_s)
                reply = self._receive(max_body_bytes=max_reply)
        if reply is None:
            raise DocumentUnreadableError(reason=watch.reason or self._cause_of_death())
        return self._document(reply, limits)

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        _kill(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _send(self, data: bytes, file_name: str, limits: Limits) -> None:
        header = json.dumps({"file_name": file_name, "limits": asdict(limits)}).encode()
        with contextlib.suppress(OSError):  # a death shows when the reply is missing
            wire.send(_pipe(self._process.stdin), wire.REQUEST, header, data)

    def _receive(self, *, max_body_bytes: int) -> tuple[bytes, bytes, bytes] | None:
        try:
            return wire.receive(_pipe(self._process.stdout), max_body_bytes=max_body_bytes)
        except (OSError, wire.BrokenWireError):
            return None

    def _document(self, reply: tuple[bytes, bytes, bytes], limits: Limits) -> Document:
        tag, header, body = reply
        try:
            if tag == wire.DOCUMENT:
                document = wire.documents.validate_json(body)
                self.peak_bytes = int(json.loads(header)["peak"])
                self.is_spent = self.peak_bytes > limits.memory_bytes // 2
                return document
            failure = wire.Failure.model_validate_json(header)
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            raise DocumentUnreadableError(reason="hostile") from error
        self.peak_bytes = failure.peak
        took_much = failure.peak > limits.memory_bytes // 2
        self.is_spent = took_much or failure.facts.get("reason") == "memory"
        raise _error(failure)

    def _cause_of_death(self) -> str:
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:  # alive, and talking nonsense
            return "hostile"
        if code == -getattr(signal, "SIGXCPU", 0):
            return "timeout"
        # Nobody but the system's memory guard kills it so.
        return "memory" if code == -getattr(signal, "SIGKILL", 0) else "crashed"


class _Watch:
    """Kills a process when its time is up or the caller has lost interest."""

    def __init__(
        self, process: subprocess.Popen[bytes], wall_s: float, cancel: threading.Event | None
    ) -> None:
        self.reason = ""
        self._process = process
        self._deadline = time.monotonic() + wall_s
        self._cancel = cancel
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading-watch", daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def extend(self, more_s: float) -> None:
        """Give the process more time."""
        self._deadline += more_s

    def _run(self) -> None:
        while (left := self._deadline - time.monotonic()) > 0:
            if self._done.wait(min(left, _POLL_S) if self._cancel else left):
                return
            if self._cancel is not None and self._cancel.is_set():
                self.reason = "cancelled"
                break
        self.reason = self.reason or "timeout"
        _kill(self._process)


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(  # our own interpreter and module
        [sys.executable, "-m", "assistant.reading.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **_SET, "PYTHONPATH": root},
        start_new_session=True,  # an interrupt at the terminal is for us, not for it
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process, and what it has started: all of them are one group."""
    if process.poll() is not None:  # gone, and its number may be another's by now
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _pipe(stream: object) -> BinaryIO:
    if stream is None:  # cannot be: both were asked for
        raise OSError("no pipe")
    return stream  # type: ignore[return-value]  # Popen's stub says IO[bytes]


def _error(failure: wire.Failure) -> AssistantError:
    """Raise in the parent what the child raised; anything unknown means a damaged file."""
    facts = failure.facts
    if failure.fault:
        logger.warning("reading.fault", extra={"fault": failure.fault})
    if failure.code == UnsupportedFormatError.code:
        return UnsupportedFormatError(detected=str(facts.get("detected", "")))
    if failure.code == DocumentTooLargeError.code:
        return DocumentTooLargeError(
            size_bytes=int(facts.get("size_bytes", 0)), limit_bytes=int(facts.get("limit_bytes", 0))
        )
    return DocumentUnreadableError(reason=str(facts.get("reason", "damaged")))
