"""Shapes of where the values of a pilot were read."""

from __future__ import annotations

from api.schemas.base import View


class ValuePlaceView(View):
    """A block of what is read of a file, in a table a place of its full grid, and the words."""

    block: int
    row: int | None
    column: int | None
    quote: str


class ValueSourceView(View):
    """Where a value was read; `at` is null where the file does not say so any more."""

    document_id: str
    file_name: str
    where: str
    quote: str
    page_count: int | None
    at: ValuePlaceView | None
