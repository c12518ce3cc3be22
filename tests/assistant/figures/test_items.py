"""Met or unmet, ratio and rate: what the checklist of a completion report says."""

from decimal import Decimal

import pytest

from assistant.domain import Direction, Measurement, PerformanceItem
from assistant.figures import fulfilment, is_met
from assistant.figures.items import item_result


def item(direction: Direction, target: str = "30", **more: object) -> PerformanceItem:
    return PerformanceItem(
        number=1, name="항목", target=Decimal(target), direction=direction, **more
    )  # type: ignore[arg-type]  # named by the tests


def taken(value: str) -> Measurement:
    return Measurement(item_number=1, value=Decimal(value))


@pytest.mark.parametrize(
    ("direction", "value", "met"),
    [
        pytest.param(Direction.AT_LEAST, "30", True, id="at the line is enough"),
        pytest.param(Direction.AT_LEAST, "29.999", False, id="a hair below is not"),
        pytest.param(Direction.AT_MOST, "30.0", True, id="at the line is not too much"),
        pytest.param(Direction.AT_MOST, "30.001", False, id="a hair above is"),
        pytest.param(Direction.MORE_THAN, "30", False, id="more than is not equal"),
        pytest.param(Direction.MORE_THAN, "30.1", True, id="more than"),
        pytest.param(Direction.LESS_THAN, "30", False, id="less than is not equal"),
        pytest.param(Direction.LESS_THAN, "29.9", True, id="less than"),
        pytest.param(Direction.AT_MOST, "-5", True, id="below zero counts as below"),
    ],
)
def test_a_value_is_held_against_its_target(direction: Direction, value: str, met: bool) -> None:
    assert is_met(item(direction), taken(value)) is met


@pytest.mark.parametrize(
    ("value", "met"), [("18", True), ("25", True), ("17.9", False), ("25.1", False)]
)
def test_both_ends_of_a_range_belong_to_it(value: str, met: bool) -> None:
    between = item(Direction.WITHIN, "18", target_high=Decimal(25))
    assert is_met(between, taken(value)) is met


@pytest.mark.parametrize("found", [True, False, None])
def test_an_item_without_a_number_is_judged_by_what_was_found(found: bool | None) -> None:
    certified = PerformanceItem(number=1, name="인증", direction=Direction.JUDGED)
    assert is_met(certified, Measurement(item_number=1, is_fit=found)) is found


@pytest.mark.parametrize(
    "measurement",
    [
        pytest.param(None, id="nothing measured"),
        pytest.param(Measurement(item_number=1), id="no value"),
        pytest.param(Measurement(item_number=1, value=Decimal("NaN")), id="no number"),
        pytest.param(Measurement(item_number=1, value=Decimal("Infinity")), id="no finite number"),
    ],
)
def test_what_is_missing_is_neither_met_nor_unmet(measurement: Measurement | None) -> None:
    assert is_met(item(Direction.AT_LEAST), measurement) is None


@pytest.mark.parametrize(
    ("direction", "target", "value", "ratio"),
    [
        pytest.param(Direction.AT_LEAST, "90", "45", Decimal(50), id="half of the target"),
        pytest.param(Direction.AT_MOST, "30", "60", Decimal(50), id="twice too much is half"),
        pytest.param(Direction.AT_MOST, "30", "0", None, id="zero where less is better"),
        pytest.param(Direction.AT_LEAST, "0", "5", None, id="a target of zero"),
        pytest.param(Direction.AT_LEAST, "90", "-1", None, id="a value below zero"),
    ],
)
def test_the_ratio_is_turned_over_where_less_is_better(
    direction: Direction, target: str, value: str, ratio: Decimal | None
) -> None:
    assert item_result(item(direction, target), taken(value)).ratio == ratio


def test_an_unmeasured_plan_has_no_rate() -> None:
    found = fulfilment([item(Direction.AT_LEAST)], [])
    assert (found.rate.value, found.rate.text) == (None, "자료 없음")
    assert found.unmeasured == 1


def test_a_plan_without_items_has_no_rate() -> None:
    assert fulfilment([], []).rate.note == "성과목표가 없습니다."


def test_required_items_are_counted_apart() -> None:
    plan = [
        PerformanceItem(number=n, name="", target=Decimal(1), is_required=n < 3) for n in (1, 2, 3)
    ]
    found = fulfilment(plan, [Measurement(item_number=n, value=Decimal(n - 1)) for n in (1, 2, 3)])
    assert (found.required, found.required_met, found.met, found.unmet) == (2, 1, 2, 1)
