"""HWPX as a format of templates: row numbers, spans, layout caches and ids are put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import lxml.etree

from assistant.filling.dialect import Dialect, Numbers
from assistant.filling.package import Element, Package

_P = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
_MIMETYPE = b"application/hwp+zip"
_SECTION = re.compile(r"Contents/section\d+\.xml", re.IGNORECASE)
_MASTER = re.compile(r"Contents/masterpage\d+\.xml", re.IGNORECASE)
_USED = re.compile(rb'\b(?:id|instid|instId|zOrder)="(\d{1,12})"')
_PREVIEW = "Preview/PrvText.txt"
# Hancom gives these to paragraphs that carry no id of their own.
_NO_ID = frozenset({"", "0", "2147483648", "4294967295"})
_WAS = "{urn:gongmun:filling}was"
_TAB = {"width": "4000", "leader": "0", "type": "1"}
_BLANK = {
    **{"id": "0", "paraPrIDRef": "0", "styleIDRef": "0", "pageBreak": "0"},
    **{"columnBreak": "0", "merged": "0"},
}


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    if package.part("mimetype").strip() != _MIMETYPE:
        return
    for name in package.names():
        if _SECTION.fullmatch(name):
            yield name, "본문"
        elif _MASTER.fullmatch(name):
            yield name, "바탕쪽"


def _numbers(package: Package) -> Numbers:
    parts = (package.part(name) for name, _ in _parts(package))
    return Numbers({int(found) for data in parts for found in _USED.findall(data)})


def _leftovers(package: Package) -> dict[str, bytes]:
    """Empty the preview: it shows the text of the template."""
    return {_PREVIEW: b"\r\n"} if _PREVIEW in package.names() else {}


def _line_break() -> Element:
    return lxml.etree.Element(f"{_P}lineBreak")


def _tab() -> Element:
    return lxml.etree.Element(f"{_P}tab", _TAB)


def _settle(text: Element) -> None:
    """Leave a text as it is: here it may hold line breaks and tabs."""


def _blank(paragraph: Element | None) -> Element:
    """Return an empty paragraph that looks like this one."""
    found = lxml.etree.Element(f"{_P}p", _BLANK)
    run = lxml.etree.SubElement(found, f"{_P}run", {"charPrIDRef": "0"})
    if paragraph is not None:
        for name in ("paraPrIDRef", "styleIDRef"):
            found.set(name, paragraph.get(name, "0"))
        first = paragraph.find(f"{_P}run")
        run.set("charPrIDRef", "0" if first is None else first.get("charPrIDRef", "0"))
    return found


def _renew(copied: Element, numbers: Numbers) -> None:
    """Give ids of their own to what was repeated; a bookmark stays with the first."""
    for mark in list(copied.iter(f"{_P}bookmark")):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    given: dict[str, str] = {}
    for element in copied.iter(f"{_P}*"):
        for name in ("id", "instid", "instId", "zOrder"):
            value = element.get(name)
            if value is not None and value.isdigit() and value not in _NO_ID:
                fresh = numbers.next()
                element.set(name, fresh)
                if name == "id":
                    given[value] = fresh
        begin = element.get("beginIDRef")
        if begin in given:
            element.set("beginIDRef", given[begin])


def _finish(root: Element, numbers: Numbers) -> None:
    """Put right what follows from the text: tables that grew, and layouts that no longer hold."""
    del numbers
    for table in list(root.iter(f"{_P}tbl")):
        _renumber(table)
    # A line's place depends on all lines above it, so none of the part's cached lines holds.
    lxml.etree.strip_elements(root, f"{_P}linesegarray", with_tail=False)
    lxml.etree.strip_attributes(root, _WAS)


# -- tables -----------------------------------------------------------------------------------


def _remember(root: Element) -> None:
    """Note on each row where it stood, so that what it spans can be found again."""
    lxml.etree.strip_attributes(root, _WAS)
    for table in root.iter(f"{_P}tbl"):
        for number, row in enumerate(table.iterchildren(f"{_P}tr")):
            row.set(_WAS, str(number))
        table.set(_WAS, str(sum(1 for _ in table.iterchildren(f"{_P}tr"))))


def _was(row: Element) -> int:
    return _number(row.get(_WAS))


def _span(cell: Element) -> int:
    found = cell.find(f"{_P}cellSpan")
    return 1 if found is None else max(_number(found.get("rowSpan")), 1)


def _number(text: str | None) -> int:
    """Read an attribute that should be a number; anything else counts as nothing."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 10 else 0


