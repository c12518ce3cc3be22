"""The body of a DOCX: paragraphs, tables, pictures and the closing section of sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.domain import Draft, Heading, Note, PageBreak, Paragraph, Picture, Runs, Table
from assistant.writing.docx_numbering import Lists
from assistant.writing.docx_styles import CITATION_STYLE, LOOKS, OPEN_STYLE
from assistant.writing.docx_xml import field, part, run, w
from assistant.writing.grid import Grid, PlacedCell, laid_out
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    Piece,
    ai_line,
    citation,
    numbered,
    pieces,
    source_text,
)
from assistant.writing.pictures import PictureShape, picture_shape

_MM = 1440 / 25.4  # twips
_EMU = 36_000  # per millimetre
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MM, BOTTOM_MM, SIDE_MM = 20, 15, 20
LINE_MM = PAGE_WIDTH_MM - 2 * SIDE_MM
_TALLEST_MM = 220.0
_HEAD_FILL = "EEF1F5"
_NOT_NUMBERED = w("numPr", w("ilvl", val=0), w("numId", val=0))


class Body:
    """The body under construction, with the pictures and lists that it needs."""

    def __init__(self, draft: Draft) -> None:
        self.lists = Lists(draft.style, LOOKS[draft.style])
        self.pictures: list[tuple[str, bytes]] = []
        self._draft = draft
        self._is_page_due = False

    def part(self, footer: str) -> bytes:
        """Return the part; `footer` is the relation of the footer with the page number."""
        elements = [*self._opening(), *self._blocks(), *self._sources(), _section(footer)]
        return part("document", w("body", *elements))

    def _opening(self) -> Iterator[str]:
        line = ai_line(self._draft)
        if line:
            yield self._paragraph("AIStatement", run(line))
        if self._draft.title:
            yield self._paragraph("Title", run(self._draft.title))

    def _blocks(self) -> Iterator[str]:
        for found in numbered(self._draft):
            block = found.block
            if isinstance(block, Heading | Paragraph | Note):
                yield self._text(block, found.marker)
            elif isinstance(block, Table):
                yield from self._table(block, found)
            elif isinstance(block, Picture):
                yield from self._picture(block, found)
            elif isinstance(block, PageBreak):
                self._is_page_due = True

    def _sources(self) -> Iterator[str]:
        if not self._draft.sources:
            return
        yield self._paragraph("Heading1", run(SOURCES_HEADING), numbering=_NOT_NUMBERED)
        for place, source in enumerate(self._draft.sources):
            mark = w("bookmarkStart", id=place, name=_anchor(source.number))
            text = run(f"{citation(source.number)} {source_text(source)}")
            yield self._paragraph("Source", mark, text, w("bookmarkEnd", id=place))

    def _text(self, block: Heading | Paragraph | Note, marker: str) -> str:
        if isinstance(block, Note):
            lead = run(f"{marker} ") if marker else ""
            return self._paragraph("Note", lead, *_inline(block.runs))
        is_heading = isinstance(block, Heading)
        depth = block.level if isinstance(block, Heading) else block.depth
        style = f"Heading{min(max(depth, 1), 9)}" if is_heading else "Normal"
        numbering = ""
        if marker:
            numbering = self.lists.mark(marker, depth=depth, is_heading=is_heading)
            style = style if is_heading else f"Item{min(depth, 8)}"
        align = block.align if isinstance(block, Paragraph) else "left"
        return self._paragraph(style, *_inline(block.runs), numbering=numbering, align=align)

    def _table(self, table: Table, found: NumberedBlock) -> Iterator[str]:
        grid = laid_out(table)
        if found.caption:
            yield self._caption(found, table.caption, keep=True)
        if grid.columns:
            if self._is_page_due:
                yield self._paragraph("TableGap")
            yield _table(grid, table.caption)
            yield self._paragraph("TableGap")

    def _picture(self, picture: Picture, found: NumberedBlock) -> Iterator[str]:
        shape = picture_shape(picture.data)
        keep = w("keepNext") if found.caption else ""
        if shape is None:
            yield self._paragraph("Picture", run(f"[그림: {picture.alt}]"), keep=keep)
        else:
            suffix = "png" if shape.media_type == "image/png" else "jpeg"
            number = len(self.pictures) + 1
            self.pictures.append((f"image{number}.{suffix}", picture.data))
            drawing = w("r", w("drawing", _drawing(picture, shape, number)))
            yield self._paragraph("Picture", drawing, keep=keep)
        if found.caption:
            yield self._caption(found, picture.caption)

    def _caption(self, found: NumberedBlock, caption: str, *, keep: bool = False) -> str:
        """Return a caption whose number Word can count anew and list."""
        kind, _, number = found.label.strip("<>").partition(" ")
        counted = field(f"SEQ {kind} \\* ARABIC", number)
        parts = (run(f"<{kind} "), counted, run(f"> {caption}"))
        return self._paragraph("Caption", *parts, keep=w("keepNext") if keep else "")

    def _paragraph(
        self,
        style: str,
        *content: str,
        numbering: str = "",
        align: str = "left",
        keep: str = "",
    ) -> str:
        page = w("pageBreakBefore") if self._is_page_due else ""
        self._is_page_due = False
        place = w("jc", val=align) if align != "left" else ""
        return w("p", w("pPr", w("pStyle", val=style), keep, page, numbering, place), *content)


def _section(footer: str) -> str:
    side = round(SIDE_MM * _MM)
    return w(
        "sectPr",
        f'<w:footerReference w:type="default" r:id="{footer}"/>',
        w("pgSz", w=round(PAGE_WIDTH_MM * _MM), h=round(PAGE_HEIGHT_MM * _MM)),
        w(
            "pgMar",
            top=round(TOP_MM * _MM),
            right=side,
            bottom=round((BOTTOM_MM + 10) * _MM),
            left=side,
            header=round(10 * _MM),
            footer=round(BOTTOM_MM * _MM),
            gutter=0,
        ),
    )


def footer() -> bytes:
    """Return the footer: the number of the page in the middle."""
    content = (run("- "), field("PAGE", "1"), run(" -"))
    return part("ftr", w("p", w("pPr", w("pStyle", val="Footer")), *content))


def _anchor(number: int) -> str:
    return f"source_{number}"


def _inline(runs: Runs) -> Iterator[str]:
    for piece in pieces(runs):
        yield _piece(piece)


def _piece(piece: Piece) -> str:
    bold = (w("b"), w("bCs")) if piece.is_bold else ()
    if piece.source is not None:
        mark = run(piece.text, w("rStyle", val=CITATION_STYLE))
        return w("hyperlink", mark, anchor=_anchor(piece.source), history=1)
    if piece.is_open:
        return run(piece.text, w("rStyle", val=OPEN_STYLE), *bold)
    return run(piece.text, *bold)


def _table(grid: Grid, caption: str) -> str:
    widths = [max(round(share * LINE_MM * _MM), 1) for share in grid.widths]
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0620", firstRow=int(grid.header_rows > 0), noHBand=1, noVBand=1),
        w("tblCaption", val=caption) if caption else "",
    )
    columns = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, columns, *_rows(grid, widths))


def _rows(grid: Grid, widths: Sequence[int]) -> Iterator[str]:
    covering: dict[int, PlacedCell] = {}  # first column -> merged cell that reaches into the row
    for number, row in enumerate(grid.rows):
        covering = {
            column: placed
            for column, placed in covering.items()
            if placed.row + placed.row_span > number
        }
        cells = dict(covering) | {placed.column: placed for placed in row}
        is_header = number < grid.header_rows
        yield w(
            "tr",
            w("trPr", w("cantSplit"), w("tblHeader") if is_header else ""),
            *(_cell(cells[c], number, widths, is_header=is_header) for c in sorted(cells)),
        )
        covering |= {placed.column: placed for placed in row if placed.row_span > 1}


def _cell(placed: PlacedCell, row: int, widths: Sequence[int], *, is_header: bool) -> str:
    width = sum(widths[placed.column : placed.column + placed.col_span])
    is_first = placed.row == row
    merge = ""
    if placed.row_span > 1:
        merge = w("vMerge", val="restart") if is_first else w("vMerge")
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=placed.col_span) if placed.col_span > 1 else "",
        merge,
        w("shd", val="clear", color="auto", fill=_HEAD_FILL) if is_header else "",
        w("vAlign", val="center"),
    )
    align = w("jc", val=placed.cell.align) if placed.cell.align != "left" else ""
    style = w("pStyle", val="TableHead" if is_header else "TableText")
    content = _inline(placed.cell.runs) if is_first else ()
    return w("tc", properties, w("p", w("pPr", style, align), *content))


def _drawing(picture: Picture, shape: PictureShape, number: int) -> str:
    width = min(max(picture.width_mm, 1.0), float(LINE_MM))
    height = width * shape.height / shape.width
    if height > _TALLEST_MM:
        width, height = width * _TALLEST_MM / height, _TALLEST_MM
    size = f'cx="{max(round(width * _EMU), 1)}" cy="{max(round(height * _EMU), 1)}"'
    alt = escape(picture.alt)
    name = f"그림 {number}"
    return (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{alt}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
