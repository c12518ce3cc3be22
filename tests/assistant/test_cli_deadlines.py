"""`gongmun deadline`: what it prints, what it understands, and how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.commands.recording import EVENTS, WORDS, parse_event
from assistant.deadlines import Destination, Ending, Event, Ground, Pause, all_rules

MONDAY = ("query_procedure", "2026-05-04 10:00", "--as-of", "2026-05-07 10:00")
HEAVY = {"sqlalchemy", "tantivy", "chromadb", "kiwipiepy", "pydantic", "rich", "fastapi"}
START_WITHIN_S = 0.5


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["deadline", *map(str, arguments)])


def test_a_case_is_told_with_date_days_and_articles() -> None:
    result = run(*MONDAY)
    assert result.exit_code == 0, result.stderr
    assert "기한: 2026. 5. 13.(수)\n상태: 처리 중, 4일 남음\n" in result.stdout
    assert "1일차 2026. 5. 4.(월) (「민원 처리에 관한 법률」 제19조제2항)" in result.stdout
    assert (
        "연장 결정(최대 7일) [선택] (「민원 처리에 관한 법률 시행령」 제21조제1항)" in result.stdout
    )


def test_a_finding_comes_before_what_is_to_be_done() -> None:
    event = "연장 2026-05-07 09:30 사유=업무과중"
    shown = run("query_procedure", "2026-05-06", "--event", event, *MONDAY[2:]).stdout
    assert "단순 업무과중은 연장 사유가 되지 않습니다." in shown
    assert shown.index("확인할 것") < shown.index("할 일") < shown.index("셈")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param("2026-05-13 09:00", "처리 중, 오늘이 마지막 날", id="last day"),
        pytest.param("2026-05-15 09:00", "기한이 지남, 2일 지남", id="late"),
        pytest.param("2026-05-12 09:00", "처리 중, 1일 남음", id="a day before"),
    ],
)
def test_what_is_left_is_told_in_words(now: str, told: str) -> None:
    assert f"상태: {told}\n" in run(*MONDAY[:2], "--as-of", now).stdout


def test_hours_are_told_to_the_minute() -> None:
    shown = run("other", "2026. 5. 7. 9:30", *MONDAY[2:]).stdout
    assert "기한: 2026. 5. 7.(목) 13:30\n상태: 처리 중, 2근무시간 30분 남음" in shown


def test_a_period_of_its_own_and_what_lies_ahead_are_pointed_out() -> None:
    shown = run(*MONDAY, "--period", "10일", "--event", "종결 2026-05-08").stdout
    assert "규정의 기간은 7일인데 적은 대로 10일(으)로 셌습니다." in shown
    assert "기준 시각 뒤의 일 1건은 넣지 않았습니다." in shown


def test_days_off_are_taken_in() -> None:
    assert "기한: 2026. 5. 14.(목)" in run(*MONDAY, "--holiday", "2026-05-11").stdout
    assert "기한: 2026. 5. 13.(수)" in run(*MONDAY, "--closure", "2026-05-11").stdout


def test_json_carries_the_whole_clock() -> None:
    clock = json.loads(run(*MONDAY, "--json").stdout)
    assert (clock["kind"], clock["due_on"], clock["state"]) == (
        "query_procedure", "2026-05-13", "running",
    )  # fmt: skip
    assert clock["received_at"] == "2026-05-04T10:00:00+09:00"
    assert clock["working"][0]["article"]["law"] == "민원 처리에 관한 법률 시행령"


# -- kinds ------------------------------------------------------------------------------------


def test_without_a_kind_all_are_listed() -> None:
    result = run()
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(all_rules())
    assert "고충민원 (7일, 「민원 처리에 관한 법률 시행령」 제17조제1항)" in result.stdout
    assert [row["kind"] for row in json.loads(run("--json").stdout)] == list(all_rules())


def test_an_unknown_kind_is_answered_with_the_list() -> None:
    result = run("소원", "2026-05-04")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "모르는 종류입니다: 소원" in result.stderr
    assert "query_law" in result.stderr


# -- what is not understood -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["other"], "접수 일시가 없습니다", id="no time"),
        pytest.param(["pilot_report"], "시범사용 수행 종료일 일시가 없습니다", id="no start"),
        pytest.param(["other", "어제"], "읽을 수 없는 일시입니다", id="time"),
        pytest.param(["other", "2026-02-30"], "읽을 수 없는 일시입니다", id="no such day"),
        pytest.param(["statutory", "2026-05-04"], "공표된 처리기간", id="no period"),
        pytest.param([*MONDAY, "--period", "조금"], "읽을 수 없는 처리기간", id="period"),
        pytest.param([*MONDAY, "--event", "분실 2026-05-06"], "보완요구", id="event"),
        pytest.param([*MONDAY, "--closure", "내일"], "읽을 수 없는 쉬는 날", id="closure"),
        pytest.param(["other", "1900-01-01"], "1970년부터", id="year"),
    ],
)
def test_what_is_not_understood_is_said_with_what_to_write(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert result.stderr.rstrip().endswith("시오.")


@pytest.mark.parametrize(
    "text",
    [
        "보완연장 2026-05-06",
        "보완 2026-05-06 기한=2026-05-07",
        "이송 2026-05-06 곳=장애",
        "불산입 2026-05-06 사유=협조",
        "불산입 2026-05-06 사유=검사 까지=2026-05-08",
        "연장 2026-05-06 동의=아니오",
        "연장 2026-05-06 동의 동의",
        "종결 2026-05-06 9시",
        "종결",
    ],
)
def test_an_event_with_details_that_do_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_event(text)


# -- events -----------------------------------------------------------------------------------

TYPED = {
    "도달": "도달 2026-05-06 09:00",
    "보완요구": "보완요구 2026-05-06T14:00 기한=2026-05-13",
    "보완연장": "supplement_prolonged 2026. 5. 6. 기한=2026-05-13",
    "재보완요구": "재보완요구 2026-05-06 until=2026-05-13",
    "보완": "보완 2026-05-06",
    "반송": "반송 2026-05-06",
    "이송": "이송 2026-05-06 곳=다른기관 전자",
    "연장": "연장 2026-05-06 사유=협조 기간=3일 동의",
    "불산입": "불산입 2026-05-06 09:00 사유=현장조사 까지=2026-05-08T18:00 추가",
    "중간통지": "중간통지 2026-05-06",
    "종결": "종결 2026-05-06 결과=반려",
}


def test_every_event_of_the_library_can_be_typed() -> None:
    assert {noun for _, noun in EVENTS.values()} == set(Event.__args__)  # type: ignore[attr-defined]
    assert list(TYPED) == list(EVENTS)


@pytest.mark.parametrize(("name", "text"), TYPED.items(), ids=TYPED)
def test_an_event_is_read_with_its_details(name: str, text: str) -> None:
    event = parse_event(text)
    assert isinstance(event, EVENTS[name][1])
    assert event.at.date() == date(2026, 5, 6)


@pytest.mark.parametrize("kind", [Destination, Ending, Ground, Pause])
def test_every_choice_has_a_korean_word(kind: type) -> None:
    assert set(kind) <= set(WORDS.values())  # type: ignore[call-overload]  # an enumeration


# -- calendars --------------------------------------------------------------------------------


def test_a_calendar_is_written(tmp_path: Path) -> None:
    path = tmp_path / "기한.ics"
    result = run(*MONDAY, "--ics", path, "--label", "2026-17")
    assert "달력 파일을 만들었습니다" in result.stdout
    assert b"SUMMARY:2026-17" in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_only_a_calendar_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "보고서.hwpx"
    path.write_text("내 글", encoding="utf-8")
    result = run(*MONDAY, "--ics", path)
    assert (result.exit_code, path.read_text(encoding="utf-8")) == (1, "내 글")
    assert ".ics" in result.stderr


def test_a_folder_that_is_not_there_and_a_case_that_is_over_give_no_calendar(
    tmp_path: Path,
) -> None:
    absent = run(*MONDAY, "--ics", tmp_path / "없음" / "a.ics")
    over = run(*MONDAY, "--event", "종결 2026-05-06", "--ics", tmp_path / "a.ics")
    assert (absent.exit_code, over.exit_code, list(tmp_path.iterdir())) == (1, 1, [])
    assert "쓰지 못했습니다" in absent.stderr
    assert "남아 있지 않습니다" in over.stderr


# -- speed ------------------------------------------------------------------------------------


def test_counting_loads_no_index_and_no_database() -> None:
    code = "import sys, assistant.commands.counting; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_help_is_there_within_half_a_second() -> None:
    def seconds() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "assistant.cli", "--help"], check=True)
        return time.perf_counter() - began

    assert min(seconds() for _ in range(3)) < START_WITHIN_S
