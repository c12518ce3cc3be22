"""Files in: acknowledged, read, cut, stored, found by words, then by meaning."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from assistant.chunking import chunk
from assistant.domain import PUBLIC_INSTITUTION, BlockKind, Document, Grade
from assistant.errors import (
    AssistantError,
    ConflictError,
    DocumentTooLargeError,
    DocumentUnreadableError,
    GradeNotAllowedError,
    InputError,
    StorageFullError,
)
from assistant.indexing import IndexKeeper
from assistant.markings import classified_marking
from assistant.originals import Original, Originals
from assistant.reading import Limits, read
from assistant.sources import Source, files_below, read_sources
from assistant.store import (
    CANCELLED,
    DocumentDetail,
    NewUpload,
    NewVersion,
    Received,
    Store,
    Upload,
    VersionAdded,
)
from assistant.waitingline import WaitingLine

logger = logging.getLogger(__name__)

_MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What became of one file; `code` and `reason` are set when it failed."""

    path: Path
    outcome: Literal["added", "changed", "duplicate", "failed"]
    document_id: str = ""
    chunks: int = 0
    code: str = ""
    reason: str = ""


FileProgress = Callable[[FileResult, int, int], None]


class IngestFlow:
    """The way in for files.

    Args:
        store: the truth.
        keeper: told when there is something new to index.
        originals: where the files are kept.
        limits: for reading one file.
        min_free_bytes: of disk below which no file is taken.
        readers: files worked on at once.
    """

    def __init__(
        self,
        store: Store,
        keeper: IndexKeeper,
        originals: Originals,
        *,
        limits: Limits,
        min_free_bytes: int = 0,
        readers: int = 2,
    ) -> None:
        self._store = store
        self._keeper = keeper
        self._originals = originals
        self._limits = limits
        self._min_free_bytes = min_free_bytes
        self._readers = readers
        self._line = WaitingLine("ingest", self.run, workers=readers)

    @property
    def arrivals_dir(self) -> Path:
        """Where a file may be written before `receive` takes it over."""
        return self._originals.arrivals

    def blob_path(self, blob_id: str) -> Path:
        """Return where an original lies; raise `NotFoundError` for an id that is none."""
        return self._originals.path(blob_id)

    # -- taking responsibility ------------------------------------------------------------------

    def receive(  # noqa: PLR0913 (what is known of one file)
        self,
        path: Path,
        *,
        file_name: str,
        institution_id: str,
        collection_id: str,
        grade: Grade,
        sha256: str | None = None,
        size_bytes: int | None = None,
    ) -> Received:
        """Take over a file in `arrivals_dir`; when this returns, it will not be forgotten.

        Raises:
            DocumentTooLargeError: the file is over the limit.
            DocumentUnreadableError: the file is empty.
            GradeNotAllowedError: the grade is C.
            NotFoundError: there is no such collection.
            StorageFullError: the disk is nearly full.
        """
        self._admit(path.stat().st_size)
        original = self._originals.adopt(path, sha256=sha256, size_bytes=size_bytes)
        return self._acknowledge(original, file_name, institution_id, collection_id, grade)

    def receive_copy(
        self, path: Path, *, file_name: str, institution_id: str, collection_id: str, grade: Grade
    ) -> Received:
        """Take a copy of any file; else as `receive`."""
        self._admit(path.stat().st_size)
        original = self._originals.copy(path)
        return self._acknowledge(original, file_name, institution_id, collection_id, grade)

    def retry(self, document_id: str, *, institution_id: str) -> None:
        """Put the failed file of a document in line again; raise `NotFoundError` if none failed."""
        self._line.put(
            self._store.uploads.retry(document_id, institution_id=institution_id).upload_id
        )

    def restore(self, document_id: str, *, institution_id: str) -> DocumentDetail:
        """Bring a deleted document back; a file that the deletion kept from being read is read.

        Raises:
            ConflictError: the same document was added again meanwhile.
            NotFoundError: it is not deleted, or it is too late.
        """
        detail = self._store.documents.restore(document_id, institution_id=institution_id)
        if detail.record.error_code == CANCELLED:
            with suppress(ConflictError):  # the same bytes are on their way in by another name
                self.retry(document_id, institution_id=institution_id)
            detail = self._store.documents.get(document_id, institution_ids=(institution_id,))
        return detail

    def _admit(self, size_bytes: int) -> None:
        if size_bytes > self._limits.max_bytes:
            raise DocumentTooLargeError(size_bytes=size_bytes, limit_bytes=self._limits.max_bytes)
        if size_bytes == 0:
            raise DocumentUnreadableError(reason="empty")
        free = shutil.disk_usage(self._originals.arrivals).free
        if free - size_bytes < self._min_free_bytes:
            raise StorageFullError(f"{free} bytes free")

    def _acknowledge(
        self,
        original: Original,
        file_name: str,
        institution_id: str,
        collection_id: str,
        grade: Grade,
    ) -> Received:
        try:
            received = self._store.uploads.receive(
                NewUpload(
                    institution_id=institution_id,
                    collection_id=collection_id,
                    file_name=file_name,
                    sha256=original.sha256,
                    size_bytes=original.size_bytes,
                    grade=grade,
                    blob_id=original.blob_id,
                )
            )
        except AssistantError:
            self._originals.remove(original.blob_id)
            raise
        if received.upload_id is None:
            self._originals.remove(original.blob_id)
        elif institution_id != PUBLIC_INSTITUTION:  # the corpus is read where it is loaded
            self._line.put(received.upload_id)
        return received

    # -- reading --------------------------------------------------------------------------------

    def run(self, upload_id: str, source: Source | None = None) -> VersionAdded | None:
        """Read an acknowledged file and make it the current version of its document.

        Returns:
            What changed, or `None` when there was nothing left to do or the work was stopped.

        Raises:
            InputError: the file cannot be used; that is recorded.
            ServiceError: something failed for the moment; the file stays in line.
        """
        upload = self._store.uploads.claim(upload_id)
        if upload is None:
            return None
        started = time.monotonic()
        try:
            added = self._store.documents.add_version(upload_id, self._version(upload, source))
        except InputError as error:
            if self._line.stopping.is_set():  # it was the reader that ended, not the file
                return None
            self._store.uploads.fail(upload_id, code=error.code, reason=_reason(error))
            raise
        self._keeper.wake()
        logger.info(
            "ingest.stored",
            extra={
                "document_id": added.document_id,
                "chunks_added": added.chunks_added,
                "chunks_kept": added.chunks_kept,
                "seconds": round(time.monotonic() - started, 2),
            },
        )
        return added

    def _version(self, upload: Upload, source: Source | None) -> NewVersion:
        if upload.attempts > _MAX_ATTEMPTS:  # it took the process down each time
            raise DocumentUnreadableError(reason="crashed")
        try:
            data = self._originals.path(upload.blob_id).read_bytes()
        except FileNotFoundError as error:
            raise DocumentUnreadableError(reason="damaged") from error
        document = read(
            data, file_name=upload.file_name, limits=self._limits, cancel=self._line.stopping
        )
        if classified_marking(document):
            raise GradeNotAllowedError(grade=Grade.CLASSIFIED.value)
        return _cut(document, source)

    # -- in the background ----------------------------------------------------------------------

    def start(self) -> None:
        """Resume what an earlier process left, and read what comes in."""
        dropped = self._originals.sweep(self._store.uploads.blob_ids())
        unfinished = self._store.uploads.unfinished()
        logger.info("ingest.resumed", extra={"files": len(unfinished), "swept": dropped})
        for upload in unfinished:
            if upload.institution_id != PUBLIC_INSTITUTION:
                self._line.put(upload.upload_id)
        self._line.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """End the background work; files being read stay in line for the next start."""
        self._line.stop(timeout_s)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until every file in line was read; False when the time is up first."""
        return self._line.wait_idle(timeout_s)

    # -- many at once ---------------------------------------------------------------------------

    def ingest_paths(
        self,
        paths: Iterable[Path],
        *,
        institution_id: str,
        collection_id: str,
        grade: Grade,
        progress: FileProgress | None = None,
    ) -> list[FileResult]:
        """Take and read files and folders of files in this thread's time; one failure stops none.

        Returns:
            One result for each file, in the order of their paths.
        """
        names = dict(files_below(paths))

        def take(path: Path) -> FileResult:
            received = self.receive_copy(
                path,
                file_name=names[path],
                institution_id=institution_id,
                collection_id=collection_id,
                grade=grade,
            )
            return self._read_now(path, received)

        return self._each(list(names), take, progress)

    def load_corpus(self, folder: Path, progress: FileProgress | None = None) -> list[FileResult]:
        """Bring the public corpus to what `sources.yaml` in `folder` says; a no-op when unchanged.

        Raises:
            ConfigurationError: `sources.yaml` cannot be used.
        """
        sources = {folder / each.path: each for each in read_sources(folder) if each.is_searched}
        self._drop_removed(sources.values())
        unfinished = {
            (upload.collection_id, upload.file_name): upload
            for upload in self._store.uploads.unfinished()
            if upload.institution_id == PUBLIC_INSTITUTION
        }

        def take(path: Path) -> FileResult:
            source = sources[path]
            left = unfinished.get((source.collection, source.file_name))
            received = self._receive_source(path, source)
            if received.upload_id is None and left is not None:
                received = replace(received, upload_id=left.upload_id, duplicate=False)
            return self._read_now(path, received, source)

        return self._each(list(sources), take, progress)

    def _receive_source(self, path: Path, source: Source) -> Received:
        self._admit(path.stat().st_size)
        original = self._originals.copy(path)
        marked = replace(original, sha256=source.fingerprint(original.sha256))
        return self._acknowledge(
            marked, source.file_name, PUBLIC_INSTITUTION, source.collection, Grade(source.grade)
        )

    def _drop_removed(self, sources: Iterable[Source]) -> None:
        listed = {(source.collection, source.file_name) for source in sources}
        for record in list(self._store.documents.catalog().values()):
            if record.institution_id != PUBLIC_INSTITUTION:
                continue
            if (record.collection_id, record.file_name) not in listed:
                self._store.documents.delete(record.document_id, institution_id=PUBLIC_INSTITUTION)
                self._keeper.wake()

    def _read_now(self, path: Path, received: Received, source: Source | None = None) -> FileResult:
        if received.upload_id is None:
            return FileResult(path=path, outcome="duplicate", document_id=received.document_id)
        added = self.run(received.upload_id, source)
        if added is None or added.duplicate:
            return FileResult(path=path, outcome="duplicate", document_id=received.document_id)
        return FileResult(
            path=path,
            outcome="changed" if received.changed else "added",
            document_id=added.document_id,
            chunks=added.chunks_added + added.chunks_kept,
        )

    def _each(
        self,
        paths: list[Path],
        take: Callable[[Path], FileResult],
        progress: FileProgress | None,
    ) -> list[FileResult]:
        def attempt(path: Path) -> FileResult:
            failed = partial(FileResult, path=path, outcome="failed")
            try:
                return failed(code="stopped") if self._line.stopping.is_set() else take(path)
            except AssistantError as error:
                return failed(code=error.code, reason=_reason(error))
            except OSError as error:
                return failed(code="unreadable_path", reason=error.strerror or "")

        results = []
        with ThreadPoolExecutor(self._readers) as pool:
            for number, result in enumerate(pool.map(attempt, paths), start=1):
                results.append(result)
                if progress is not None:
                    progress(result, number, len(paths))
        return results


def _reason(error: AssistantError) -> str:
    """Return what the wording of a failure turns on: why, or which kind of file it was."""
    return str(error.facts().get("reason") or error.facts().get("detected", ""))


def _cut(document: Document, source: Source | None) -> NewVersion:
    chunked = chunk(
        document, kind=source.kind if source else None, title=source.title if source else ""
    )
    if not chunked.sections:
        raise DocumentUnreadableError(reason="no_text")
    if source is not None:
        chunked = replace(
            chunked,
            identity=f"corpus:{source.id}",
            publisher=source.publisher or chunked.publisher,
            effective_from=source.effective_from or chunked.effective_from,
            promulgated_on=source.promulgated_on or chunked.promulgated_on,
        )
    named = document.metadata.get("출처", "")
    return NewVersion(
        chunked=chunked,
        media_type=document.media_type,
        reading=document,
        page_count=document.page_count,
        table_count=sum(block.kind is BlockKind.TABLE for block in document.blocks),
        warnings=document.warnings,
        source_url=named if named.startswith(("https://", "http://")) else None,
    )
