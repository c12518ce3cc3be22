"""The document model of dochan turned into our parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dochan.model.document import Paragraph  # type: ignore[import-untyped]  # no stubs
from dochan.model.equation import Equation  # type: ignore[import-untyped]  # no stubs
from dochan.model.header_footer import Footnote, HeaderFooter  # type: ignore[import-untyped]
from dochan.model.image import Image  # type: ignore[import-untyped]  # no stubs
from dochan.model.table import Table  # type: ignore[import-untyped]  # no stubs
from dochan.utils.heading_font import heading_level_from_style_name  # type: ignore[import-untyped]

from assistant.domain import Aside, AsideKind
from assistant.errors import DocumentUnreadableError
from assistant.reading.hwp_parts import Grid, GridCell, Note, Para, Part, Running

_BOOKMARK = re.compile(r"\[bookmark: [^\]\r\n]+\] ")
_CLAIMS_PER_PLACE = 4
_CLAIMS_ALLOWED = 1_000


class Turn:
    """One pass over a document of the library."""

    def __init__(self, document: Any, *, has_addresses: bool) -> None:
        self.asides: list[Aside] = []
        self._document = document
        self._has_addresses = has_addresses
        self._styled = {
            index
            for index, style in enumerate(document.styles)
            if heading_level_from_style_name(style.name)
        }
        self._outline = {
            index for index, shape in enumerate(document.para_shapes) if shape.heading_type == 1
        }

    def document(self) -> tuple[Part, ...]:
        """Return the parts of all sections."""
        return tuple(
            part for section in self._document.sections for part in self._parts(section.elements)
        )

    def _parts(self, elements: Iterable[Any]) -> Iterator[Part]:
        for element in elements:
            if isinstance(element, Paragraph):
                yield from self._paragraph(element)
            elif isinstance(element, Table) and element.rows:
                yield self._grid(element)
            else:
                yield from self._other(element)

    def _other(self, element: Any) -> Iterator[Part]:
        if isinstance(element, Footnote):
            yield from self._note(element)
        elif isinstance(element, HeaderFooter):
            yield Running(parts=tuple(self._parts(element.paragraphs)))
        elif isinstance(element, Equation):
            yield Para(text=element.latex)
        elif isinstance(element, Image):
            yield from self._parts(element.caption)

    def _paragraph(self, paragraph: Any) -> Iterator[Para]:
        if getattr(paragraph, "is_hidden", False):
            self.asides.append(Aside(kind=AsideKind.HIDDEN, text=paragraph.text))
            return
        runs = (run for run in paragraph.runs if not _BOOKMARK.fullmatch(run.text))
        yield Para(
            text="".join(run.text for run in runs),
            level=paragraph.heading_level,
            marker=getattr(paragraph, "marker", ""),
            is_styled=paragraph.style_id in self._styled
            or paragraph.para_shape_id in self._outline,
        )

    def _note(self, note: Any) -> Iterator[Note]:
        parts = tuple(self._parts(note.paragraphs))
        if note.type != "comment":
            yield Note(number=note.number, parts=parts)
            return
        text = "\n".join(part.text for part in parts if isinstance(part, Para))
        kind = AsideKind.MEMO if getattr(note, "is_memo", False) else AsideKind.HIDDEN
        self.asides.append(Aside(kind=kind, text=text))

    def _grid(self, table: Any) -> Grid:
        rows = table.rows
        if self._has_addresses and all(cell.row is None for row in rows for cell in row):
            starting = [list(row) for row in rows]  # no addresses: only cells that are there
        else:
            starting = self._starting(rows)
        return Grid(
            rows=tuple(tuple(map(self._cell, row)) for row in starting),
            caption=" ".join(
                part.text for part in self._parts(table.caption) if isinstance(part, Para)
            ),
        )

    def _cell(self, cell: Any) -> GridCell:
        return GridCell(
            parts=tuple(self._parts(cell.paragraphs)),
            row_span=max(cell.row_span, 1),
            col_span=max(cell.col_span, 1),
            is_header=getattr(cell, "is_header", False),
        )

    def _starting(self, rows: list[list[Any]]) -> list[list[Any]]:
        """Leave out the empty cells that merged ones cover."""
        cells = [cell for row in rows for cell in row]
        if overlaps(sum(cell.row_span * cell.col_span for cell in cells), len(cells)):
            raise DocumentUnreadableError(reason="hostile")
        taken: set[tuple[int, int]] = set()
        starting: list[list[Any]] = []
        for top, row in enumerate(rows):
            kept = []
            for left, cell in enumerate(row):
                is_covered = cell.is_merged_away or (top, left) in taken
                if is_covered and not cell.paragraphs:
                    continue
                kept.append(cell)
                if cell.row_span > 1 or cell.col_span > 1:
                    taken.update(_places(top, left, cell))
            starting.append(kept)
        return starting


def _places(top: int, left: int, cell: Any) -> Iterator[tuple[int, int]]:
    for down in range(cell.row_span):
        for right in range(cell.col_span):
            if down or right:
                yield top + down, left + right


def overlaps(claimed: int, places: int) -> bool:
    """Return whether cells claim many times the places there are.

    >>> overlaps(12, 9), overlaps(40_000, 900)
    (False, True)
    """
    return claimed > _CLAIMS_PER_PLACE * places + _CLAIMS_ALLOWED
