"""Home of dochan: its readers of HWP 5 and HWPX, and its model turned into our parts."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from dochan.cfb import OleFileIO  # type: ignore[import-untyped]  # no stubs
from dochan.hwp.distdoc import decode_distribution_section  # type: ignore[import-untyped]
from dochan.hwp.doc_info import DocInfoParser  # type: ignore[import-untyped]  # no stubs
from dochan.hwp.section import SectionParser  # type: ignore[import-untyped]  # no stubs
from dochan.hwpx.parser import HWPXParser  # type: ignore[import-untyped]  # no stubs
from dochan.model.document import Document, Paragraph, TextRun  # type: ignore[import-untyped]
from dochan.model.table import Table  # type: ignore[import-untyped]  # no stubs

from assistant.domain import Aside, AsideKind
from assistant.errors import DocumentUnreadableError
from assistant.reading.hwp_inks import Inks
from assistant.reading.hwp_model import Turn, overlaps
from assistant.reading.hwp_numbering import Numbering
from assistant.reading.hwp_parts import Found

__all__ = ["OleFileIO", "decode_distribution_section", "read_package", "read_sections"]

_HWPX = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
_REVISIONS = "final"  # what was struck out is no longer in the document
_OUTLINE = re.compile(rb'outlineShapeIDRef="(\d{1,6})"')
_GUIDE = re.compile(r"Direction:wstring:(\d{1,4}):")
_REPAIRED = "OLE/CFB"  # the library's word for a damaged container
_NOTE_NUMBERS = {"FOOTNOTE", "ENDNOTE", "PAGE", "TOTAL_PAGE"}
_TEXT_RECORD, _INKS_RECORD = 67, 68
_LIST_HEADER = 72
_TITLE_CELL = 1 << 18


def read_package(data: bytes, *, numbering: Numbering, inks: Inks) -> Found:
    """Read a HWPX package whose parts have been checked.

    Raises:
        DocumentUnreadableError: `hostile` for tables of impossible shape.
    """
    parser = _PackageParser(numbering, inks)
    document = parser.parse(io.BytesIO(data), include_assets=False, revision_mode=_REVISIONS)
    if parser.seen.is_hostile:
        raise DocumentUnreadableError(reason="hostile")
    turn = Turn(document, has_addresses=True)
    parts = turn.document()
    return Found(
        parts=parts,
        pieces=tuple(parser.seen.pieces),
        asides=(*parser.seen.asides, *turn.asides),
        faults=_faults(document.errors),
        table_count=parser.seen.table_count,
        foreign_count=parser.seen.foreign_count,
    )


def read_sections(
    doc_info: bytes,
    sections: Sequence[bytes],
    *,
    numbering: Numbering,
    inks: Inks,
    is_distribution: bool,
) -> Found:
    """Read the unpacked streams of a HWP 5 file whose records have been checked."""
    info = DocInfoParser().parse_stream(doc_info, False)
    parser = _SectionParser(
        doc_info=info, revision_mode=_REVISIONS, project_revisions=is_distribution
    )
    parser.numbering, parser.inks = numbering, inks
    document = Document(source_format="hwp")
    document.para_shapes, document.styles = info.para_shapes, info.styles
    document.sections = [parser.parse_stream(section, False) for section in sections]
    parser.finalize_font_headings(document)
    turn = Turn(document, has_addresses=False)
    parts = turn.document()
    return Found(
        parts=parts, asides=tuple(turn.asides), faults=_faults([*info.errors, *parser.errors])
    )


def guide_text(command: str) -> str:
    """Return what a form field asks its reader to write.

    >>> guide_text("Clickhere:set:48:Direction:wstring:5:행정기관명 HelpState:wstring:0:  ")
    '행정기관명'
    """
    found = _GUIDE.search(command)
    return command[found.end() : found.end() + int(found[1])] if found else ""


def _faults(errors: Iterable[str]) -> int:
    return sum(not error.startswith("WARN:") or _REPAIRED in error for error in errors)


# -- HWPX --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """What one pass over the XML finds that the library leaves out of its model."""

    pieces: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    table_count: int = 0
    foreign_count: int = 0
    is_hostile: bool = False

    def walk(self, root: ElementTree.Element) -> None:
        apart: set[int] = set()
        for node in root.iter():
            name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
            if name == "t":
                if id(node) not in apart:
                    self.pieces.append("".join(node.itertext()))
            elif name == "tbl":
                self.table_count += 1
            elif name in {"ole", "video"}:
                self.foreign_count += 1
            elif name == "fieldBegin":
                apart.update(self._field(node))

    def _field(self, node: ElementTree.Element) -> Iterator[int]:
        if node.get("type") == "MEMO":
            texts = list(node.iter(f"{_HWPX}t"))
            memo = "\n".join("".join(text.itertext()) for text in texts)
            self.asides.append(Aside(kind=AsideKind.MEMO, text=memo))
            yield from map(id, texts)
        elif node.get("type") == "CLICK_HERE":
            commands = (p for p in node.iter(f"{_HWPX}stringParam") if p.get("name") == "Command")
            guide = guide_text(next((p.text or "" for p in commands), ""))
            if guide:
                self.asides.append(Aside(kind=AsideKind.INSTRUCTION, text=guide))


class _PackageParser(HWPXParser):  # type: ignore[misc]  # the library has no types
    """The library's reader, keeping what our blocks need and its model does not hold."""

    def __init__(self, numbering: Numbering, inks: Inks) -> None:
        super().__init__()
        self.seen = _Seen()
        self._numbering = numbering
        self._inks = inks
        self._shape = 0

    def _parse_section_xml(self, xml_data: bytes, *, part_name: str = "section") -> Any:
        if outline := _OUTLINE.search(xml_data):
            self._numbering.outline = int(outline[1])
        section = super()._parse_section_xml(xml_data, part_name=part_name)
        self.seen.walk(self._section_root)
        return section

    def _parse_paragraph_elem(self, p_elem: ElementTree.Element) -> list[Any]:
        shape = _number(p_elem, "paraPrIDRef", -1)
        around, self._shape = self._shape, shape
        elements: list[Any] = super()._parse_paragraph_elem(p_elem)
        self._shape = around
        _mark(elements, shape, self._numbering)
        return elements

    def _parse_run_with_objects(
        self, run_elem: ElementTree.Element, has_other_text: bool = False
    ) -> list[Any]:
        results: list[Any] = super()._parse_run_with_objects(run_elem, has_other_text)
        if not self._inks.hides(_number(run_elem, "charPrIDRef", -1), self._shape):
            return results
        kept: list[Any] = []
        for item in results:
            text = item if isinstance(item, str) else _own_text(item)
            if text.strip():
                self.seen.asides.append(Aside(kind=AsideKind.HIDDEN, text=text))
            else:
                kept.append(item)
        return kept

    def _parse_drawing_elem(self, elem: ElementTree.Element, depth: int = 0) -> list[Any]:
        with self._inks.within(None):
            results: list[Any] = super()._parse_drawing_elem(elem, depth)
        return results

    def _parse_table_elem(self, tbl_elem: ElementTree.Element) -> Any:
        if _is_overlapping(tbl_elem):
            self.seen.is_hostile = True
            return Table()
        with self._inks.within(_number(tbl_elem, "borderFillIDRef", -1)):
            return super()._parse_table_elem(tbl_elem)

    def _parse_table_cell(self, tc_elem: ElementTree.Element) -> Any:
        with self._inks.within(_number(tc_elem, "borderFillIDRef", -1)):
            cell = super()._parse_table_cell(tc_elem)
        cell.is_header = tc_elem.get("header") == "1"
        return cell

    def _parse_memogroup(self, memogroup_elem: ElementTree.Element) -> list[Any]:
        memos: list[Any] = super()._parse_memogroup(memogroup_elem)
        for memo in memos:
            memo.is_memo = True
        return memos

    def _parse_ctrl(self, ctrl_elem: ElementTree.Element, context: Any = None) -> Any:
        number = ctrl_elem.find(f"{_HWPX}autoNum")
        if number is not None and number.get("numType", "PAGE") not in _NOTE_NUMBERS:
            return TextRun(text=number.get("num", ""))
        return super()._parse_ctrl(ctrl_elem, context)


