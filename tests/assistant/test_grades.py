from __future__ import annotations

import pytest

from assistant.domain import Grade
from assistant.grades import highest, may_send, question_grade


@pytest.mark.parametrize(
    ("grade", "internal", "allowed"),
    [
        (Grade.CLASSIFIED, True, False),
        (Grade.CLASSIFIED, False, False),
        (Grade.SENSITIVE, True, True),
        (Grade.SENSITIVE, False, False),
        (Grade.OPEN, True, True),
        (Grade.OPEN, False, True),
    ],
)
def test_text_leaves_only_where_its_grade_may_go(
    grade: Grade, internal: bool, allowed: bool
) -> None:
    assert may_send(grade, internal=internal) is allowed


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ([], Grade.OPEN),
        ([Grade.OPEN], Grade.OPEN),
        ([Grade.OPEN, Grade.SENSITIVE], Grade.SENSITIVE),
        ([Grade.CLASSIFIED, Grade.OPEN, Grade.SENSITIVE], Grade.CLASSIFIED),
    ],
)
def test_a_derived_text_takes_the_highest_grade_of_its_sources(
    grades: list[Grade], expected: Grade
) -> None:
    assert highest(grades) is expected


def test_a_question_is_sensitive_until_the_official_says_otherwise() -> None:
    assert question_grade(None) is Grade.SENSITIVE
    assert question_grade(Grade.OPEN) is Grade.OPEN
