"""Finds the tags of a part and puts a marker where each has its effect.

A tag may be split over runs; what it says decides what its marker moves with: a value stays in the
text, a condition inside a paragraph stands between runs, `{%p %}` takes the place of its paragraph
and `{%tr %}` that of its table row.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import lxml.etree

from assistant.errors import DocumentUnreadableError
from assistant.filling.dialect import Dialect, runs_of, words_around
from assistant.filling.package import Element
from assistant.filling.report import Fault, Place
from assistant.filling.tags import (
    BREAK,
    CLOSERS,
    OPENERS,
    FaultyTagError,
    Level,
    Span,
    Tag,
    Word,
    find_tags,
    may_hold_tags,
    read_tag,
)

FIELD = "{urn:gongmun:filling}field"
BLOCK = "{urn:gongmun:filling}block"
MAX_TAGS = 5_000
MAX_FAULTS = 100
_NUMBER = "n"


@dataclass(frozen=True, slots=True)
class PlacedTag:
    """A tag and where it stands."""

    tag: Tag
    place: Place


class Marked:
    """The tags and faults of all parts of a template; a marker carries the number of its tag."""

    def __init__(self) -> None:
        self.tags: list[PlacedTag] = []
        self.faults: list[Fault] = []

    def of(self, marker: Element) -> PlacedTag:
        """Return the tag for which a marker stands."""
        return self.tags[int(marker.get(_NUMBER, "0"))]

    def fault(self, code: str, message: str, place: Place) -> None:
        """Keep a fault, each once, and only as many as an author can use."""
        found = Fault(code=code, message=message, place=place)
        if len(self.faults) < MAX_FAULTS and found not in self.faults:
            self.faults.append(found)


@dataclass(slots=True)
class _Slot:
    """A stretch of a paragraph's text: the text or the tail of an element, or what interrupts."""

    owner: Element
    is_tail: bool
    text: str
    is_fixed: bool = False
    start: int = 0

    def write(self, text: str) -> None:
        self.text = text
        if self.is_tail:
            self.owner.tail = text or None
        else:
            self.owner.text = text or None


def _start(place: _Slot | Span) -> int:
    return place.start


def mark(root: Element, dialect: Dialect, part: str, found: Marked) -> bool:
    """Replace the tags under `root` by markers; return whether there were any.

    Raises:
        DocumentUnreadableError: `hostile` when the part brings markers of its own.
    """
    if next(root.iter(FIELD, BLOCK), None) is not None:
        raise DocumentUnreadableError(reason="hostile")
    dialect.prepare(root)
    tables = {table: number for number, table in enumerate(root.iter(dialect.table), start=1)}
    marker = _Marker(dialect, part, found, tables)
    for paragraph in list(root.iter(dialect.paragraph)):
        marker.mark_paragraph(paragraph)
    blocks = list(root.iter(BLOCK))
    marker.settle(blocks, Level.ROW, dialect.row)
    marker.settle(blocks, Level.PARAGRAPH, dialect.paragraph)
    for block in reversed(blocks):  # the last first, so that nothing is moved twice
        if found.of(block).tag.level is Level.TEXT:
            marker.lift(block)
    return marker.is_changed


