"""Messages between a server and its reading process: length-prefixed JSON and bytes, no pickle."""

from __future__ import annotations

import struct
from typing import BinaryIO, Literal, TypeAlias

from pydantic import BaseModel, TypeAdapter

from assistant.domain import Document

Tag: TypeAlias = Literal[b"H", b"Q", b"R", b"D", b"E"]
READY: Tag = b"H"
REQUEST: Tag = b"Q"
RECOGNISING: Tag = b"R"
DOCUMENT: Tag = b"D"
ERROR: Tag = b"E"

_PREFIX = struct.Struct(">cIQ")
_MAX_HEADER_BYTES = 1_000_000
_PIECE_BYTES = 1 << 20

documents: TypeAdapter[Document] = TypeAdapter(Document)


class Failure(BaseModel, frozen=True):
    """Why the reading process gave no document."""

    code: str
    facts: dict[str, str | int] = {}
    fault: str = ""
    peak: int = 0


class BrokenWireError(Exception):
    """The other side is gone or does not keep to the protocol."""


def send(stream: BinaryIO, tag: Tag, header: bytes, body: bytes = b"") -> None:
    """Write one message."""
    stream.write(_PREFIX.pack(tag, len(header), len(body)))
    stream.write(header)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO, *, max_body_bytes: int) -> tuple[bytes, bytes, bytes] | None:
    """Read one message as tag, header and body; None when the other side has closed.

    Raises:
        BrokenWireError: The message is cut short or larger than allowed.
    """
    prefix = stream.read(_PREFIX.size)
    if not prefix:
        return None
    if len(prefix) < _PREFIX.size:
        raise BrokenWireError("short prefix")
    tag, header_length, body_length = _PREFIX.unpack(prefix)
    if header_length > _MAX_HEADER_BYTES or body_length > max_body_bytes:
        raise BrokenWireError("message over the limit")
    return tag, _exactly(stream, header_length), _exactly(stream, body_length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    # In pieces: a forged length must not reserve memory that no data fills.
    pieces = bytearray()
    while len(pieces) < length:
        piece = stream.read(min(length - len(pieces), _PIECE_BYTES))
        if not piece:
            raise BrokenWireError("message cut short")
        pieces += piece
    return bytes(pieces)
