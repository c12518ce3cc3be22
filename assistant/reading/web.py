"""HTML: headings, paragraphs, lists and tables that a reader of the page sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import lxml.etree
import lxml.html

from assistant.domain import Block, BlockKind, Cell, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.instructions import count_instructions
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, table_block, text_block
from assistant.reading.plain import read_source
from assistant.reading.visibility import StyleSheet, ink_and_paper, is_hidden, is_same_colour

_Element: TypeAlias = lxml.html.HtmlElement
_Colours: TypeAlias = "tuple[tuple[int, int, int] | None, tuple[int, int, int] | None]"
_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?\s*([\w-]+)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD_BYTES = 4096
_LEFT_OUT = {
    *("script", "style", "template", "nav", "noscript", "head", "iframe", "object", "embed"),
    *("svg", "canvas", "select", "button", "audio", "video", "map", "dialog"),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ITEMS = {"li", "dt", "dd"}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "pre"),
    *("ul", "ol", "dl", "form", "fieldset", "figure", "figcaption", "address", "center", "body"),
    *("details", "summary", "hr", "html", "caption", "legend", "tr", "td", "th", "tbody", "thead"),
}
_ROOT_COLOURS: _Colours = ((0, 0, 0), (255, 255, 255))
_SPACE = re.compile(r"[ \t\n\r\f\u00a0]+")
_AROUND_BREAK = re.compile(r" *\n *")
_MAX_SPAN = 100
_MAX_DEPTH = 200
_LINE = "\n"


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read a web page without fetching anything; unseen text is left out and counted.

    Raises:
        DocumentUnreadableError: `damaged` when no page can be made of it.
    """
    named = _CHARSET.search(data[:_HEAD_BYTES])
    source = read_source(data, limits=limits, hint=named[1].decode() if named else None)
    root = _tree(source.text)
    walk = _Walk(StyleSheet(str(sheet.text or "") for sheet in root.iter("style")))
    blocks = tuple(walk.blocks(root))
    hidden = tuple(walk.hidden)
    warnings = source.warnings
    if hidden:
        warnings += (ReadWarning(code="hidden_text", count=len(hidden)),)
    notes = tuple(filter(count_instructions, _comments(root)))
    return Parsed(blocks=blocks, title=_title(root), warnings=warnings, hidden=hidden + notes)


