"""Parse legal text into 편/장/절/관, 조, 항, 호, 목, 부칙, 별표.

The structure is that of Korean statutes and administrative rules: an article (조) holds
paragraphs (항, ①), these hold subparagraphs (호, `1.`), items (목, `가.`) and finer points
(`1)`, `가)`). Source: 법제처 「법령 입안ㆍ심사 기준」, structure of articles.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.domain import Block, BlockKind, Document, Section, SectionKind
from assistant.tablegrid import table_lines
from assistant.text import clean

_CHAPTER = re.compile(r"^제\s*\d+\s*(?P<level>편|장|절|관)(?:의\s*\d+)?(?:\s|$|[가-힣(（])")
_ARTICLE = re.compile(
    r"^(?P<label>제\s*\d+\s*조(?:\s*의\s*\d+)?)\s*(?:[(（](?P<title>[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）])?"
)
_ADDENDA = re.compile(r"^부\s*칙(?:\s*[<〈(（\[]|\s*$)")
_ANNEX = re.compile(
    r"^[\[〔【(]?\s*(?P<label>(?:별표|별지)\s*(?:제?\s*\d+\s*(?:의\s*\d+)?\s*(?:호\s*서식)?)?)"
)
_DELETED = re.compile(r"^삭\s*제\s*(?:[<〈(\[]|$)")
_PART_NAMES = {1: "제{}항", 2: "제{}호", 3: "{}목"}
PREAMBLE = "머리말"
PREAMBLE_MIN_CHARS = 80
_LEVELS = {"편": 0, "장": 1, "절": 2, "관": 3}
PARAGRAPH_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚"
_PART = re.compile(
    rf"^\s*(?:(?P<paragraph>[{PARAGRAPH_MARKS}])|(?P<subparagraph>\d+(?:의\d+)?)\.(?!\d)"
    r"|(?P<item>[가나다라마바사아자차카타파하](?:의\d+)?)\.(?=\s)|(?P<point>\d+|[가-하])\)(?=\s))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A 항, 호, 목 or finer point of an article: half-open range of the article's text.

    `depth` is 1 for 항, 2 for 호, 3 for 목, 4 below; `number` is what a reference names
    (`1` for ①, `5의2`, `가`).
    """

    depth: int
    number: str
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    kind: SectionKind
    label: str
    title: str
    path: tuple[str, ...]
    page: int | None
    lines: list[str] = field(default_factory=list)
    is_ocr: bool = False


def is_legal(document: Document) -> bool:
    """Return whether the document has the shape of a rule: at least three numbered articles.

    An article counts when its line begins with 제N조 and a title in brackets, or is a heading.
    """
    found = 0
    for line in _lines(b for b in document.blocks if b.kind is not BlockKind.TABLE):
        match = _ARTICLE.match(line.text)
        if match and (match["title"] is not None or line.is_heading):
            found += 1
            if found == 3:
                return True
    return False


def parse_sections(document: Document) -> tuple[Section, ...]:
    """Cut a rule into articles, addenda and annexes, in order.

    The text of an article begins with its heading line (`제36조(시범사용 완료보고)`), followed by
    its parts, one a line; chapters become the path.
    """
    chapters: dict[int, str] = {}
    sections: list[Section] = []
    current: _Open | None = None
    in_addenda = False
    for line in _lines(document.blocks):
        opened = _opening(line.text, is_heading=line.is_heading, in_addenda=in_addenda)
        if opened is None:
            is_first = not sections and not line.is_heading
            current = _continued(current, line, is_first=is_first)
            continue
        _keep(current, sections)
        current = None
        if opened.kind is None:
            _enter(chapters, opened.level, line.text)
            in_addenda = False
            continue
        if opened.kind is SectionKind.ADDENDA:
            in_addenda = True
        path = (
            ()
            if opened.kind is not SectionKind.ARTICLE
            else tuple(chapters[level] for level in sorted(chapters))
        )
        current = _Open(
            opened.kind,
            opened.label,
            opened.title,
            path,
            line.page,
            list(opened.lines),
            is_ocr=line.is_ocr,
        )
    _keep(current, sections)
    return tuple(sections)


def _continued(current: _Open | None, line: _Line, *, is_first: bool) -> _Open | None:
    """Add a line to the open section; text before the first article is a preamble of its own."""
    if current is None and is_first:
        current = _Open(SectionKind.PROSE, PREAMBLE, "", (), line.page, [])
    if current is not None:
        current.lines.append(line.text)
        current.is_ocr = current.is_ocr or line.is_ocr
    return current


@dataclass(frozen=True, slots=True)
class _Opening:
    kind: SectionKind | None
    label: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    level: int = 0


