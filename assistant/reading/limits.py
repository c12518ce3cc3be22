"""What one file may cost: the limits that every reader and the reading process obey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for reading one file.

    `wall_s`, `cpu_s` and `memory_bytes` are enforced on the reading process; `max_bytes` refuses
    a file; what lies beyond `max_pages` or `max_chars` is left out with a `truncated` warning.
    Recognising pages that are pictures may take `ocr_s` on top. `ocr_deadline`, which only the
    reading process sets, begins that time on its first call and returns its end on the monotonic
    clock: one end for all that is in the file, so that an archive of scans gets no more.
    """

    wall_s: float = 60.0
    cpu_s: int = 45
    memory_bytes: int = 1_000_000_000
    max_bytes: int = 100 * 1024 * 1024
    max_pages: int = 2_000
    max_chars: int = 5_000_000
    ocr_s: float = 240.0
    ocr_deadline: Callable[[], float] | None = None
