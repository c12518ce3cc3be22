"""Files that look a little like forms and are none."""

from __future__ import annotations

from tests.assistant.pilotforms.test_other_forms import of, sheet, text


def test_one_label_in_a_text_says_nothing() -> None:
    assert of(text("문의: 담당자", "제품명: 지킴이", "그 밖의 글입니다.")) == {}


def test_a_schedule_of_trainings_is_no_record_of_stages() -> None:
    found = of(
        sheet([["일자", "내용"], ["2026-03-02", "착수 회의"], ["2026-03-09", "사용자 교육"]])
    )
    assert not [place for place in found if place.startswith(("stages", "events"))]
