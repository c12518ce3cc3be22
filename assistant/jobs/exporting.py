"""A job as a file: the one place that knows which format is made by what."""

from __future__ import annotations

from datetime import datetime

from assistant.domain import Job, JobItem
from assistant.errors import UnsupportedFormatError
from assistant.flows.batch_book import as_book
from assistant.flows.batch_sheets import as_csv, as_json, as_xlsx
from assistant.store import Store
from assistant.writing import MEDIA_TYPES as BOOK_TYPES

_SHEETS = {"xlsx": as_xlsx, "csv": as_csv, "json": as_json}
_BOOKS = ("hwpx", "docx", "pdf")
MEDIA_TYPES = {name: BOOK_TYPES[name] for name in _BOOKS} | {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_PAGE = 500


def export_job(store: Store, job: Job, fmt: str, *, institution: str, at: datetime) -> bytes:
    """Return a job in one of the formats of `MEDIA_TYPES`.

    Raises:
        DraftUnwritableError: the book is too large for its format.
        UnsupportedFormatError: there is no such format.
    """
    items = items_of(store, job)
    if fmt in _SHEETS:
        return _SHEETS[fmt](job, items)
    if fmt in _BOOKS:
        return as_book(job, items, fmt, institution=institution, at=at)
    raise UnsupportedFormatError(detected=fmt)


def items_of(store: Store, job: Job) -> list[JobItem]:
    """Return all rows of a job in order."""
    found: list[JobItem] = []
    while True:
        page = store.jobs.items(
            job.job_id,
            institution_id=job.institution_id,
            after=found[-1].position if found else -1,
            limit=_PAGE,
        )
        found += page
        if len(page) < _PAGE:
            return found
