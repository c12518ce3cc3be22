"""How large a picture stands on the page, from what its first bytes say."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Picture

_MAX_HEIGHT_MM = 200.0
_MAX_PIXELS = 40_000_000
_MIN_MM = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """A picture's size on paper; `suffix` is empty for what is no PNG or JPEG, or far too large."""

    suffix: str
    width_mm: float
    height_mm: float


def placed_picture(picture: Picture, *, line_mm: float) -> PlacedPicture:
    """Return the size for a line of `line_mm`: as asked, within the line and the page."""
    width = min(max(picture.width_mm, _MIN_MM), line_mm)
    suffix, pixels = _pixels(picture.data)
    if not suffix or not 0 < pixels[0] * pixels[1] <= _MAX_PIXELS:
        return PlacedPicture(suffix="", width_mm=width, height_mm=0.0)
    height = width * pixels[1] / pixels[0]
    if height > _MAX_HEIGHT_MM:
        width, height = width * _MAX_HEIGHT_MM / height, _MAX_HEIGHT_MM
    return PlacedPicture(suffix=suffix, width_mm=round(width, 2), height_mm=round(height, 2))


def _pixels(data: bytes) -> tuple[str, tuple[int, int]]:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return "png", (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    if data.startswith(b"\xff\xd8"):
        return "jpg", _jpeg_pixels(data)
    return "", (0, 0)


def _jpeg_pixels(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(wide, "big"), int.from_bytes(high, "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0, 0
