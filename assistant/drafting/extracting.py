"""Text made without a model: sentences of the passages, word for word, each cited exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.domain import Ledger, Passage
from assistant.extraction import extract
from assistant.grounding import SourceSpan, ledger_from_spans, statements
from assistant.law.question import shape

SUFFICIENT = 0.37  # below this estimate the passages found hold no answer


def extracted(
    question: str,
    passages: Sequence[Passage],
    *,
    terms: Mapping[str, float],
    reference_date: date,
    max_chars: int,
) -> Ledger:
    """Return the sentences of the passages that answer a question best, passage by passage."""
    extracts = extract(
        passages, terms=terms, shape=shape(question), units=statements, max_chars=max_chars
    )
    spans = [
        SourceSpan(
            passage=item.passage,
            start=item.start,
            end=item.end,
            paragraph_start=index > 0 and extracts[index - 1].passage is not item.passage,
        )
        for index, item in enumerate(extracts)
    ]
    return ledger_from_spans(spans, reference_date=reference_date)
