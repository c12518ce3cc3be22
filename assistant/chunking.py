"""Cut a document into sections (what a reader sees) and chunks (what the indexes see).

Rules are cut at 조 and then at 항 and 호, other documents at headings, paragraphs and table rows.
Each chunk carries a deterministic context line (document > chapter > article title).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from assistant.domain import (
    Block,
    BlockKind,
    ChunkDraft,
    ChunkedDocument,
    Document,
    Section,
    SectionKind,
    SourceKind,
)
from assistant.law.articles import (
    PARAGRAPH_MARKS,
    Part,
    is_legal,
    parse_parts,
    parse_sections,
    part_labels,
)
from assistant.tablegrid import table_lines
from assistant.text import clean, normalise, squeeze, strip_amendment_marks, truncate

TARGET_CHARS = 350
ROW_CHARS = 120  # short rows of a table share a chunk up to this length
SECTION_MAX_CHARS = 4_000
LEAD_CHARS = 90
HEAD_CHARS = 200

_DATE = re.compile(r"(\d{4})[-.]?\s*(\d{1,2})[-.]?\s*(\d{1,2})")
_TABLE_NOTE = re.compile(r"\s*(?:※|\*|주\s?[):]|\[\^|비\s?고\s*[:)])")
_SENTENCE_END = re.compile(r"\.\s+|\n")
_KINDS = (
    (re.compile(r"시행령$|대통령령"), SourceKind.DECREE),
    (re.compile(r"시행규칙$|부령|총리령"), SourceKind.RULE),
    (re.compile(r"고시|훈령|예규|지침|공고|특수조건|운영 ?규정|기준$"), SourceKind.NOTICE),
    (re.compile(r"법률$|법$"), SourceKind.LAW),
)


def chunk(
    document: Document, *, kind: SourceKind | None = None, title: str = ""
) -> ChunkedDocument:
    """Cut `document`; `kind` and `title`, when given, override what the file says of itself.

    Returns:
        Sections in reading order, and chunks whose text is exactly a slice of their section's.
    """
    meta = document.metadata
    name = clean(title or meta.get("제목", "") or document.title).strip()
    legal = "법령구분" in meta or is_legal(document)
    sections = parse_sections(document) if legal else tuple(_prose_sections(document))
    if not sections:
        legal, sections = False, tuple(_prose_sections(document))
    source_kind = kind or _kind(meta.get("법령구분", ""), name, legal=legal)
    return ChunkedDocument(
        title=name,
        kind=source_kind,
        sections=sections,
        chunks=tuple(c for s in _spoken(sections) for c in _chunks(s, name)),
        effective_from=_date(meta.get("시행일자", "")),
        promulgated_on=_date(meta.get("공포일자", "") or meta.get("발령일자", "")),
        publisher=clean(meta.get("소관부처", "")),
        identity=_identity(meta, name) if legal else "",
        aliases=tuple(a for a in (meta.get("약칭", ""),) if a),
    )


def _identity(meta: object, name: str) -> str:
    law_id = meta.get("법령ID", "") if hasattr(meta, "get") else ""
    return f"law:{law_id}" if law_id else f"law-title:{squeeze(name)}"


def _kind(declared: str, name: str, *, legal: bool) -> SourceKind:
    if declared in {"법률", "대통령령"}:
        return SourceKind.LAW if declared == "법률" else SourceKind.DECREE
    for text in (declared, name.removesuffix("(요약)").strip() if legal else ""):
        for pattern, kind in _KINDS:
            if text and pattern.search(text):
                return kind
    return SourceKind.NOTICE if legal else SourceKind.OTHER


def _date(text: str) -> date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(*(int(group) for group in match.groups()))
    except ValueError:
        return None


# -- sections of documents that are not rules --------------------------------------------------


def _prose_sections(document: Document) -> Iterator[Section]:
    ordinal = 0
    for group in _heading_groups(document):
        for section in _split_long(group):
            if section.text.strip():
                yield replace(section, ordinal=ordinal)
                ordinal += 1


@dataclass(slots=True)
class _Group:
    """The blocks from one heading, page or border of recognised text to the next."""

    heading: str
    path: tuple[str, ...]
    page: int | None
    is_ocr: bool = False
    lines: list[str] = field(default_factory=list)

    def close(self, title: str) -> Section:
        label = self.heading or (f"{self.page}쪽" if self.page else title)
        return Section(
            ordinal=0,
            kind=SectionKind.PROSE,
            label=truncate(label, 80),
            title="",
            path=self.path,
            text="\n".join(self.lines).strip("\n"),
            page=self.page,
            is_ocr=self.is_ocr,
        )


def _heading_groups(document: Document) -> Iterator[Section]:
    stack: list[tuple[int, str]] = []
    paged = document.page_count is not None and not any(
        block.kind is BlockKind.HEADING for block in document.blocks
    )
    group = _Group(heading="", path=(), page=None)
    for block in document.blocks:
        is_heading = block.kind is BlockKind.HEADING
        page = block.locator.page
        # What was read off a picture is never mixed with what the file says.
        if is_heading or (paged and page != group.page) or block.is_ocr != group.is_ocr:
            if group.lines:
                yield group.close(document.title)
            if is_heading:
                stack = [entry for entry in stack if entry[0] < block.level]
                stack.append((block.level, normalise(block.text)))
            group = _Group(
                heading=stack[-1][1] if stack else "",
                path=tuple(truncate(text, HEAD_CHARS) for _, text in stack[:-1]),
                page=page,
                is_ocr=block.is_ocr,
            )
        if group.page is None:
            group.page = page
        group.lines.extend(_block_lines(block))
    if group.lines:
        yield group.close(document.title)


def _block_lines(block: Block) -> Iterator[str]:
    """Yield display lines; a table becomes `| a | b |` rows with a rule under its head."""
    if block.kind is BlockKind.TABLE:
        yield from table_lines(block)
    else:
        yield from (line.rstrip() for line in clean(block.text).splitlines() if line.strip())


def _split_long(section: Section) -> Iterator[Section]:
    """Split a section that is longer than a reader wants to see at once, at line ends."""
    if len(section.text) <= SECTION_MAX_CHARS:
        yield section
        return
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=SECTION_MAX_CHARS, chunk_overlap=0, separators=["\n\n", "\n", ". ", " "]
    )
    pieces = (piece for text in splitter.split_text(section.text) for piece in _unbroken(text))
    for number, text in enumerate(pieces, start=1):
        yield replace(section, label=f"{section.label} ({number})", text=text)


def _unbroken(text: str) -> Iterator[str]:
    """Cut what has no place to be cut at: the splitter would take it apart sign by sign."""
    for start in range(0, len(text), SECTION_MAX_CHARS):
        if piece := text[start : start + SECTION_MAX_CHARS].strip():
            yield piece


# -- chunks ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Range:
    start: int
    end: int
    lead: str = ""


def _chunks(section: Section, document_title: str) -> Iterator[ChunkDraft]:
    """Yield the chunks of a section; deleted articles and addenda are shown but not indexed.

    Addenda are left out because most of their text amends other laws.
    """
    if section.deleted or section.kind is SectionKind.ADDENDA:
        return
    text = section.text
    parts = parse_parts(text) if section.kind is SectionKind.ARTICLE else ()
    ranges = _legal_ranges(text, parts) if parts else _line_ranges(text)
    trimmed = [(*_trim(text, part.start, part.end), part.lead) for part in ranges]
    filled = [(start, end, lead) for start, end, lead in trimmed if start < end]
    labels = part_labels(section.label, parts, (start for start, _, _ in filled))
    base = _base(section, document_title)
    for (start, end, lead), label in zip(filled, labels, strict=True):
        context = normalise(f"{base} > {lead}" if lead else base)
        search_text = normalise(strip_amendment_marks(text[start:end]))
        yield ChunkDraft(
            section_ordinal=section.ordinal,
            start=start,
            end=end,
            label=label,
            text=text[start:end],
            context=context,
            search_text=search_text,
            content_hash=hashlib.sha256(f"{context}\n{search_text}".encode()).hexdigest(),
        )


def _base(section: Section, document_title: str) -> str:
    """Return what stands before each chunk of a section; every chunk repeats it, so all is short.

    A file may call a million characters its heading.
    """
    heading = f"{section.label}({section.title})" if section.title else section.label
    names = (document_title, *section.path, heading)
    return " > ".join(truncate(name, HEAD_CHARS) for name in names)


def _spoken(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Leave out headings with nothing under them: they would win searches for their own words.

    A file that is nothing but one such line is all there is to find.
    """
    return tuple(s for s in sections if len(sections) == 1 or not _is_bare_heading(s))


