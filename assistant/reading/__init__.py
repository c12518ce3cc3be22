"""Bytes to `Document`: every format behind one function, read in a process that can be killed."""

from __future__ import annotations

import atexit
import threading
from functools import cache

from assistant.domain import Document
from assistant.reading.formats import read_in_process
from assistant.reading.guard import ReadCost, ReaderPool
from assistant.reading.limits import Limits
from assistant.reading.package import check_package
from assistant.reading.sniff import refused_kind

__all__ = [
    "DEFAULT_LIMITS",
    "FILE_TYPES",
    "Limits",
    "ReadCost",
    "ReaderPool",
    "check_package",
    "read",
    "read_in_process",
    "refused_kind",
    "shared_pool",
]

FILE_TYPES: tuple[str, ...] = (
    *("HWP", "HWPX", "PDF", "DOCX", "XLSX", "XLS", "ODS", "PPTX", "CSV", "HTML", "Markdown"),
    *("텍스트(TXT)", "전자우편(EML)", "ZIP"),
)
DEFAULT_LIMITS = Limits()


def read(
    data: bytes,
    *,
    file_name: str,
    limits: Limits = DEFAULT_LIMITS,
    cancel: threading.Event | None = None,
) -> Document:
    """Read any supported file in the shared reading processes.

    Raises:
        DocumentTooLargeError: The file has more bytes than `limits` allows.
        DocumentUnreadableError: The file cannot be read; `reason` says why.
        UnsupportedFormatError: No reader takes this kind of file; `detected` names the kind.
    """
    return shared_pool().read(data, file_name=file_name, limits=limits, cancel=cancel)


@cache
def shared_pool() -> ReaderPool:
    """Return the processes that `read` uses, made on first use and ended with this process."""
    pool = ReaderPool()
    atexit.register(pool.close)
    return pool
