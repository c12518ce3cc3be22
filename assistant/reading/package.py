"""Zip packages and the XML in them, opened within limits: nothing is unpacked on trust."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import BinaryIO, TypeAlias
from xml.parsers import expat

import lxml.etree

from assistant.errors import DocumentTooLargeError, DocumentUnreadableError

Element: TypeAlias = lxml.etree._Element

MAX_MEMBERS = 2_000
MAX_TOTAL_BYTES = 200 * 1024 * 1024
MAX_XML_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_DEPTH = 256
MAX_ELEMENTS = 2_000_000
MAX_CELLS = 200_000
MAX_SPAN = 10_000

_RATIO_FROM_BYTES = 1024 * 1024
_PIECE_BYTES = 1 << 18
_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_WITHIN = 65_557  # the record and the longest comment behind it
_XML_SUFFIXES = (".xml", ".rels", ".hpf", ".rdf", ".vml")
_ARCHIVE_SUFFIXES = (
    *(".zip", ".7z", ".rar", ".jar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".alz", ".egg"),
)
_ESCAPING = re.compile(r"(?:\A|/)\.\.(?:/|\Z)|\A/|\A[A-Za-z]:|\x00")
_IS_ENCRYPTED = 0x1
_IS_UTF8 = 0x800
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_SPAN_ATTRIBUTES = frozenset(
    {
        *("colSpan", "rowSpan", "colCnt", "rowCnt", "colAddr", "rowAddr", "colCount"),
        *("gridSpan", "hMerge", "vMerge", "colspan", "rowspan"),
    }
)
_SPAN_ELEMENTS = {"gridSpan", "gridBefore", "gridAfter", "rowSpan", "colSpan"}
_CELL_ELEMENTS = {"tc", "td"}
_NUMBER_DIGITS = 6


class Package:
    """The members of a zip file that passed `open_package`; reading counts what really comes."""

    def __init__(self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._members = members
        self._left_bytes = MAX_TOTAL_BYTES

    def names(self) -> tuple[str, ...]:
        """Return the names of all files in the package, in its own order, folders left out."""
        return tuple(self._members)

    def has(self, name: str) -> bool:
        """Return whether there is such a member."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpack one member.

        Raises:
            DocumentTooLargeError: It, or all that was read so far, is over the limit.
            DocumentUnreadableError: `damaged` when it is not there or does not unpack.
        """
        if name not in self._members:
            raise DocumentUnreadableError(reason="damaged")
        entry = self._members[name]
        if entry.compress_type not in _METHODS:
            raise DocumentUnreadableError(reason="damaged")
        limit = min(self._left_bytes, MAX_XML_BYTES) if _is_xml(name) else self._left_bytes
        try:
            data = _read_capped(self._archive, entry, limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise DocumentUnreadableError(reason="damaged") from error
        except ValueError as error:  # it is said to begin before the file does
            raise DocumentUnreadableError(reason="damaged") from error
        self._left_bytes -= len(data)
        return data


def open_package(data: bytes, *, allow_archives: bool = False) -> Package:
    """Check the directory of a zip file before anything of it is unpacked.

    Args:
        data: The whole file.
        allow_archives: Whether members may be archives by their name; they are never opened here.

    Raises:
        DocumentTooLargeError: It would unpack to more than the limit.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    return _open(io.BytesIO(data), allow_archives=allow_archives)


def check_package(file: BinaryIO) -> None:
    """Refuse a zip file by its directory alone, before anybody waits for it to be read.

    Raises:
        DocumentTooLargeError: It says that it would unpack to more than the limit.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    _open(file, allow_archives=True)


def _open(source: BinaryIO, *, allow_archives: bool) -> Package:
    _check_directory_size(source)
    try:
        archive = zipfile.ZipFile(source)
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise DocumentUnreadableError(reason="damaged") from error
    if len(entries) > MAX_MEMBERS:
        raise DocumentUnreadableError(reason="hostile")
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _name(entry)
        if not name or name in members or _ESCAPING.search(name):
            raise DocumentUnreadableError(reason="hostile")
        if not entry.is_dir():
            members[name] = entry
    _check_sizes(members)
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in members.values()):
        raise DocumentUnreadableError(reason="encrypted")
    if not allow_archives and any(name.lower().endswith(_ARCHIVE_SUFFIXES) for name in members):
        raise DocumentUnreadableError(reason="hostile")
    return Package(archive, members)


def check_xml(data: bytes, *, max_depth: int = MAX_DEPTH, max_elements: int = MAX_ELEMENTS) -> None:
    """Stream through an XML part and refuse what would cost a tree-building reader too much.

    Raises:
        DocumentTooLargeError: The part is over the limit.
        DocumentUnreadableError: `hostile` for document type declarations, depth, numbers of
            elements and cells, and spans beyond the limits; `damaged` when it is no XML.
    """
    if len(data) > MAX_XML_BYTES:
        raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=MAX_XML_BYTES)
    check = _Check(max_depth, max_elements)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = check.refuse
    parser.EntityDeclHandler = check.refuse
    parser.StartElementHandler = check.start
    parser.EndElementHandler = check.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentUnreadableError(reason="damaged") from error
    if check.cells > MAX_CELLS:
        raise DocumentUnreadableError(reason="hostile")


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML part that passes `check_xml`; no entities, no network.

    Raises:
        DocumentTooLargeError: The part is over the limit.
        DocumentUnreadableError: `hostile` or `damaged`.

    >>> parse_xml(b"<a><b/></a>")[0].tag
    'b'
    """
    check_xml(data)
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DocumentUnreadableError(reason="damaged") from error
    return root


