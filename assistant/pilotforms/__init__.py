"""Reading the forms of pilots into the record, each value with the cell it came from.

Plans, results, surveys, minutes and reports in any format: what is read is proposed, never put.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from assistant.domain import Block, BlockKind, Document
from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import (
    Proposal,
    StoredProposal,
    ValueChoice,
    ValueOption,
    ValuePlace,
)
from assistant.domain.pilots import PilotRecord
from assistant.pilotforms import answers, doings, goals, labels, lines, phrases
from assistant.pilotforms.filling import (
    BY_HAND,
    Changes,
    by_hand,
    from_files,
    is_at,
    named,
    others_of,
)
from assistant.pilotforms.names import day_words, label, words
from assistant.pilotforms.places import EMPTY, get, put, values, written
from assistant.pilotforms.sheets import (
    Found,
    Sheet,
    bare_heading,
    sheets_of,
    unit_in,
    whole_sheet,
)
from assistant.tablegrid import grid
from assistant.text import normalise, squeeze, truncate

__all__ = [
    "BY_HAND",
    "EMPTY",
    "Changes",
    "by_hand",
    "choices",
    "day_words",
    "from_files",
    "get",
    "is_at",
    "is_same",
    "label",
    "locate",
    "named",
    "others_of",
    "propose",
    "put",
    "values",
    "words",
    "written",
]

_Located: TypeAlias = tuple[Proposal, ValuePlace | None]

_QUOTE_CHARS = 200
_TITLE_CHARS = 24
_COST_LINE = re.compile(r"plan\.costs\[\d+\]\.name")
_NUMERAL = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
# The first kind that knows a table reads it.
_KINDS: tuple[tuple[Callable[[Sheet], bool], Callable[[Sheet], Iterator[Found]]], ...] = (
    (answers.is_survey, answers.survey),
    (answers.is_answers, answers.answers),
    (goals.is_goals, goals.goals),
    (goals.is_effects, goals.effects),
    (goals.is_grades, goals.grades),
    (goals.is_growth, goals.growth),
    (goals.is_judging, goals.judging),
    (goals.is_results, goals.results),
    (doings.is_stages, doings.stages),
    (doings.is_changes, doings.changes),
    (doings.is_committee, doings.committee),
    (doings.is_dates, doings.dates),
    (doings.is_schedule, doings.schedule),
    (doings.is_prices, doings.prices),
    (doings.is_purchases, doings.purchases),
    (doings.is_care, doings.care),
    (labels.is_parties, labels.parties),
)


def propose(document: Document, *, file_name: str, document_id: str = "") -> tuple[Proposal, ...]:
    """Return what a file says of a pilot, each value with its cell or passage; the first counts.

    Nothing is guessed: a cell in which more than one date or number stands proposes none.
    """
    source = ValueSource(file_name=file_name, where="", document_id=document_id)
    found: dict[tuple[str, str], Proposal] = {}
    for proposal, _ in _all(document, source):
        found.setdefault((proposal.place, proposal.value), proposal)
    read = tuple(found.values())
    return (*read, *_budget(document, read, source))


def locate(document: Document, source: ValueSource, *, place: str = "") -> ValuePlace | None:
    """Return where the words of a value stand in its file, None where they stand there no more.

    `place` in the record decides between two cells that are called alike and say the same.
    """
    found = [
        (proposal.place, where)
        for proposal, where in _all(document, replace(source, where="", quote=""))
        if (proposal.source.where, proposal.source.quote) == (source.where, source.quote)
    ]
    exact = [where for held, where in found if held == place]
    others = [where for _, where in found]
    return next(iter((*exact, *others)), None) or _by_words(document, source.quote)


def _by_words(document: Document, quote: str) -> ValuePlace | None:
    """Return the one block or cell that says the words of a quote, None where several do."""
    wanted = squeeze(normalise(quote)).removesuffix("…")
    places = [
        place
        for block in document.blocks
        for place in _places_of(block)
        if wanted and wanted in squeeze(normalise(place.quote))
    ]
    return places[0] if len(places) == 1 else None


def _places_of(block: Block) -> Iterator[ValuePlace]:
    ordinal = block.locator.ordinal
    if block.kind is not BlockKind.TABLE:
        yield ValuePlace(block=ordinal, quote=block.text)
        return
    for row, slots in enumerate(grid(block.rows)):
        for column, slot in enumerate(slots):
            if slot is not None and (slot.row, slot.column) == (row, column):
                yield ValuePlace(block=ordinal, quote=slot.cell.text, row=row, column=column)


def _all(document: Document, source: ValueSource) -> Iterator[_Located]:
    name = near = unit = ""
    is_report = False
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            for sheet, read in _read_as(block, near or name, unit):
                for each in read(sheet):
                    is_report = is_report or each.place.startswith("report.")
                    yield from _from_cell(sheet, each, source, block)
            near = unit = ""
        elif block.text.strip():
            is_name = block.kind is BlockKind.HEADING or block.text.startswith(("표", "<표"))
            name = bare_heading(block.text) if is_name else name
            near = "" if is_name else _title(block)
            unit = unit_in(block.text)
            yield from _from_phrases(block, name, source)
    for place, value, heading, first in labels.below_headings(document.blocks, is_report=is_report):
        quote = truncate(value, _QUOTE_CHARS)
        proposal = Proposal(
            place=place, value=value, source=replace(source, where=heading, quote=quote)
        )
        yield proposal, ValuePlace(block=first.locator.ordinal, quote=first.text)
    yield from _from_lines(document, source)
    yield from _survey_name(document, source)


def _read_as(
    block: Block, name: str, unit: str
) -> Iterator[tuple[Sheet, Callable[[Sheet], Iterator[Found]]]]:
    """Yield the tables of a block with what reads each; labels are read over the whole block."""
    sheets = sheets_of(block, name, unit=unit)
    kinds = [next((read for knows, read in _KINDS if knows(sheet)), None) for sheet in sheets]
    if not any(kinds):
        yield whole_sheet(block, name, unit=unit), labels.pairs
        return
    for sheet, read in zip(sheets, kinds, strict=True):
        yield sheet, read or labels.pairs


def _title(block: Block) -> str:
    """Return a short line that stands right above a table as its name, as PDF files have them."""
    text = normalise(block.text)
    is_short = block.kind is BlockKind.PARAGRAPH and len(text) <= _TITLE_CHARS
    return bare_heading(text) if is_short and not unit_in(text) and text[-1] not in ".:" else ""


def _from_lines(document: Document, source: ValueSource) -> Iterator[_Located]:
    for place, value, line, block in lines.in_lines(document.blocks):
        where = f"{block.locator.page}쪽" if block.locator.page is not None else "본문"
        quote = truncate(line, _QUOTE_CHARS)
        proposal = Proposal(
            place=place, value=value, source=replace(source, where=where, quote=quote)
        )
        yield proposal, ValuePlace(block=block.locator.ordinal, quote=line)


def _from_cell(sheet: Sheet, found: Found, source: ValueSource, block: Block) -> Iterator[_Located]:
    if not found.value:
        return
    row = sheet.edge if found.row < 0 else sheet.rows[found.row]
    quote = truncate(normalise(row[found.column]), _QUOTE_CHARS)
    where = sheet.where(found.row, found.column, found.label)
    proposal = Proposal(
        place=found.place, value=found.value, source=replace(source, where=where, quote=quote)
    )
    yield (
        proposal,
        ValuePlace(
            block=block.locator.ordinal,
            quote=row[found.column],
            row=max(found.row, -1) + sheet.above,
            column=found.column,
        ),
    )


def _from_phrases(block: Block, name: str, source: ValueSource) -> Iterator[_Located]:
    for place, value, said in phrases.in_phrases(block.text):
        page = "" if block.locator.page is None else f"{block.locator.page}쪽"
        where = " · ".join(filter(None, (page, name))) or "본문"
        proposal = Proposal(
            place=place, value=value, source=replace(source, where=where, quote=said)
        )
        yield proposal, ValuePlace(block=block.locator.ordinal, quote=said)


def _budget(
    document: Document, read: tuple[Proposal, ...], source: ValueSource
) -> Iterator[Proposal]:
    """Propose who bears the pilot's own cost, for each of its lines or for the sum alone."""
    told = ((phrases.payer(block.text), block) for block in document.blocks)
    payer, block = next(((found, block) for found, block in told if found), (None, None))
    if payer is None or block is None:
        return
    lines = [each for each in read if _COST_LINE.fullmatch(each.place)]
    if not lines:
        cost = next((each for each in read if each.place == "plan.pilot_cost_won"), None)
        if cost is None:
            return
        lines = [replace(cost, place="plan.costs[1].name", value=label(cost.place))]
        yield from (lines[0], replace(cost, place="plan.costs[1].amount_won"))
    where = f"{block.locator.page}쪽" if block.locator.page is not None else "본문"
    for line in lines:
        place = line.place.replace(".name", ".payer")
        yield Proposal(
            place=place, value=payer[0], source=replace(source, where=where, quote=payer[1])
        )


