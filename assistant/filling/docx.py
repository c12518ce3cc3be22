"""DOCX as a format of templates: line breaks, merged cells, bookmarks and ids are put right."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence

import lxml.etree

from assistant.errors import UnsupportedFormatError
from assistant.filling.dialect import Dialect, Numbers
from assistant.filling.package import Element, Package, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VAL = f"{_W}val"
_TYPES = "[Content_Types].xml"
_MAIN = re.compile(r"wordprocessingml\.(?:document|template)\.main\+xml\Z")
_KINDS = (
    (_MAIN, "본문"),
    (re.compile(r"wordprocessingml\.header\+xml\Z"), "머리글"),
    (re.compile(r"wordprocessingml\.footer\+xml\Z"), "바닥글"),
    (re.compile(r"wordprocessingml\.footnotes\+xml\Z"), "각주"),
    (re.compile(r"wordprocessingml\.endnotes\+xml\Z"), "미주"),
)
_DRAWING_ID = re.compile(rb'<(?:\w+:)?docPr\b[^>]*?\bid="(\d{1,10})"')
# What names one place or one remark in the document and cannot be there twice.
_SINGLE = (
    *(f"{_W}bookmarkStart", f"{_W}bookmarkEnd"),
    *(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}commentReference"),
    *(f"{_W}permStart", f"{_W}permEnd"),
)
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    types = package.part(_TYPES)
    if not types:
        return
    overrides = [
        (item.get("PartName", "").lstrip("/"), item.get("ContentType", ""))
        for item in parse_xml(types)
        if isinstance(item.tag, str) and item.tag.endswith("}Override")
    ]
    if not any(_MAIN.search(kind) for _, kind in overrides):
        is_macro = any("word.document.macroEnabled" in kind for _, kind in overrides)
        raise UnsupportedFormatError(detected="docm" if is_macro else "zip")
    for name, kind in overrides:
        for pattern, words in _KINDS:
            if pattern.search(kind) and name in package.names():
                yield name, words


def _numbers(package: Package) -> Numbers:
    parts = (package.part(name) for name, _ in _parts(package))
    return Numbers({int(found) for data in parts for found in _DRAWING_ID.findall(data)})


def _leftovers(package: Package) -> dict[str, bytes]:
    del package
    return {}


def _prepare(root: Element) -> None:
    del root


def _line_break() -> Element:
    return lxml.etree.Element(f"{_W}br")


def _tab() -> Element:
    return lxml.etree.Element(f"{_W}tab")


def _settle(text: Element) -> None:
    """Move line breaks and tabs out of a text, and keep the spaces at its ends."""
    text.set(_SPACE, "preserve")
    after = text
    for child in list(text):
        following = lxml.etree.Element(text.tag, dict(text.attrib))
        following.text, child.tail = child.tail, None
        after.addnext(child)
        child.addnext(following)
        after = following


def _blank(paragraph: Element | None) -> Element:
    """Return an empty paragraph that looks like this one."""
    found = lxml.etree.Element(f"{_W}p")
    style = None if paragraph is None else paragraph.find(f"{_W}pPr")
    if style is not None:
        found.append(copy.deepcopy(style))
        for section in list(found.iter(f"{_W}sectPr")):
            _remove(section)
    return found


def _renew(copied: Element, numbers: Numbers) -> None:
    """Give ids of their own to what was repeated; bookmarks and remarks stay with the first."""
    for single in list(copied.iter(*_SINGLE)):
        _remove(single)
    for control in list(copied.iter(f"{_W}sdtPr")):
        for number in list(control.iterchildren(f"{_W}id")):
            control.remove(number)
    for drawing in copied.iter(f"{_WP}docPr"):
        drawing.set("id", numbers.next())
    for paragraph in copied.iter(f"{_W}p", f"{_W}tr"):
        for name in ("paraId", "textId"):
            paragraph.attrib.pop(f"{_W14}{name}", None)


def _finish(root: Element, numbers: Numbers) -> None:
    del numbers
    for table in list(root.iter(f"{_W}tbl")):
        if next(table.iter(f"{_W}tr"), None) is None:
            _exchange(table, _blank(None))
        else:
            _mend_merges(table)
    # A bound control would show its stored value again as soon as the file is opened.
    for bound in list(root.iter(f"{_W}dataBinding", f"{_W}showingPlcHdr")):
        _remove(bound)


def _mend_merges(table: Element) -> None:
    """Let a merged cell begin anew where the cell in which it began is gone."""
    above: set[int] = set()
    for row in _rows(table):
        here: set[int] = set()
        for column, merge in _merges(row):
            if merge.get(_VAL, "continue") != "restart" and column not in above:
                merge.set(_VAL, "restart")
            here.add(column)
        above = here


def _rows(table: Element) -> Iterator[Element]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl"), None) is table:
            yield row


def _merges(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the vertically merged cells of a row with the column in which each begins."""
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr"), None) is not row:
            continue
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None:
            yield column, merge
        column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)


