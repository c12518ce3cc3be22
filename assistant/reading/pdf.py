"""PDF: two readers for every page, the better reading wins; unseen text is left out.

Ruled tables are taken out of the running text, and pages that are pictures are recognised.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, field, replace
from functools import cache

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.domain import Block, BlockKind, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading.layout import TABLE_MARK, PageTable, to_blocks
from assistant.reading.legibility import GARBAGE, READABLE, is_second_better, legibility
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed
from assistant.reading.pdf_hidden import HiddenText, find_hidden, without
from assistant.reading.pdf_scans import Doubt, recognised
from assistant.reading.pdf_tables import RuledPage, read_ruled_page

# pypdf lets out more than its own errors on broken files.
_FAULTS = (
    pypdf.errors.PyPdfError,
    pypdf.errors.DependencyError,
    pypdf.errors.DeprecationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_STREAM_BYTES = 32_000_000
_OPERATIONS = 150_000
_FORMS = 500
_FIRST_READER_SHARE = 0.4
_LITTLE_CHARS = 60
_MIN_CHARS = 2
_NEARLY_EMPTY = 20
_TABLES = "표 개수"
_LOST = re.compile(r"[\ufffd\ue000-\uf8ff\U000f0000-\U000fffff]|\(cid:\d+\)")
# Private letters that Korean office suites write for bullets and boxed numbers.
_SYMBOLS = str.maketrans(
    {chr(0xF02B1 + i): "❶❷❸❹❺❻❼❽❾❿"[i] for i in range(10)}
    | dict.fromkeys((0xF06C, 0xF06E, 0xF0A7, 0xF0B7, 0xF0D8, 0xF09F, 0xF076, 0xF0A1), "•")
    | {0xF0E0: "→", 0xF0E8: "→", 0xF0FC: "√"}
)
_OFFICE_TITLE = re.compile(
    r"(?i)microsoft|untitled|\.(hwpx?|docx?|pptx?|xlsx?|pdf|hml)\b|제목 ?없음"
)
_TITLE_CHARS = 120
_LINE_CHARS = 60
_GOOD_TITLE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Second:
    """What the second reader gives for one page."""

    text: str = ""
    hidden: HiddenText = field(default_factory=HiddenText)
    ruled: RuledPage = field(default_factory=RuledPage)
    is_blank: bool = False


@dataclass(slots=True)
class _Pages:
    """Texts of the pages as chosen, their tables, and what was noticed on the way."""

    texts: list[str] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ocr: list[int] = field(default_factory=list)
    scan_layers: list[int] = field(default_factory=list)
    hidden: dict[int, list[str]] = field(default_factory=dict)
    second_reader: list[int] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    textless: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read the text of a PDF page by page.

    Raises:
        DocumentUnreadableError: `encrypted`, `damaged`, `hostile`, or `no_text` (a scan).
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file
    second = _open_second(data)
    try:
        with _short_patience():
            first = _open_first(data, has_second=second is not None)
            return _parse(first, second, limits)
    finally:
        if second is not None:
            second.close()


def _parse(
    first: pypdf.PdfReader | None, second: pdfium.PdfDocument | None, limits: Limits
) -> Parsed:
    count = len(second) if second is not None else _page_count(first)
    pages = _Pages()
    room = limits.max_chars
    for index, first_text in enumerate(_first_texts(first, min(count, limits.max_pages), limits)):
        _choose(pages, first_text, _second_reading(second, index))
        room -= len(pages.texts[-1])
        if room < 0:
            break
    if second is not None:
        _recognise(pages, second, limits)
    if not any(text.strip() for text in pages.texts):
        raise DocumentUnreadableError(reason="no_text")
    blocks = tuple(_blocks(pages))
    metadata = _metadata(first)
    if tables := sum(block.kind is BlockKind.TABLE for block in blocks):
        metadata[_TABLES] = str(tables)
    return Parsed(
        blocks=blocks,
        title=_title(metadata, pages.texts),
        metadata=metadata,
        warnings=tuple(_warnings(pages, count)),
        page_count=count,
        hidden=tuple(run for runs in pages.hidden.values() for run in runs),
    )


def _open_second(data: bytes) -> pdfium.PdfDocument | None:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise DocumentUnreadableError(reason="encrypted") from error
        return None


def _open_first(data: bytes, *, has_second: bool) -> pypdf.PdfReader | None:
    """Open with pypdf; None when only the second reader can."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        is_locked = reader.is_encrypted and not reader.decrypt("")
        if not is_locked and len(reader.pages):
            return reader
    except _FAULTS as error:
        if not has_second:
            is_hostile = isinstance(error, pypdf.errors.LimitReachedError | RecursionError)
            raise DocumentUnreadableError(reason="hostile" if is_hostile else "damaged") from error
        return None
    if not has_second:
        raise DocumentUnreadableError(reason="encrypted" if is_locked else "damaged")
    return None