def _survey_name(document: Document, source: ValueSource) -> Iterator[_Located]:
    """Propose the title of a file that holds a survey as the name of the survey."""
    stem = squeeze(source.file_name.rpartition(".")[0])
    is_survey = any(
        answers.is_survey(sheet) or answers.is_answers(sheet)
        for block in document.blocks
        if block.kind is BlockKind.TABLE
        for sheet in sheets_of(block, "")
    )
    if is_survey and document.title and squeeze(document.title) != stem:
        title = normalise(document.title)
        where = replace(source, where="제목", quote=title)
        said = next((block for block in document.blocks if normalise(block.text) == title), None)
        place = ValuePlace(block=said.locator.ordinal, quote=said.text) if said else None
        yield Proposal(place="surveys[1].name", value=title, source=where), place


def choices(record: PilotRecord, proposals: Iterable[StoredProposal]) -> tuple[ValueChoice, ...]:
    """Return what files say about each place, with what the record says now.

    A value without a source is what a record begins with, and nobody said it.
    """
    by_place: dict[str, dict[str, list[StoredProposal]]] = {}
    for each in proposals:
        options = by_place.setdefault(each.proposal.place, {})
        said = _spelling(each.proposal.value, options)
        options.setdefault(said, []).append(each)
    return tuple(
        _choice(get(record, place) if place in record.sources else None, place, told)
        for place, told in by_place.items()
    )


def _choice(current: str | None, place: str, told: dict[str, list[StoredProposal]]) -> ValueChoice:
    differs = current is not None and any(not is_same(current, value) for value in told)
    options = tuple(ValueOption(value=each, proposals=tuple(held)) for each, held in told.items())
    return ValueChoice(place=place, current=current, options=options, differs=differs)


def _spelling(value: str, options: Iterable[str]) -> str:
    """Return how an equal value is already written: 99.4 is 99.40, and nothing else is equal."""
    return next((held for held in options if is_same(held, value)), value)


def is_same(one: str | None, other: str | None) -> bool:
    """Tell whether two written forms are one value; a sheet drops the last zeros of a number.

    >>> is_same("99.40", "99.4"), is_same("1.0판", "1판"), is_same(None, "0")
    (True, False, False)
    """
    if one == other or one is None or other is None:
        return one == other
    if _NUMERAL.fullmatch(one) and _NUMERAL.fullmatch(other):
        return Decimal(one) == Decimal(other)
    return False
