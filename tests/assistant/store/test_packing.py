"""Stored nouns come back as they were; what a newer version wrote is refused by name."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.store.packing import Packing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A noun of this test."""

    title: str
    pages: tuple[int, ...]


SHEETS = Packing(Sheet, name="sheet", version=2)


@given(st.builds(Sheet, title=st.text(), pages=st.lists(st.integers()).map(tuple)))
def test_a_value_comes_back_as_it_was(sheet: Sheet) -> None:
    back = SHEETS.unpack(SHEETS.pack(sheet))
    assert back.pages == sheet.pages
    assert back.title == sheet.title.encode("utf-8", "replace").decode("utf-8")


def stored(value: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(value).encode())


def test_what_an_older_version_wrote_is_read() -> None:
    old = stored({"format": 1, "sheet": {"title": "가", "pages": [1]}})
    assert SHEETS.unpack(old) == Sheet(title="가", pages=(1,))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (
            {"format": 3, "sheet": {"title": "가", "pages": []}},
            "stored sheet has format 3, known: 2",
        ),
        ({"format": 2, "sheet": {"pages": []}}, "a stored sheet has an unknown shape"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(value: dict[str, Any], reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason):
        SHEETS.unpack(stored(value))
