"""Paragraphs of a paper, made of a checked ledger or of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import (
    OPEN_MARK,
    Ledger,
    Origin,
    Paper,
    PaperParagraph,
    PaperSentence,
    SentenceStatus,
    Span,
)

Split = Callable[[str], Sequence[Span]]


def from_ledger(ledger: Ledger, origin: Origin, *, depth: int = 0) -> tuple[PaperParagraph, ...]:
    """Return the sentences of a ledger as paragraphs, each with what carries it.

    A sentence that opens a paragraph in the ledger opens one here.
    """
    paragraphs: list[list[PaperSentence]] = []
    for line in ledger:
        if line.paragraph_start or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(
            PaperSentence(
                text=line.text,
                origin=origin,
                status=line.status,
                citations=line.citations,
                problems=line.problems,
            )
        )
    return tuple(PaperParagraph(sentences=tuple(found), depth=depth) for found in paragraphs)


def from_text(
    text: str,
    origin: Origin,
    *,
    split: Split | None = None,
    status: SentenceStatus | None = None,
    depth: int = 0,
) -> tuple[PaperParagraph, ...]:
    """Return the lines of a text as paragraphs; empty lines are left out.

    Args:
        text: One paragraph a line.
        origin: Who wrote it.
        split: Cuts a line into sentences; without it a line is one sentence.
        status: What carries the sentences; None where nothing has to.
        depth: As in `PaperParagraph`.
    """
    paragraphs: list[PaperParagraph] = []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        spans = split(line) if split else (Span(start=0, end=len(line)),)
        sentences = tuple(
            PaperSentence(text=line[span.start : span.end], origin=origin, status=status)
            for span in spans
        )
        if sentences:
            paragraphs.append(PaperParagraph(sentences=sentences, depth=depth))
    return tuple(paragraphs)


def with_makers(paper: Paper, model: str | None, prompt: str | None) -> Paper:
    """Return the paper with a model and a prompt among those that had a share in it."""
    return replace(
        paper,
        models=tuple(dict.fromkeys((*paper.models, *filter(None, (model,))))),
        prompts=tuple(dict.fromkeys((*paper.prompts, *filter(None, (prompt,))))),
    )


def open_paragraph(what: str = "", *, depth: int = 0) -> PaperParagraph:
    """Return a paragraph that a person has to fill in; `what` says with what.

    >>> open_paragraph("현장 확인 결과를 적어 주십시오.").text
    '【확인 필요】 현장 확인 결과를 적어 주십시오.'
    """
    text = f"{OPEN_MARK} {what}".strip()
    return PaperParagraph(
        sentences=(PaperSentence(text=text, origin=Origin.TEMPLATE),), depth=depth
    )
