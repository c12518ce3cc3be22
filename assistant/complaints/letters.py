"""The sentences of a letter under work with their places, and findings about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.complaints.shelf import shelf
from assistant.domain import (
    GateFinding,
    GateSeverity,
    LawPlace,
    Origin,
    Paper,
    PaperParagraph,
    Span,
)
from assistant.text import settle_particles

_FILE = "gates.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence of a letter and where it stands."""

    text: str
    origin: Origin
    part_id: str
    block: int
    sentence: int
    subject_id: str


def lines_of(paper: Paper) -> tuple[Line, ...]:
    """Return the sentences of the paragraphs of `paper` in order."""
    return tuple(_lines(paper))


def _lines(paper: Paper) -> Iterator[Line]:
    for part in paper.parts:
        for block_number, block in enumerate(part.blocks):
            if not isinstance(block, PaperParagraph):
                continue
            for number, sentence in enumerate(block.sentences):
                yield Line(
                    text=sentence.text,
                    origin=sentence.origin,
                    part_id=part.part_id,
                    block=block_number,
                    sentence=number,
                    subject_id=part.subject_id,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    severity: GateSeverity
    basis: LawPlace
    message: str


@cache
def _rules() -> Mapping[str, _Rule]:
    laws = shelf(_FILE)["laws"]
    return {
        name: _Rule(
            severity=GateSeverity(row["severity"]),
            basis=LawPlace(law=laws[row["law"]], label=row["article"]),
            message=row["message"],
        )
        for name, row in shelf(_FILE)["rules"].items()
    }


def rule_names() -> tuple[str, ...]:
    """Return the names of all rules."""
    return tuple(_rules())


def finding(
    rule: str,
    line: Line | None = None,
    *,
    span: tuple[int, int] | None = None,
    point_id: str = "",
    basis: LawPlace | None = None,
    **facts: str,
) -> GateFinding:
    """Return a finding of `rule`, in `line` or about something that the whole letter lacks."""
    held = _rules()[rule]
    return GateFinding(
        rule=rule,
        severity=held.severity,
        message=settle_particles(held.message.format(**facts)),
        basis=basis or held.basis,
        part_id=line.part_id if line else "",
        block=line.block if line else 0,
        sentence=line.sentence if line else 0,
        span=Span(start=span[0], end=span[1]) if span else None,
        point_id=point_id,
    )
