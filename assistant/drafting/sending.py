"""What may be sent to the model's endpoint; every text that goes to it passes here."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import PUBLIC_INSTITUTION, Grade, Passage
from assistant.grades import may_send
from assistant.lexical import tagged
from assistant.privacy import find_identifiers, mask

Split = tuple[tuple[Passage, ...], tuple[Passage, ...]]


def sendable(passages: Sequence[Passage], *, grade: Grade, is_internal: bool) -> Split:
    """Split passages into those the endpoint may see and those it may not.

    `grade` is that of the question or task itself: where that may not be sent, nothing may.
    """
    if not may_send(grade, internal=is_internal):
        return (), tuple(passages)
    sent = tuple(p for p in passages if may_send(p.grade, internal=is_internal))
    return sent, tuple(p for p in passages if p not in sent)


def impersonal(passages: Sequence[Passage]) -> Split:
    """Split passages into those that an endpoint outside may see and those with personal data.

    A grade is given by people, and an open paper may still hold a name or a number by mistake.
    Whom the public corpus names has been published.
    """
    kept = tuple(p for p in passages if not _holds_persons(p))
    return kept, tuple(p for p in passages if p not in kept)


def _holds_persons(passage: Passage) -> bool:
    """Whether a person shows in a passage, or in what tells the model where it is from."""
    said = (passage.document_title, passage.label, passage.heading, *passage.path, passage.text)
    texts = tuple(dict.fromkeys(text for text in said if text))
    if any(find_identifiers(text) for text in texts):
        return True
    is_own = passage.institution_id != PUBLIC_INSTITUTION
    return is_own and any(mask(text, names=tagged).masks for text in texts)
