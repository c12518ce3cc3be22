"""Word files: the body in reading order, as a person sees it who accepts all changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain import Aside, AsideKind, Block, BlockKind, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading.docx_styles import (
    LEVELS,
    VAL,
    Numbering,
    Style,
    Styles,
    W,
    drawn_symbol,
    number,
    value,
)
from assistant.reading.docx_tables import (
    TableReader,
    cell_nodes,
    is_hidden_row,
    is_shaded,
    rows_of,
)
from assistant.reading.limits import Limits
from assistant.reading.ooxml import (
    COMPATIBILITY,
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
from assistant.reading.parsed import Parsed, text_block

_LEFT_OUT = {
    *("del", "moveFrom", "delText", "rPr", "pPr", "rt", "sectPr", "instrText", "delInstrText"),
}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_BOXES = {"drawing", "pict", "object"}
_MATHS_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FRAME_STYLES = {"", "TableGrid", "TableNormal", "a3", "a1"}
_HEADING_CHARS = 200
_NEARLY_WHITE = 0xF0
_TINY_HALF_POINTS = 3
_TABLE_CAPTION = re.compile(r"\s*[<\[〈]?\s*(?:표|Table)\s*\d")
_PAGE_WORDS = re.compile(r"(?i)page|of|쪽|페이지")
_LETTER = re.compile(r"[^\W\d_]")
_BESIDE = " | "


def parse(data: bytes, *, limits: Limits) -> Parsed:  # noqa: ARG001  # all readers are called alike
    """Read a Word file; comments and unseen text stand apart, deleted text is gone.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limits of `package`.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    package = open_package(data)
    name = main_part(package, "word/document.xml")
    links = relations(package, name)
    walk = _Walk(package, links, of=part(package, name))
    body = walk.root.find(f"{W}body")
    if body is None:
        raise DocumentUnreadableError(reason="damaged")
    running = [
        _Walk(package, {}, of=part(package, name)) for name in _running_parts(package, links)
    ]
    blocks = [*walk.blocks(body), *_running(running)]
    metadata = properties(package)
    return Parsed(
        blocks=tuple(blocks),
        title=walk.title or title_of(metadata),
        metadata=metadata,
        warnings=tuple(_warnings([walk, *running], count_unfollowed(package, links))),
        asides=tuple(aside for each in (walk, *running) for aside in each.asides()),
    )


def _warnings(walks: list[_Walk], unfollowed: int) -> Iterator[ReadWarning]:
    """Yield what an official should know."""
    counts = (
        ("hidden_text", sum(len(walk.hidden) for walk in walks)),
        ("memos", sum(len(walk.memos()) for walk in walks)),
        ("external_content", unfollowed + sum(walk.foreign for walk in walks)),
    )
    return (ReadWarning(code=code, count=count) for code, count in counts if count)


def _running_parts(package: Package, links: dict[str, Relation]) -> list[str]:
    kinds = ("header", "footer")
    named = [(kinds.index(r.kind), r.target) for r in links.values() if r.kind in kinds]
    return [name for _, name in sorted(named) if package.has(name)]


def _running(walks: list[_Walk]) -> Iterator[Block]:
    """Yield what heads and feet of the pages say, each text once and page numbers left out."""
    seen: set[str] = set()
    for walk in walks:
        for block in walk.blocks(walk.root):
            text = _flat(block).strip()
            if text not in seen and _LETTER.search(_PAGE_WORDS.sub("", text)):
                seen.add(text)
                yield text_block(BlockKind.NOTE, text)


def _flat(block: Block) -> str:
    """Return a block as text, a table row by row."""
    rows = (_BESIDE.join(cell.text for cell in row if cell.text.strip()) for row in block.rows)
    return block.text or "\n".join(row for row in rows if row)


