"""Slides: a heading for each, then its texts from top to bottom, tables and speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain import Aside, AsideKind, Block, BlockKind, Cell, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading.limits import Limits
from assistant.reading.ooxml import (
    COMPATIBILITY,
    DRAWING,
    REL,
    Relation,
    chosen,
    count_unfollowed,
    is_on,
    local,
    main_part,
    part,
    properties,
    relations,
    title_of,
)
from assistant.reading.package import Element, Package, open_package
from assistant.reading.parsed import Parsed, table_block, text_block

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TITLES = {"title", "ctrTitle"}
_SMALL_PRINT = {"dt", "ftr", "sldNum", "hdr"}
_BODIES = {"body", "obj", "subTitle"}
_BREAKS = {"br": "\n", "tab": "\t"}


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read a presentation; hidden slides stand apart.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limits of `package`.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    package = open_package(data)
    name = main_part(package, "ppt/presentation.xml")
    links = relations(package, name)
    slides = list(_slide_parts(part(package, name), links))
    if not slides:
        raise DocumentUnreadableError(reason="no_text")
    blocks: list[Block] = []
    asides: list[Aside] = []
    beside: list[dict[str, Relation]] = []
    for number, slide in enumerate(slides[: limits.max_pages], start=1):
        root = part(package, slide)
        beside.append(relations(package, slide))
        found = list(_slide(package, root, beside[-1], number))
        if is_on(root, "show"):
            blocks.extend(found)
        else:
            text = "\n".join(map(_flat, found))
            asides.append(Aside(kind=AsideKind.HIDDEN, text=text, page=number))
        asides.extend(_memos(package, beside[-1], number))
    metadata = properties(package)
    return Parsed(
        blocks=tuple(blocks),
        title=title_of(metadata) or _first_title(blocks),
        metadata=metadata,
        warnings=tuple(_warnings(asides, count_unfollowed(package, links, *beside)))
        + ((ReadWarning(code="truncated"),) if len(slides) > limits.max_pages else ()),
        page_count=len(slides),
        asides=tuple(asides),
    )


def _warnings(asides: list[Aside], unfollowed: int) -> Iterator[ReadWarning]:
    kinds = [aside.kind for aside in asides]
    counts = (
        ("hidden_text", kinds.count(AsideKind.HIDDEN)),
        ("memos", kinds.count(AsideKind.MEMO)),
        ("external_content", unfollowed),
    )
    return (ReadWarning(code=code, count=count) for code, count in counts if count)


def _first_title(blocks: list[Block]) -> str:
    first = next((block.text for block in blocks if block.kind is BlockKind.HEADING), "")
    return first.partition(". ")[2]


def _slide_parts(presentation: Element, links: dict[str, Relation]) -> Iterator[str]:
    for node in presentation.iterfind(f"{_P}sldIdLst/{_P}sldId"):
        link = links.get(node.get(f"{REL}id") or "")
        if link is not None and not link.is_external:
            yield link.target


def _slide(
    package: Package, root: Element, links: dict[str, Relation], number: int
) -> Iterator[Block]:
    tree = root.find(f"{_P}cSld/{_P}spTree")
    shapes = list(_shapes(tree)) if tree is not None else []
    titles = [shape for shape in shapes if _role(shape) in _TITLES]
    title = " ".join(" ".join(_paragraphs(titles[0])).split()) if titles else ""
    yield text_block(BlockKind.HEADING, f"{number}. {title}".strip(), level=2, page=number)
    for shape in shapes:
        if shape not in titles[:1]:
            for block in _shape(shape):
                yield replace(block, locator=replace(block.locator, page=number))
    for link in links.values():
        if link.kind == "notesSlide" and package.has(link.target):
            yield from _notes(part(package, link.target), number)


def _shapes(tree: Element) -> Iterator[Element]:
    """Yield shapes that hold text or tables as they are read: placeholders, then from the top."""
    found = [(_reading_place(child), place, child) for place, child in enumerate(_unwrapped(tree))]
    for _, _, child in sorted(found, key=lambda item: item[:2]):
        if local(child) == "grpSp":
            yield from _shapes(child)
        elif local(child) in {"sp", "graphicFrame", "cxnSp"}:
            yield child


def _unwrapped(tree: Element) -> Iterator[Element]:
    for child in tree:
        if str(child.tag).startswith(COMPATIBILITY):
            yield from chosen(child)
        else:
            yield child


def _reading_place(shape: Element) -> tuple[int, int, int]:
    """Order by rows of about a centimetre; what takes its place from the layout keeps its turn."""
    off = next((node for node in shape.iter(f"{DRAWING}off")), None)
    role = _role(shape)
    if role in _TITLES:
        return (0, 0, 0)
    if off is None or (role in _BODIES and shape.find(f"{_P}spPr/{DRAWING}xfrm") is None):
        return (1, 0, 0)
    return (1, _emu(off.get("y")) // 360_000, _emu(off.get("x")))


def _emu(text: str | None) -> int:
    number = (text or "").lstrip("-")
    return int(number) * (-1 if (text or "").startswith("-") else 1) if number[:12].isdigit() else 0


def _role(shape: Element) -> str:
    holder = next(iter(shape.iterfind(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")), None)
    return "" if holder is None else holder.get("type") or "obj"


def _shape(shape: Element) -> Iterator[Block]:
    if _role(shape) in _SMALL_PRINT:
        return
    table = shape.find(f".//{DRAWING}tbl")
    if table is not None:
        yield from _table(table)
        return
    body = shape.find(f"{_P}txBody")
    for paragraph in body.iterfind(f"{DRAWING}p") if body is not None else ():
        text = _text(paragraph).strip("\n")
        properties_ = paragraph.find(f"{DRAWING}pPr")
        level = int((properties_.get("lvl") if properties_ is not None else None) or 0)
        is_item = _role(shape) in _BODIES or level > 0
        if text.strip():
            kind = BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH
            yield text_block(kind, text, level=level + 1 if is_item else 0)


def _paragraphs(shape: Element) -> Iterator[str]:
    return map(_text, shape.iter(f"{DRAWING}p"))


def _text(paragraph: Element) -> str:
    pieces = []
    for node in paragraph.iter():
        name = local(node)
        if name == "t":
            pieces.append(node.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
    return "".join(pieces)


def _table(table: Element) -> Iterator[Block]:
    rows = []
    for tr in table.iterfind(f"{DRAWING}tr"):
        cells = []
        for tc in tr.iterfind(f"{DRAWING}tc"):
            if not any(tc.get(name) in {"1", "true"} for name in ("hMerge", "vMerge")):
                text = "\n".join(line for line in _paragraphs(tc) if line.strip())
                across, down = _span(tc.get("gridSpan")), _span(tc.get("rowSpan"))
                cells.append(Cell(text=text, row_span=down, col_span=across))
        rows.append(tuple(cells))
    if len(rows) == 1 and len(rows[0]) == 1:
        yield text_block(BlockKind.PARAGRAPH, rows[0][0].text)
    elif rows:
        look = table.find(f"{DRAWING}tblPr")
        has_head = look is not None and look.get("firstRow") in {"1", "true"} and len(rows) > 1
        yield table_block(tuple(rows), header_rows=int(has_head))


def _span(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdigit() else 1


def _notes(root: Element, number: int) -> Iterator[Block]:
    tree = root.find(f"{_P}cSld/{_P}spTree")
    for shape in _shapes(tree) if tree is not None else ():
        if _role(shape) == "body":
            text = "\n".join(line for line in _paragraphs(shape) if line.strip())
            if text:
                yield text_block(BlockKind.NOTE, text, page=number)


def _memos(package: Package, links: dict[str, Relation], number: int) -> Iterator[Aside]:
    for link in links.values():
        if link.kind == "comments" and package.has(link.target):
            for node in part(package, link.target).iter():
                if local(node) in {"text", "txBody"}:
                    text = "".join(piece for piece in map(str, node.itertext())).strip()
                    yield Aside(kind=AsideKind.MEMO, text=text, page=number)


def _flat(block: Block) -> str:
    rows = (" | ".join(cell.text for cell in row) for row in block.rows)
    return block.text or "\n".join(rows)