def _short_patience() -> AbstractContextManager[pypdf.Configuration]:
    """Lower the limits of pypdf: what it gives up on, the second reader takes."""
    return pypdf.apply_configuration(
        zlib_maximum_output_length=_STREAM_BYTES,
        lzw_maximum_output_length=_STREAM_BYTES,
        run_length_maximum_output_length=_STREAM_BYTES,
        array_based_stream_maximum_output_length=_STREAM_BYTES,
        stream_parsing_work_maximum_count=_OPERATIONS,
        xform_maximum_invocations_per_extraction=_FORMS,
    )


def _page_count(reader: pypdf.PdfReader | None) -> int:
    return len(reader.pages) if reader is not None else 0


def _first_texts(reader: pypdf.PdfReader | None, count: int, limits: Limits) -> Iterator[str]:
    """Yield what pypdf reads, empty where it fails or has used up its share of the time."""
    end = time.process_time() + limits.cpu_s * _FIRST_READER_SHARE
    for index in range(count):
        text = ""
        if reader is not None and time.process_time() < end:
            with suppress(*_FAULTS):
                text = reader.pages[index].extract_text()
        yield unicodedata.normalize("NFC", text)


def _second_reading(document: pdfium.PdfDocument | None, index: int) -> _Second:
    if document is None:
        return _Second()
    try:
        page = document[index]
        with closing(page), closing(page.get_textpage()) as textpage:
            text = textpage.get_text_range().replace("\r\n", "\n")
            hidden = find_hidden(page, textpage)
            return _Second(
                text=unicodedata.normalize("NFC", text),
                hidden=hidden,
                ruled=read_ruled_page(page, textpage, hidden.objects),
                is_blank=not text.strip() and next(page.get_objects(), None) is None,
            )
    except pdfium.PdfiumError:
        return _Second()


def _choose(pages: _Pages, first: str, second: _Second) -> None:
    """Add the better reading of the next page, without its hidden text."""
    number = len(pages.texts) + 1
    text = first
    if is_second_better(first, second.text):
        pages.second_reader.append(number)
        text = second.text
    if second.hidden.runs:
        pages.hidden[number] = list(second.hidden.runs)
        text = _visible(text, second)
    share = legibility(text.translate(_SYMBOLS)).share
    is_garbage = bool(text.strip()) and share < GARBAGE
    if is_garbage:
        text = ""
    if (share < READABLE and (first.strip() or text)) or second.hidden.is_scan_layer:
        pages.doubtful.append(number)
    if second.hidden.is_scan_layer:
        pages.scan_layers.append(number)
    if len(text.strip()) < _MIN_CHARS and not second.is_blank:
        pages.textless.append(number)
    letters = sum(map(str.isalnum, text))
    if letters < _NEARLY_EMPTY and not second.is_blank:
        pages.doubts.append(Doubt(index=number - 1, letters=letters, is_garbage=is_garbage))
    pages.texts.append(_with_tables(pages, text, second) if text else "")


def _with_tables(pages: _Pages, text: str, second: _Second) -> str:
    """Take the tables of the page out of its text, leaving a mark where each stood."""
    ruled = second.ruled
    marked = _marked(text, ruled)
    if ruled.tables and legibility(second.text).share >= READABLE:
        text = marked if marked is not None else ruled.rest
        first = len(pages.tables)
        text = re.sub(
            f"{TABLE_MARK}(\\d+)", lambda match: f"{TABLE_MARK}{first + int(match[1])}", text
        )
        for table in ruled.tables:
            pages.tables.append(_legible(pages, table))
    else:
        text = text.replace(TABLE_MARK, "")
    return _without_lost(pages, text, len(pages.texts) + 1)


