"""What a file is, judged by its content; the suffix only tells kinds of plain text apart."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePath

import olefile  # type: ignore[import-untyped]  # no stubs

from assistant.errors import DocumentUnreadableError
from assistant.reading.encoding import decode, is_text

_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HWP3 = b"HWP Document File V3"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DRM = (b"DRMONE", b"Fasoo", b"SCDSA00", b"NASCA DRM", b"MarkAny", b"DOCUMENT SAFER")
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "media"),
    (b"ID3", "media"),
    (b"\x00\x00\x00\x18ftyp", "media"),
    (b"\x00\x00\x00\x20ftyp", "media"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MSCF", "archive"),
    (b"ALZ\x01", "archive"),
    (b"EGGA", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
)
_TEXT_LIKE = (b"BM", b"MZ", b"ID3", b"BZh", b"RIFF", b"GIF8", b"MSCF", b"EGGA")
# Streams at the root of an OLE container; the first that is there names the kind.
_OLE_STREAMS = (
    ("\tDRMContent", "drm"),
    ("EncryptedPackage", "office_encrypted"),
    ("FileHeader", "hwp"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
)
_READ_OLE = {"hwp", "xls"}
_ZIP_MIMETYPES = (
    (b"application/hwp+zip", "hwpx"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
)
_ZIP_PARTS = (
    ("word/document", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation", "pptx"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
)
_HWPX_PARTS = ("Contents/section", "Contents/content.hpf")
_OFFICE_LIST = "[Content_Types].xml"
_ZIP_HEAD_BYTES = 4096
_REFUSED_ZIPS = {"odt", "odp", "epub"}
_MAIL_FIELD = re.compile(rb"[!-9;-~]{1,76}:(?:[ \t]|\r?$)")
_MAIL_SURE = (b"message-id", b"mime-version", b"received", b"date", b"return-path")
_MAIL_NAMED = (b"from", b"to", b"subject", b"delivered-to", b"cc")
_MAIL_LINES = 200
_HTML_PAGE = re.compile(
    r"(?is)\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b"
)
_HTML_PIECE = re.compile(
    r"(?is)\s*(<!--.*?-->\s*)*<(meta|title|div|p|table|ul|ol|h[1-6]|span|section|article|main|"
    r"script|style|font|center|br|a|b)\b[^>]*>"
)
_XML = re.compile(r"\s*<\?xml\b")
_HEAD_CHARS = 4096
_MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown", ".mkd"}
_TABLE_SUFFIXES = {".csv", ".tsv", ".tab"}
_TABLE_LINES = 20
_TABLE_MIN_LINES = 3
_TABLE_MIN_FIELDS = {"\t": 2, "|": 3, ";": 3, ",": 3}
_FIELD_MAX_CHARS = 40
_SENTENCE_END = re.compile(r"(?:[다요음함됨임]\.|[.!?])\s*\Z")


def sniff(data: bytes, *, file_name: str) -> str:
    """Name the kind of file: one that `formats` has a reader for, or what it is instead.

    Raises:
        DocumentUnreadableError: `empty` when there is nothing in the file.

    >>> sniff(b"%PDF-1.7 ...", file_name="report.hwp")
    'pdf'
    >>> sniff("# 안내".encode(), file_name="안내.md")
    'markdown'
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DocumentUnreadableError(reason="empty")
    return _binary_kind(data) or _text_kind(data, file_name)


def refused_kind(head: bytes) -> str | None:
    r"""Name the kind of a file that its first bytes show to have no reader; None when unsure.

    >>> refused_kind(b"PK\x03\x04..."), refused_kind(b"\xff\xd8\xff"), refused_kind(b"BM")
    (None, 'image', None)
    """
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return None
    if head.startswith(_OLE):
        kinds = {kind for stream, kind in _OLE_STREAMS if _utf16(stream) in head}
        return None if kinds & _READ_OLE else next(iter(sorted(kinds)), None)
    if head.startswith(_ZIP):
        kind = _declared_zip_kind(head)
        return kind if kind in _REFUSED_ZIPS else None
    if head.startswith(_HWP3):
        return "hwp3"
    sure = [(magic, kind) for magic, kind in _MAGIC if magic not in _TEXT_LIKE]
    return next((kind for magic, kind in sure if head.startswith(magic)), None)


