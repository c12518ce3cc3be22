"""Set phrases of memos and minutes: what came to pass is read, what is due or hoped for is not."""

from __future__ import annotations

import pytest

from assistant.pilotforms.phrases import in_phrases, payer


def said(text: str) -> dict[str, str]:
    return {place: value for place, value, _ in in_phrases(text)}


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("완료보고서는 2026. 9. 21.에 냈다.", "events[report_submitted].on", "2026-09-21"),
        ("시범사용은 2026. 8. 28.에 종료되었다.", "events[ended].on", "2026-08-28"),
        ("납품은 2026. 1. 30.에 마쳤다.", "events[delivered].on", "2026-01-30"),
        (
            "보완계획서는 2026. 10. 16.까지 내야 했고 가상기업은 2026. 10. 12.에 냈다.",
            "events[supplement_plan_submitted].on",
            "2026-10-12",
        ),
        (
            "추가개발 계획서를 기업이 2026. 10. 1.에 제출했다.",
            "events[development_plan_submitted].on",
            "2026-10-01",
        ),
        ("2026. 11. 2. ~ 11. 9.에 추가 시범사용을 했다.", "events[extra_ended].on", "2026-11-09"),
        ("위원 셋이 '적절'로 의결함.", "committee.decision", "위원 셋이 '적절'로 의결함."),
        ("다른 군에서도 쓸 수 있다고 보았다.", "usable_elsewhere", "true"),
    ],
)  # fmt: skip
def test_what_came_to_pass_is_read(text: str, place: str, value: str) -> None:
    assert said(text).get(place) == value


@pytest.mark.parametrize(
    "text",
    [
        "완료보고서는 2026. 9. 28.에 제출해야 한다.",
        "시범사용은 2026. 8. 28.에 종료할 예정이다.",
        "보완계획서는 2026. 10. 16.까지 내야 한다. 계약은 2026. 10. 12.에 냈다.",
        "보완계획서는 아직 없다. 완료보고서는 2026. 9. 28.에 제출할 예정이다.",
        "납품은 2026. 1. 30.에 할 예정이다.",
        "다른 군에서도 쓸 수 있다고 보기 어렵다.",
        "다른 군에서는 쓸 수 없다고 보았다.",
        "위원들은 '적절'로 의결할지 더 논의하기로 했다.",
    ],
)
def test_what_is_due_or_hoped_for_is_no_fact(text: str) -> None:
    assert said(text) == {}


def test_an_extra_pilot_under_way_has_begun_and_not_ended() -> None:
    found = said("보완계획이 적정하여 2026. 11. 2. ~ 2027. 1. 29.에 추가 시범사용을 한다.")
    assert found == {"events[extra_started].on": "2026-11-02"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("시범사용 비용은 교육과 측정에 쓰며 가온시가 부담한다.", "가온시"),
        ("시범사용 비용은 따로 정한다.", None),
    ],
)
def test_who_bears_the_cost_is_read_only_where_it_is_told(text: str, name: str | None) -> None:
    found = payer(text)
    assert (found and found[0]) == name