def _opening(line: str, *, is_heading: bool, in_addenda: bool) -> _Opening | None:
    """Return what a line opens, or None when it continues the current section."""
    if _ADDENDA.match(line):
        return _Opening(SectionKind.ADDENDA, "부칙", "", (line,))
    chapter = _CHAPTER.match(line)
    if chapter and len(line) < 60 and (is_heading or not in_addenda):
        return _Opening(None, level=_LEVELS[chapter["level"]])
    article = _ARTICLE.match(line)
    if article and not in_addenda and (is_heading or article["title"] is not None):
        label = re.sub(r"\s", "", article["label"])
        title = (article["title"] or "").strip()
        rest = line[article.end() :].strip()
        head = f"{label}({title})" if title else label
        return _Opening(SectionKind.ARTICLE, label, title, (head, rest) if rest else (head,))
    if is_heading and (annex := _ANNEX.match(line)):
        label = re.sub(r"\s+", " ", annex["label"]).strip()
        return _Opening(SectionKind.ANNEX, label, line[annex.end() :].strip(" ])〕】"), (line,))
    return None


def _enter(chapters: dict[int, str], level: int, line: str) -> None:
    chapters[level] = line.strip()
    for deeper in [other for other in chapters if other > level]:
        del chapters[deeper]


def _keep(section: _Open | None, sections: list[Section]) -> None:
    """Add a finished section; a preamble of a line or two is only the title of the rule."""
    if section is None:
        return
    closed = _close(section, len(sections))
    is_title = closed.kind is SectionKind.PROSE and len(closed.text) < PREAMBLE_MIN_CHARS
    if closed.text and not is_title:
        sections.append(closed)


def _close(section: _Open, ordinal: int) -> Section:
    text = "\n".join(section.lines).strip()
    body = section.lines[1:] if len(section.lines) > 1 else []
    deleted = section.kind is SectionKind.ARTICLE and (
        not body or (len(body) == 1 and bool(_DELETED.match(body[0].strip())))
    )
    return Section(
        ordinal=ordinal,
        kind=section.kind,
        label=section.label,
        title=section.title,
        path=section.path,
        text=text,
        page=section.page,
        deleted=deleted,
        is_ocr=section.is_ocr,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int | None
    is_heading: bool = False
    is_ocr: bool = False


def _lines(blocks: Iterable[Block]) -> Iterator[_Line]:
    """Yield the lines of the document; tables give one line a row."""
    for block in blocks:
        page = block.locator.page
        if block.kind is BlockKind.TABLE:
            for text in table_lines(block):
                yield _Line(text, page, is_ocr=block.is_ocr)
            continue
        is_heading = block.kind is BlockKind.HEADING
        for raw in block.text.splitlines():
            line = clean(raw).rstrip()
            if line.strip():
                text = line.strip() if is_heading else line
                yield _Line(text, page, is_heading=is_heading, is_ocr=block.is_ocr)


def parse_parts(text: str) -> tuple[Part, ...]:
    r"""Return the 항, 호, 목 of an article's text in order; ranges of the same depth abut.

    >>> text = "제1조(목적)\n① 가\n  1. 나\n    가. 다\n② 라"
    >>> [(part.depth, part.number) for part in parse_parts(text)]
    [(1, '1'), (2, '1'), (3, '가'), (1, '2')]
    """
    starts: list[tuple[int, str, int]] = []
    position = 0
    for line in text.split("\n"):
        match = _PART.match(line)
        if match and position:
            starts.append((*_depth_and_number(match), position))
        position += len(line) + 1
    ends = _ends([depth for depth, _, _ in starts], [start for *_, start in starts], len(text))
    return tuple(
        Part(depth=depth, number=number, start=start, end=end)
        for (depth, number, start), end in zip(starts, ends, strict=True)
    )


def _ends(depths: Sequence[int], starts: Sequence[int], length: int) -> list[int]:
    """Return where each part ends: before the next one that is as high, or higher."""
    ends = [length] * len(starts)
    still_open: list[int] = []
    for index, (depth, start) in enumerate(zip(depths, starts, strict=True)):
        while still_open and depths[still_open[-1]] >= depth:
            ends[still_open.pop()] = start - 1
        still_open.append(index)
    return ends


def _depth_and_number(match: re.Match[str]) -> tuple[int, str]:
    if mark := match["paragraph"]:
        return 1, str(PARAGRAPH_MARKS.index(mark) + 1)
    if number := match["subparagraph"]:
        return 2, number
    if letter := match["item"]:
        return 3, letter
    return 4, match["point"]


def part_label(article: str, parts: Iterable[Part], position: int) -> str:
    r"""Name the finest 항/호/목 around `position`: `제36조제1항제2호가목`.

    >>> text = "제1조(목적)\n① 가\n  1. 나"
    >>> part_label("제1조", parse_parts(text), text.index("나"))
    '제1조제1항제1호'
    """
    return next(part_labels(article, parts, (position,)))


def part_labels(article: str, parts: Iterable[Part], positions: Iterable[int]) -> Iterator[str]:
    """Name the finest 항/호/목 around each position, as `part_label` does; positions ascend."""
    coming = deque(parts)
    around: list[Part] = []
    for position in positions:
        while coming and coming[0].start <= position:
            part = coming.popleft()
            while around and around[-1].depth >= part.depth:
                around.pop()
            around.append(part)
        yield article + "".join(_name(part) for part in around if position < part.end)


def _name(part: Part) -> str:
    if part.depth not in _PART_NAMES:
        return ""
    number, _, branch = part.number.partition("의")
    return _PART_NAMES[part.depth].format(number) + (f"의{branch}" if branch else "")
