"""The files of jobs: taken from documents or from outside, shown again, and tried on a table."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from assistant.domain import (
    ColumnSet,
    Document,
    Grade,
    ItemResult,
    ItemTask,
    JobFile,
    JobItem,
    JobItemState,
)
from assistant.errors import ConflictError, DocumentUnreadableError, NotFoundError
from assistant.originals import Originals
from assistant.reading import Limits, read
from assistant.store import DocumentDetail, DocumentFilter, Store, visible_to

_PAGE = 500
_MAX_FILES = 5_000


class RowMaker(Protocol):
    """What makes a row of one file: `flows/application.py`."""

    async def make(self, task: ItemTask, document: Document) -> ItemResult:
        """Return the row."""
        ...


class JobFilesFlow:
    """Everything that is done with the files of jobs beside the work itself.

    Args:
        store: the truth.
        originals: where the files are kept.
        maker: makes a row of one file, for trials.
        limits: for reading one file.
    """

    def __init__(
        self, store: Store, originals: Originals, maker: RowMaker, *, limits: Limits
    ) -> None:
        self._store = store
        self._originals = originals
        self._maker = maker
        self._limits = limits

    def of_documents(self, document_ids: Sequence[str], *, institution_id: str) -> list[JobFile]:
        """Return the files of documents, unread and failed ones among them.

        Raises:
            NotFoundError: the institution sees no such document.
        """
        visible = visible_to(institution_id)
        details = (
            self._store.documents.get(document_id, institution_ids=visible)
            for document_id in dict.fromkeys(document_ids)
        )
        return [self._file_of(detail) for detail in details]

    def of_collection(self, collection_id: str, *, institution_id: str) -> list[JobFile]:
        """Return the files of a collection, by name.

        Raises:
            ConflictError: there are more than a job takes.
            NotFoundError: the institution sees no such collection.
        """
        visible = visible_to(institution_id)
        self._store.collections.get(collection_id, institution_ids=visible)
        found: list[DocumentDetail] = []
        cursor: str | None = None
        while True:
            page = self._store.documents.list(
                institution_ids=visible,
                filters=DocumentFilter(collection_id=collection_id, limit=_PAGE, cursor=cursor),
            )
            found += page.documents
            cursor = page.next_cursor
            if len(found) > _MAX_FILES:
                raise ConflictError(reason="job_too_large")
            if cursor is None:
                break
        found.sort(key=lambda detail: detail.record.file_name)
        return [self._file_of(detail) for detail in found]

    def of_job(self, job_id: str, *, institution_id: str) -> list[JobFile]:
        """Return the files of a job in their order.

        Raises:
            NotFoundError: the institution has no such job.
        """
        found: list[JobItem] = []
        while True:
            page = self._store.jobs.items(
                job_id,
                institution_id=institution_id,
                after=found[-1].position if found else -1,
                limit=_PAGE,
            )
            found += page
            if len(page) < _PAGE:
                return [item.file for item in found]

    def _file_of(self, detail: DocumentDetail) -> JobFile:
        record = detail.record
        return JobFile(
            file_name=record.file_name,
            sha256=record.sha256 or self._hash(detail.blob_id),
            size_bytes=record.size_bytes,
            blob_id=detail.blob_id,
            grade=record.grade,
            document_id=record.document_id,
            version_id=record.version_id,
        )

    def _hash(self, blob_id: str) -> str:
        with suppress(OSError, NotFoundError), self._originals.path(blob_id).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
        return ""  # the run of this item will say that the file is gone

    def take_copy(self, path: Path, *, file_name: str, grade: Grade) -> JobFile:
        """Keep a copy of a file for a job.

        Raises:
            DocumentTooLargeError: it is over the limit.
            DocumentUnreadableError: it is empty.
        """
        original = self._originals.copy(path)
        return JobFile(
            file_name=file_name,
            sha256=original.sha256,
            size_bytes=original.size_bytes,
            blob_id=original.blob_id,
            grade=grade,
        )

    def take(
        self, path: Path, *, file_name: str, grade: Grade, sha256: str, size_bytes: int
    ) -> JobFile:
        """Take over a file that lies among the arrivals, for a job."""
        original = self._originals.adopt(path, sha256=sha256, size_bytes=size_bytes)
        return JobFile(
            file_name=file_name,
            sha256=original.sha256,
            size_bytes=original.size_bytes,
            blob_id=original.blob_id,
            grade=grade,
        )

    def reading(self, job_id: str, item_id: str, *, institution_id: str) -> Document:
        """Return what was read of the file of a row.

        Raises:
            DocumentUnreadableError: the file cannot be read.
            NotFoundError: the institution has no such row.
        """
        item = self._store.jobs.item(job_id, item_id, institution_id=institution_id)
        return self._reading(item_id, item.file, institution_id)

    def _reading(self, item_id: str, file: JobFile, institution_id: str) -> Document:
        if file.version_id:
            kept = self._store.readings.get(
                file.version_id, institution_ids=visible_to(institution_id)
            )
        else:
            kept = self._store.job_work.reading(item_id, institution_id=institution_id)
        if kept is not None:
            return kept
        try:
            data = self._originals.path(file.blob_id).read_bytes()
        except FileNotFoundError as error:
            raise DocumentUnreadableError(reason="damaged") from error
        return read(data, file_name=file.file_name, limits=self._limits)

    async def trial(self, document_id: str, columns: ColumnSet, *, institution_id: str) -> JobItem:
        """Return the row of one document without keeping it, to see whether a table fits.

        Raises:
            DocumentUnreadableError: the file cannot be read.
            NotFoundError: the institution sees no such document.
        """
        [file] = await asyncio.to_thread(
            self.of_documents, [document_id], institution_id=institution_id
        )
        return await self._try("", file, columns, institution_id)

    async def trial_again(
        self, job_id: str, item_id: str, columns: ColumnSet, *, institution_id: str
    ) -> JobItem:
        """Return what a table would make of the file of a row; the row stays as it is.

        Raises:
            DocumentUnreadableError: the file cannot be read.
            NotFoundError: the institution has no such row.
        """
        item = await asyncio.to_thread(
            self._store.jobs.item, job_id, item_id, institution_id=institution_id
        )
        return await self._try(item_id, item.file, columns, institution_id)

    async def _try(
        self, item_id: str, file: JobFile, columns: ColumnSet, institution_id: str
    ) -> JobItem:
        task = ItemTask(
            item_id="trial",
            job_id="trial",
            institution_id=institution_id,
            run=0,
            attempts=1,
            file=file,
            columns=columns,
            only=(),
            is_fresh=True,
            earlier=None,
        )
        document = await asyncio.to_thread(self._reading, item_id, file, institution_id)
        result = await self._maker.make(task, document)
        return JobItem(
            item_id=task.item_id,
            job_id=task.job_id,
            institution_id=institution_id,
            position=0,
            file=file,
            state=JobItemState.DONE,
            attempts=1,
            error_code=None,
            error_reason=None,
            changed=0,
            result=result,
        )

    def blob(self, file: JobFile) -> Path:
        """Return where a file lies."""
        return self._originals.path(file.blob_id)
