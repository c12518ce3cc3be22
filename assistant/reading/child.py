"""The reading process: reads files one after the other, within limits it sets on itself.

Started by `guard` as `python -m assistant.reading.child`; it gets bytes and gives back JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import BinaryIO

from assistant.domain import Document
from assistant.errors import AssistantError, DocumentUnreadableError
from assistant.reading import wire
from assistant.reading.formats import read_in_process
from assistant.reading.limits import Limits

try:
    import resource
except ImportError:  # not on Windows: the wall clock of the parent is the only limit there
    resource = None  # type: ignore[assignment]  # absence is tested for before each use

_NO_BODY_LIMIT = 1 << 40


def main() -> int:
    """Serve until the parent closes the pipe."""
    source = sys.stdin.buffer
    replies = _take_over_stdout()
    _own_status()
    _forbid_files_and_dumps()
    wire.send(replies, wire.READY, b"{}")
    while (message := wire.receive(source, max_body_bytes=_NO_BODY_LIMIT)) is not None:
        _, header, data = message
        del message
        if not _serve(replies, json.loads(header), data):
            return 0
        del data
    return 0


def _serve(replies: BinaryIO, request: dict[str, object], data: bytes) -> bool:
    """Answer one request; False when this process should not be used again."""
    limits = Limits(**request["limits"])  # type: ignore[arg-type]  # written by our own parent
    _restrict(limits)
    limits = replace(limits, ocr_deadline=_ocr_deadline(replies, limits.ocr_s))
    outcome = _read(data, str(request["file_name"]), limits)
    if isinstance(outcome, Document):
        try:
            body = wire.documents.dump_json(outcome)
        except MemoryError:
            outcome = _failure(DocumentUnreadableError(reason="memory"))
        except ValueError as error:  # text that JSON cannot hold
            outcome = _failure(DocumentUnreadableError(reason="damaged"), fault=_kind_of(error))
        else:
            wire.send(replies, wire.DOCUMENT, json.dumps({"peak": _peak_bytes()}).encode(), body)
            return True
    outcome = outcome.model_copy(update={"peak": _peak_bytes()})
    wire.send(replies, wire.ERROR, outcome.model_dump_json().encode())
    return outcome.facts.get("reason") != "memory"


def _ocr_deadline(replies: BinaryIO, ocr_s: float) -> Callable[[], float]:
    """Return what begins the time for recognition when first called, and tells the parent."""

    @cache
    def begin() -> float:
        wire.send(replies, wire.RECOGNISING, b"{}")
        return time.monotonic() + ocr_s

    return begin


def _read(data: bytes, file_name: str, limits: Limits) -> Document | wire.Failure:
    try:
        return read_in_process(data, file_name=file_name, limits=limits)
    except AssistantError as error:
        return _failure(error)
    except MemoryError:
        return _failure(DocumentUnreadableError(reason="memory"))
    except RecursionError:
        return _failure(DocumentUnreadableError(reason="hostile"), fault="RecursionError")
    except Exception as error:  # noqa: BLE001  # parsers let anything out on broken files
        return _failure(DocumentUnreadableError(reason="damaged"), fault=_kind_of(error))


def _failure(error: AssistantError, *, fault: str = "") -> wire.Failure:
    return wire.Failure(code=error.code, facts=error.facts(), fault=fault)


def _kind_of(error: Exception) -> str:
    return type(error).__name__


def _take_over_stdout() -> BinaryIO:
    """Keep the pipe for messages; what libraries print goes to the error stream."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return replies


def _forbid_files_and_dumps() -> None:
    """No file may be written from here on, and a crash leaves no copy of a document on disk."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _restrict(limits: Limits) -> None:
    """Bound memory, and the processor time from now on; where the system has no limits, do not."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: int(spent) + 1 + limits.cpu_s,
    }
    for kind, soft in wanted.items():
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (soft if hard < 0 else min(soft, hard), hard))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


@cache
def _own_status() -> BinaryIO | None:
    """Open what Linux says of this process; kept open, because later no file may be opened."""
    try:
        return open("/proc/self/status", "rb", buffering=0)  # noqa: PTH123 (kept open)
    except OSError:
        return None


def _peak_bytes() -> int:
    """Return the most memory this process has held.

    Not from `getrusage` on Linux: there a new process starts with the peak of the one that
    started it, so that under a large server every reader would look spent after one file.
    """
    status = _own_status()
    if status is not None:
        status.seek(0)
        peak_line = next((x for x in status.read().splitlines() if x.startswith(b"VmHWM:")), b"")
        if peak_line:
            return int(peak_line.split()[1]) * 1024
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
