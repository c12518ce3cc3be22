"""Sentences of a pilot's files put under the headings of a report, word for word, each once.

This is how a report is made without a model, and how passages are chosen for one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain import Ledger, Passage
from assistant.grounding import SourceSpan, ledger_from_spans, statements
from assistant.pilotpages.evidence import is_sentence
from assistant.pilotpages.stances import Stance, stance_of
from assistant.text import squeeze

_MARK = re.compile(r"\s*(?:\d{1,2}[.)](?=\s)|[가-하][.)](?=\s)|[①-⑳]|[-*•○□ㅇ](?=\s))\s*")
_ALIKE = 0.6
_SENTENCES = 4
_PASSAGES = 6
_GRAM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section that is to be filled: words that speak for it, and how long it may become.

    With a `stance`, only sentences that do this belong to it.
    """

    section_id: str
    hints: tuple[str, ...]
    stance: Stance | None = None
    max_chars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    passage: Passage
    start: int
    end: int
    order: int
    folded: str
    stance: Stance | None


def arrange(
    passages: Sequence[Passage], headings: Sequence[Heading], *, reference_date: date
) -> dict[str, Ledger]:
    """Return the sentences for each heading; one goes where most of the words speak for it.

    Of sentences that say nearly the same, as two versions of the same minutes do, one is kept.
    """
    found: dict[str, list[tuple[int, _Line]]] = {}
    for line in _lines(passages):
        scores = [(_score(line, heading), heading) for heading in headings]
        best = max((score for score, _ in scores), default=0)
        if best:
            heading = next(heading for score, heading in scores if score == best)
            found.setdefault(heading.section_id, []).append((best, line))
    return {
        heading.section_id: ledger_from_spans(
            _spans(_chosen(found.get(heading.section_id, ()), heading.max_chars)),
            reference_date=reference_date,
        )
        for heading in headings
    }


def speaking(passages: Sequence[Passage], heading: Heading) -> tuple[Passage, ...]:
    """Return the passages whose sentences speak for a heading, best first."""
    scored: dict[int, int] = {}
    for line in _lines(passages):
        if score := _score(line, heading):
            place = next(n for n, passage in enumerate(passages) if passage is line.passage)
            scored[place] = scored.get(place, 0) + score
    ordered = sorted(scored, key=lambda place: (-scored[place], place))
    return tuple(passages[place] for place in ordered[:_PASSAGES])


def _lines(passages: Sequence[Passage]) -> list[_Line]:
    lines: list[_Line] = []
    seen: list[frozenset[str]] = []
    for passage in passages:
        for span in statements(passage.text):
            mark = _MARK.match(passage.text, span.start, span.end)
            start = mark.end() if mark else span.start
            text = passage.text[start : span.end]
            folded = squeeze(text)
            if not is_sentence(text) or any(_is_alike(_grams(folded), each) for each in seen):
                continue
            seen.append(_grams(folded))
            lines.append(
                _Line(
                    passage=passage,
                    start=start,
                    end=span.end,
                    order=len(lines),
                    folded=folded,
                    stance=stance_of(text),
                )
            )
    return lines


def _score(line: _Line, heading: Heading) -> int:
    """Return how many words speak for a line below a heading, none where it does another thing.

    A line that does what the heading wants is worth a word more.
    """
    words = sum(hint in line.folded for hint in heading.hints)
    if heading.stance is None or not words:
        return words
    return words + 1 if line.stance is heading.stance else 0


def _chosen(found: Sequence[tuple[int, _Line]], max_chars: int) -> list[_Line]:
    kept: list[_Line] = []
    room = max_chars
    for _, line in sorted(found, key=lambda each: (-each[0], each[1].order)):
        length = line.end - line.start + 1
        if length <= room and len(kept) < _SENTENCES:
            kept.append(line)
            room -= length
    return sorted(kept, key=lambda line: line.order)


def _spans(lines: Sequence[_Line]) -> list[SourceSpan]:
    return [
        SourceSpan(
            passage=line.passage,
            start=line.start,
            end=line.end,
            paragraph_start=number > 0 and lines[number - 1].passage is not line.passage,
        )
        for number, line in enumerate(lines)
    ]


def _grams(folded: str) -> frozenset[str]:
    return frozenset(folded[n : n + _GRAM] for n in range(len(folded) - _GRAM + 1))


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) / smaller >= _ALIKE


def hints_of(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return words apart by commas as they are looked for."""
    return {
        name: tuple(filter(None, (squeeze(word) for word in text.split(","))))
        for name, text in texts.items()
    }
