"""Which text of a Hangul file nobody sees: white on white, or too small to be a letter."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.reading.package import Element

_WHITE = {"#FFFFFF", "#FFFFFFFF", "FFFFFF"}
_NO_FILL = {"", "NONE", *_WHITE}
_WHITE_NUMBER = 0xFFFFFF
_TINY_HEIGHT = 150  # hundredths of a point


@dataclass(slots=True)
class Inks:
    """Character shapes that are white or tiny; fills and paragraph shapes that colour the ground.

    `grounds` is the way from the page inwards, true where the ground is coloured.
    """

    white: frozenset[int] = frozenset()
    tiny: frozenset[int] = frozenset()
    fills: frozenset[int] = frozenset()
    shapes: frozenset[int] = frozenset()
    grounds: list[bool] = field(default_factory=lambda: [False])

    def hides(self, ink: int, shape: int) -> bool:
        """Return whether text in this ink, in a paragraph of this shape, cannot be seen here.

        >>> inks = Inks(white=frozenset({7}), shapes=frozenset({2}))
        >>> inks.hides(7, 0), inks.hides(7, 2), inks.hides(1, 0)
        (True, False, False)
        """
        if ink in self.tiny:
            return True
        return ink in self.white and not self.grounds[-1] and shape not in self.shapes

    def can_hide(self) -> bool:
        """Return whether there is any ink that hides."""
        return bool(self.white or self.tiny)

    @contextlib.contextmanager
    def within(self, fill: int | None) -> Iterator[None]:
        """Stay in a cell with this fill, or with None in a shape, whose colour is not known."""
        self.grounds.append(self.grounds[-1] or fill is None or fill in self.fills)
        try:
            yield
        finally:
            self.grounds.pop()


def from_header(root: Element) -> Inks:
    """Read the inks of a HWPX file from its `header.xml`."""
    white, tiny = set(), set()
    for node in root.iter("{*}charPr"):
        ink = _int(node.get("id"))
        is_shaded = str(node.get("shadeColor") or "").upper() not in _NO_FILL
        if str(node.get("textColor")).upper() in _WHITE and not is_shaded:
            white.add(ink)
        if 0 < _int(node.get("height")) <= _TINY_HEIGHT:
            tiny.add(ink)
    fills = frozenset(_int(n.get("id")) for n in root.iter("{*}borderFill") if _is_filled(n))
    shapes = {
        _int(node.get("id"))
        for node in root.iter("{*}paraPr")
        for border in node.iterfind("{*}border")
        if _int(border.get("borderFillIDRef")) in fills
    }
    return Inks(white=frozenset(white), tiny=frozenset(tiny), fills=fills, shapes=frozenset(shapes))


def _is_filled(border_fill: Element) -> bool:
    if border_fill.find(".//{*}gradation") is not None:
        return True
    if border_fill.find(".//{*}imgBrush") is not None:
        return True
    brush = border_fill.find(".//{*}winBrush")
    return brush is not None and str(brush.get("faceColor") or "").upper() not in _NO_FILL


def _int(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def from_records(
    char_shapes: Sequence[bytes], border_fills: Sequence[bytes], para_shapes: Sequence[bytes]
) -> Inks:
    """Read the inks of a HWP 5 file from the records of its DocInfo."""
    white, tiny = set(), set()
    for index, record in enumerate(char_shapes):
        if len(record) < 64:
            continue
        (height,) = struct.unpack_from("<i", record, 42)
        ink, _, shade = struct.unpack_from("<III", record, 52)
        if ink == _WHITE_NUMBER and shade in {_WHITE_NUMBER, 0xFFFFFFFF}:
            white.add(index)
        if 0 < height <= _TINY_HEIGHT:
            tiny.add(index)
    fills = frozenset(i for i, record in enumerate(border_fills, start=1) if _has_fill(record))
    shapes = (
        index
        for index, record in enumerate(para_shapes)
        if len(record) >= 34 and struct.unpack_from("<H", record, 32)[0] in fills
    )
    return Inks(white=frozenset(white), tiny=frozenset(tiny), fills=fills, shapes=frozenset(shapes))


def _has_fill(record: bytes) -> bool:
    if len(record) < 40:
        return False
    kind, colour = struct.unpack_from("<II", record, 32)
    if kind & ~1:  # a gradient or a picture
        return True
    return bool(kind & 1) and colour not in {_WHITE_NUMBER, 0xFFFFFFFF}
