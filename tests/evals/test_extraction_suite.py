"""The extraction suite: its cases are what they say, and its deceitful model does deceive."""

import asyncio

import pytest

from assistant.reading import Limits, read_in_process
from evals.suites.extraction import COLUMNS, agrees, measured
from evals.suites.extraction_cases import build_cases
from evals.suites.extraction_models import deceitful

CASES = build_cases()


def test_there_are_enough_cases_of_every_kind_and_half_are_held_out() -> None:
    assert len(CASES) >= 40
    held = [case for case in CASES if case.layout.is_held]
    assert 2 * len(held) >= len(CASES)
    assert {case.fmt for case in held} >= {"hwpx", "docx", "pdf", "xlsx", "md"}
    assert {case.layout.kind for case in held} == {"form", "prose", "poor"}


@pytest.mark.parametrize("fmt", ["hwpx", "docx", "pdf", "xlsx", "md", "txt"])
def test_a_case_of_every_format_can_be_read(fmt: str) -> None:
    case = next(one for one in CASES if one.fmt == fmt)
    document = read_in_process(case.data(), file_name=case.file_name, limits=Limits())
    assert document.blocks


@pytest.mark.parametrize(
    ("column", "shown", "gold", "is_right"),
    [
        ("company", "㈜가나", "주식회사 가나", True),
        ("company", "가나다", "가나", False),
        ("trl", "8", "9", False),
        ("innovation", "오차를 줄임", "오차를 줄임", True),
    ],
)
def test_a_shown_value_is_judged(column: str, shown: str, gold: str, is_right: bool) -> None:
    assert agrees(COLUMNS.column(column), shown, gold) is is_right


def test_the_deceitful_model_says_what_the_file_does_not() -> None:
    case, other = CASES[0], CASES[5]
    document = read_in_process(case.data(), file_name=case.file_name, limits=Limits())
    model = deceitful(document, case.gold, [other.gold], COLUMNS, seed=1)
    reply = asyncio.run(model.complete([]))
    assert "999-99-99999" in reply
    assert str(other.firm["registration_number"]) in reply


def test_a_few_cases_are_measured_end_to_end() -> None:
    figures = measured(CASES[:3])
    assert figures["cases"] == 3
    assert figures["unlocatable_found"] == figures["wrong_shown_as_found"] == 0
    assert figures["crossed"] == 0
    assert float(str(figures["precision"])) >= 0.9
