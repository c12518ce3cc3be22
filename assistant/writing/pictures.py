"""What a picture in a draft is, told from its bytes."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_JPEG_SEGMENT = re.compile(rb"\xff+([\x01-\xfe])", re.DOTALL)
_JPEG_FRAMES = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)})
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShape:
    """Kind and size of a picture in dots."""

    media_type: str
    width: int
    height: int


def picture_shape(data: bytes) -> PictureShape | None:
    """Return kind and size of a PNG or JPEG picture, None for anything else."""
    found = None
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        found = ("image/png", *struct.unpack(">II", data[16:24]))
    elif data.startswith(_JPEG):
        size = _jpeg_size(data)
        found = ("image/jpeg", *size) if size else None
    if found is None or not (found[1] and found[2]):
        return None
    return PictureShape(media_type=found[0], width=found[1], height=found[2])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while segment := _JPEG_SEGMENT.match(data, place):
        kind, place = segment[1][0], segment.end()
        if kind in _JPEG_BARE:
            continue
        if kind in _JPEG_FRAMES and len(data) >= place + 7:
            height, width = struct.unpack(">HH", data[place + 3 : place + 7])
            return width, height
        if len(data) < place + 2:
            return None
        place += max(int.from_bytes(data[place : place + 2]), 2)
    return None
