"""`Contents/section0.xml`: the page, the title, the blocks in order and the sources."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from assistant.domain import Draft, Heading, Note, PageBreak, Paragraph, Picture, Table
from assistant.writing.hwpx_head import OUTLINE_SHAPE, Head
from assistant.writing.hwpx_looks import NO_BOX, Char, Looks, Para, Style, em_width
from assistant.writing.hwpx_picture import Album, add_picture, shown_size
from assistant.writing.hwpx_table import add_table, measured
from assistant.writing.hwpx_text import Stretch, add_paragraph, stretches
from assistant.writing.hwpx_xml import add, mm, root, serialised
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    ai_line,
    citation,
    numbered,
    source_text,
)

PAGE = mm(210), mm(297)
SIDE, TOP, BOTTOM, EDGE = mm(20), mm(12), mm(10), mm(12)
LINE_WIDTH = PAGE[0] - 2 * SIDE
PICTURE_HEIGHT = mm(190)
_ANCHOR = Char(size=5.0)


class Body:
    """Writes the section of a draft, block after block."""

    def __init__(self, looks: Looks, head: Head, album: Album) -> None:
        self._looks = looks
        self._head = head
        self._album = album
        self._section = root("hs:sec")
        self._starts_page = False
        self._objects = 0

    def part(self, draft: Draft) -> bytes:
        """Return the section part of the draft."""
        looks = self._looks
        mark = ai_line(draft)
        if mark:
            self._add(looks.draft_line, mark)
        if draft.title:
            self._add(looks.title, draft.title)
        for item in numbered(draft):
            self._add_block(item)
        if draft.sources:
            self._add(looks.sources_heading, SOURCES_HEADING)
        for source in draft.sources:
            self._add_marked(looks.source, citation(source.number), source_text(source))
        if not len(self._section):
            self._add(looks.body, "")
        _set_page(self._section[0], self._head)
        return serialised(self._section)

    def _add_block(self, item: NumberedBlock) -> None:
        block = item.block
        if isinstance(block, PageBreak):
            self._starts_page = True
        elif isinstance(block, Table):
            self._add_table(block, item.caption)
        elif isinstance(block, Picture):
            self._add_picture(block, item.caption)
        else:
            self._add_text(block, item.marker)

    def _add_text(self, block: Heading | Paragraph | Note, marker: str) -> None:
        style = self._style(block)
        para = _hung(style, marker)
        if isinstance(block, Paragraph) and block.align != "left":
            para = replace(para, align="CENTER" if block.align == "center" else "RIGHT")
        self._paragraph(style, stretches(block.runs, style.char, marker=marker), para=para)

    def _style(self, block: Heading | Paragraph | Note) -> Style:
        looks = self._looks
        if isinstance(block, Heading):
            return looks.headings[min(max(block.level, 1), len(looks.headings)) - 1]
        if isinstance(block, Note):
            return looks.note
        if block.depth < 1:
            return looks.body
        return looks.items[min(block.depth, len(looks.items)) - 1]

    def _add(self, style: Style, text: str) -> None:
        self._paragraph(style, [Stretch(text=text, char=style.char)] if text else [])

    def _add_marked(self, style: Style, marker: str, text: str) -> None:
        parts = [Stretch(text=f"{marker} {text}", char=style.char)]
        self._paragraph(style, parts, para=_hung(style, marker))

    def _add_table(self, table: Table, caption: str) -> None:
        """Anchor the table in a low paragraph: one set like a letter could not break over pages."""
        looks, head = self._looks, self._head
        sheet = measured(table, looks, width=LINE_WIDTH)
        if sheet is None:
            if caption:
                self._add(looks.table_caption, caption)
            return
        anchor = self._anchor(looks.base)
        run = add(anchor, "hp:run", {"charPrIDRef": head.char(_ANCHOR)})
        self._objects += 1
        add_table(run, sheet, looks, head, number=self._objects, caption=caption)
        add(run, "hp:t")

    def _anchor(self, style: Style) -> etree._Element:
        para = Para(line_percent=100, before=4.0, after=6.0)
        paragraph = self._paragraph(style, [], para=para)
        for run in list(paragraph):
            paragraph.remove(run)
        return paragraph

    def _add_picture(self, picture: Picture, caption: str) -> None:
        looks = self._looks
        image = self._album.take(picture.data)
        if image is None:
            self._add(looks.picture, f"[그림: {picture.alt}]")
        else:
            limits = LINE_WIDTH, PICTURE_HEIGHT
            size = shown_size(image, width_mm=picture.width_mm, limits=limits)
            para = replace(looks.picture.para, keeps_with_next=bool(caption))
            run = self._paragraph(looks.picture, [], para=para)[0]
            self._objects += 1
            add_picture(run, image, size=size, number=self._objects, alt=picture.alt)
            add(run, "hp:t")
        if caption:
            self._add(looks.picture_caption, caption)

    def _paragraph(
        self, style: Style, parts: list[Stretch], *, para: Para | None = None
    ) -> etree._Element:
        starts_page, self._starts_page = self._starts_page, False
        return add_paragraph(
            self._section, self._head, style, parts, para=para, starts_page=starts_page
        )


def _hung(style: Style, marker: str) -> Para:
    """Return the paragraph shape with wrapped lines under the first letter after the marker."""
    if not marker:
        return style.para
    hanging = round(em_width(f"{marker} ") * style.char.size, 1)
    return replace(style.para, hanging=hanging)


def _set_page(first: etree._Element, head: Head) -> None:
    """Put A4, margins and the page number into the first run of the first paragraph."""
    run = first.makeelement(first[0].tag, {"charPrIDRef": first[0].get("charPrIDRef", "0")})
    first.insert(0, run)
    attributes: dict[str, str | int] = {
        "id": "",
        "textDirection": "HORIZONTAL",
        "spaceColumns": 1134,
        "tabStop": 8000,
        "outlineShapeIDRef": OUTLINE_SHAPE,
        "memoShapeIDRef": 0,
        "textVerticalWidthHead": 0,
        "masterPageCnt": 0,
    }
    section = add(run, "hp:secPr", attributes)
    add(section, "hp:grid", {"lineGrid": 0, "charGrid": 0, "wonggojiFormat": 0})
    counts = dict.fromkeys(("page", "pic", "tbl", "equation"), 0)
    add(section, "hp:startNum", {"pageStartsOn": "BOTH", **counts})
    _add_visibility(section)
    _add_paper(section)
    _add_note_shapes(section)
    _add_page_borders(section, head)
    columns: dict[str, str | int] = {"id": "", "type": "NEWSPAPER", "layout": "LEFT", "colCount": 1}
    add(add(run, "hp:ctrl"), "hp:colPr", {**columns, "sameSz": 1, "sameGap": 0})
    place = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"}
    add(add(run, "hp:ctrl"), "hp:pageNum", place)


def _add_visibility(section: etree._Element) -> None:
    hidden = ("hideFirstHeader", "hideFirstFooter", "hideFirstMasterPage")
    attributes: dict[str, str | int] = {
        **dict.fromkeys(hidden, 0),
        "border": "SHOW_ALL",
        "fill": "SHOW_ALL",
        **dict.fromkeys(("hideFirstPageNum", "hideFirstEmptyLine", "showLineNumber"), 0),
    }
    add(section, "hp:visibility", attributes)
    lines = dict.fromkeys(("restartType", "countBy", "distance", "startNumber"), 0)
    add(section, "hp:lineNumberShape", lines)


def _add_paper(section: etree._Element) -> None:
    paper: dict[str, str | int] = {"landscape": "WIDELY", "width": PAGE[0], "height": PAGE[1]}
    element = add(section, "hp:pagePr", {**paper, "gutterType": "LEFT_ONLY"})
    edges = {"header": EDGE, "footer": EDGE, "gutter": 0}
    sides = {"left": SIDE, "right": SIDE, "top": TOP, "bottom": BOTTOM}
    add(element, "hp:margin", {**edges, **sides})


def _add_note_shapes(section: etree._Element) -> None:
    for name, length, place in (
        ("footNotePr", -1, "EACH_COLUMN"),
        ("endNotePr", 14692344, "END_OF_DOCUMENT"),
    ):
        shape = add(section, f"hp:{name}")
        form: dict[str, str | int] = {"type": "DIGIT", "userChar": "", "prefixChar": ""}
        add(shape, "hp:autoNumFormat", {**form, "suffixChar": ")", "supscript": 0})
        line: dict[str, str | int] = {"length": length, "type": "SOLID", "width": "0.12 mm"}
        add(shape, "hp:noteLine", {**line, "color": "#000000"})
        add(shape, "hp:noteSpacing", {"betweenNotes": 283, "belowLine": 567, "aboveLine": 850})
        add(shape, "hp:numbering", {"type": "CONTINUOUS", "newNum": 1})
        add(shape, "hp:placement", {"place": place, "beneathText": 0})


def _add_page_borders(section: etree._Element, head: Head) -> None:
    for kind in ("BOTH", "EVEN", "ODD"):
        attributes: dict[str, str | int] = {
            "type": kind,
            "borderFillIDRef": head.box(NO_BOX),
            "textBorder": "PAPER",
            "headerInside": 0,
            "footerInside": 0,
            "fillArea": "PAPER",
        }
        border = add(section, "hp:pageBorderFill", attributes)
        add(border, "hp:offset", dict.fromkeys(("left", "right", "top", "bottom"), 1417))
