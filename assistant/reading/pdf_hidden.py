"""Text on a PDF page that a person looking at it would not see."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.reading.pdf_scans import is_scan

_Bounds: TypeAlias = tuple[float, float, float, float]
_Place: TypeAlias = tuple[slice, slice]
_Colour: TypeAlias = tuple[int, int, int]

_INVISIBLE_MODES = {3, 7}
_MIN_ALPHA = 26
_MIN_POINTS = 2.0
_COARSE = 1.0
_FINE = 3.0
_MAX_PIXELS = 4000
_TOLERANCE = 12
_INK_SHARE = 0.01
_STEP_SHARE = 0.04
_MAX_OBJECTS = 20_000
_MAX_DEPTH = 4
_LAYER_SHARE = 0.8
_MIN_RUN = 3
# Fonts that every reader draws without their being in the file (ISO 32000-1, 9.6.2.2).
_STANDARD_FONTS = ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats", "Arial")


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenText:
    """Hidden runs of text on one page; `is_scan_layer` when they are the text of a scan.

    `objects` are the addresses of what is hidden, good while the page is open.
    """

    runs: tuple[str, ...] = ()
    is_scan_layer: bool = False
    objects: frozenset[int | None] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    item: pdfium.PdfTextObj
    bounds: _Bounds
    colour: _Colour
    is_unseen: bool
    mode: int
    is_drawn_alike: bool


def find_hidden(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> HiddenText:
    """Find text drawn invisibly, in the colour of what is behind it, tiny, or off the page."""
    pieces = list(_pieces(page, textpage))
    if not pieces:
        return HiddenText()
    invisible = sum(piece.mode in _INVISIBLE_MODES for piece in pieces)
    if invisible >= _LAYER_SHARE * len(pieces) and is_scan(page):
        return HiddenText(is_scan_layer=True)
    hidden = _unseen(pieces, _Canvas(page))
    runs: list[str] = []
    was_hidden = False
    for piece, is_hidden in zip(pieces, hidden, strict=True):
        if is_hidden and was_hidden:
            runs[-1] += _text(piece.item)
        elif is_hidden:
            runs.append(_text(piece.item))
        was_hidden = is_hidden
    return HiddenText(
        runs=tuple(run.strip() for run in runs if run.strip()),
        objects=frozenset(
            address(piece.item.raw)
            for piece, is_hidden in zip(pieces, hidden, strict=True)
            if is_hidden
        ),
    )


def address(pointer: object) -> int | None:
    """Return where a thing of the library lies in memory, to tell it from others."""
    return ctypes.cast(pointer, ctypes.c_void_p).value  # type: ignore[arg-type]  # any pointer


def _unseen(pieces: list[_Piece], canvas: _Canvas) -> list[bool]:
    """Judge each piece by its own marks and by what is drawn in its place."""
    hidden: list[bool] = []
    covered: list[int] = []
    for piece in pieces:
        ground = None
        if not piece.is_unseen and not canvas.shows_something(piece.bounds):
            # Squares and rules fill their place in one colour by right: only words can be hidden.
            is_word = any(map(str.isalnum, _text(piece.item)))
            ground = canvas.flat_colour(piece.bounds) if is_word else None
        is_flat = ground is not None
        is_same = ground is not None and _distance(ground, piece.colour) <= _TOLERANCE
        # What a font that is not in the file looks like is the machine's affair, not the page's.
        if is_flat and not is_same and piece.is_drawn_alike:
            covered.append(len(hidden))
        hidden.append(piece.is_unseen or is_same)
    # Words of another colour that do not show are covered by something, or their font cannot be
    # drawn on this machine: then most of the page does not show, and nothing follows from it.
    if len(covered) < len(pieces) - len(covered) - sum(hidden):
        for index in covered:
            hidden[index] = True
    return hidden


def _distance(one: _Colour, other: _Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def without(text: str, run: str) -> str:
    r"""Take `run` out of `text`, however the reader spaced it.

    A run of a letter or two stays: it might be found in what can be seen.

    >>> without("가 나다\n숨은 말 라", "숨은말")
    '가 나다\n라'
    """
    wanted = "".join(run.split())
    places = [i for i, char in enumerate(text) if not char.isspace()]
    found = "".join(text[i] for i in places).find(wanted)
    if found < 0 or len(wanted) < _MIN_RUN:
        return text
    start, end = places[found], places[found + len(wanted) - 1] + 1
    return text[:start] + text[end:].lstrip(" ")


def _pieces(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[_Piece]:
    box = page.get_cropbox()
    objects = page.get_objects(
        filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=_MAX_DEPTH, textpage=textpage
    )
    for item in itertools.islice(objects, _MAX_OBJECTS):
        matrices = list(_matrices(item))
        bounds = item.get_bounds()
        for matrix in matrices[1:]:
            bounds = matrix.on_rect(*bounds)
        colour, alpha = _fill(item)
        mode = raw.FPDFTextObj_GetTextRenderMode(item.raw)
        is_unseen = (
            mode in _INVISIBLE_MODES
            or alpha < _MIN_ALPHA
            or _points(item, matrices) < _MIN_POINTS
            or _is_outside(bounds, box)
        )
        yield _Piece(
            item=item,
            bounds=bounds,
            colour=colour,
            is_unseen=is_unseen,
            mode=mode,
            is_drawn_alike=_is_drawn_alike(item),
        )


def _is_drawn_alike(item: pdfium.PdfTextObj) -> bool:
    """Tell whether the letters look the same on every machine: embedded, or a standard font."""
    font = raw.FPDFTextObj_GetFont(item.raw)
    if raw.FPDFFont_GetIsEmbedded(font) != 0:
        return True
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    return name.value.decode("latin-1").startswith(_STANDARD_FONTS)


def _matrices(item: pdfium.PdfObject | None) -> Iterator[pdfium.PdfMatrix]:
    """Matrix of an object, then those of the forms that hold it, innermost first."""
    while item is not None:
        yield item.get_matrix()
        item = item.container


def _text(item: pdfium.PdfTextObj) -> str:
    try:
        return str(item.extract())
    except (pdfium.PdfiumError, UnicodeDecodeError):  # no text, or half a character
        return ""


def _fill(item: pdfium.PdfTextObj) -> tuple[_Colour, int]:
    """Fill colour and opacity; black and solid where a pattern fills the letters."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha):
        return (0, 0, 0), 255
    return (red.value, green.value, blue.value), alpha.value


