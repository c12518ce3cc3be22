"""Lines of pages to paragraphs: running heads go, wrapped lines are joined, marks start anew.

A line that holds `TABLE_MARK` and a number stands for a table, which may run on over pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain import Block, BlockKind, Cell, Locator
from assistant.reading.parsed import table_block, text_block

TABLE_MARK = "\ufdd0"  # stands for no letter, so that no text holds it
SOFT_BREAK = "\x0b"  # in a cell: the line was full here

_EDGE_LINES = 2
_REPEAT_SHARE = 0.5
_MIN_REPEATS = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—―~·|<\[(]*(?:page\s*|p\.\s*|제\s*)?(\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\s*(?:쪽|면|페이지)?"
    r"[\s\-–—―~·|>\])]*\Z",
    re.IGNORECASE,
)
_DECORATED = re.compile(r"[\s]*[-–—―]\s*\d{1,4}\s*[-–—―]\s*\Z")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
# A mark at the start of a line begins a paragraph: articles, numbered items, bullets, captions.
_MARK = re.compile(
    r"(?:제\s?\d+(?:조|장|절|관|편|항)(?:의\s?\d+)?(?=[\s(\[〔]|\Z)|[①-⑳㉑-㉟❶-❿⓵-⓾]|"
    r"\d{1,2}(?:의\d+)?[.)](?:\d{1,2}[.)]?)*\s|[(（]\d{1,2}[)）]\s?|[가-하][.)]\s|[(（][가-하][)）]\s?|"
    r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{1,5}[.\s]\s*(?=\S)|[□■○●◦◯❍◎◇◆▷▶▪▫•‣※☞∙⦁◈▣△▲]|[-–*·ㅇ]\s|"
    r"[<〈【\[](?:표|그림|별표|별지|붙임|참고|첨부)|(?:별표|별지|부\s?칙|붙임)(?=[\s\d]|\Z))"
)
_SENTENCE_END = re.compile(r"[.?!:;。][\"'”’)\]」』]*\Z")
_LONE_BULLET = re.compile(r"\s*[□■○●◦◯❍◇◆▷▶▪▫•‣∙⦁\-–*·]\s*\Z")
_WORD = re.compile(r"[가-힣0-9A-Za-z]+")
_LAST_WORD = re.compile(r"[가-힣0-9]+\Z")
_FIRST_WORD = re.compile(r"[가-힣]+")
# Particles and endings that never begin a word: a line that begins so goes on in mid-word.
_PARTICLE = re.compile(
    r"(?:을|를|의|은|는|에|에서|에게|으로|로|와|과|하여|하고|하는|하며|하여야|되어|되는|된|되며|입니다|합니다|"
    r"한다|된다|이며|이고|다|며|고)(?=[\s.,)]|\Z)"
)
_HYPHENATED = re.compile(r"[A-Za-z]-\Z")
_FULL_LINE = 0.75
_VERY_FULL_LINE = 0.85
_WORD_BREAK_SHARE = 0.1

_CHAPTER = re.compile(r"제\s?\d+(편|장|절|관)(?:의\s?\d+)?\s+\S")
_ROMAN = re.compile(r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,4}[.\s]|[IVX]{1,4}\.)\s*\S")
_ARABIC = re.compile(r"(\d{1,2})\.\s+\S")
_ARTICLE = re.compile(r"제\s?\d+조(?:의\s?\d+)?\s?[(（]")
_CHAPTER_LEVELS = {"편": 1, "장": 2, "절": 3, "관": 4}
_HEADING_CHARS = 45
_NUMBERED_CHARS = 30
_NO_HEADING_END = (".", ",", ";", "다", "함", "음", "것", "경우")
_CAPTION = re.compile(r"[<〈【\[(]\s*표\s*[\d\-–.]*\s*[>〉】\])]|표\s?\d")
_UNIT = re.compile(r"[<〈\[(]?\s*단위\s*[:：].{1,30}\Z")
_CAPTION_CHARS = 120
_MAX_HEADER = 4
_SAME_EDGE = 3.0
# A row of dots or a page number at the end of a line is a table of contents.
_CONTENTS = re.compile(r"(?:[.·…‥]{3,}|\s)\s*\d{1,3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table on one page; `edges` are where its columns end, to know it again on the next.

    One of a single row is a box, which becomes paragraphs unless it continues a table.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    edges: tuple[float, ...] = ()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph or table under construction: its last line, or its last page."""

    page: int
    text: str = ""
    last_line: str = ""
    table: PageTable | None = None
    last_page: int = 0
    caption: str = ""


