"""Fixtures and options that the whole suite shares."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.fakes import FakeEndpoint, fake_endpoint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# The tests run as any user, also in a container, and never look outside.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
GOLDEN = Path(__file__).parent / "golden"

# The same examples on every run, and no example fails because a machine is busy.
settings.register_profile("gongmun", deadline=None, derandomize=True)
settings.load_profile("gongmun")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected long texts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the browser to the end: its driver keeps an event loop open in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    """Return a scripted model endpoint on loopback."""
    import langchain_openai  # noqa: F401  # takes seconds; deadlines here are for replies alone

    with fake_endpoint() as running:
        yield running


@pytest.fixture
def equals_golden(request: pytest.FixtureRequest) -> Callable[[str, str], bool]:
    """Return a function that compares a text with its golden file, or writes the file."""

    def compare(name: str, text: str) -> bool:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return path.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return the one Playwright of the run: a second one in the same thread is refused."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return the system's Chromium; nothing is downloaded for the tests."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this system: install the package `chromium`")
    running = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
    yield running
    running.close()
