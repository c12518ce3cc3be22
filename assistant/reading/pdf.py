"""PDF: two readers for every page, the better reading wins; unseen text is left out."""

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
from dataclasses import dataclass, field

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.domain import ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading.layout import to_blocks
from assistant.reading.legibility import GARBAGE, READABLE, is_second_better, legibility
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed
from assistant.reading.pdf_hidden import HiddenText, find_hidden, without

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
    is_blank: bool = False


@dataclass(slots=True)
class _Pages:
    """Texts of the pages as chosen, and what was noticed on the way."""

    texts: list[str] = field(default_factory=list)
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
    if not any(text.strip() for text in pages.texts):
        raise DocumentUnreadableError(reason="no_text")
    metadata = _metadata(first)
    return Parsed(
        blocks=tuple(to_blocks(pages.texts)),
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
            return _Second(
                text=unicodedata.normalize("NFC", text),
                hidden=find_hidden(page, textpage),
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
    text = text.translate(_SYMBOLS)
    share = legibility(text).share
    if text.strip() and share < GARBAGE:
        text = ""
    if (share < READABLE and (first.strip() or text)) or second.hidden.is_scan_layer:
        pages.doubtful.append(number)
    pages.lost.extend([number] * len(_LOST.findall(text)))
    text = _LOST.sub("", text)
    if len(text.strip()) < _MIN_CHARS and not second.is_blank:
        pages.textless.append(number)
    pages.texts.append(text)


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
    chars = sum(len("".join(text.split())) for text in pages.texts)
    if chars < _LITTLE_CHARS * read:
        yield ReadWarning(code="little_text", count=chars)


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
    first = next(filter(None, lines), "")
    is_title = 2 <= len(first) <= _LINE_CHARS and not first.endswith(".")
    return first if is_title else ""
