"""Paragraphs of a HWPX document: runs of letters in one look, with their line breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree

from assistant.domain import Runs
from assistant.writing.hwpx_head import Head
from assistant.writing.hwpx_looks import GREY, Char, Para, Style
from assistant.writing.hwpx_xml import add
from assistant.writing.numbering import Piece, pieces

_OPEN_SHADE = "#FFF2A8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text in one look."""

    text: str
    char: Char


def stretches(runs: Runs, base: Char, *, marker: str = "") -> list[Stretch]:
    """Return what is shown of the runs, after the marker, with equal neighbours joined."""
    found = [Stretch(text=f"{marker} ", char=base)] if marker else []
    found += [Stretch(text=piece.text, char=_char(piece, base)) for piece in pieces(runs)]
    return [
        Stretch(text="".join(part.text for part in parts), char=char)
        for char, parts in groupby(found, key=lambda part: part.char)
    ]


def add_paragraph(
    parent: etree._Element,
    head: Head,
    style: Style,
    parts: Iterable[Stretch] = (),
    *,
    para: Para | None = None,
    starts_page: bool = False,
) -> etree._Element:
    """Append a paragraph of the style, set as `para` where that differs, and return it."""
    attributes: dict[str, str | int] = {
        "id": 0,
        "paraPrIDRef": head.para(para or style.para),
        "styleIDRef": head.style(style),
        "pageBreak": int(starts_page),
        "columnBreak": 0,
        "merged": 0,
    }
    paragraph = add(parent, "hp:p", attributes)
    written = list(parts)
    for part in written:
        _add_text(add(paragraph, "hp:run", {"charPrIDRef": head.char(part.char)}), part.text)
    if not written:
        add(paragraph, "hp:run", {"charPrIDRef": head.char(style.char)})
    return paragraph


def add_list(parent: etree._Element, *, centred: bool = False) -> etree._Element:
    """Append the list of paragraphs that a cell or caption holds."""
    attributes: dict[str, str | int] = {
        "id": "",
        "textDirection": "HORIZONTAL",
        "lineWrap": "BREAK",
        "vertAlign": "CENTER" if centred else "TOP",
        "linkListIDRef": 0,
        "linkListNextIDRef": 0,
        "textWidth": 0,
        "textHeight": 0,
        "hasTextRef": 0,
        "hasNumRef": 0,
    }
    return add(parent, "hp:subList", attributes)


def add_caption(
    parent: etree._Element, head: Head, style: Style, caption: str, *, width: int
) -> None:
    """Append the caption of a table, above it."""
    attributes: dict[str, str | int] = {"side": "TOP", "fullSz": 0, "width": width, "gap": 850}
    element = add(parent, "hp:caption", {**attributes, "lastWidth": width})
    parts = (Stretch(text=caption, char=style.char),)
    add_paragraph(add_list(element), head, style, parts)


def _char(piece: Piece, base: Char) -> Char:
    if piece.source is not None:
        return replace(base, size=max(base.size - 2.5, 8.0), color=GREY, is_bold=False)
    look = replace(base, is_bold=base.is_bold or piece.is_bold)
    return replace(look, shade=_OPEN_SHADE, is_bold=True) if piece.is_open else look


def _add_text(run: etree._Element, text: str) -> None:
    first, *others = text.split("\n")
    element = add(run, "hp:t", text=first)
    for line in others:
        add(element, "hp:lineBreak").tail = line