class _Check:
    """What has been met so far in one XML part."""

    def __init__(self, max_depth: int, max_elements: int) -> None:
        self.cells = 0
        self._max_depth = max_depth
        self._max_elements = max_elements
        self._depth = 0
        self._elements = 0
        self._roles: dict[str, str] = {}

    def refuse(self, *_: object) -> None:
        raise DocumentUnreadableError(reason="hostile")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._max_depth or self._elements > self._max_elements:
            self.refuse()
        role = self._roles.get(name)
        if role is None:
            role = self._roles[name] = _role(name)
        if role == "cell":
            self.cells += 1
        elif role == "span":
            for value in attributes.values():
                _check_span(value)
        if not _SPAN_ATTRIBUTES.isdisjoint(attributes):
            for key in _SPAN_ATTRIBUTES & attributes.keys():
                _check_span(attributes[key])

    def end(self, _: str) -> None:
        self._depth -= 1


def _role(name: str) -> str:
    local = name.rpartition(":")[2]
    if local in _CELL_ELEMENTS:
        return "cell"
    return "span" if local in _SPAN_ELEMENTS else ""


def _check_span(value: str) -> None:
    number = value.strip().lstrip("+-")
    if number.isdigit() and (len(number) > _NUMBER_DIGITS or int(number) > MAX_SPAN):
        raise DocumentUnreadableError(reason="hostile")


def _check_directory_size(source: BinaryIO) -> None:
    """Refuse a directory so long that listing it alone would take the memory."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - _END_WITHIN))
    tail = source.read(_END_WITHIN)
    start = tail.rfind(_END_OF_DIRECTORY)
    if start < 0 or len(tail) < start + 22:
        raise DocumentUnreadableError(reason="damaged")
    (size_bytes,) = struct.unpack_from("<I", tail, start + 12)
    if size_bytes > _MAX_DIRECTORY_BYTES:
        raise DocumentUnreadableError(reason="hostile")


def _check_sizes(members: dict[str, zipfile.ZipInfo]) -> None:
    for entry in members.values():
        is_large = entry.file_size > _RATIO_FROM_BYTES
        if is_large and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise DocumentUnreadableError(reason="hostile")
    total = sum(entry.file_size for entry in members.values())
    if total > MAX_TOTAL_BYTES:
        raise DocumentTooLargeError(size_bytes=total, limit_bytes=MAX_TOTAL_BYTES)
    largest = max((e.file_size for name, e in members.items() if _is_xml(name)), default=0)
    if largest > MAX_XML_BYTES:
        raise DocumentTooLargeError(size_bytes=largest, limit_bytes=MAX_XML_BYTES)


def _is_xml(name: str) -> bool:
    return name.lower().endswith(_XML_SUFFIXES)


def _name(entry: zipfile.ZipInfo) -> str:
    """Read a name as Windows programs in Korea write it: CP949 without a word about it."""
    name = entry.filename
    if not entry.flag_bits & _IS_UTF8 and not name.isascii():
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _read_capped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    # In pieces: asked for everything at once, zipfile unpacks before it looks at the size.
    pieces = bytearray()
    with archive.open(entry) as source:
        while piece := source.read(_PIECE_BYTES):
            pieces += piece
            if len(pieces) > limit:
                raise DocumentTooLargeError(size_bytes=len(pieces), limit_bytes=limit)
    return bytes(pieces)
