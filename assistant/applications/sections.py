"""The same words in the sections of a document, for the page that opens sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.domain import CellEvidence, ItemCell, Section
from assistant.text import clean

_TELLING = 6  # a shorter quote is looked for near its label alone
_NEAR = 300


def located(cells: Sequence[ItemCell], sections: Sequence[Section]) -> tuple[ItemCell, ...]:
    """Return the cells with the place of each quote in the sections, where it stands there."""
    return tuple(
        replace(
            cell,
            values=tuple(
                replace(value, evidence=in_sections(value.evidence, sections))
                for value in cell.values
            ),
        )
        for cell in cells
    )


def in_sections(evidence: CellEvidence, sections: Sequence[Section]) -> CellEvidence:
    """Return evidence with the section that shows its quote, best the line with its label."""
    quotes = [evidence.quote]
    if (joined := " ".join(clean(evidence.quote).split())) != evidence.quote:
        quotes.append(joined)
    label = "".join(clean(evidence.label).split())
    best: tuple[int, int, int] | None = None
    best_fit = 0 if label and len(evidence.quote) < _TELLING else -1
    for section in sections:
        if evidence.page and section.page and section.page != evidence.page:
            continue
        for at, end in _occurrences(section.text, quotes):
            fit = _fit(section.text, at, label)
            if fit > best_fit:
                best, best_fit = (section.ordinal, at, end), fit
    return evidence if best is None else _at(evidence, best)


def _occurrences(text: str, quotes: Sequence[str]) -> Iterator[tuple[int, int]]:
    for quote in quotes:
        at = text.find(quote)
        while at >= 0 and quote:
            end = at + len(quote)
            before, after = text[at - 1 : at], text[end : end + 1]
            is_part = (quote[0].isalnum() and before.isalnum() and before.isascii()) or (
                quote[-1].isalnum() and after.isalnum() and after.isascii()
            )
            if not is_part:
                yield at, end
            at = text.find(quote, at + 1)


def _fit(text: str, at: int, label: str) -> int:
    """Return how surely a place is meant: its line names the label, or what stands before it."""
    if not label:
        return 0
    if label in "".join(_line(text, at).split()):
        return 2
    return 1 if label in "".join(text[max(0, at - _NEAR) : at].split()) else 0


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _at(evidence: CellEvidence, place: tuple[int, int, int]) -> CellEvidence:
    return replace(evidence, section=place[0], section_start=place[1], section_end=place[2])
