"""What may be sent to the model's endpoint; every text that goes to it passes here."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Grade, Passage
from assistant.grades import may_send


def sendable(
    passages: Sequence[Passage], *, grade: Grade, is_internal: bool
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Split passages into those the endpoint may see and those it may not.

    `grade` is that of the question or task itself: where that may not be sent, nothing may.
    """
    if not may_send(grade, internal=is_internal):
        return (), tuple(passages)
    sent = tuple(p for p in passages if may_send(p.grade, internal=is_internal))
    return sent, tuple(p for p in passages if p not in sent)