def _tree(text: str) -> _Element:
    # huge_tree stays off: it is what bounds depth and text size.
    parser = lxml.html.HTMLParser(no_network=True, remove_pis=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(_XML_DECLARATION.sub("", text), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentUnreadableError(reason="damaged") from error


def _title(root: _Element) -> str:
    found = root.find(".//title")
    return " ".join((found.text_content() if found is not None else "").split())


def _comments(root: _Element) -> Iterator[str]:
    for comment in root.iter(lxml.etree.Comment):
        yield str(comment.text or "")


class _Walk:
    """One pass over a page, gathering text until an element ends it."""

    def __init__(self, sheet: StyleSheet) -> None:
        self.hidden: list[str] = []
        self._sheet = sheet
        self._pieces: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._lists: list[int | None] = []
        self._marker = ""
        self._depth = 0

    def blocks(self, root: _Element) -> Iterator[Block]:
        """Yield the blocks of the page in order."""
        yield from self._element(root, _ROOT_COLOURS, False)
        yield from self._flush()

    def _element(self, node: _Element, around: _Colours, is_pre: bool) -> Iterator[Block]:
        tag = node.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            return
        attributes = dict(node.items())  # `attrib` refuses names that HTML may have
        style = self._sheet.style_of(tag, attributes)
        colours = ink_and_paper(style, attributes, around)
        if is_hidden(tag, attributes, style) or self._depth > _MAX_DEPTH:
            self._hide(node)
            return
        self._depth += 1
        yield from self._visible(node, tag, colours, is_pre or tag == "pre")
        self._depth -= 1

    def _visible(
        self, node: _Element, tag: str, colours: _Colours, is_pre: bool
    ) -> Iterator[Block]:
        if tag == "br":
            self._pieces.append(_LINE)
        elif tag == "table" and not _is_layout(node):
            yield from self._flush()
            yield from self._table(node, colours)
        elif tag in _HEADINGS or tag in _ITEMS or tag in _BLOCKS or tag == "table":
            yield from self._flush()
            yield from self._block(node, tag, colours, is_pre)
        else:
            yield from self._content(node, colours, is_pre)

    def _block(self, node: _Element, tag: str, colours: _Colours, is_pre: bool) -> Iterator[Block]:
        before = self._kind, self._level
        if tag in _HEADINGS:
            self._kind, self._level = BlockKind.HEADING, int(tag[1])
        elif tag in _ITEMS:
            self._kind, self._level = BlockKind.LIST_ITEM, max(len(self._lists), 1)
            self._marker = self._next_marker()
        if tag in {"ul", "ol", "dl"}:
            self._lists.append(_start(node) if tag == "ol" else None)
        yield from self._content(node, colours, is_pre)
        yield from self._flush()
        if tag in {"ul", "ol", "dl"}:
            self._lists.pop()
        self._kind, self._level = before

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return ""
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    def _content(self, node: _Element, colours: _Colours, is_pre: bool) -> Iterator[Block]:
        self._text(node.text, colours, is_pre)
        for child in node:
            yield from self._element(child, colours, is_pre)
            self._text(child.tail, colours, is_pre)

    def _text(self, text: str | None, colours: _Colours, is_pre: bool) -> None:
        if not text:
            return
        if is_same_colour(*colours):
            if text.strip():
                self.hidden.append(text.strip())
            return
        self._pieces.append(text if is_pre else _SPACE.sub(" ", text))

    def _flush(self) -> Iterator[Block]:
        text = _AROUND_BREAK.sub(_LINE, "".join(self._pieces)).strip()
        self._pieces = []
        if not text:
            return
        if self._kind is BlockKind.HEADING:
            text = " ".join(text.split())
        yield text_block(self._kind, self._marker + text, level=self._level)
        self._marker = ""

    def _hide(self, node: _Element) -> None:
        text = " ".join(node.text_content().split())
        if text:
            self.hidden.append(text)

    def _table(self, table: _Element, colours: _Colours) -> Iterator[Block]:
        trs = [tr for tr in table.iter("tr") if not self._is_unseen(tr)]
        rows: list[tuple[Cell, ...]] = []
        header_rows = 0
        for index, tr in enumerate(trs):
            cells = [cell for cell in tr if cell.tag in {"td", "th"}]
            row = tuple(self._cell(cell, colours, left=len(trs) - index) for cell in cells)
            if not row:
                continue
            if len(rows) == header_rows and _is_header(tr, cells):
                header_rows += 1
            rows.append(row)
        if len(rows) == 1 and len(rows[0]) == 1:
            yield text_block(BlockKind.PARAGRAPH, rows[0][0].text)
        elif rows:
            found = table.find("caption")
            caption = " ".join(found.text_content().split()) if found is not None else ""
            yield table_block(
                tuple(rows),
                header_rows=0 if header_rows == len(rows) else header_rows,
                caption=caption,
            )

    def _is_unseen(self, node: _Element) -> bool:
        attributes = dict(node.items())
        style = self._sheet.style_of("tr", attributes)
        if is_hidden("tr", attributes, style):
            self._hide(node)
            return True
        return False

    def _cell(self, node: _Element, colours: _Colours, *, left: int) -> Cell:
        texts = [block.text for block in self._element_apart(node, colours)]
        return Cell(
            text=_LINE.join(texts),
            row_span=min(_span(node, "rowspan") or left, left),
            col_span=max(min(_span(node, "colspan"), _MAX_SPAN), 1),
        )

    def _element_apart(self, node: _Element, colours: _Colours) -> Iterator[Block]:
        yield from self._element(node, colours, False)
        yield from self._flush()


def _is_layout(table: _Element) -> bool:
    """Tables that hold tables or headings only arrange the page."""
    return any(True for _ in table.iterdescendants("table", *_HEADINGS))


def _is_header(tr: _Element, cells: list[_Element]) -> bool:
    parent = tr.getparent()
    is_in_head = parent is not None and parent.tag == "thead"
    return is_in_head or all(cell.tag == "th" for cell in cells)


def _start(node: _Element) -> int:
    value = str(node.get("start") or "1").strip()
    return int(value) if re.fullmatch(r"\d{1,6}", value) else 1


def _span(node: _Element, name: str) -> int:
    value = str(node.get(name) or "1").strip()
    return int(value[:6]) if re.match(r"\d+\Z", value) else 1
