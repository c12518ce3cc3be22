from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import BlockKind, Document
from assistant.errors import AssistantError
from assistant.reading import Limits, ReaderPool, read_in_process
from tests.assistant.reading.builders import DATA

LETTERS = st.text(
    alphabet=st.sampled_from("가나①제1조()\n #*_`[]<>|-.:&;\\\u200b\t▲힣Aé"), max_size=300
)


@settings(max_examples=150, deadline=None)
@given(text=LETTERS, suffix=st.sampled_from([".md", ".txt", ".html"]))
def test_any_text_is_read_or_refused_by_name(text: str, suffix: str) -> None:
    try:
        document = read_in_process(text.encode(), file_name="a" + suffix, limits=Limits())
    except AssistantError:
        return
    assert [block.locator.ordinal for block in document.blocks] == list(range(len(document.blocks)))
    assert all(block.text.strip() or block.kind is BlockKind.TABLE for block in document.blocks)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".md", ".txt", ".html", ".pdf"]))
def test_any_bytes_are_read_or_refused_by_name(data: bytes, suffix: str) -> None:
    try:
        document = read_in_process(data, file_name="a" + suffix, limits=Limits())
    except AssistantError:
        return
    assert document.blocks


@pytest.mark.parametrize("name", ["report.pdf", "locked.pdf", "notice.html", "rule.md"])
def test_damaged_files_never_break_the_reading_process(pool: ReaderPool, name: str) -> None:
    chance = random.Random(20260131)  # noqa: S311  # repeatable, not secret
    original = (DATA / name).read_bytes()
    limits = Limits(wall_s=20)
    for _ in range(40):
        damaged = bytearray(original)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        outcome = outcome_of(pool, bytes(damaged[: chance.randrange(50, len(damaged))]), limits)
        assert isinstance(outcome, Document) or outcome not in {"crashed", "timeout", "memory"}


def outcome_of(pool: ReaderPool, data: bytes, limits: Limits) -> Document | str:
    try:
        return pool.read(data, file_name="a.html", limits=limits)
    except AssistantError as error:
        return str(error.facts().get("reason", error.code))