def _binary_kind(data: bytes) -> str | None:
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_HWP3):
        return "hwp3"
    if any(mark in data[:128] for mark in _DRM) and not _opens_as_text(data):
        return "drm"
    return _magic_kind(data) or ("eml" if _is_mail(data) else None)


def _magic_kind(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return None if magic in _TEXT_LIKE and is_text(data) else kind
    return None


def _opens_as_text(data: bytes) -> bool:
    """A report about DRM is text; a DRM container may begin like text but does not go on so."""
    return is_text(data) and not data.startswith((b"<## NASCA", b"SCDSA00"))


def _ole_kind(data: bytes) -> str:
    """Name what an OLE container holds by the streams at its root."""
    names = _root_streams(data)
    for stream, kind in _OLE_STREAMS:
        if stream in names if names else _utf16(stream) in data:
            return kind
    return "ole"


def _root_streams(data: bytes) -> set[str]:
    """Return the names at the root; none when the container is broken."""
    try:
        with olefile.OleFileIO(data) as container:
            return {path[0] for path in container.listdir() if len(path) == 1}
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ):
        return set()  # olefile lets these out on broken containers


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _zip_kind(data: bytes) -> str:
    if kind := _declared_zip_kind(data):
        return kind
    head = data[:_ZIP_HEAD_BYTES]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = re.findall(r"[\w./\[\]-]{4,80}", head.decode("latin-1"))
        is_office = True
    else:
        is_office = _OFFICE_LIST in names
    # An archive of somebody's files may well have a folder `word`.
    for part, kind in _ZIP_PARTS if is_office else ():
        if any(name.startswith(part) for name in names):
            return kind
    return "hwpx" if any(name.startswith(_HWPX_PARTS) for name in names) else "zip"


def _declared_zip_kind(data: bytes) -> str | None:
    """Read the `mimetype` member that some formats put first, not packed."""
    if data[30:38] != b"mimetype":
        return None
    head = data[38:200]
    return next((kind for mimetype, kind in _ZIP_MIMETYPES if mimetype in head), None)


def _is_mail(data: bytes) -> bool:
    """Tell a mail by its header: nothing but fields, among them some that only mails have."""
    fields: set[bytes] = set()
    for line in data[: _HEAD_CHARS * 4].lstrip().splitlines()[:_MAIL_LINES]:
        if not line.strip():
            break
        if line[:1] in b" \t" or (not fields and line.startswith(b"From ")):
            continue
        if not _MAIL_FIELD.match(line):
            return False
        fields.add(line.split(b":", 1)[0].lower())
    return any(name in fields for name in _MAIL_SURE) and (
        sum(name in fields for name in _MAIL_NAMED) >= 2
    )


def _text_kind(data: bytes, file_name: str) -> str:
    if not is_text(data):
        return "binary"
    head = decode(data[: _HEAD_CHARS * 4]).text[:_HEAD_CHARS]
    suffix = PurePath(file_name).suffix.lower()
    is_markdown = suffix in _MARKDOWN_SUFFIXES
    if "<HWPML" in head:
        return "hwpml"
    if _HTML_PAGE.match(head) or (not is_markdown and _HTML_PIECE.match(head)):
        return "html"
    if _XML.match(head):
        return "xml"
    if is_markdown:
        return "markdown"
    return "csv" if suffix in _TABLE_SUFFIXES or _is_table(head) else "text"


def _is_table(head: str) -> bool:
    """Tell separated values from prose with commas: the same number of short fields per line."""
    lines = [line for line in head.splitlines() if line.strip()]
    if len(head) >= _HEAD_CHARS:
        lines = lines[:-1]  # cut through
    lines = lines[:_TABLE_LINES]
    if len(lines) < _TABLE_MIN_LINES or any(_SENTENCE_END.search(line) for line in lines):
        return False
    return any(_fits(lines, mark, least) for mark, least in _TABLE_MIN_FIELDS.items())


def _fits(lines: list[str], delimiter: str, least: int) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    count = len(rows[0])
    if count < least or any(len(row) != count for row in rows) or not any(map(str.strip, rows[0])):
        return False
    return all(len(field) <= _FIELD_MAX_CHARS for row in rows for field in row)
