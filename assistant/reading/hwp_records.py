"""HWP 5: streams of records in an OLE container, counted and checked before any parser."""

from __future__ import annotations

import re
import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assistant.domain import Aside, AsideKind
from assistant.errors import (
    DocumentTooLargeError,
    DocumentUnreadableError,
    UnsupportedFormatError,
)
from assistant.reading import hwp_inks, hwp_numbering
from assistant.reading.hwp_library import (
    OleFileIO,
    decode_distribution_section,
    guide_text,
    read_sections,
)
from assistant.reading.hwp_parts import Found
from assistant.reading.hwp_scripts import holds_program

MAX_STREAM_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 128 * 1024 * 1024
MAX_RECORDS = 700_000
MAX_TEXT_BYTES = 4 * 1024 * 1024  # of one paragraph
MAX_CELLS = 200_000
MAX_SIDE = 10_000
MAX_SECTIONS = 1_000
_HEADER_BYTES = 256
_HOSTILE_RATIO = 200
_COMPRESSED, _PASSWORD, _DISTRIBUTION = 1 << 0, 1 << 1, 1 << 2
_DRM = 1 << 4 | 1 << 8 | 1 << 10  # 문서 DRM, 공인 인증서 암호화, 공인 인증서 DRM
_SCRIPT = "Scripts/DefaultJScript"
_SUMMARY = "\x05HwpSummaryInformation"
_SECTION = re.compile(r"Section(\d{1,4})\Z")
_CHUNK_BYTES = 1 << 16
# Controls of PARA_TEXT that take eight units; 10 and 13, which break lines, take one.
_CONTROL = re.compile("(?s)[\x01-\x09\x0b\x0c\x0e-\x17].{7}")
_HALF = re.compile("[\ud800-\udfff]")
_AUTO_NUMBER = "\x12"
_NUMBERED = {3, 4, 5}  # picture, table, equation; notes carry their number themselves
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_PROPERTIES = {
    2: "title",
    3: "subject",
    4: "author",
    5: "keywords",
    6: "description",
    12: "created",
    13: "modified",
}


def read(data: bytes) -> tuple[Found, dict[str, str]]:
    """Return what a HWP 5 file holds, and what it says of itself.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limit.
        DocumentUnreadableError: `encrypted`, `hostile` or `damaged`.
        UnsupportedFormatError: `drm` for documents that only their owner's program opens.
    """
    try:
        with OleFileIO(data) as container:
            return _Container(container).read()
    except (OSError, ValueError, struct.error, MemoryError) as error:
        if isinstance(error, MemoryError):
            raise
        raise DocumentUnreadableError(reason="damaged") from error


class _Container:
    """The streams of one file, unpacked with a count of what comes out."""

    def __init__(self, container: OleFileIO) -> None:
        self._container = container
        self._left_bytes = MAX_TOTAL_BYTES
        self._faults = 0
        self._flags = _flags(self._raw("FileHeader"))

    def read(self) -> tuple[Found, dict[str, str]]:
        """Read the body and the properties."""
        doc_info = self._unpacked(self._raw("DocInfo"))
        is_distribution = bool(self._flags & _DISTRIBUTION)
        seen = _Seen()
        seen.scan(doc_info)
        sections = [bytes(seen.scan(section)) for section in self._sections(is_distribution)]
        if not any(sections):
            raise DocumentUnreadableError(reason="damaged")
        numbering = hwp_numbering.from_records(seen.numberings, seen.bullets, seen.shapes)
        numbering.outline = seen.outline
        found = read_sections(
            bytes(doc_info),
            sections,
            numbering=numbering,
            inks=hwp_inks.from_records(seen.inks, seen.fills, seen.shapes),
            is_distribution=is_distribution,
        )
        self._faults += seen.faults + len(self._container.recovery_issues)
        whole = Found(
            parts=found.parts,
            pieces=tuple(seen.pieces),
            asides=(*seen.asides(), *found.asides),
            faults=found.faults + self._faults,
            table_count=seen.table_count,
            foreign_count=seen.foreign_count + self._has_macro(),
        )
        return whole, self._metadata()

    def _sections(self, is_distribution: bool) -> Iterator[bytearray]:
        storage = "ViewText" if is_distribution else "BodyText"
        numbers = sorted(
            int(found[1])
            for path in self._container.listdir()
            if len(path) == 2 and path[0] == storage and (found := _SECTION.match(path[1]))
        )
        if len(numbers) > MAX_SECTIONS:
            raise DocumentUnreadableError(reason="hostile")
        for number in numbers:
            try:
                raw = self._raw(f"{storage}/Section{number}")
                yield self._unpacked(_decrypted(raw) if is_distribution else raw)
            except (OSError, ValueError):
                self._faults += 1

    def _raw(self, name: str) -> bytes:
        if self._container.get_size(name) > MAX_STREAM_BYTES:
            raise DocumentUnreadableError(reason="hostile")
        data: bytes = self._container.openstream(name).read()
        return data

    def _unpacked(self, data: bytes) -> bytearray:
        room = min(self._left_bytes, MAX_STREAM_BYTES)
        if self._flags & _COMPRESSED:
            stream, is_whole = inflate(data, room=room)
            self._faults += not is_whole
        elif len(data) > room:
            raise DocumentTooLargeError(size_bytes=len(data), limit_bytes=room)
        else:
            stream = bytearray(data)
        self._left_bytes -= len(stream)
        return stream

    def _has_macro(self) -> bool:
        if not self._container.exists(_SCRIPT):
            return False
        try:
            return holds_program(bytes(self._unpacked(self._raw(_SCRIPT))))
        except (OSError, ValueError, DocumentUnreadableError):
            return True  # not the frame that Hangul writes

    def _metadata(self) -> dict[str, str]:
        if not self._container.exists(_SUMMARY):
            return {}
        try:
            return properties(self._raw(_SUMMARY))
        except (OSError, ValueError, struct.error, OverflowError, DocumentUnreadableError):
            return {}


