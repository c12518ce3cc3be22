"""Which reader takes which kind of file; a new format is a new line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from assistant.domain import Document
from assistant.errors import DocumentTooLargeError, UnsupportedFormatError
from assistant.reading.finish import finish
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed
from assistant.reading.sniff import sniff

# kind as `sniff` names it -> media type, module of this package that has `parse`
_READERS = {
    "pdf": ("application/pdf", "pdf"),
    "html": ("text/html", "web"),
    "markdown": ("text/markdown", "markdown"),
    "text": ("text/plain", "plain"),
    "hwp": ("application/x-hwp", "hwp"),
    "hwpx": ("application/hwp+zip", "hwp"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheets"),
    "xls": ("application/vnd.ms-excel", "sheets"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "sheets"),
    "csv": ("text/csv", "csv_table"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    "eml": ("message/rfc822", "mail"),
    "zip": ("application/zip", "archive"),
}


def read_in_process(data: bytes, *, file_name: str, limits: Limits) -> Document:
    """Read a file here and now, with no child process to contain it: for trusted files only.

    Raises:
        DocumentTooLargeError: The file has more bytes than `limits` allows.
        DocumentUnreadableError: The file cannot be read; `reason` says why.
        UnsupportedFormatError: No reader takes this kind of file; `detected` names the kind.
    """
    if len(data) > limits.max_bytes:
        raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=limits.max_bytes)
    kind = sniff(data, file_name=file_name)
    if kind not in _READERS:
        raise UnsupportedFormatError(detected=kind)
    media_type, module = _READERS[kind]
    parse = cast("Callable[..., Parsed]", import_module(f"assistant.reading.{module}").parse)
    parsed = parse(data, limits=limits)
    return finish(parsed, media_type=media_type, file_name=file_name, limits=limits)