def _points(item: pdfium.PdfTextObj, matrices: list[pdfium.PdfMatrix]) -> float:
    """Height of the letters on the page: font size times the scale of what holds them."""
    scale = 1.0
    for matrix in matrices:
        scale *= float((matrix.c**2 + matrix.d**2) ** 0.5)
    return float(item.get_font_size()) * scale


def _is_outside(bounds: _Bounds, box: _Bounds) -> bool:
    left, bottom, right, top = bounds
    return right <= box[0] or left >= box[2] or top <= box[1] or bottom >= box[3]


class _Canvas:
    """The page as drawn, to see whether anything shows where a text stands."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._box = page.get_cropbox()
        self._pixels: dict[float, npt.NDArray[np.uint8]] = {}
        self._steps: npt.NDArray[np.uint32] | None = None
        # Where letters are larger than the page, each of a thousand texts asks for all of it.
        self._flats: dict[tuple[float, int, int, int, int], _Colour | None] = {}

    def shows_something(self, bounds: _Bounds) -> bool:
        """Tell quickly whether a place is clearly not of one colour; False leaves it open."""
        if self._steps is None:
            grey = self._render(_COARSE, is_grey=True)[:, :, 0]
            one, other = grey[:, :-1], grey[:, 1:]
            steps = (np.maximum(one, other) - np.minimum(one, other)) > 2 * _TOLERANCE
            # Sums over all that lies above and to the left: any place is counted from four of them.
            self._steps = np.zeros((steps.shape[0] + 1, steps.shape[1] + 1), np.uint32)
            self._steps[1:, 1:] = steps.cumsum(axis=0, dtype=np.uint32).cumsum(axis=1)
        height, width = self._steps.shape
        rows, columns = self._place((height - 1, width - 1), bounds)
        corners = self._steps[np.ix_((rows.start, rows.stop), (columns.start, columns.stop))]
        (above, before), (beside, whole) = corners.astype(np.int64)
        size = (rows.stop - rows.start) * (columns.stop - columns.start)
        return bool(whole - before - beside + above > size * _STEP_SHARE + 1)

    def flat_colour(self, bounds: _Bounds) -> _Colour | None:
        """Return the one colour of a place, or None where something shows."""
        if self._page.get_rotation():  # it turns the coordinates
            return None
        # Thin pale letters may vanish in the coarse picture, so only the fine one condemns.
        if self._flat(bounds, _COARSE) is None:
            return None
        return self._flat(bounds, _FINE)

    def _flat(self, bounds: _Bounds, scale: float) -> _Colour | None:
        if scale not in self._pixels:
            self._pixels[scale] = self._render(scale)
        pixels = self._pixels[scale]
        rows, columns = self._place(pixels.shape, bounds)
        key = (scale, rows.start, rows.stop, columns.start, columns.stop)
        if key not in self._flats:
            self._flats[key] = _one_colour(pixels[rows, columns])
        return self._flats[key]

    def _place(self, shape: tuple[int, ...], bounds: _Bounds) -> _Place:
        """Return where a place of the page lies in a picture of this many rows and columns."""
        left, bottom, right, top = self._box
        across = shape[1] / max(right - left, 1)
        down = shape[0] / max(top - bottom, 1)
        rows = _within(shape[0], (top - bounds[3]) * down, (top - bounds[1]) * down)
        return rows, _within(shape[1], (bounds[0] - left) * across, (bounds[2] - left) * across)

    def _render(self, scale: float, *, is_grey: bool = False) -> npt.NDArray[np.uint8]:
        scale = min(scale, _MAX_PIXELS / max(*self._page.get_size(), 1))
        bitmap = self._page.render(scale=scale, rev_byteorder=True, grayscale=is_grey)
        pixels: npt.NDArray[np.uint8] = np.atleast_3d(bitmap.to_numpy())[:, :, :3].copy()
        bitmap.close()
        return pixels


def _within(length: int, start: float, stop: float) -> slice:
    """Return the part of `length` pixels that these two places bound, both included."""
    first = min(max(int(start), 0), length)
    return slice(first, min(max(int(stop) + 1, first), length))


def _one_colour(region: npt.NDArray[np.uint8]) -> _Colour | None:
    """Return the colour that nearly all of a picture has; None where something shows."""
    if not region.size:
        return None
    signed = region.astype(np.int16)
    corner = signed[0, 0]
    share = float((np.abs(signed - corner).max(axis=2) > _TOLERANCE).mean())
    if _INK_SHARE < share < 1 - _INK_SHARE:
        return None
    ground = corner if share <= _INK_SHARE else signed[-1, -1]
    return int(ground[0]), int(ground[1]), int(ground[2])
