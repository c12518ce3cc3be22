"""Grades C, S and O: what may be sent to which endpoint. There is no other gate.

Source: National Intelligence Service, national network security framework (N2SF): classified text
stays in its own network, sensitive text inside the institution, open text goes anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.domain import Grade


def may_send(grade: Grade, *, internal: bool) -> bool:
    """Return whether text of this grade may be sent to an endpoint.

    Args:
        grade: The highest grade of what is sent, question included.
        internal: The endpoint is inside the institution.

    >>> may_send(Grade.SENSITIVE, internal=False), may_send(Grade.OPEN, internal=False)
    (False, True)
    """
    if grade is Grade.CLASSIFIED:
        return False
    return internal or grade is Grade.OPEN


def highest(grades: Iterable[Grade]) -> Grade:
    """Return the highest of the grades, open when there are none.

    >>> highest([Grade.OPEN, Grade.SENSITIVE])
    <Grade.SENSITIVE: 'S'>
    """
    return max(grades, key=lambda grade: grade.height, default=Grade.OPEN)


def question_grade(declared: Grade | None) -> Grade:
    """Return the grade of a question: sensitive unless the official says otherwise.

    >>> question_grade(None)
    <Grade.SENSITIVE: 'S'>
    """
    return declared or Grade.SENSITIVE
