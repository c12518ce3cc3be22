"""What a file is, judged by its content; the suffix only tells Markdown from plain text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

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
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
)
_TEXT_LIKE = (b"BM", b"MZ", b"ID3", b"BZh", b"RIFF", b"GIF8")
_OLE_STREAMS = (
    ("EncryptedPackage", "office_encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_ZIP_MIMETYPES = (
    (b"application/hwp+zip", "hwpx"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
)
_ZIP_FOLDERS = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("Contents/section", "hwpx"),
)
_ZIP_HEAD_BYTES = 4096
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


def sniff(data: bytes, *, file_name: str) -> str:
    """Name the kind of file: `pdf`, `html`, `markdown`, `text`, or a kind that has no reader.

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

    >>> refused_kind(b"PK\x03\x04..."), refused_kind(b"%PDF-1.7"), refused_kind("BM".encode())
    ('zip', None, None)
    """
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return None
    if head.startswith(_OLE):
        return _ole_kind(head)
    if head.startswith(_ZIP):
        return _zip_kind(head)
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
    return _magic_kind(data)


def _magic_kind(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return None if magic in _TEXT_LIKE and is_text(data) else kind
    return None


def _opens_as_text(data: bytes) -> bool:
    """A report about DRM is text; a DRM container may begin like text but does not go on so."""
    return is_text(data) and not data.startswith((b"<## NASCA", b"SCDSA00"))


def _ole_kind(data: bytes) -> str:
    """Name what an OLE container holds by the names of its streams."""
    if b"HWP Document File" in data or _utf16("FileHeader") in data:
        return "hwp"
    for stream, kind in _OLE_STREAMS:
        if _utf16(stream) in data:
            return kind
    return "ole"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _zip_kind(data: bytes) -> str:
    head = data[:_ZIP_HEAD_BYTES]
    for mimetype, kind in _ZIP_MIMETYPES:
        if mimetype in head:
            return kind
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        names = re.findall(r"[\w./\[\]-]{4,80}", head.decode("latin-1"))
    for folder, kind in _ZIP_FOLDERS:
        if any(folder in name for name in names):
            return kind
    return "zip"


def _text_kind(data: bytes, file_name: str) -> str:
    if not is_text(data):
        return "binary"
    head = decode(data[: _HEAD_CHARS * 4]).text[:_HEAD_CHARS]
    is_markdown = PurePath(file_name).suffix.lower() in _MARKDOWN_SUFFIXES
    if "<HWPML" in head:
        return "hwpml"
    if _HTML_PAGE.match(head) or (not is_markdown and _HTML_PIECE.match(head)):
        return "html"
    if _XML.match(head):
        return "xml"
    return "markdown" if is_markdown else "text"
