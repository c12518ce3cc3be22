"""A `Draft` as the bytes of a file: the same content, numbering and citations in every format."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from assistant.domain import Draft
from assistant.errors import UnsupportedFormatError
from assistant.writing.plain import numbered_lines
from assistant.writing.tidying import tidied

__all__ = ["FORMATS", "MEDIA_TYPES", "numbered_lines", "write"]

_MODULES = {
    "hwpx": "assistant.writing.hwpx",
    "docx": "assistant.writing.docx",
    "pdf": "assistant.writing.pdf",
    "html": "assistant.writing.html",
    "md": "assistant.writing.markdown",
    "txt": "assistant.writing.plain",
}
FORMATS: tuple[str, ...] = tuple(_MODULES)
MEDIA_TYPES = {
    "hwpx": "application/hwp+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


class _Writer(Protocol):
    """What a module of a format offers."""

    def write(self, draft: Draft) -> bytes:
        """Return the draft as a file."""
        ...


def write(draft: Draft, fmt: str) -> bytes:
    """Return the draft as a file of the format, one of `FORMATS`.

    The text is tidied first, so that each writer sees the same characters and only citations that
    have a source.

    Raises:
        UnsupportedFormatError: There is no writer for `fmt`.
    """
    if fmt not in _MODULES:
        raise UnsupportedFormatError(detected=fmt)
    writer = cast(_Writer, import_module(_MODULES[fmt]))
    return writer.write(tidied(draft))
