from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.domain import Document
from assistant.reading import Limits, ReaderPool, read_in_process
from tests.assistant.reading.builders import DATA

Reader = Callable[..., Document]


@pytest.fixture(scope="package")
def pool() -> Iterator[ReaderPool]:
    pool = ReaderPool(size=2)
    yield pool
    pool.close()


@pytest.fixture
def read_here() -> Reader:
    """Read bytes, or a kept file by its name, without a child process."""

    def read(source: bytes | str, file_name: str = "", **limits: int) -> Document:
        data = (DATA / source).read_bytes() if isinstance(source, str) else source
        name = file_name or (source if isinstance(source, str) else "file.txt")
        return read_in_process(data, file_name=name, limits=Limits(**limits))

    return read


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def warning(document: Document, code: str) -> int | None:
    """Count that a warning carries, None when it was not given."""
    return next((w.count for w in document.warnings if w.code == code), None)