def _number(element: Element | None, default: int) -> int:
    text = "" if element is None else element.get(_VAL, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else default


def _repeat_faults(body: Sequence[Element]) -> Iterator[str]:
    """Say what cannot be repeated: notes, and merged cells that cross the edge of the rows."""
    if any(next(element.iter(*_NOTES), None) is not None for element in body):
        yield "되풀이할 범위에 각주나 미주가 있습니다. 각주를 범위 밖으로 옮기십시오."
    rows = [element for element in body if element.tag == f"{_W}tr"]
    if not rows:
        return
    after = rows[-1].getnext()
    while after is not None and after.tag != f"{_W}tr":
        after = after.getnext()
    goes_on = set() if after is None else {c for c, m in _merges(after) if not _begins(m)}
    begun = {c for row in rows for c, merge in _merges(row) if _begins(merge)}
    enters = {c for c, merge in _merges(rows[0]) if not _begins(merge)}
    leaves = {c for c, merge in _merges(rows[-1]) if not _begins(merge)}
    if begun & goes_on or (enters - leaves):
        yield "되풀이할 줄에 위아래로 걸친 병합 칸이 있습니다. 셀 분할로 병합을 푸십시오."


def _begins(merge: Element) -> bool:
    return merge.get(_VAL, "continue") == "restart"


def _removal_faults(unit: Element) -> Iterator[str]:
    """Say when a row that only carries a tag holds the beginning of a merged cell."""
    if unit.tag == f"{_W}tr" and any(_begins(merge) for _, merge in _merges(unit)):
        yield "태그만 적은 줄에 아래 줄과 병합된 칸이 있습니다. 셀 분할로 병합을 푸십시오."


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _exchange(old: Element, new: Element) -> None:
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


DOCX = Dialect(
    kind="docx",
    paragraph=f"{_W}p",
    run=f"{_W}r",
    text=f"{_W}t",
    table=f"{_W}tbl",
    row=f"{_W}tr",
    cell=f"{_W}tc",
    run_style=f"{_W}rPr",
    settings=f"{_W}sectPr",
    inside=frozenset(
        _W + name
        for name in (
            *("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple"),
            *("sdt", "sdtContent", "dir", "bdo"),
        )
    ),
    silent=frozenset(_W + name for name in ("rPr", "proofErr", "lastRenderedPageBreak")),
    spaces=frozenset(),
    frames={f"{_W}txbxContent": "글상자"},
    homes=frozenset(
        _W + name for name in ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote")
    ),
    parts=_parts,
    prepare=_prepare,
    line_break=_line_break,
    tab=_tab,
    settle=_settle,
    renew=_renew,
    finish=_finish,
    numbers=_numbers,
    leftovers=_leftovers,
    blank=_blank,
    repeat_faults=_repeat_faults,
    removal_faults=_removal_faults,
)