def _flags(header: bytes) -> int:
    if len(header) != _HEADER_BYTES or not header.startswith(b"HWP Document File"):
        raise DocumentUnreadableError(reason="damaged")
    major, flags = header[35], int.from_bytes(header[36:40], "little")
    if major < 5:
        raise UnsupportedFormatError(detected="hwp3")
    if flags & _PASSWORD:
        raise DocumentUnreadableError(reason="encrypted")
    if flags & _DRM:
        raise UnsupportedFormatError(detected="drm")
    return flags


def _decrypted(raw: bytes) -> bytes:
    plain: bytes = decode_distribution_section(raw, is_compressed=False)
    return plain


def inflate(data: bytes, *, room: int) -> tuple[bytearray, bool]:
    """Unpack a stream, at most `room` bytes of it, and tell whether it was whole.

    Raises:
        DocumentTooLargeError: More than `room` bytes come out.
        DocumentUnreadableError: `hostile` when they come out of next to nothing.

    >>> inflate(zlib.compress(b"abc", wbits=-15), room=10)
    (bytearray(b'abc'), True)
    """
    best = bytearray()
    for window in (-zlib.MAX_WBITS, zlib.MAX_WBITS):
        unpack, stream = zlib.decompressobj(window), bytearray()
        try:
            for start in range(0, len(data), _CHUNK_BYTES):
                chunk = data[start : start + _CHUNK_BYTES]
                stream += unpack.decompress(chunk, room + 1 - len(stream))
                if len(stream) > room:
                    _refuse(len(data), len(stream))
                if unpack.eof:
                    return stream, True
        except zlib.error:
            pass  # what came before it is kept
        best = max(best, stream, key=len)
    return best, False


def _refuse(packed_bytes: int, size_bytes: int) -> None:
    if size_bytes > _HOSTILE_RATIO * packed_bytes:
        raise DocumentUnreadableError(reason="hostile")
    raise DocumentTooLargeError(size_bytes=size_bytes, limit_bytes=size_bytes - 1)