def _is_bare_heading(section: Section) -> bool:
    return section.kind is SectionKind.PROSE and normalise(section.text) == section.label


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _legal_ranges(text: str, parts: tuple[Part, ...]) -> Iterator[_Range]:
    """Cut an article at its 항, a long 항 at its 호, so that pieces stay near the target."""
    if len(text) <= TARGET_CHARS:
        yield _Range(0, len(text))
        return
    tops = [part for part in parts if part.depth == parts[0].depth]
    if parts[0].depth > 1:
        yield from _cut(text, _Range(0, len(text)), parts)
        return
    bounds = [0, *(part.start for part in tops[1:]), len(text)]
    starts = [part.start for part in parts]
    for start, end in _merge(list(pairwise(bounds))):
        within = parts[bisect_left(starts, start) : bisect_left(starts, end)]
        inner = tuple(part for part in within if part.depth > 1)
        yield from _cut(text, _Range(start, end), inner)


def _cut(text: str, whole: _Range, inner: tuple[Part, ...]) -> Iterator[_Range]:
    """Cut one 항 at its 호; later pieces carry the words that lead in the list."""
    if whole.end - whole.start <= TARGET_CHARS * 1.3 or not inner:
        yield from _by_lines(text, whole)
        return
    top = min(part.depth for part in inner)
    starts = [part.start for part in inner if part.depth == top]
    lead = truncate(_lead(text[whole.start : starts[0]]), LEAD_CHARS)
    bounds = [whole.start, *starts[1:], whole.end]
    for index, (start, end) in enumerate(_merge(list(pairwise(bounds)))):
        for piece in _by_lines(text, _Range(start, end)):
            yield _Range(piece.start, piece.end, lead if index or piece.start != start else "")


