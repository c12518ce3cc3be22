"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Embedder
from assistant.embedding import make_embedder
from assistant.settings import Settings
from tests.assistant.building import BigramEmbedder
from tests.assistant.lawshelf import fill
from tests.assistant.shelf import Shelf, open_shelf


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in which the built-in model is converted once for all tests."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def embedder(models_dir: Path) -> Embedder:
    """Return the real built-in embedder."""
    made, _ = make_embedder(Settings(data_dir=models_dir, _env_file=None))
    assert made is not None
    return made


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a filled shelf that tests only read."""
    folder = tmp_path_factory.mktemp("shelf")
    with open_shelf(folder, embedder=BigramEmbedder()) as opened:
        fill(opened)
        yield opened.index()
