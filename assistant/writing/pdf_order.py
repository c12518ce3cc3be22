"""Puts the text of a page into reading order where typst draws it in another one.

typst draws a cell that spans rows when it comes to the last of them, so that its text would be read
out after that of later cells. The structure of the document names the order that is meant; a page
draws each stretch of text on its own, so that stretches can change places without any change to the
picture.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from assistant.writing.pdf_objects import Edit, edited

_STRETCH = re.compile(rb"/(?:Artifact|[A-Z]\w*)\s*<<(?:[^<>]|<<[^<>]*>>)*>>\s*BDC\n?")
_MARK = re.compile(rb"/MCID (\d+)")
_STREAM = re.compile(rb"\d+ \d+ obj\s*<<([^>]*)>>\s*stream\r?\n")
_NESTED = re.compile(rb"\bBDC\b|\bBMC\b|\bEMC\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A part of a page's drawing: `mark` is its number in the structure, None for decoration."""

    drawing: bytes
    mark: int | None

    @property
    def is_backdrop(self) -> bool:
        """Whether it is a line or a surface, which everything else is drawn upon."""
        return self.mark is None and b"\nBT" not in self.drawing


def in_reading_order(pdf: bytes) -> bytes:
    """Return the file with each page drawn in the order of the document's structure."""
    reader = PdfReader(BytesIO(pdf))
    order = _meant_order(reader)
    edits = []
    for page in reader.pages:
        place = page.indirect_reference
        contents = page.raw_get("/Contents")
        if place is None or not isinstance(contents, IndirectObject):
            continue
        found = _reordered(pdf, reader, contents, order.get(place.idnum, []))
        if found is not None:
            edits.append(found)
    return edited(pdf, edits) if edits else pdf


def _meant_order(reader: PdfReader) -> dict[int, list[int]]:
    """Return the marks of each page, by the page's object number, as the structure orders them."""
    found: dict[int, list[int]] = defaultdict(list)
    root = reader.root_object["/StructTreeRoot"]
    waiting: list[tuple[PdfObject | None, int]] = [(root, 0)]
    while waiting:
        node, page = waiting.pop()
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, int):
            found[page].append(int(node))
        elif isinstance(node, ArrayObject):
            waiting += [(child, page) for child in reversed(node)]
        elif isinstance(node, DictionaryObject):
            page = node.raw_get("/Pg").idnum if "/Pg" in node else page
            if "/MCID" in node:
                waiting.append((node["/MCID"], page))
            elif "/K" in node:
                waiting.append((node.raw_get("/K"), page))
    return found


def _reordered(
    pdf: bytes, reader: PdfReader, contents: IndirectObject, meant: list[int]
) -> Edit | None:
    start = reader.xref[contents.generation][contents.idnum]
    head = _STREAM.match(pdf, start)
    length = re.search(rb"/Length (\d+)", head[1]) if head else None
    if head is None or length is None or b"/FlateDecode" not in head[1]:
        raise ValueError("a page is not laid out as expected")
    end = head.end() + int(length[1])
    drawing = zlib.decompress(pdf[head.end() : end])
    lead, stretches, rest = _parted(drawing)
    place = {mark: index for index, mark in enumerate(meant)}
    marks = [place.get(s.mark, -1) for s in stretches if s.mark is not None]
    if -1 in marks or marks == sorted(marks):
        return None
    packed = zlib.compress(lead + b"".join(_sorted(stretches, place)) + rest)
    words = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head[1])
    new = pdf[start : head.start(1)] + words + pdf[head.end(1) : head.end()] + packed
    return Edit(start=start, end=end, new=new)


def _sorted(stretches: list[_Stretch], place: dict[int, int]) -> Iterator[bytes]:
    """Yield lines and surfaces first, then the text; what has no mark keeps its place."""
    yield from (s.drawing for s in stretches if s.is_backdrop)
    marked = iter(
        sorted((s for s in stretches if s.mark is not None), key=lambda s: place[s.mark or 0])
    )
    for stretch in stretches:
        if stretch.mark is not None:
            yield next(marked).drawing
        elif not stretch.is_backdrop:
            yield stretch.drawing


def _parted(drawing: bytes) -> tuple[bytes, list[_Stretch], bytes]:
    """Part a page's drawing into what precedes the stretches, the stretches, and what follows."""
    first = _STRETCH.search(drawing)
    if first is None:
        return drawing, [], b""
    at = first.start()
    stretches = []
    while (head := _STRETCH.match(drawing, at)) is not None:
        end = _end(drawing, head.end())
        mark = _MARK.search(head[0])
        stretches.append(
            _Stretch(drawing=drawing[at:end] + b"\n", mark=int(mark[1]) if mark else None)
        )
        at = end
        while drawing[at : at + 1] in (b"\n", b" "):
            at += 1
    return drawing[: first.start()], stretches, drawing[at:]


def _end(drawing: bytes, at: int) -> int:
    """Return where the stretch that is open at `at` has ended."""
    depth = 1
    for found in _NESTED.finditer(drawing, at):
        depth += -1 if found[0] == b"EMC" else 1
        if depth == 0:
            return found.end()
    raise ValueError("a stretch of a page has no end")
