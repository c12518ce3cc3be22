"""A model's reply checked: what of it may be shown, and what a reader must know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain import Ledger, Passage
from assistant.grounding import misquotes, misreports, settle, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReply:
    """What `verify` and `settle` left of a reply.

    `is_misreported`: it says of its sources what they do not say; `is_declined`: it says that it
    found no basis for something.
    """

    ledger: Ledger
    notices: tuple[str, ...]
    is_misreported: bool
    is_declined: bool


def check_reply(
    reply: str,
    passages: Sequence[Passage],
    *,
    question: str,
    reference_date: date,
    confidential: Sequence[str],
    given: Sequence[str] = (),
) -> CheckedReply:
    """Return a reply's sentences with what carries each.

    Args:
        reply: Text of the model.
        passages: What it was shown.
        question: What was asked; its figures may be repeated as the case at hand.
        reference_date: Rules that take effect later are flagged.
        confidential: What may never be shown: keys, the wording of the system message.
        given: Further texts of the case.
    """
    checked = verify(reply, passages, question=question, reference_date=reference_date, given=given)
    ledger = settle(checked.ledger, confidential=confidential)
    told = {
        "removed_sentences": len(ledger) < len(checked.ledger),
        "quote_mismatch": misquotes(checked.ledger),
    }
    return CheckedReply(
        ledger=ledger,
        notices=tuple(notice for notice, holds in told.items() if holds),
        is_misreported=misreports(checked.ledger),
        is_declined=checked.declined,
    )
