"""The reference assessment gives reasons and never a verdict; grounds name their articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.assembly import build
from assistant.domain import Acquisition, CareFigure, Grade, PilotRecord, PlannedPurchase, Track
from assistant.errors import ConfigurationError
from assistant.pilots import (
    DISCLAIMER,
    OUTLOOK_NAMES,
    Outlook,
    after_care,
    assess,
    default_thresholds,
    examine,
    load_thresholds,
    preference,
    second_chance,
)
from assistant.settings import Settings
from evals.pilots import load_pilot_cases
from tests.assistant.pilots.records import EMPTY, noon, record

CASES = {case.case_id: case for case in load_pilot_cases()}
VERDICTS = ("성공", "보완", "미흡", "이행불성실")
TODAY = date(2026, 11, 23)


def seen(pilot: PilotRecord) -> object:
    return examine(pilot, now=noon(TODAY))


@pytest.mark.parametrize("case_id", CASES)
def test_no_word_of_a_verdict_stands_in_an_assessment(case_id: str) -> None:
    case = CASES[case_id]
    told = assess(examine(case.record, now=case.now))
    assert told.text.endswith(DISCLAIMER)
    assert not any(word in f"{told.name} {told.text}" for word in VERDICTS)


def test_no_name_of_an_outlook_is_a_verdict() -> None:
    assert set(OUTLOOK_NAMES) == set(Outlook)
    assert not any(word in name for word in VERDICTS for name in OUTLOOK_NAMES.values())


def test_reasons_say_what_is_short_and_which_figure_says_so() -> None:
    case = CASES["short"]
    reasons = assess(examine(case.record, now=case.now)).reasons
    assert [(reason.text, reason.is_favourable) for reason in reasons][:2] == [
        ("필수항목 2개 중 1개를 충족하지 못했습니다.", False),
        ("선택항목 4개 중 1개를 충족하지 못했습니다.", False),
    ]
    assert all(reason.figure_id for reason in reasons)


def test_an_institution_may_put_its_own_thresholds(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "thresholds: {fulfilment_good: 60, fulfilment_low: 10, score_good: 50,"
        " effects_good: 50, use_rate_low: 50}",
        "utf-8",
    )
    case = CASES["contradictory"]
    examined = examine(case.record, now=case.now)
    strict = replace(default_thresholds(), fulfilment_low=Decimal(61))
    assert assess(examined, strict).outlook is Outlook.SHORT
    assert assess(examined, load_thresholds(own)).outlook is Outlook.PARTLY


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("thresholds: {}", id="missing"),
        pytest.param("thresholds: [1]", id="no mapping"),
        pytest.param("- 1", id="another file"),
        pytest.param("thresholds: {fulfilment_good: viel}", id="no number"),
        pytest.param(
            "thresholds: {fulfilment_good: 101, fulfilment_low: 1, score_good: 1,"
            " effects_good: 1, use_rate_low: 1}",
            id="beyond 100",
        ),
        pytest.param("{", id="no yaml"),
    ],
)
def test_a_wrong_file_of_thresholds_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError):
        load_thresholds(own)


# -- second chance, preference, after-care ----------------------------------------------------


def test_a_second_chance_names_each_item_the_time_left_and_the_change_of_specification() -> None:
    case = CASES["short"]
    grounds = second_chance(examine(case.record, now=case.now))
    assert [ground.code for ground in grounds] == [
        "item_to_improve",
        "item_to_improve",
        "time_left",
        "specification_change",
        "cost_of_extension",
    ]
    assert "필수 항목 1 ‘수위 오차’는 결과 4.2cm, 목표 3cm 이하(목표의 71.4%)" in grounds[0].text
    assert str(grounds[0].article) == "「혁신제품 구매 운영 규정」 제38조제1항제2호"
    assert grounds[2].text.endswith("추가 시범사용에 99일이 남았습니다.")  # 11. 23.부터 2027. 3. 2.


def test_what_was_judged_insufficient_leads_to_further_development() -> None:
    case = CASES["ranges"]
    ground = second_chance(examine(case.record, now=case.now))[0]
    assert str(ground.article) == "「혁신제품 구매 운영 규정」 제38조제1항제3호"


def test_without_an_unmet_item_there_is_no_second_chance_to_plan() -> None:
    case = CASES["good"]
    assert second_chance(examine(case.record, now=case.now)) == ()


def test_a_total_period_that_is_over_is_said() -> None:
    case = CASES["short"]
    late = noon(date(2027, 4, 1))
    left = next(g for g in second_chance(examine(case.record, now=late)) if g.code == "time_left")
    assert not left.is_favourable


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        ({"track": Track.GLOBAL}, "export", "제27조제7항제6호"),
        ({"acquisition": Acquisition.LEASE}, "lease", "제27조제7항제7호"),
        (
            {"purchases": (PlannedPurchase(institution="가상시"),)},
            "further_purchase",
            "제27조제7항제3호",
        ),
    ],
)
def test_grounds_of_preference(changes: dict[str, object], code: str, article: str) -> None:
    examined = examine(replace(EMPTY, **changes), now=noon(TODAY))  # type: ignore[arg-type]  # named above
    ground = preference(examined)[0]
    assert (ground.code, ground.article.label) == (code, article)


def test_a_late_report_is_a_ground_of_disadvantage() -> None:
    pilot = record({"ended": date(2026, 8, 28), "report_submitted": date(2026, 10, 2)})
    ground = preference(examine(pilot, now=noon(TODAY)))[0]
    assert (ground.code, ground.is_favourable) == ("report_late", False)
    assert ground.article.label == "제27조제8항제5호"


def test_nothing_is_claimed_where_nothing_is_known() -> None:
    examined = examine(EMPTY, now=noon(TODAY))
    assert preference(examined) == after_care(examined) == ()


def test_low_use_after_the_pilot_is_pointed_out() -> None:
    rows = (
        CareFigure(observed_on=date(2026, 6, 1), in_use=Decimal(10), installed=Decimal(10)),
        CareFigure(observed_on=date(2026, 9, 1), in_use=Decimal(4), installed=Decimal(10)),
    )
    grounds = after_care(examine(replace(EMPTY, care=rows), now=noon(TODAY)))
    assert [ground.code for ground in grounds] == ["use_low", "use_falling"]
    assert grounds[1].text == "활용률이 처음보다 60.0%p 낮아졌습니다."


def test_a_setting_puts_own_thresholds_in_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "thresholds: {fulfilment_good: 100, fulfilment_low: 99, score_good: 99,"
        " effects_good: 99, use_rate_low: 50}",
        "utf-8",
    )
    settings = Settings(
        data_dir=tmp_path / "data",
        embedding_backend="none",
        pilot_thresholds=str(own),
        _env_file=None,  # type: ignore[call-arg]  # of BaseSettings, hidden by its fields
    )
    ours = {"institution_id": "default"}
    assistant = build(settings)
    try:
        assistant.store.pilots.create(
            CASES["short"].record, grade=Grade.OPEN, by="주무관 보기", **ours
        )
        assert assistant.pilots.validate("short", **ours).assessment.outlook is Outlook.SHORT
        assert assistant.reports.thresholds is not None
    finally:
        assistant.stop()
