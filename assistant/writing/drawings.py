"""SVGs drawn as PNG, with the fonts that come along: what HWPX, DOCX and PDF take in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from assistant.errors import DraftUnwritableError
from assistant.writing.fonts import fonts
from assistant.writing.pdf_process import Bounds, BrokenPicturesError, drawn

Drawing: TypeAlias = tuple[str, int, int]  # an SVG, its width and height in CSS pixels

DOTS_PER_INCH = 192
MAX_SVG_BYTES = 2_000_000
_POINTS_PER_PIXEL = 0.75
_MAX_SIDE = 4_000
_BOUNDS = Bounds(wall_s=30.0, cpu_s=30)


def draw_all(drawings: Sequence[Drawing], *, bounds: Bounds = _BOUNDS) -> tuple[bytes, ...]:
    """Return the PNG of each SVG, in their order; one process draws them all.

    Nothing outside the SVGs is read: typst sees a folder of its own and no system fonts.

    Raises:
        ConfigurationError: A font package is not installed.
        DraftUnwritableError: One is too large or cannot be read, or all took too long.
    """
    if not drawings:
        return ()
    data = [svg.encode() for svg, _, _ in drawings]
    sides = [side for _, *size in drawings for side in size]
    if sum(map(len, data)) > MAX_SVG_BYTES or not all(0 < side <= _MAX_SIDE for side in sides):
        raise DraftUnwritableError(reason="too_large")
    files = fonts()
    try:
        return drawn(
            data,
            sizes_pt=[(w * _POINTS_PER_PIXEL, h * _POINTS_PER_PIXEL) for _, w, h in drawings],
            fonts=(files.sans, files.sans_bold, files.serif),
            ppi=DOTS_PER_INCH,
            bounds=bounds,
        )
    except BrokenPicturesError as error:
        raise DraftUnwritableError(reason="layout") from error