def _own_text(item: Any) -> str:
    return item.text if isinstance(item, TextRun) and not item.note_ref else ""


def _mark(elements: list[Any], shape: int, numbering: Numbering) -> None:
    """Give the paragraph its number; text boxes in it have had theirs and keep it."""
    for element in elements:
        if isinstance(element, Paragraph) and not hasattr(element, "marker"):
            element.marker = numbering.marker(shape)
            break
    for element in elements:
        if isinstance(element, Paragraph) and not hasattr(element, "marker"):
            element.marker = ""


def _is_overlapping(table: ElementTree.Element) -> bool:
    """Whether its cells claim so many places of each other that laying them out explodes."""
    spans = table.findall(f"{_HWPX}tr/{_HWPX}tc/{_HWPX}cellSpan")
    claimed = sum(_number(span, "colSpan") * _number(span, "rowSpan") for span in spans)
    places = _number(table, "rowCnt", 0) * _number(table, "colCnt", 0)
    return overlaps(claimed, max(places, len(spans)))


def _number(node: ElementTree.Element, name: str, default: int = 1) -> int:
    value = node.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default


# -- HWP 5 -------------------------------------------------------------------------------------


class _SectionParser(SectionParser):  # type: ignore[misc]  # the library has no types
    """The library's reader, keeping which cells are head cells and what paragraphs are numbered."""

    numbering = Numbering()
    inks = Inks()

    def _parse_paragraph_group_impl(self, para_node: dict[str, Any]) -> list[Any]:
        elements: list[Any] = super()._parse_paragraph_group_impl(para_node)
        header = para_node["record"].data
        if len(header) >= 10:
            shape = int.from_bytes(header[8:10], "little")
            _mark(elements, shape, self.numbering)
            if elements and isinstance(elements[0], Paragraph):
                elements[0].is_hidden = self._hides(para_node, shape)
        return elements

    def _hides(self, para_node: dict[str, Any], shape: int) -> bool:
        """Whether all of a paragraph's own text is hidden; it is not looked into piecewise."""
        if not self.inks.can_hide():
            return False
        records = [node["record"] for node in para_node["children"]]
        if not any(record.tag_id == _TEXT_RECORD for record in records):
            return False
        data = next((r.data for r in records if r.tag_id == _INKS_RECORD), b"")
        inks = {ink for _, ink in struct.iter_unpack("<II", data[: len(data) // 8 * 8])}
        return bool(inks) and all(self.inks.hides(ink, shape) for ink in inks)

    def _parse_cell_info_impl(self, lh_node: dict[str, Any]) -> Any:
        fill = int.from_bytes(lh_node["record"].data[32:34], "little")
        with self.inks.within(fill):
            return super()._parse_cell_info_impl(lh_node)

    def _parse_image(self, ctrl_node: dict[str, Any]) -> Any:
        with self.inks.within(None):
            return super()._parse_image(ctrl_node)

    def _parse_table_impl(self, ctrl_node: dict[str, Any]) -> Any:
        table = super()._parse_table_impl(ctrl_node)
        for node in ctrl_node["children"]:
            record = node["record"]
            if record.tag_id == _LIST_HEADER and len(record.data) >= 16:
                flags, column, row = struct.unpack_from("<IHH", record.data, 4)
                if row < len(table.rows) and column < len(table.rows[row]):
                    table.rows[row][column].is_header = bool(flags & _TITLE_CELL)
        return table