class _Walk:
    """One pass over the body, with what was met beside it."""

    def __init__(self, package: Package, links: dict[str, Relation], *, of: Element) -> None:
        self.root = of
        self.title = ""
        self.hidden: list[str] = []
        self.foreign = 0
        self._package = package
        self._links = links
        self._styles = Styles(self._linked("styles"))
        self._numbering = Numbering(self._linked("numbering"))
        self._notes = {kind: self._note_nodes(kind) for kind in _NOTES.values()}
        self._note_count = 0
        self._due: list[Block] = []  # notes and text boxes, given after what they hang on
        self._on_colour = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks below `parent`."""
        caption: Block | None = None
        for node in _children(parent):
            for block in self._of(node):
                if caption is not None and block.kind is BlockKind.TABLE:
                    block, caption = _captioned(block, caption.text), None
                if caption is not None:
                    yield caption
                caption = block if self._is_table_caption(node, block) else None
                if caption is None:
                    yield block
        if caption is not None:
            yield caption

    def asides(self) -> Iterator[Aside]:
        """Yield comments and what a reader does not see."""
        yield from (Aside(kind=AsideKind.MEMO, text=text) for text in self.memos())
        yield from (Aside(kind=AsideKind.HIDDEN, text=text) for text in self.hidden)

    def memos(self) -> list[str]:
        """Return the comments."""
        root = self._linked("comments")
        texts = map(self._plain, root) if root is not None else ()
        return [text for text in texts if text.strip()]

    def _linked(self, kind: str) -> Element | None:
        for relation in self._links.values():
            if relation.kind == kind and self._package.has(relation.target):
                return part(self._package, relation.target)
        return None

    def _note_nodes(self, kind: str) -> dict[str, Element]:
        root = self._linked(kind)
        return {node.get(f"{W}id") or "": node for node in root} if root is not None else {}

    def _plain(self, node: Element) -> str:
        lines = ("".join(_own_text(p)) for p in node.iter(f"{W}p"))
        return "\n".join(line for line in lines if line.strip())

    def _of(self, node: Element) -> Iterator[Block]:
        name = local(node)
        if name == "p":
            yield from self._paragraph(node)
        elif name == "tbl":
            yield from self._table(node)
        elif name == "altChunk":
            self.foreign += 1
        due, self._due = self._due, []
        yield from due

    def _is_table_caption(self, node: Element, block: Block) -> bool:
        if block.kind is BlockKind.TABLE or not _TABLE_CAPTION.match(block.text):
            return False
        return self._style_of(node).is_caption

    def _style_of(self, p: Element) -> Style:
        return self._styles[value(p, "pPr/pStyle") or self._styles.default]

    def _paragraph(self, p: Element) -> Iterator[Block]:
        style = self._style_of(p)
        text = "".join(self._text(p, is_shaded(p.find(f"{W}pPr")), style.is_hidden))
        if not text.strip():
            # One with nothing in it has a number as well; one that is gone or unseen has none.
            if all(local(child) in {"pPr", "bookmarkStart", "bookmarkEnd"} for child in p):
                self._marker(p, style)
            return
        if style.is_title and not self.title and len(text) <= _HEADING_CHARS:
            self.title = " ".join(text.split())
        marker, depth = self._marker(p, style)
        text = f"{marker} {text.strip()}" if marker else text
        said = value(p, "pPr/outlineLvl")
        outline = number(said, LEVELS) if said is not None else style.outline
        if style.is_title and outline is None:
            outline = 0
        if outline is not None and outline < LEVELS and len(text) <= _HEADING_CHARS:
            yield text_block(BlockKind.HEADING, " ".join(text.split()), level=outline + 1)
        elif depth:
            yield text_block(BlockKind.LIST_ITEM, text, level=depth)
        else:
            yield text_block(BlockKind.PARAGRAPH, text)

    def _marker(self, p: Element, style: Style) -> tuple[str, int]:
        """Return what Word draws before a paragraph, and how deep in a list it stands."""
        num_id, said = value(p, "pPr/numPr/numId"), value(p, "pPr/numPr/ilvl")
        level = None if said is None else number(said)
        if num_id is None and style.numbering is not None:
            num_id = style.numbering[0]
            level = style.numbering[1] if level is None else level
            if level is None:
                style_id = value(p, "pPr/pStyle") or self._styles.default
                level = self._numbering.level_of(num_id, style_id)
        if num_id is None:
            return "", 0
        marker = self._numbering.marker(num_id, level or 0)
        return (marker or "", (level or 0) + 1) if marker is not None else ("", 0)

    def _text(self, node: Element, on_colour: bool, is_hidden: bool) -> Iterator[str]:
        for child in _children(node):
            name = local(child)
            if name == "r":
                yield from self._run(child, on_colour, is_hidden)
            elif name in _BOXES:
                self._box(child)
            elif child.tag == _MATHS_TEXT:
                yield child.text or ""
            elif name not in _LEFT_OUT:
                yield from self._text(child, on_colour, is_hidden)

    def _run(self, run: Element, on_colour: bool, is_hidden: bool) -> Iterator[str]:
        if self._is_unseen(run, on_colour, is_hidden):
            text = "".join(_own_text(run)).strip()
            if text:
                self.hidden.append(text)
            return
        for child in _children(run):
            name = local(child)
            if name in _BOXES:
                self._box(child)
            elif name in {"ruby", "rubyBase"}:
                yield from self._text(child, on_colour, is_hidden)
            else:
                yield self._sign(name, child)

    def _sign(self, name: str, node: Element) -> str:
        """Return what one element of a run shows."""
        if name == "t":
            return node.text or ""
        if name in _BREAKS:
            return _BREAKS[name] if node.get(f"{W}type") != "page" else ""
        if name in _NOTES:
            return self._note(name, node)
        code = node.get(f"{W}char") or ""
        is_symbol = name == "sym" and re.fullmatch(r"[0-9A-Fa-f]{4}", code) is not None
        return drawn_symbol(chr(int(code, 16))) if is_symbol else ""

    def _is_unseen(self, run: Element, on_colour: bool, is_hidden: bool) -> bool:
        marks = run.find(f"{W}rPr")
        if marks is None:
            return is_hidden
        switch = marks.find(f"{W}vanish")
        is_hidden = is_on(switch, VAL) if switch is not None else is_hidden
        style_id = value(marks, "rStyle")
        if is_hidden or (style_id and switch is None and self._styles[style_id].is_hidden):
            return True
        if number(value(marks, "sz"), 100) <= _TINY_HALF_POINTS:
            return True
        is_marked = marks.find(f"{W}highlight") is not None or is_shaded(marks)
        is_plain = not (on_colour or is_marked or self._on_colour)
        return is_plain and _is_white(value(marks, "color"))

    def _note(self, reference: str, node: Element) -> str:
        body = self._notes[_NOTES[reference]].get(node.get(f"{W}id") or "")
        if body is None:
            return ""
        self._note_count += 1
        mark = f"[{self._note_count}]"
        self._due.append(text_block(BlockKind.NOTE, f"{mark} {self._plain(body).strip()}"))
        return mark

    def _box(self, drawing: Element) -> None:
        """Keep what a text box holds; what lies behind it is not known, so nothing is unseen."""
        self._on_colour += 1
        outside, self._due = self._due, []
        for box in _boxes(drawing):
            outside.extend(self.blocks(box))
        self._due = outside
        self._on_colour -= 1

    def _table(self, table: Element) -> Iterator[Block]:
        for tr in filter(is_hidden_row, rows_of(table)):
            text = self._plain(tr).replace("\n", _BESIDE)
            if text.strip():
                self.hidden.append(text)
        cells = cell_nodes(table)
        is_dyed = (value(table, "tblPr/tblStyle") or "") not in _FRAME_STYLES
        self._on_colour += is_dyed
        if len(cells) == 1:
            yield from self._cell_blocks(cells[0])
        elif cells:
            yield TableReader(self._cell_text, self._is_bold).read(table)
        self._on_colour -= is_dyed

    def _cell_blocks(self, tc: Element) -> Iterator[Block]:
        is_dyed = is_shaded(tc.find(f"{W}tcPr"))
        self._on_colour += is_dyed
        yield from self.blocks(tc)
        self._on_colour -= is_dyed

    def _cell_text(self, tc: Element) -> str:
        before, self._due = self._due, []
        blocks = list(self._cell_blocks(tc))
        self._due = before + [b for b in blocks if b.kind is BlockKind.NOTE]
        return "\n".join(_flat(b).strip() for b in blocks if b.kind is not BlockKind.NOTE)

    def _is_bold(self, tc: Element) -> bool:
        runs = [r for r in tc.iter(f"{W}r") if r.find(f"{W}t") is not None]
        return bool(runs) and all(self._is_bold_run(run) for run in runs)

    def _is_bold_run(self, run: Element) -> bool:
        own = run.find(f"{W}rPr/{W}b")
        if own is not None:
            return is_on(own, VAL)
        paragraph = run.getparent()
        return paragraph is not None and self._style_of(paragraph).is_bold


def _children(node: Element) -> Iterator[Element]:
    """Yield children, with what only wraps them unwrapped."""
    for child in node:
        name = local(child)
        if name == "AlternateContent" and str(child.tag).startswith(COMPATIBILITY):
            yield from chosen(child)
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _children(child)
        elif name not in {"del", "moveFrom", "sdtPr", "sdtEndPr"}:
            yield child


def _own_text(node: Element) -> Iterator[str]:
    for child in node.iter(f"{W}t", f"{W}tab", f"{W}br"):
        yield (child.text or "") if local(child) == "t" else _BREAKS[local(child)]


def _boxes(drawing: Element) -> Iterator[Element]:
    """Yield the outermost text boxes, of an alternative only the chosen one."""
    for child in _children(drawing):
        if local(child) == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _captioned(block: Block, caption: str) -> Block:
    return Block(
        kind=block.kind,
        text=block.text,
        locator=block.locator,
        rows=block.rows,
        header_rows=block.header_rows,
        caption=" ".join(caption.split()),
    )


def _is_white(colour: str | None) -> bool:
    if colour is None or not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    return all(part_of >= _NEARLY_WHITE for part_of in bytes.fromhex(colour))
