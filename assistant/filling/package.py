"""The package of a template: opened within limits, and written again without losing a member."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import TypeAlias

import lxml.etree

from assistant.errors import DocumentTooLargeError, DocumentUnreadableError

Element: TypeAlias = lxml.etree._Element

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_TOTAL_BYTES = 100 * 1024 * 1024
MAX_XML_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 500_000
MAX_DEPTH = 200
MAX_RATIO = 200

_RATIO_FROM_BYTES = 1024 * 1024
_PIECE_BYTES = 1 << 18
_ESCAPING = re.compile(r"(?:\A|[/\\])\.\.(?:[/\\]|\Z)|\A[/\\]|\A[A-Za-z]:|\x00")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_IS_ENCRYPTED = 0x1
_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error)


class Package:
    """The members of a zip file, all read, in the order in which they stand."""

    def __init__(self, members: list[tuple[zipfile.ZipInfo, bytes]], comment: bytes) -> None:
        self._members = members
        self._parts = {entry.filename: data for entry, data in members}
        self._comment = comment

    def names(self) -> tuple[str, ...]:
        """Return the names of the members in their order."""
        return tuple(self._parts)

    def part(self, name: str) -> bytes:
        """Return the bytes of a member, or none at all when it is not there."""
        return self._parts.get(name, b"")

    def rewritten(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the package with these members exchanged, and nothing else touched."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            archive.comment = self._comment
            for entry, data in self._members:
                archive.writestr(_copy(entry), changed.get(entry.filename, data))
        return target.getvalue()


def open_package(data: bytes) -> Package:
    """Read all members of a zip file, none on trust.

    Raises:
        DocumentTooLargeError: It is, or unpacks to, more than the limit.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    if len(data) > MAX_FILE_BYTES:
        raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=MAX_FILE_BYTES)
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return Package(_unpack(archive, entries), archive.comment)
    except (*_DAMAGED, NotImplementedError, RuntimeError) as error:
        raise DocumentUnreadableError(reason="damaged") from error


def parse_xml(data: bytes) -> Element:
    """Return the root of an XML part; no entities, no network, bounded size and depth.

    Raises:
        DocumentTooLargeError: The part is over the limit.
        DocumentUnreadableError: `damaged` or `hostile`.
    """
    if len(data) > MAX_XML_BYTES:
        raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=MAX_XML_BYTES)
    if data.count(b"<") > 2 * MAX_ELEMENTS:
        raise DocumentUnreadableError(reason="hostile")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise DocumentUnreadableError(reason="damaged") from error
    if root.getroottree().docinfo.doctype or _depth(root) > MAX_DEPTH:
        raise DocumentUnreadableError(reason="hostile")
    return root


def write_xml(root: Element) -> bytes:
    """Return a part as office programs expect it: UTF-8, declared, standalone."""
    return lxml.etree.tostring(
        root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True
    )


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _check_directory(data: bytes) -> None:
    """Refuse a directory so long that listing it alone would take the memory."""
    start = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if start < 0 or len(data) < start + 22:
        raise DocumentUnreadableError(reason="damaged")
    (size_bytes,) = struct.unpack_from("<I", data, start + 12)
    if size_bytes > _MAX_DIRECTORY_BYTES:
        raise DocumentUnreadableError(reason="hostile")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_MEMBERS or len(names) < len(entries):
        raise DocumentUnreadableError(reason="hostile")
    if any(_ESCAPING.search(name) for name in names) or any(map(_is_bomb, entries)):
        raise DocumentUnreadableError(reason="hostile")
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise DocumentUnreadableError(reason="encrypted")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise DocumentUnreadableError(reason="damaged")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL_BYTES:
        raise DocumentTooLargeError(size_bytes=total, limit_bytes=MAX_TOTAL_BYTES)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    is_large = entry.file_size > _RATIO_FROM_BYTES
    return is_large and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> list[tuple[zipfile.ZipInfo, bytes]]:
    # In pieces and counted: the sizes that the directory declares may lie.
    left = MAX_TOTAL_BYTES
    members = []
    for entry in entries:
        pieces = bytearray()
        with archive.open(entry) as source:
            while piece := source.read(_PIECE_BYTES):
                pieces += piece
                if len(pieces) > left:
                    raise DocumentTooLargeError(size_bytes=len(pieces), limit_bytes=MAX_TOTAL_BYTES)
        left -= len(pieces)
        members.append((entry, bytes(pieces)))
    return members


def _copy(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    copy.compress_type = entry.compress_type
    copy.external_attr = entry.external_attr
    copy.create_system = entry.create_system
    copy.comment = entry.comment
    return copy
