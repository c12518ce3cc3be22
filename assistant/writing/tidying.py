"""The draft as every writer gets it: characters that a file can hold, citations with a source."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.domain import (
    Draft,
    DraftBlock,
    DraftFacts,
    DraftSource,
    Heading,
    Note,
    PageBreak,
    Picture,
    Run,
    Runs,
    Table,
)

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, halves of surrogate pairs and non-characters, which XML cannot hold; marks of direction,
# which can make a text look like another one; the soft hyphen and the byte order mark.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e007f]"
    "|["
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)


def tidied(draft: Draft) -> Draft:
    """Return the draft with text that every format can hold and no citation without a source."""
    sources = _sources(draft.sources)
    known = frozenset(source.number for source in sources)
    return replace(
        draft,
        title=one_line(draft.title),
        blocks=tuple(_block(block, known) for block in draft.blocks),
        sources=sources,
        facts=_facts(draft.facts),
    )


def tidy(text: str) -> str:
    r"""Return text with `\n` as its only line break, no control character and no tab.

    >>> tidy("가\r\n나\x00\t다\ud800")
    '가\n나 다'
    """
    return _DROPPED.sub("", _BREAKS.sub("\n", text)).replace("\t", " ")


def one_line(text: str) -> str:
    r"""Return text on one line with single spaces.

    >>> one_line(" 추진\n 계획 ")
    '추진 계획'
    """
    return " ".join(tidy(text).split())


def _sources(sources: tuple[DraftSource, ...]) -> tuple[DraftSource, ...]:
    """Tidy the sources and keep the first of each number."""
    first: dict[int, DraftSource] = {}
    for source in sources:
        first.setdefault(
            source.number,
            replace(
                source,
                where=one_line(source.where),
                quote=one_line(source.quote),
                effective=one_line(source.effective),
            ),
        )
    return tuple(first.values())


def _block(block: DraftBlock, known: frozenset[int]) -> DraftBlock:
    if isinstance(block, PageBreak):
        return block
    if isinstance(block, Picture):
        return replace(block, alt=one_line(block.alt), caption=one_line(block.caption))
    if isinstance(block, Table):
        rows = tuple(
            tuple(replace(cell, runs=_runs(cell.runs, known)) for cell in row) for row in block.rows
        )
        return replace(block, rows=rows, caption=one_line(block.caption))
    if isinstance(block, Heading | Note):
        return replace(block, runs=_runs(block.runs, known, joiner=" "))
    return replace(block, runs=_runs(block.runs, known))


def _runs(runs: Runs, known: frozenset[int], joiner: str = "\n") -> Runs:
    return tuple(_run(run, known, joiner) for run in runs)


def _run(run: Run, known: frozenset[int], joiner: str) -> Run:
    sources = tuple(dict.fromkeys(number for number in run.sources if number in known))
    return replace(run, text=tidy(run.text).replace("\n", joiner), sources=sources)


def _facts(facts: DraftFacts) -> DraftFacts:
    return replace(
        facts,
        summary=one_line(facts.summary),
        keywords=tuple(filter(None, map(one_line, facts.keywords))),
        generator=one_line(facts.generator),
        institution=one_line(facts.institution),
        reviewer=one_line(facts.reviewer),
    )
