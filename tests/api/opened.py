"""A whole installation without search by meaning, opened once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from assistant import assembly
from assistant.settings import Settings


def bare_settings(folder: Path) -> Settings:
    """Return the settings of an installation in `folder`: words only, no corpus."""
    return Settings(
        data_dir=folder / "var",
        corpus_dir=folder / "corpus",
        embedding_backend="none",
        min_free_bytes=0,
        _env_file=None,
    )


@contextmanager
def opened(folder: Path) -> Iterator[TestClient]:
    """Open an installation in `folder` and yield a client of it."""
    settings = bare_settings(folder)
    app = create_app(assembly.build(settings), settings)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client
