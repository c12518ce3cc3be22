"""The files as they came in, under random names, so that a name from outside never is a path."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.errors import NotFoundError

_BLOCK_BYTES = 1024 * 1024
_BLOB_ID = re.compile(r"[0-9a-f]{32}")
_STALE_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that is safely on disk."""

    blob_id: str
    sha256: str
    size_bytes: int


class Originals:
    """The folder of all files; what `adopt` and `copy` return is durable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.arrivals = folder / "arriving"
        self.arrivals.mkdir(parents=True, exist_ok=True)

    def path(self, blob_id: str) -> Path:
        """Return where a file lies.

        Raises:
            NotFoundError: the id is none that this class gives out.
        """
        if not _BLOB_ID.fullmatch(blob_id):
            raise NotFoundError(what="file")
        return self._folder / blob_id[:2] / blob_id

    def adopt(
        self, path: Path, *, sha256: str | None = None, size_bytes: int | None = None
    ) -> Original:
        """Take over a file from `arrivals` by moving it; hash and size are taken as given."""
        with path.open("rb+") as file:
            known = sha256 or hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        size = path.stat().st_size if size_bytes is None else size_bytes
        return self._keep(path, known, size)

    def copy(self, source: Path) -> Original:
        """Take a copy of a file that stays where it is."""
        path = self.arrivals / f"{secrets.token_hex(16)}.part"
        try:
            with source.open("rb") as origin, path.open("xb") as file:
                sha256, size = _copy(origin, file)
                file.flush()
                os.fsync(file.fileno())
            return self._keep(path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    def remove(self, blob_id: str) -> None:
        """Drop a file; harmless when it is gone."""
        self.path(blob_id).unlink(missing_ok=True)

    def sweep(self, used: Collection[str]) -> int:
        """Drop files that nothing uses and arrivals that stopped; return how many.

        Only older than an hour: a younger one may be about to be acknowledged.
        """
        dropped = 0
        before = time.time() - _STALE_S
        candidates = [*self.arrivals.iterdir(), *self._folder.glob("[0-9a-f][0-9a-f]/*")]
        for path in candidates:
            if path.name not in used and path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                dropped += 1
        return dropped

    def _keep(self, path: Path, sha256: str, size_bytes: int) -> Original:
        blob_id = secrets.token_hex(16)
        target = self.path(blob_id)
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
        for folder in (target.parent, self._folder):
            _flush_folder(folder)
        return Original(blob_id=blob_id, sha256=sha256, size_bytes=size_bytes)


def _copy(origin: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := origin.read(_BLOCK_BYTES):
        target.write(block)
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
