"""Bytes from the network to a file of ours: counted and hashed while they come."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import shutil
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from starlette.requests import ClientDisconnect

from assistant.errors import (
    DocumentTooLargeError,
    DocumentUnreadableError,
    StorageFullError,
    UnsupportedFormatError,
)
from assistant.reading import check_package, refused_kind
from assistant.text import clean

if TYPE_CHECKING:
    from starlette.requests import Request

    from assistant.settings import Settings

NAME_MAX_BYTES = 200
_SUFFIX_MAX_CHARS = 10
_WRITE_AT_BYTES = 1_048_576
_HEAD_BYTES = 4_096
_ZIP = b"PK\x03\x04"
_DISCARD_S = 10.0
_CHECK_DISK_EVERY_BYTES = 32 * 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file as it came: where its bytes lie for now, and what was counted on the way."""

    path: Path
    size_bytes: int
    sha256: str


def safe_name(name: str) -> str:
    r"""Return `name` as data: no way out of a folder, no control characters, a bounded length.

    A folder in it stays, so that two files of one name are not taken for one document.

    >>> safe_name("..\\..\\서식/계약 서식.pdf"), safe_name("/")
    ('서식/계약 서식.pdf', '이름 없는 파일')
    """
    shown = "".join(ch for ch in clean(name) if unicodedata.category(ch)[0] != "C")
    parts = (part.strip(". ") for part in shown.replace("\\", "/").split("/"))
    joined = "/".join(part for part in parts if part)
    stem, dot, suffix = joined.rpartition(".")
    if not dot or len(suffix) > _SUFFIX_MAX_CHARS:
        stem, dot, suffix = joined, "", ""
    room = NAME_MAX_BYTES - len((dot + suffix).encode())
    return (stem.encode()[:room].decode(errors="ignore") + dot + suffix) or "이름 없는 파일"


def require_space(settings: Settings, coming_bytes: int) -> None:
    """Refuse what would bring the disk below the low-water mark.

    Raises:
        StorageFullError: There is too little space.
    """
    free = shutil.disk_usage(settings.data_dir).free
    if free - coming_bytes < settings.min_free_bytes:
        raise StorageFullError(f"{free} bytes free")


@asynccontextmanager
async def arriving(request: Request, folder: Path, settings: Settings) -> AsyncIterator[Arrival]:
    """Write the body of `request` to a new file in `folder`; it is removed unless moved away.

    Raises:
        DocumentTooLargeError: The body is, or says it is, over the limit.
        DocumentUnreadableError: The body is empty, or ended before its announced length.
        StorageFullError: There is too little space.
        UnsupportedFormatError: The first bytes show a kind of file that no reader takes.
    """
    path = folder / f"{secrets.token_hex(16)}.part"
    stream = request.stream()
    try:
        try:
            await _admit(request, settings)
            arrival = await _write(stream, path, settings)
        except (DocumentTooLargeError, StorageFullError, UnsupportedFormatError):
            await _discard(stream)
            raise
        if arrival.size_bytes == 0:
            raise DocumentUnreadableError(reason="empty")
        await asyncio.to_thread(_check_package, path)
        yield arrival
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def _admit(request: Request, settings: Settings) -> None:
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdecimal() else 0
    if size > settings.upload_max_bytes:
        raise DocumentTooLargeError(size_bytes=size, limit_bytes=settings.upload_max_bytes)
    await asyncio.to_thread(require_space, settings, size)


async def _discard(stream: AsyncIterator[bytes]) -> None:
    """Read on for a while: a browser shows the answer only when it could send the whole file."""
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_DISCARD_S):
            async for _ in stream:
                pass


async def _write(stream: AsyncIterator[bytes], path: Path, settings: Settings) -> Arrival:
    digest, size, checked, head = hashlib.sha256(), 0, 0, b""
    pending = bytearray()
    with path.open("xb") as file:
        try:
            async for block in stream:
                size += len(block)
                if size > settings.upload_max_bytes:
                    raise DocumentTooLargeError(
                        size_bytes=size, limit_bytes=settings.upload_max_bytes
                    )
                head = _checked_head(head, block)
                pending += block
                if len(pending) >= _WRITE_AT_BYTES:
                    await asyncio.to_thread(_put, file, digest, bytes(pending))
                    pending.clear()
                if size - checked >= _CHECK_DISK_EVERY_BYTES:
                    await asyncio.to_thread(require_space, settings, 0)
                    checked = size
        except ClientDisconnect as error:
            raise DocumentUnreadableError(reason="damaged") from error
        await asyncio.to_thread(_put, file, digest, bytes(pending))
    return Arrival(path=path, size_bytes=size, sha256=digest.hexdigest())


def _checked_head(head: bytes, block: bytes) -> bytes:
    """Return the first bytes of the file once they are known not to be of a refused kind."""
    if len(head) >= _HEAD_BYTES:
        return head
    head = (head + block)[:_HEAD_BYTES]
    if kind := refused_kind(head):
        raise UnsupportedFormatError(detected=kind)
    return head


def _check_package(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(4).startswith(_ZIP):
            check_package(file)


def _put(file: BinaryIO, digest: hashlib._Hash, block: bytes) -> None:
    file.write(block)
    digest.update(block)