# -- records -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """What one pass over the records finds, and how much it has counted."""

    pieces: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    memos: list[str] = field(default_factory=list)
    table_count: int = 0
    foreign_count: int = 0
    faults: int = 0
    numberings: list[bytes] = field(default_factory=list)
    bullets: list[bytes] = field(default_factory=list)
    shapes: list[bytes] = field(default_factory=list)
    inks: list[bytes] = field(default_factory=list)
    fills: list[bytes] = field(default_factory=list)
    outline: int = 0
    _records: int = 0
    _cells: int = 0
    _is_memo: bool = False
    _numbers: dict[int, deque[int]] = field(default_factory=dict)

    def asides(self) -> Iterator[Aside]:
        """Yield the memos and the guide texts of form fields."""
        for memo in self.memos:
            yield Aside(kind=AsideKind.MEMO, text=memo)
        for guide in self.guides:
            yield Aside(kind=AsideKind.INSTRUCTION, text=guide)

    def scan(self, stream: bytearray) -> bytearray:
        """Go over all records of a stream and write the automatic numbers into its texts."""
        handlers = {
            18: self._linked,
            20: _keep(self.fills),
            21: _keep(self.inks),
            23: _keep(self.numberings),
            24: _keep(self.bullets),
            25: _keep(self.shapes),
            66: self._paragraph,
            67: self._text,
            71: self._control,
            77: self._table,
            84: self._foreign,
            93: self._memo,
            98: self._foreign,
        }
        position, end = 0, len(stream)
        self._numbers.clear()
        self._is_memo = False
        while position + 4 <= end:
            (word,) = struct.unpack_from("<I", stream, position)
            size, position = word >> 20, position + 4
            if size == 0xFFF and position + 4 <= end:
                (size,) = struct.unpack_from("<I", stream, position)
                position += 4
            if position + size > end:
                self.faults += 1
                break
            handler = handlers.get(word & 0x3FF)
            if handler is not None:
                handler(stream, position, size, word >> 10 & 0x3FF)
            position += size
            self._records += 1
        if self._records > MAX_RECORDS:
            raise DocumentUnreadableError(reason="hostile")
        return stream

    def _linked(self, stream: bytearray, at: int, size: int, _: int) -> None:
        self.foreign_count += size >= 2 and stream[at] & 0xF == 0

    def _paragraph(self, _stream: bytearray, _at: int, _size: int, level: int) -> None:
        self._is_memo = self._is_memo and level > 0

    def _memo(self, _stream: bytearray, _at: int, _size: int, _level: int) -> None:
        self._is_memo = True

    def _foreign(self, _stream: bytearray, _at: int, _size: int, _level: int) -> None:
        self.foreign_count += 1

    def _table(self, stream: bytearray, at: int, size: int, _: int) -> None:
        self.table_count += 1
        if size < 8:
            return
        rows, columns = struct.unpack_from("<HH", stream, at + 4)
        self._cells += rows * columns
        if max(rows, columns) > MAX_SIDE or self._cells > MAX_CELLS:
            raise DocumentUnreadableError(reason="hostile")

    def _text(self, stream: bytearray, at: int, size: int, level: int) -> None:
        if size > MAX_TEXT_BYTES:
            raise DocumentUnreadableError(reason="hostile")
        payload = bytes(stream[at : at + size])
        text = payload.decode("utf-16-le", "surrogatepass" if size % 2 == 0 else "replace")
        if len(text) * 2 != size:  # characters of two units: count in units to skip controls
            text = "".join(map(chr, struct.unpack(f"<{size // 2}H", payload[: size // 2 * 2])))
        places: deque[int] = deque()
        pieces: list[str] = []
        start = 0
        for control in _CONTROL.finditer(text):
            pieces.append(text[start : control.start()])
            start = control.end()
            if control[0][0] == _AUTO_NUMBER:
                places.append(at + control.start() * 2)
        pieces.append(text[start:])
        self._numbers[level] = places
        whole = [_joined(piece) for piece in pieces]
        if self._is_memo:
            self.memos.append("".join(whole))
        else:
            self.pieces.extend(piece for piece in whole if piece)

    def _control(self, stream: bytearray, at: int, size: int, level: int) -> None:
        name = bytes(stream[at : at + 4])
        if name == b"onta" and size >= 10:
            places = self._numbers.get(level)
            if places:
                flags, number = struct.unpack_from("<IH", stream, at + 4)
                self._write_number(stream, places.popleft(), flags & 0xF, number)
        elif name == b"dces" and size >= 20 and not self.outline:
            (self.outline,) = struct.unpack_from("<H", stream, at + 18)
        elif name == b"klc%" and size >= 11:
            (length,) = struct.unpack_from("<H", stream, at + 9)
            command = bytes(stream[at + 11 : at + min(11 + length * 2, size)])
            if guide := guide_text(command.decode("utf-16-le", "replace")):
                self.guides.append(guide)

    def _write_number(self, stream: bytearray, place: int, kind: int, number: int) -> None:
        """Put `표 3`'s number where its control stands: digits, then units that mean nothing."""
        if kind in _NUMBERED:
            stream[place : place + 16] = str(number).encode("utf-16-le").ljust(16, b"\0")


def _keep(records: list[bytes]) -> Callable[[bytearray, int, int, int], None]:
    return lambda stream, at, size, _: records.append(bytes(stream[at : at + size]))


def _joined(text: str) -> str:
    """Make characters of pairs of units and drop what is no text."""
    if _HALF.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\x00", "").rstrip("\r\n")


# -- properties --------------------------------------------------------------------------------


def properties(data: bytes) -> dict[str, str]:
    """Return title, author and dates of a property set stream."""
    (start,) = struct.unpack_from("<I", data, 44)
    (count,) = struct.unpack_from("<I", data, start + 4)
    found: dict[str, str] = {}
    for index in range(min(count, 64)):
        number, offset = struct.unpack_from("<II", data, start + 8 + index * 8)
        value = _property(data, start + offset) if number in _PROPERTIES else ""
        if value:
            found[_PROPERTIES[number]] = value
    return found


def _property(data: bytes, at: int) -> str:
    (kind,) = struct.unpack_from("<I", data, at)
    if kind == 31:
        (length,) = struct.unpack_from("<I", data, at + 4)
        text = data[at + 8 : at + 8 + length * 2].decode("utf-16-le", "replace")
        return " ".join(text.split("\0", 1)[0].split())
    if kind == 64:
        (ticks,) = struct.unpack_from("<Q", data, at + 4)
        return (_EPOCH + timedelta(microseconds=ticks // 10)).date().isoformat() if ticks else ""
    return ""