def _renumber(table: Element) -> None:
    rows = list(table.iterchildren(f"{_P}tr"))
    stood = [_was(row) for row in rows]
    count = _was(table)
    if stood == list(range(count)):
        return
    if not rows:
        _drop(table)
        return
    _resize(table, rows)
    for number, row in enumerate(rows):
        for cell in row.iterchildren(f"{_P}tc"):
            _place(cell, number, stood)
    table.set("rowCnt", str(len(rows)))
    for zone in table.iter(f"{_P}cellzone"):
        _move_zone(zone, stood)


def _place(cell: Element, number: int, stood: list[int]) -> None:
    address = cell.find(f"{_P}cellAddr")
    if address is not None:
        address.set("rowAddr", str(number))
    extent = cell.find(f"{_P}cellSpan")
    if extent is not None:
        extent.set("rowSpan", str(_reach(number, _span(cell), stood)))


def _reach(number: int, span: int, stood: list[int]) -> int:
    """Count the rows that a cell spans now: those that come from rows it spanned before.

    >>> _reach(0, 2, [1, 3, 3, 3, 5]), _reach(0, 4, [1, 3, 3, 3, 5]), _reach(1, 1, [1, 3, 3])
    (1, 4, 1)
    """
    first = stood[number]
    reach = 1
    for was in stood[number + 1 :]:
        if not first < was < first + span:
            break
        reach += 1
    return reach


def _move_zone(zone: Element, stood: list[int]) -> None:
    start, end = (_number(zone.get(name)) for name in ("startRowAddr", "endRowAddr"))
    inside = [number for number, was in enumerate(stood) if start <= was <= end]
    parent = zone.getparent()
    if inside:
        zone.set("startRowAddr", str(inside[0]))
        zone.set("endRowAddr", str(inside[-1]))
    elif parent is not None:
        parent.remove(zone)


def _resize(table: Element, rows: Sequence[Element]) -> None:
    """Let the height of a table follow its rows."""
    size = table.find(f"{_P}sz")
    now = sum(_height(row) for row in rows)
    if size is not None and now:
        size.set("height", str(now))


def _height(row: Element) -> int:
    sizes = [
        _number(size.get("height"))
        for cell in row.iterchildren(f"{_P}tc")
        if _span(cell) == 1 and (size := cell.find(f"{_P}cellSz")) is not None
    ]
    return max(sizes, default=0)


def _drop(table: Element) -> None:
    """Take out a table that has no row left."""
    parent = table.getparent()
    if parent is not None:
        parent.remove(table)


def _repeat_faults(body: Sequence[Element]) -> Iterator[str]:
    """Say which merged cells cross the edge of rows that are to be repeated."""
    rows = [element for element in body if element.tag == f"{_P}tr"]
    table = rows[0].getparent() if rows else None
    if table is None:
        return
    first, last = min(map(_was, rows)), max(map(_was, rows))
    for row in table.iterchildren(f"{_P}tr"):
        start = _was(row)
        for cell in row.iterchildren(f"{_P}tc"):
            end = start + _span(cell) - 1
            leaves = first <= start <= last < end
            enters = start < first <= end < last
            if leaves or enters:
                yield "되풀이할 줄에 위아래로 걸친 병합 칸이 있습니다. 칸 나누기로 병합을 푸십시오."
                return


def _removal_faults(row: Element) -> Iterator[str]:
    """Say when a row that only carries a tag holds a cell merged with rows below."""
    if row.tag == f"{_P}tr" and any(_span(cell) > 1 for cell in row.iterchildren(f"{_P}tc")):
        yield "태그만 적은 줄에 아래 줄과 병합된 칸이 있습니다. 칸 나누기로 병합을 푸십시오."


HWPX = Dialect(
    kind="hwpx",
    paragraph=f"{_P}p",
    run=f"{_P}run",
    text=f"{_P}t",
    table=f"{_P}tbl",
    row=f"{_P}tr",
    cell=f"{_P}tc",
    run_style=None,
    settings=f"{_P}secPr",
    inside=frozenset(),
    silent=frozenset(
        _P + name
        for name in (
            *("ctrl", "secPr", "markpenBegin", "markpenEnd", "titleMark"),
            *("insertBegin", "insertEnd", "deleteBegin", "deleteEnd"),
        )
    ),
    spaces=frozenset({f"{_P}nbSpace", f"{_P}fwSpace"}),
    frames={
        f"{_P}header": "머리말",
        f"{_P}footer": "꼬리말",
        f"{_P}footNote": "각주",
        f"{_P}endNote": "미주",
        f"{_P}drawText": "글상자",
        f"{_P}hiddenComment": "숨은 설명",
    },
    homes=frozenset({f"{_P}subList"}),
    parts=_parts,
    prepare=_remember,
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