def _lead(text: str) -> str:
    lines = [line for line in strip_amendment_marks(text).split("\n") if line.strip()]
    return normalise(lines[-1].strip().lstrip(PARAGRAPH_MARKS)) if lines else ""


def _by_lines(text: str, whole: _Range) -> Iterator[_Range]:
    """Cut at line ends, then at sentence ends, where a piece is still twice the target."""
    if whole.end - whole.start <= TARGET_CHARS * 2:
        yield whole
        return
    ends = (found.end() for found in _SENTENCE_END.finditer(text, whole.start, whole.end))
    bounds = (whole.start, *ends, whole.end)
    pieces = [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]
    for start, end in _merge(pieces):
        yield _Range(start, end, whole.lead)


def _merge(bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join neighbours while they stay within the target."""
    start, end = bounds[0]
    for next_start, next_end in bounds[1:]:
        if next_end - start <= TARGET_CHARS:
            end = next_end
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    head: str = ""
    is_row: bool = False
    opens: bool = False  # the head of a table, or the rule under it: nothing without a row
    is_note: bool = False


def _lines_of(text: str) -> Iterator[_Line]:
    """Yield the lines of prose; the rows of a table know its head."""
    head = ""
    position = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end = min(position + len(line) + 1, len(text))
        is_row = line.startswith("|")
        is_head = is_row and following.startswith("| ---")
        if is_head:
            head = line.strip("| ")
        elif not is_row:
            head = ""
        yield _Line(
            position,
            end,
            head,
            is_row=is_row,
            opens=is_head or line.startswith("| ---"),
            is_note=bool(_TABLE_NOTE.match(line)),
        )
        position += len(line) + 1


def _line_ranges(text: str) -> Iterator[_Range]:
    """Cut prose at lines, tables at their rows; rows carry their table's head as their lead."""
    group: list[_Line] = []
    for line in _lines_of(text):
        if group and not _belongs(line, group):
            yield from _range_of(group, text)
            group = []
        group.append(line)
    yield from _range_of(group, text)


def _belongs(line: _Line, group: list[_Line]) -> bool:
    """Return whether a line stays in the chunk of the lines before it."""
    last = group[-1]
    length = line.end - group[0].start
    if last.opens:
        return True
    if line.is_row and last.is_row:
        has_row = any(one.is_row and not one.opens for one in group)
        return line.head == last.head and length <= (ROW_CHARS if has_row else TARGET_CHARS)
    if last.is_row:  # a note under a table stays with its last rows
        return line.is_note and length <= TARGET_CHARS
    return length <= TARGET_CHARS and not (line.is_row and any(one.is_row for one in group))


def _range_of(group: list[_Line], text: str) -> Iterator[_Range]:
    """Yield a group as one range, or several where it is far too long."""
    head = next((line.head for line in group if line.head), "")
    start, end = group[0].start, group[-1].end
    yield from _by_lines(text, _Range(start, end, truncate(head, HEAD_CHARS)))