class _Marker:
    """Marks one part."""

    def __init__(
        self, dialect: Dialect, part: str, found: Marked, tables: dict[Element, int]
    ) -> None:
        self._dialect = dialect
        self._part = part
        self._found = found
        self._tables = tables
        self.is_changed = False

    # -- from text to markers -----------------------------------------------------------------

    def mark_paragraph(self, paragraph: Element) -> None:
        slots = self._placed_slots(paragraph)
        text = "".join(slot.text for slot in slots)
        if not may_hold_tags(text):
            return
        place = self._place(paragraph)
        spans, strays = find_tags(text)
        if self._free_spaces(slots, spans):
            slots = self._placed_slots(paragraph)
        for stray in strays:
            self._found.fault("unclosed", f"{stray.text}: 태그의 괄호가 짝이 맞지 않습니다.", place)
        numbered = [(span, self._read(span, place)) for span in spans]
        for span, tag in reversed(numbered):
            if tag is not None and BREAK not in span.text:
                self._exchange(slots, span, tag)
                self.is_changed = True

    def _read(self, span: Span, place: Place) -> int | None:
        """Return the number under which a tag is kept; -1 for one that only goes away."""
        try:
            tag = read_tag(span.text)
        except FaultyTagError as error:
            self._found.fault(error.code, str(error).replace(BREAK, " "), place)
            return None
        if tag.word is Word.COMMENT:
            return -1
        if len(self._found.tags) >= MAX_TAGS:
            raise DocumentUnreadableError(reason="hostile")
        self._found.tags.append(PlacedTag(tag, place))
        return len(self._found.tags) - 1

    def _placed_slots(self, paragraph: Element) -> list[_Slot]:
        slots = list(self._slots(paragraph))
        starts = accumulate((len(slot.text) for slot in slots), initial=0)
        for slot, start in zip(slots, starts, strict=False):
            slot.start = start
        return slots

    def _slots(self, paragraph: Element) -> Iterator[_Slot]:
        for run in runs_of(paragraph, self._dialect):
            for child in run:
                if child.tag == self._dialect.text:
                    yield from self._text_slots(child)
                elif child.tag not in self._dialect.silent:
                    yield _Slot(child, False, BREAK, is_fixed=True)

    def _text_slots(self, text: Element) -> Iterator[_Slot]:
        yield _Slot(text, False, text.text or "")
        for child in text:
            if child.tag in self._dialect.spaces:
                yield _Slot(child, False, " ", is_fixed=True)
            elif child.tag not in self._dialect.silent:
                yield _Slot(child, False, BREAK, is_fixed=True)
            yield _Slot(child, True, child.tail or "")

    def _free_spaces(self, slots: list[_Slot], spans: list[Span]) -> bool:
        """Turn elements that stand for a space inside a tag into plain spaces."""
        freed = [
            slot
            for slot in slots
            if slot.is_fixed
            and slot.text == " "
            and (at := bisect_right(spans, slot.start, key=_start))
            and slot.start < spans[at - 1].end
        ]
        for slot in freed:
            _unwrap(slot.owner, " ")
        return bool(freed)

    def _exchange(self, slots: list[_Slot], span: Span, number: int) -> None:
        """Put a marker where a tag begins and take its text out of all slots it runs over.

        Called from the last tag to the first, so that what stands before keeps its positions.
        """
        home: Element | None = None
        at = max(bisect_right(slots, span.start, key=_start) - 1, 0)
        while at < len(slots) and slots[at].start < span.end:
            slot = slots[at]
            at += 1
            begin, end = max(span.start - slot.start, 0), span.end - slot.start
            if slot.is_fixed or begin >= len(slot.text):
                continue
            before, after = slot.text[:begin], slot.text[end:]
            if home is None and number >= 0:
                slot.write(before)
                home = self._insert(slot, number, after)
            else:
                slot.write(before + after)

    def _insert(self, slot: _Slot, number: int, after: str) -> Element:
        word = self._found.tags[number].tag.word
        marker = lxml.etree.Element(FIELD if word is Word.FIELD else BLOCK)
        marker.set(_NUMBER, str(number))
        marker.tail = after or None
        parent = slot.owner.getparent()
        if slot.is_tail and parent is not None:
            parent.insert(parent.index(slot.owner) + 1, marker)
        else:
            slot.owner.insert(0, marker)
        return marker

    # -- from the text to where they have effect ------------------------------------------------

    def settle(self, blocks: list[Element], level: Level, unit_name: str) -> None:
        """Move the markers of this level beside the rows or paragraphs in which they were typed."""
        units: dict[Element, list[Element]] = {}
        for block in blocks:
            placed = self._found.of(block)
            if placed.tag.level is not level:
                continue
            unit = next(block.iterancestors(unit_name), None)
            _unwrap(block)
            if unit is not None:
                units.setdefault(unit, []).append(block)
            else:
                self._found.fault(
                    "outside_table",
                    f"{placed.tag.text}: 표의 줄에 적는 태그입니다. "
                    "표 밖에서는 {%p … %}를 쓰십시오.",
                    placed.place,
                )
        for unit, inside in units.items():
            if self._has_content(unit):
                self._surround(unit, inside)
            else:
                self._replace(unit, inside)

    def _surround(self, unit: Element, blocks: list[Element]) -> None:
        last = unit
        for block in blocks:
            placed = self._found.of(block)
            self._keep_shell(unit, block)
            if placed.tag.word in OPENERS:
                unit.addprevious(block)
            elif placed.tag.word in CLOSERS:
                last.addnext(block)
                last = block
            else:
                self._found.fault(
                    "not_alone",
                    f"{placed.tag.text}: 이 태그는 다른 글 없이 따로 한 줄에 두십시오.",
                    placed.place,
                )

    def _replace(self, unit: Element, blocks: list[Element]) -> None:
        place = self._found.of(blocks[0]).place
        for message in self._dialect.removal_faults(unit):
            self._found.fault("merged_cell", message, place)
        last = unit
        for block in blocks:
            self._keep_shell(unit, block)
            last.addnext(block)
            last = block
        if next(unit.iter(self._dialect.settings), None) is None:
            _unwrap(unit)

    def _keep_shell(self, unit: Element, block: Element) -> None:
        """Keep an empty copy of a paragraph, for a cell that would be left without any."""
        if unit.tag == self._dialect.paragraph:
            block.append(self._dialect.blank(unit))

    def _has_content(self, unit: Element) -> bool:
        dialect = self._dialect
        if next(unit.iter(FIELD, BLOCK, dialect.table), None) is not None:
            return True
        if any("".join(text.itertext()).strip() for text in unit.iter(dialect.text)):
            return True
        return any(
            child.tag != dialect.text and child.tag not in dialect.silent
            for run in unit.iter(dialect.run)
            for child in run
        )

    def lift(self, block: Element) -> None:
        """Split text and run at a marker, so that it stands between runs."""
        text = block.getparent()
        run = text.getparent() if text is not None else None
        if text is None or run is None:
            return
        rest_text = lxml.etree.Element(text.tag, dict(text.attrib))
        rest_text.text, block.tail = block.tail, None
        rest_text.extend(list(block.itersiblings()))
        rest = lxml.etree.Element(run.tag, dict(run.attrib))
        if self._dialect.run_style and (style := run.find(self._dialect.run_style)) is not None:
            rest.append(copy.deepcopy(style))
        following = list(text.itersiblings())
        rest.append(rest_text)
        rest.extend(following)
        run.addnext(block)
        block.addnext(rest)

    # -- where it stands ----------------------------------------------------------------------

    def _place(self, paragraph: Element) -> Place:
        dialect = self._dialect
        frames = (dialect.frames.get(str(a.tag)) for a in paragraph.iterancestors())
        part = next((words for words in frames if words), self._part)
        nearby = words_around(paragraph, dialect)
        cell = next(paragraph.iterancestors(dialect.cell), None)
        row = next(paragraph.iterancestors(dialect.row), None)
        table = next(paragraph.iterancestors(dialect.table), None)
        if cell is None or row is None or table is None:
            return Place(part=part, nearby=nearby)
        return Place(
            part=part,
            nearby=nearby,
            table=self._tables.get(table),
            row=sum(1 for _ in row.itersiblings(dialect.row, preceding=True)) + 1,
            cell=sum(1 for _ in cell.itersiblings(dialect.cell, preceding=True)) + 1,
        )


def _unwrap(element: Element, text: str = "") -> None:
    """Take an element out, with `text` in its place; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    left = text + (element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + left or None
    else:
        parent.text = (parent.text or "") + left or None
    element.tail = None
    parent.remove(element)
