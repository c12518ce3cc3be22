"""The claim ledger: which passage carries which sentence, number, date, article and law name."""

from assistant.grounding.conflicts import find_conflicts
from assistant.grounding.ledger import (
    SourceSpan,
    Verification,
    check_sentence,
    ledger_from_spans,
    verify,
)
from assistant.grounding.sentences import source_units, split_sentences
from assistant.grounding.settling import (
    Provisional,
    has_support,
    misquotes,
    misreports,
    orders_the_reader,
    settle,
    statements,
)
from assistant.grounding.tokens import Token, extract_tokens

__all__ = [
    "Provisional",
    "SourceSpan",
    "Token",
    "Verification",
    "check_sentence",
    "extract_tokens",
    "find_conflicts",
    "has_support",
    "ledger_from_spans",
    "misquotes",
    "misreports",
    "orders_the_reader",
    "settle",
    "source_units",
    "split_sentences",
    "statements",
    "verify",
]