def to_blocks(pages: Sequence[str], tables: Sequence[PageTable] = ()) -> list[Block]:
    r"""Turn the raw text of pages into numbered paragraphs, safe headings and the given tables.

    >>> pages = ["제1조(목적) 이 규정은 시범\n을 정한다.\n① 다음과 같다."]
    >>> [block.text for block in to_blocks(pages)]
    ['제1조(목적) 이 규정은 시범을 정한다.', '① 다음과 같다.']
    """
    lines = _without_running_heads([_lines(page) for page in pages])
    return _with_headings(_joined(lines, tables))


def _lines(page: str) -> list[str]:
    # pdfium marks a hyphen at a line end by U+0002 or U+FFFE and drops it.
    page = re.sub(r"[\x02\ufffe]\r?\n", "", page)
    return [_SPACES.sub(" ", line).lstrip() for line in page.splitlines()]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop lines at the edges of pages that repeat or count the pages."""
    edges = [_edge_indexes(lines) for lines in pages]
    shapes = Counter(
        shape
        for lines, indexes in zip(pages, edges, strict=True)
        for shape in {_shape(lines[i]) for i in indexes} - {"#"}
    )
    needed = max(_MIN_REPEATS, len(pages) * _REPEAT_SHARE)
    repeated = {shape for shape, count in shapes.items() if count >= needed}
    offsets = Counter(
        offset
        for number, (lines, indexes) in enumerate(zip(pages, edges, strict=True), 1)
        for offset in {_page_offset(lines[i], number) for i in indexes} - {None}
    )
    counted = {offset for offset, count in offsets.items() if count >= 2}
    kept: list[list[str]] = []
    for number, (lines, indexes) in enumerate(zip(pages, edges, strict=True), 1):
        gone = {
            i
            for i in indexes
            if _shape(lines[i]) in repeated
            or _page_offset(lines[i], number) in counted
            or _DECORATED.match(lines[i])
        }
        kept.append([line for i, line in enumerate(lines) if i not in gone])
    return kept


def _edge_indexes(lines: list[str]) -> list[int]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}
    return sorted(i for i in edges if not lines[i].startswith(TABLE_MARK))


def _shape(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split()))


def _page_offset(line: str, page: int) -> int | None:
    match = _PAGE_NUMBER.match(line)
    return int(match[1]) - page if match else None


def _joined(pages: list[list[str]], tables: Sequence[PageTable]) -> list[_Paragraph]:
    """Join wrapped lines; a paragraph or table may run on to the next page."""
    joiner = _Joiner(pages)
    paragraphs: list[_Paragraph] = []
    after_blank = True
    for number, lines in enumerate(pages, 1):
        for line in lines:
            if line.startswith(TABLE_MARK):
                _add_table(paragraphs, joiner.unwrapped(tables[int(line[1:])]), number)
                after_blank = True
                continue
            if not line.strip() or _LONE_BULLET.match(line):
                after_blank = after_blank or not line.strip()
                continue
            last = paragraphs[-1] if paragraphs else None
            if last is not None and not after_blank and joiner.goes_on(last.last_line, line):
                last.text = joiner.join(last.text, line, last.last_line)
                last.last_line = line
            else:
                paragraphs.append(_Paragraph(page=number, text=line.rstrip(), last_line=line))
            after_blank = False
    return paragraphs


def _add_table(paragraphs: list[_Paragraph], table: PageTable, page: int) -> None:
    """Add a table, or its rows to the one it continues from the page before."""
    last = paragraphs[-1] if paragraphs else None
    before = last.table if last is not None and last.last_page == page - 1 else None
    if last is not None and before is not None and _is_same_ruling(before, table):
        last.table, last.last_page = _continued(before, table), page
        return
    if len(table.rows) == 1:  # a box: it sets off a heading or a remark
        text = " ".join(cell.text for cell in table.rows[0] if cell.text)
        lines = [line for line in text.split("\n") if line.strip()]
        paragraphs.extend(_Paragraph(page=page, text=line, last_line=line) for line in lines)
        return
    caption = _take_caption(paragraphs)
    paragraphs.append(_Paragraph(page=page, table=table, last_page=page, caption=caption))


def _is_same_ruling(one: PageTable, other: PageTable) -> bool:
    return len(one.edges) == len(other.edges) > 2 and all(
        abs(a - b) <= _SAME_EDGE for a, b in zip(one.edges, other.edges, strict=True)
    )


def _continued(one: PageTable, other: PageTable) -> PageTable:
    """Return both parts as one table; the rows at the top that the second part repeats go."""
    count = 0
    for row, again in zip(one.rows[:_MAX_HEADER], other.rows[:_MAX_HEADER], strict=False):
        if row != again or not any(cell.text for cell in row):
            break
        count += 1
    header_rows = max(one.header_rows, count)
    return replace(one, rows=one.rows + other.rows[count:], header_rows=header_rows)


def _take_caption(paragraphs: list[_Paragraph]) -> str:
    """Take the caption that stands right above a table, with the unit of its figures."""
    found: list[str] = []
    for pattern in (_UNIT, _CAPTION):
        last = paragraphs[-1].text if paragraphs else ""
        if pattern.match(last) and len(last) <= _CAPTION_CHARS:
            found.append(paragraphs.pop().text)
    return " ".join(reversed(found))


class _Joiner:
    """Knows how wide the lines of a file are, and whether they break between words."""

    def __init__(self, pages: list[list[str]]) -> None:
        lines = [
            line
            for page in pages
            for line in page
            if line.strip() and not line.startswith(TABLE_MARK)
        ]
        widths = sorted(map(_width, lines))
        # What nine lines in ten do not exceed is what a full line looks like.
        self._full = widths[int(len(widths) * 0.9)] if widths else 0
        spaced = sum(line != line.rstrip() for line in lines)
        self._marks_words = spaced >= max(1, len(lines) * _WORD_BREAK_SHARE)
        self._words = Counter(
            word for line in lines for word in _WORD.findall(line.strip())[1:-1] if len(word) > 1
        )

    def goes_on(self, last_line: str, line: str) -> bool:
        """Tell whether `line` continues the paragraph that `last_line` belongs to."""
        before = last_line.rstrip()
        if _MARK.match(line) or before.isdigit() or line.strip().isdigit():
            return False
        if _CONTENTS.search(before):
            return False
        needed = _FULL_LINE
        if _SENTENCE_END.search(before) or (self._marks_words and before == last_line):
            needed = _VERY_FULL_LINE
        return _width(before) >= self._full * needed

    def join(self, text: str, line: str, last_line: str) -> str:
        """Join a line to its paragraph, with a space unless the break was inside a word."""
        line = line.rstrip()
        if last_line != last_line.rstrip():
            return f"{text} {line}"
        if _HYPHENATED.search(text) and line[:1].islower():
            return text[:-1] + line
        return text + line if self._is_one_word(text, line) else f"{text} {line}"

    def unwrapped(self, table: PageTable) -> PageTable:
        """Join the wrapped lines within the cells of a table."""
        rows = tuple(
            tuple(replace(cell, text=self._unwrapped(cell.text)) for cell in row)
            for row in table.rows
        )
        return replace(table, rows=rows)

    def _unwrapped(self, text: str) -> str:
        first, *following = text.split(SOFT_BREAK)
        joined, last_line = first.rstrip(" "), first
        for line in following:
            if _MARK.match(line):
                joined += "\n" + line.rstrip(" ")
            else:
                joined = self.join(joined, line, last_line)
            last_line = line
        return "\n".join(" ".join(line.split()) for line in joined.split("\n"))

    def _is_one_word(self, text: str, line: str) -> bool:
        left, right = _LAST_WORD.search(text), _FIRST_WORD.match(line)
        if left is None or right is None:
            return False
        if self._marks_words:
            return True
        if _PARTICLE.match(line):
            return True
        # Elsewhere in the file the word may stand unbroken, or both parts as words of their own.
        return self._words[left[0] + right[0]] > min(self._words[left[0]], self._words[right[0]])


def _width(line: str) -> int:
    """Width in half columns: Hangul and Hanja take two."""
    return sum(2 if char >= "\u1100" and not char.isspace() else 1 for char in line.rstrip())


def _with_headings(paragraphs: list[_Paragraph]) -> list[Block]:
    is_rule = sum(bool(_ARTICLE.match(p.text)) for p in paragraphs) >= 2
    blocks: list[Block] = []
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1].text or TABLE_MARK if index + 1 < len(paragraphs) else ""
        if paragraph.table is not None:
            blocks.append(_table_block(paragraph, paragraph.table))
            continue
        level = _heading_level(paragraph.text, following, is_rule=is_rule)
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        blocks.append(text_block(kind, paragraph.text, level=level, page=paragraph.page))
    return blocks


def _table_block(paragraph: _Paragraph, table: PageTable) -> Block:
    block = table_block(table.rows, header_rows=table.header_rows, caption=paragraph.caption)
    return replace(block, locator=Locator(ordinal=0, page=paragraph.page))


def _heading_level(text: str, following: str, *, is_rule: bool) -> int:
    """Level of a heading that its number gives away, else 0."""
    if len(text) > _HEADING_CHARS or not following or text.endswith(_NO_HEADING_END):
        return 0
    if _CONTENTS.search(text):
        return 0
    if chapter := _CHAPTER.match(text):
        return _CHAPTER_LEVELS[chapter[1]]
    if _ROMAN.match(text):
        return 2
    is_numbered = not is_rule and len(text) <= _NUMBERED_CHARS and _ARABIC.match(text)
    # Two numbered lines in a row are a list, not a heading with its text.
    return 3 if is_numbered and not _ARABIC.match(following) else 0
