"""States, next acts and findings, seen at a clock that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.deadlines import (
    ActKind,
    Arrived,
    Clock,
    Destination,
    Ended,
    Ending,
    Event,
    Extended,
    Ground,
    Pause,
    Period,
    ProgressNotified,
    State,
    SupplementBounced,
    SupplementProlonged,
    SupplementReceived,
    SupplementRequested,
    SupplementUrged,
    Suspended,
    Transferred,
    Unit,
    all_rules,
    compute,
)
from assistant.errors import DeadlineInputError
from assistant.law.references import parse_references
from tests.assistant.deadlines.cases import at

START = at("2026-06-08 10:00")


def look(*events: Event, now: str = "2026-06-08 10:00", kind: str = "query_procedure") -> Clock:
    return compute(kind, START, events, now=at(now))


def acts(clock: Clock, kind: ActKind) -> list[date]:
    return [act.on for act in clock.acts if act.kind is kind]


def codes(clock: Clock) -> list[str]:
    return [finding.code for finding in clock.findings]


# -- what is asked ----------------------------------------------------------------------------


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(DeadlineInputError, match="kind"):
        look(kind="no_such_kind")


def test_a_kind_without_a_period_needs_one() -> None:
    with pytest.raises(DeadlineInputError, match="period"):
        look(kind="statutory")


def test_a_period_of_nothing_is_refused() -> None:
    with pytest.raises(DeadlineInputError, match="period"):
        compute("statutory", START, now=START, period=Period(number=0))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(DeadlineInputError, match="time_zone"):
        compute("other", datetime(2026, 6, 8, 10), now=START)  # noqa: DTZ001


def test_a_time_of_another_zone_is_read_as_the_moment_in_seoul() -> None:
    late_in_utc = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)
    assert compute("query_procedure", late_in_utc, now=START).working[0].day == date(2026, 6, 8)


def test_an_event_of_another_zone_falls_on_the_day_in_seoul() -> None:
    sent = datetime(2026, 6, 8, 20, tzinfo=UTC)
    back = datetime(2026, 6, 10, 20, tzinfo=UTC)
    clock = look(SupplementRequested(at=sent), SupplementReceived(at=back), now="2026-06-12 10:00")
    assert clock.due_on == date(2026, 6, 19)


def test_what_lies_after_now_is_not_known_yet() -> None:
    extended = Extended(at=at("2026-06-12 10:00"), ground=Ground.FACTS)
    assert look(extended, now="2026-06-11 10:00").due_on == date(2026, 6, 16)
    assert look(extended, now="2026-06-12 10:00").due_on == date(2026, 6, 25)


# -- states -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "when", "state"),
    [
        (Ending.ANSWERED, "2026-06-16 17:00", State.DONE),
        (Ending.ANSWERED, "2026-06-17 09:00", State.DONE_LATE),
        (Ending.WITHDRAWN, "2026-06-10 09:00", State.WITHDRAWN),
        (Ending.CLOSED, "2026-06-10 09:00", State.CLOSED),
    ],
)
def test_a_case_that_ended_says_how_and_asks_for_nothing(
    how: Ending, when: str, state: State
) -> None:
    clock = look(Ended(at=at(when), how=how), now="2026-06-30 09:00")
    assert (clock.state, clock.acts) == (state, ())


def test_the_last_day_is_not_late_and_the_next_is() -> None:
    assert look(now="2026-06-16 23:59").state is State.RUNNING
    assert look(now="2026-06-17 00:00").state is State.OVERDUE


def test_a_period_of_hours_is_late_by_the_minute() -> None:
    assert look(now="2026-06-08 14:00", kind="other").state is State.RUNNING
    assert look(now="2026-06-08 14:01", kind="other").state is State.OVERDUE


def test_what_is_left_is_told_in_days_that_count() -> None:
    assert look(now="2026-06-10 10:00").remaining.days == 4
    assert look(now="2026-06-16 10:00").remaining.days == 0
    late = look(now="2026-06-19 10:00").remaining
    assert (late.days, late.is_late) == (3, True)


def test_what_is_left_is_told_in_working_minutes_too() -> None:
    assert look(now="2026-06-08 11:00", kind="other").remaining.minutes == 120
    assert look(now="2026-06-08 15:30", kind="other").remaining.minutes == 90


def test_a_window_opens_on_its_day() -> None:
    expiry = at("2029-03-01 09:00")
    early = compute("designation_extension_opens", expiry, now=at("2028-11-30 09:00"))
    open_ = compute("designation_extension_opens", expiry, now=at("2028-12-01 09:00"))
    assert (early.state, open_.state) == (State.RUNNING, State.OPEN)


# -- next acts --------------------------------------------------------------------------------


def test_an_extension_calls_for_a_notice_and_leaves_one_more_with_consent() -> None:
    clock = look(Extended(at=at("2026-06-12 10:00"), ground=Ground.FACTS), now="2026-06-12 11:00")
    assert acts(clock, ActKind.EXTENSION_NOTICE) == [date(2026, 6, 12)]
    assert [act.text for act in clock.acts if act.kind is ActKind.EXTEND] == [
        "사유가 있으면 이때까지 연장 결정(최대 7일, 민원인 동의 필요)"
    ]


def test_a_progress_notice_that_was_sent_is_done_and_one_that_was_not_is_late() -> None:
    now = at("2026-08-20 09:00")
    told = ProgressNotified(at=at("2026-07-10 09:00"))
    clock = compute("query_law", START, [told], now=now)
    found = [act for act in clock.acts if act.kind is ActKind.PROGRESS_NOTICE]
    assert [act.on for act in found] == [date(2026, 7, 9), date(2026, 8, 10)]
    assert [(act.is_done, act.is_late) for act in found] == [(True, False), (False, True)]


def test_a_short_case_that_is_in_time_needs_no_progress_notice() -> None:
    assert acts(look(), ActKind.PROGRESS_NOTICE) == []


def test_what_is_not_ours_has_to_go_within_hours() -> None:
    found = [act.at for act in look().acts if act.kind is ActKind.TRANSFER]
    assert found == [at("2026-06-08 11:00"), at("2026-06-08 14:00"), at("2026-06-09 10:00")]


def test_an_electronic_document_has_to_go_at_once() -> None:
    clock = look(Arrived(at=at("2026-06-08 09:30")))
    found = [act for act in clock.acts if act.kind is ActKind.TRANSFER]
    assert [(act.at_once, act.article.paragraph) for act in found] == [(True, "제4항")]


def test_a_case_passed_to_another_body_is_ours_no_more_but_for_the_notice() -> None:
    moved = Transferred(at=at("2026-06-08 16:00"), to=Destination.OTHER_BODY)
    clock = look(moved, now="2026-07-30 09:00")
    assert clock.state is State.TRANSFERRED
    assert [act.kind for act in clock.acts] == [ActKind.TRANSFER_NOTICE]


def test_a_case_passed_on_inside_keeps_its_clock() -> None:
    moved = Transferred(at=at("2026-06-08 10:30"), to=Destination.DEPARTMENT)
    clock = look(moved, now="2026-06-09 09:00")
    assert (clock.state, clock.due_on) == (State.RUNNING, date(2026, 6, 16))


# -- supplements ------------------------------------------------------------------------------

ASKED = SupplementRequested(at=at("2026-06-09 10:00"), until=date(2026, 6, 16))


def test_while_a_supplement_is_missing_the_case_waits_and_the_date_moves() -> None:
    one, other = look(ASKED, now="2026-06-10 10:00"), look(ASKED, now="2026-06-11 10:00")
    assert (one.state, one.is_provisional) == (State.WAITING, True)
    assert one.due_on < other.due_on
    assert acts(one, ActKind.SUPPLEMENT) == [date(2026, 6, 16)]


def test_after_its_day_a_supplement_may_be_asked_for_again_or_the_papers_returned() -> None:
    clock = look(ASKED, now="2026-06-17 10:00")
    again = [act.text for act in clock.acts if act.kind is ActKind.SUPPLEMENT_AGAIN]
    assert again == ["오늘 다시 요구하면 2026. 6. 29.(월)까지 기간을 줄 수 있음"]
    assert acts(clock, ActKind.RETURN) == [date(2026, 6, 17)]


def test_it_is_asked_for_again_once_only() -> None:
    urged = SupplementUrged(at=at("2026-06-17 10:00"), until=date(2026, 6, 29))
    clock = look(ASKED, urged, now="2026-06-30 10:00")
    assert acts(clock, ActKind.SUPPLEMENT_AGAIN) == []
    assert acts(clock, ActKind.RETURN) == [date(2026, 6, 30)]


def test_a_second_request_gives_ten_days_at_most() -> None:
    urged = SupplementUrged(at=at("2026-06-17 10:00"), until=date(2026, 6, 30))
    assert codes(look(ASKED, urged, now="2026-06-17 11:00")) == ["urged_long"]


def test_more_time_is_asked_for_twice_at_most() -> None:
    more = [
        SupplementProlonged(at=at(f"2026-06-{day} 10:00"), until=date(2026, 6, day + 5))
        for day in (15, 19, 23)
    ]
    clock = look(ASKED, *more, now="2026-06-23 11:00")
    assert codes(clock) == ["prolonged_often"]
    assert acts(clock, ActKind.SUPPLEMENT) == [date(2026, 6, 24)]


def test_papers_are_not_returned_before_the_day_is_over() -> None:
    returned = Ended(at=at("2026-06-16 10:00"), how=Ending.RETURNED)
    assert codes(look(ASKED, returned, now="2026-06-16 11:00")) == ["returned_early"]
    later = Ended(at=at("2026-06-17 10:00"), how=Ending.RETURNED)
    clock = look(ASKED, later, now="2026-06-17 11:00")
    assert (codes(clock), clock.state) == ([], State.RETURNED)


def test_two_requests_that_came_back_allow_to_close_the_case() -> None:
    back = [SupplementBounced(at=at(f"2026-06-{day} 10:00")) for day in (11, 15)]
    clock = look(ASKED, *back, now="2026-06-15 11:00")
    assert acts(clock, ActKind.CLOSE_AS_WITHDRAWN) == [date(2026, 6, 15)]


def test_a_proposal_is_completed_on_request_within_seven_days_only() -> None:
    asked = SupplementRequested(at=at("2026-06-16 10:00"))
    assert codes(look(asked, kind="proposal", now="2026-06-16 11:00")) == ["asked_late"]


# -- findings ---------------------------------------------------------------------------------


def test_receiving_after_eight_working_hours_is_told() -> None:
    assert codes(look(Arrived(at=at("2026-06-05 09:00")))) == ["received_late"]
    assert codes(look(Arrived(at=at("2026-06-05 17:00")))) == []


def test_passing_on_too_late_is_told() -> None:
    moved = Transferred(at=at("2026-06-09 10:01"), to=Destination.OTHER_BODY)
    assert codes(look(moved, now="2026-06-09 11:00")) == ["transferred_late"]


def test_a_record_older_than_the_case_is_told() -> None:
    early = Extended(at=at("2026-06-01 10:00"), ground=Ground.FACTS)
    assert "before_start" in codes(look(early))


def test_a_pause_that_lasts_keeps_the_date_open() -> None:
    tested = Suspended(at=at("2026-06-09 09:00"), why=Pause.EXAMINATION)
    clock = look(tested, now="2026-06-12 09:00")
    assert clock.is_provisional
    assert clock.due_on == date(2026, 6, 19)


def test_an_end_closes_a_pause_that_lasted() -> None:
    tested = Suspended(at=at("2026-06-09 09:00"), why=Pause.EXAMINATION)
    ended = Ended(at=at("2026-06-11 18:00"))
    clock = look(tested, ended, now="2026-12-31 09:00")
    assert (clock.is_provisional, clock.due_on) == (False, date(2026, 6, 19))


# -- the rules as data ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", all_rules())
def test_every_rule_can_be_computed_and_its_article_opened(kind: str) -> None:
    clock = compute(kind, START, now=START, period=Period(number=1, unit=Unit.MONTH)
                    if all_rules()[kind].period is None else None)  # fmt: skip
    assert clock.name
    assert [place.label for place in parse_references(str(clock.basis))] == [clock.basis.article]


def test_a_period_of_ten_years_is_beyond_counting() -> None:
    with pytest.raises(DeadlineInputError, match="too_long"):
        compute("statutory", START, now=START, period=Period(number=9000))


def test_the_clock_stands_still_when_the_moment_does() -> None:
    moment = START + timedelta(days=3)
    assert compute("query_law", START, now=moment) == compute("query_law", START, now=moment)