def _marked(text: str, ruled: RuledPage) -> str | None:
    """Put marks for the tables into a reading that has each in one piece; else None."""
    text = text.replace(TABLE_MARK, "")
    for number, inked in enumerate(ruled.inked):
        places = [i for i, char in enumerate(text) if not char.isspace()]
        squeezed = "".join(text[i] for i in places)
        found = squeezed.find(inked)
        if found < 0 or squeezed.count(inked) > 1:
            return None
        start, end = places[found], places[found + len(inked) - 1] + 1
        text = f"{text[:start]}\n{TABLE_MARK}{number}\n{text[end:]}"
    return text


def _legible(pages: _Pages, table: PageTable) -> PageTable:
    number = len(pages.texts) + 1
    rows = tuple(
        tuple(replace(cell, text=_without_lost(pages, cell.text, number)) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def _without_lost(pages: _Pages, text: str, number: int) -> str:
    """Write private letters as what they look like, and count and drop those nobody knows."""
    text = text.translate(_SYMBOLS)
    pages.lost.extend([number] * len(_LOST.findall(text)))
    return _LOST.sub("", text)


def _recognise(pages: _Pages, document: pdfium.PdfDocument, limits: Limits) -> None:
    """Read the pages that have next to no text off their pictures."""
    deadline = limits.ocr_deadline or cache(lambda: time.monotonic() + limits.ocr_s)
    for index, text in recognised(document, pages.doubts, deadline=deadline):
        number = index + 1
        pages.texts[index] = unicodedata.normalize("NFC", text).replace(TABLE_MARK, "")
        pages.ocr.append(number)
        for told in (pages.textless, pages.doubtful):
            if number in told:
                told.remove(number)


def _blocks(pages: _Pages) -> Iterator[Block]:
    """Yield the blocks; what was read off a picture stands apart and says so."""
    pictures = {*pages.ocr, *pages.scan_layers}
    texts = []
    for number, text in enumerate(pages.texts, 1):
        is_border = (number in pictures) != (number - 1 in pictures)
        texts.append(f"\n{text}" if is_border else text)
    for block in to_blocks(texts, pages.tables):
        is_picture = block.locator.page in pictures
        yield replace(block, is_ocr=True) if is_picture else block


def _visible(text: str, second: _Second) -> str:
    """Take the hidden runs out; from the second reading where the first has them scattered."""
    for run in second.hidden.runs:
        rest = without(text, run)
        if rest == text and "".join(run.split()) in "".join(second.text.split()):
            text = second.text
            for again in second.hidden.runs:
                text = without(text, again)
            return text
        text = rest
    return text


def _warnings(pages: _Pages, count: int) -> Iterator[ReadWarning]:
    noticed = (
        ("second_reader", pages.second_reader),
        ("doubtful_text", pages.doubtful),
        ("replaced_characters", pages.lost),
        ("pages_without_text", pages.textless),
        ("ocr", pages.ocr),
    )
    for code, numbers in noticed:
        if numbers:
            yield ReadWarning(code=code, page=numbers[0], count=len(numbers))
    if pages.hidden:
        runs = sum(map(len, pages.hidden.values()))
        yield ReadWarning(code="hidden_text", page=min(pages.hidden), count=runs)
    read = len(pages.texts)
    if read < count:
        yield ReadWarning(code="truncated", page=read, count=count - read)
    chars = sum(map(_ink, pages.texts)) + sum(
        _ink(cell.text) for table in pages.tables for row in table.rows for cell in row
    )
    if chars < _LITTLE_CHARS * read:
        yield ReadWarning(code="little_text", count=chars)


def _ink(text: str) -> int:
    return len("".join(text.split()))


def _metadata(reader: pypdf.PdfReader | None) -> dict[str, str]:
    """Title and author as the file gives them; often what a word processor left there."""
    if reader is None:
        return {}
    try:
        found = reader.metadata
        pairs = {"title": found.title, "author": found.author} if found is not None else {}
    except _FAULTS:
        return {}
    return {key: str(value) for key, value in pairs.items() if value and str(value).strip()}


def _title(metadata: dict[str, str], texts: list[str]) -> str:
    """Title from the metadata when a person wrote it, else the first line when it is short."""
    named = " ".join(metadata.get("title", "").split())
    is_written = 2 <= len(named) <= _TITLE_CHARS and not _OFFICE_TITLE.search(named)
    if is_written and legibility(named).share >= _GOOD_TITLE:
        return named
    lines = (line.strip() for text in texts for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith(TABLE_MARK)), "")
    is_title = 2 <= len(first) <= _LINE_CHARS and not first.endswith(".")
    return first if is_title else ""
