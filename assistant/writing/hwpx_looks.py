"""How a HWPX document looks: fonts, sizes, indents and the named styles of each draft style.

Lengths are points. Official documents and reports follow the customs of Korean offices: a serif
body, a sans-serif for titles and tables, lines at 160 percent, each level two half-width characters
further in, wrapped lines under the first letter of the text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from assistant.domain import DraftStyle

Align = Literal["JUSTIFY", "LEFT", "CENTER", "RIGHT"]
LineKind = Literal["NONE", "SOLID", "DOUBLE_SLIM"]

BATANG, DOTUM = 0, 1
FONTS = (("함초롬바탕", "바탕", "FCAT_MYUNGJO"), ("함초롬돋움", "맑은 고딕", "FCAT_GOTHIC"))
OUTLINE_LEVELS = 7
BLACK, GREY, RED = "#000000", "#5A5F66", "#B00020"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edge of a box."""

    kind: LineKind = "NONE"
    width_mm: str = "0.1"
    color: str = BLACK


THIN = Line(kind="SOLID", width_mm="0.12")
THICK = Line(kind="SOLID", width_mm="0.4")
DOUBLE = Line(kind="DOUBLE_SLIM", width_mm="0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The edges and the ground of a cell or paragraph."""

    left: Line = Line()
    right: Line = Line()
    top: Line = Line()
    bottom: Line = Line()
    fill: str = ""


NO_BOX = Box()


@dataclass(frozen=True, slots=True, kw_only=True)
class Char:
    """How letters look."""

    font: int = BATANG
    size: float = 12.0
    is_bold: bool = False
    color: str = BLACK
    shade: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """How a paragraph stands; `hanging` is how far its wrapped lines are in from the first.

    `outline` is the level in the outline of the document, 1 the highest, 0 outside it.
    """

    align: Align = "JUSTIFY"
    left: float = 0.0
    hanging: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line_percent: int = 160
    outline: int = 0
    keeps_with_next: bool = False
    box: Box = NO_BOX
    padding: tuple[float, float] = (0.0, 0.0)  # above and below, between the text and the box


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A named paragraph style, as the style list of Hangul shows it."""

    name: str
    english: str
    char: Char
    para: Para


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The styles of a document by what they are for."""

    base: Style
    title: Style
    draft_line: Style
    headings: tuple[Style, ...]
    body: Style
    items: tuple[Style, ...]
    note: Style
    cell: Style
    header_cell: Style
    table_caption: Style
    picture: Style
    picture_caption: Style
    sources_heading: Style
    source: Style
    page_number: Style

    def styles(self) -> tuple[Style, ...]:
        """Return all styles, the base style first as the format wants it."""
        return (
            self.base,
            self.body,
            *self.headings,
            *self.items,
            self.title,
            self.draft_line,
            self.note,
            self.cell,
            self.header_cell,
            self.table_caption,
            self.picture,
            self.picture_caption,
            self.sources_heading,
            self.source,
            self.page_number,
        )


def looks_of(style: DraftStyle) -> Looks:
    """Return the styles of a draft style."""
    size = {DraftStyle.OFFICIAL: 12.0, DraftStyle.REPORT: 12.0, DraftStyle.PLAIN: 11.0}[style]
    base = Style(name="바탕글", english="Normal", char=Char(size=size), para=Para())
    gap = {DraftStyle.OFFICIAL: 2.0, DraftStyle.REPORT: 3.0, DraftStyle.PLAIN: 6.0}[style]
    small = Char(font=DOTUM, size=10.0)
    return Looks(
        base=base,
        body=_like(base, "본문", "Body", para=Para(after=gap)),
        headings=_headings(style, base),
        items=_items(style, base, gap),
        title=_title(style),
        draft_line=Style(
            name="초안 표시",
            english="Draft Mark",
            char=Char(font=DOTUM, size=10.0, is_bold=True, color=RED),
            para=Para(align="RIGHT", after=16.0, line_percent=130),
        ),
        note=_like(
            base,
            "참고 사항",
            "Remark",
            char=Char(font=DOTUM, size=size - 1.5),
            para=Para(left=size / 2, after=gap, line_percent=150),
        ),
        cell=Style(name="표 내용", english="Table Text", char=small, para=Para(line_percent=135)),
        header_cell=Style(
            name="표 머리",
            english="Table Head",
            char=replace(small, is_bold=True),
            para=Para(align="CENTER", line_percent=135),
        ),
        table_caption=Style(
            name="표 캡션",
            english="Table Caption",
            char=replace(small, is_bold=True),
            para=Para(align="LEFT", line_percent=130, keeps_with_next=True),
        ),
        picture=_like(
            base, "그림", "Picture", para=Para(align="CENTER", before=6.0, line_percent=100)
        ),
        picture_caption=Style(
            name="그림 캡션",
            english="Picture Caption",
            char=replace(small, is_bold=True),
            para=Para(align="CENTER", before=4.0, after=10.0, line_percent=130),
        ),
        sources_heading=Style(
            name="근거 제목",
            english="Sources",
            char=Char(font=DOTUM, size=12.0, is_bold=True),
            para=Para(align="LEFT", before=22.0, after=4.0, outline=1, keeps_with_next=True),
        ),
        source=Style(
            name="근거",
            english="Source",
            char=Char(font=BATANG, size=10.0),
            para=Para(after=2.0, line_percent=140),
        ),
        page_number=Style(
            name="쪽 번호",
            english="Page Number",
            char=Char(font=DOTUM, size=10.0),
            para=Para(align="CENTER"),
        ),
    )


def em_width(text: str) -> float:
    """Return how wide the text is set, in multiples of the font size.

    Hangul sets a space half as wide as the font is high; the other widths are those of its own
    fonts, rounded.

    >>> em_width("1. "), em_width("가. ")
    (1.32, 1.77)
    """
    return round(sum(_advance(char) for char in text), 2)


def _advance(char: str) -> float:
    if char == " ":
        return 0.5
    if char in ".,·'()[]":
        return 0.32 if char not in "[]" else 0.36
    if unicodedata.east_asian_width(char) in "WF":
        return 0.95
    if unicodedata.east_asian_width(char) == "A":
        return 1.0
    return 0.5 if char.isdigit() else 0.55


def _headings(style: DraftStyle, base: Style) -> tuple[Style, ...]:
    sizes = {
        DraftStyle.OFFICIAL: (12.0, 12.0, 12.0),
        DraftStyle.REPORT: (16.0, 14.0, 13.0),
        DraftStyle.PLAIN: (15.0, 13.0, 12.0),
    }[style]
    found = []
    for level in range(1, OUTLINE_LEVELS + 1):
        size = sizes[min(level, len(sizes)) - 1]
        is_official = style is DraftStyle.OFFICIAL
        para = Para(
            align="JUSTIFY" if is_official else "LEFT",
            left=(level - 1) * base.char.size if is_official else 0.0,
            before=max(14.0 - 3 * level, 4.0) if not is_official else 4.0,
            after=4.0 if not is_official else 2.0,
            outline=level,
            keeps_with_next=True,
        )
        char = Char(font=DOTUM, size=size, is_bold=True)
        found.append(Style(name=f"개요 {level}", english=f"Outline {level}", char=char, para=para))
    return tuple(found)


def _items(style: DraftStyle, base: Style, gap: float) -> tuple[Style, ...]:
    size = base.char.size
    names = {
        DraftStyle.OFFICIAL: ("기안 항목", "Official Item"),
        DraftStyle.REPORT: ("보고 항목", "Report Item"),
        DraftStyle.PLAIN: ("문단", "Paragraph"),
    }[style]
    return tuple(
        Style(
            name=f"{names[0]} {depth}",
            english=f"{names[1]} {depth}",
            char=base.char,
            para=Para(
                left=(depth - 1) * size,
                before=gap if depth == 1 and style is DraftStyle.REPORT else 0.0,
                after=gap,
            ),
        )
        for depth in range(1, 9)
    )


def _title(style: DraftStyle) -> Style:
    if style is DraftStyle.REPORT:
        box = Box(top=DOUBLE, bottom=DOUBLE, fill="#F2F4F7")
        para = Para(
            align="CENTER",
            after=22.0,
            line_percent=130,
            box=box,
            padding=(10.0, 5.0),
        )
        char = Char(font=DOTUM, size=20.0, is_bold=True)
    elif style is DraftStyle.OFFICIAL:
        para = Para(
            align="CENTER", after=18.0, line_percent=130, box=Box(bottom=THICK), padding=(0.0, 4.0)
        )
        char = Char(font=DOTUM, size=16.0, is_bold=True)
    else:
        para = Para(align="CENTER", after=14.0)
        char = Char(font=DOTUM, size=18.0, is_bold=True)
    return Style(name="문서 제목", english="Document Title", char=char, para=para)


def _like(base: Style, name: str, english: str, *, para: Para, char: Char | None = None) -> Style:
    return Style(name=name, english=english, char=char or base.char, para=para)
