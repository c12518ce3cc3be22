"""A model's reply checked: what of it may be shown, and what a reader must know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import Ledger, LedgerSentence, Passage, Problem, SentenceStatus
from assistant.drafting.sending import people_in
from assistant.grounding import misquotes, misreports, settle, verify
from assistant.text import squeeze


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
    known = squeeze("\n".join((question, *given, *(_told(passage) for passage in passages))))
    ledger = tuple(_without_strangers(line, known) for line in ledger)
    told = {
        "removed_sentences": len(ledger) < len(checked.ledger),
        "quote_mismatch": misquotes(checked.ledger),
    }
    return CheckedReply(
        ledger=ledger,
        notices=tuple(notice for notice, holds in told.items() if holds),
        is_misreported=misreports(checked.ledger) or misreports(ledger),
        is_declined=checked.declined,
    )


def _told(passage: Passage) -> str:
    return "\n".join((passage.document_title, passage.heading, *passage.path, passage.text))


def _without_strangers(line: LedgerSentence, known: str) -> LedgerSentence:
    """Return a sentence that names somebody whom nothing given names as one that differs."""
    if line.status in (SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS):
        return line
    strangers = [name for name in people_in([line.text]) if squeeze(name) not in known]
    if not strangers:
        return line
    problems = (Problem(code="token_missing", token=name) for name in strangers)
    return replace(line, status=SentenceStatus.DIFFERS, problems=(*line.problems, *problems))
