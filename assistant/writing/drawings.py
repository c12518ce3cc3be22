"""An SVG drawn as PNG, with the fonts that come along: what HWPX, DOCX and PDF take in."""

from __future__ import annotations

from assistant.errors import DraftUnwritableError
from assistant.writing.fonts import fonts
from assistant.writing.pdf_process import Bounds, BrokenPicturesError, drawn

DOTS_PER_INCH = 192
MAX_SVG_BYTES = 2_000_000
_POINTS_PER_PIXEL = 0.75
_MAX_SIDE = 4_000
_BOUNDS = Bounds(wall_s=30.0, cpu_s=30)


def draw(svg: str, *, width: int, height: int, bounds: Bounds = _BOUNDS) -> bytes:
    """Return the PNG of an SVG of `width` × `height` CSS pixels, at twice that many dots.

    Nothing outside the SVG is read: typst sees a folder of its own and no system fonts.

    Raises:
        ConfigurationError: A font package is not installed.
        DraftUnwritableError: It is too large, cannot be read, or took too long.
    """
    data = svg.encode()
    if len(data) > MAX_SVG_BYTES or not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise DraftUnwritableError(reason="too_large")
    files = fonts()
    try:
        return drawn(
            data,
            size_pt=(width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL),
            fonts=(files.sans, files.sans_bold, files.serif),
            ppi=DOTS_PER_INCH,
            bounds=bounds,
        )
    except BrokenPicturesError as error:
        raise DraftUnwritableError(reason="layout") from error
