"""Column sets: the shipped ones are sound, and faults are told in words."""

from typing import Any

import pytest

from assistant.applications import as_data, column_set, editable_copy, shipped_sets
from assistant.domain import ColumnSet
from assistant.errors import ColumnSetFaultError


def made(**overrides: Any) -> dict[str, Any]:
    column = {"name": "trl", "label": "기술성숙도", "meaning": "TRL", "type": "number"}
    return {
        "name": "mine",
        "title": "내 표",
        "columns": [column | overrides.pop("column", {})],
        **overrides,
    }


@pytest.mark.parametrize("columns", shipped_sets().values(), ids=lambda one: one.name)
def test_a_shipped_set_survives_storage(columns: ColumnSet) -> None:
    assert column_set(as_data(columns), is_shipped=True) == columns


@pytest.mark.parametrize("columns", shipped_sets().values(), ids=lambda one: one.name)
def test_a_copy_of_a_shipped_set_can_be_edited(columns: ColumnSet) -> None:
    copy = column_set(editable_copy(columns, name="mine", title="내 표"))
    assert [column.name for column in copy.columns] == [column.name for column in columns.columns]
    assert not copy.is_shipped


def test_a_made_set_is_taken() -> None:
    columns = column_set(made(column={"low": 1, "high": 9, "labels": ["TRL"]}))
    assert (columns.columns[0].low, columns.columns[0].labels) == (1.0, ("TRL",))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param(made(columns=[]), "열이 하나도 없습니다", id="no column"),
        pytest.param(made(columns=[{}] * 61), "60개까지", id="too many columns"),
        pytest.param(made(column={"label": ""}), "열 제목(label)", id="no label"),
        pytest.param(made(column={"name": "가"}), "영문 소문자", id="name"),
        pytest.param(made(column={"type": "money"}), "값의 종류(type)", id="type"),
        pytest.param(made(column={"type": "choice"}), "고를 값(choices)", id="no choices"),
        pytest.param(
            made(column={"type": "choice", "choices": ["가", "가"]}), "두 번", id="choices twice"
        ),
        pytest.param(made(column={"low": 9, "high": 1}), "아래가 위보다", id="bounds"),
        pytest.param(made(column={"low": "1"}), "수로 적을", id="bound of words"),
        pytest.param(made(column={"patterns": ["(?P<value>a+)+$"]}), "제품에 든", id="patterns"),
        pytest.param(made(column={"labels": "TRL"}), "낱말 목록", id="labels"),
        pytest.param(made(column={"formula": "=1"}), "'formula'", id="unknown key"),
        pytest.param(made(title=3), "표 이름(title)", id="title"),
        pytest.param(made(papers=[{"name": "a"}]), "1번째 서류", id="paper"),
        pytest.param(made(version=0), "판 번호", id="version"),
    ],
)
def test_faults_are_told_in_words(raw: dict[str, Any], told: str) -> None:
    with pytest.raises(ColumnSetFaultError) as caught:
        column_set(raw)
    assert any(told in fault for fault in caught.value.faults)


def test_two_columns_of_one_name_are_a_fault() -> None:
    raw = made()
    raw["columns"] *= 2
    with pytest.raises(ColumnSetFaultError, match="1 faults"):
        column_set(raw)


@pytest.mark.parametrize("key", ["name", "title", "columns", "papers", "version"])
@pytest.mark.parametrize("junk", [3.5, [1], {"a": 1}, True], ids=repr)
def test_junk_is_a_fault_and_no_crash(key: str, junk: Any) -> None:
    with pytest.raises(ColumnSetFaultError):
        column_set(made() | {key: junk})
