"""The straight lines drawn on a PDF page, as seen: what tables are ruled with."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Box: TypeAlias = tuple[float, float, float, float]
_Point: TypeAlias = tuple[float, float]

_MAX_PATHS = 20_000
_MAX_SEGMENTS = 60_000
_MAX_DEPTH = 4
_THIN = 3.0
_STRAIGHT = 0.75
_WHITE = 250


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line: at `at`, from `start` to `end`, in points from the top left."""

    is_level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Lines and coloured areas of a page; boxes are left, top, right, bottom."""

    rules: tuple[Rule, ...] = ()
    shades: tuple[Box, ...] = ()


class View:
    """Turns places in a file into places on the page as seen, counted from the top left."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._turns = page.get_rotation() // 90 % 4
        self._left, self._bottom, self._right, self._top = page.get_cropbox()

    def point(self, x: float, y: float) -> _Point:
        """Return where a point is seen."""
        x, y = x - self._left, self._top - y
        width, height = self._right - self._left, self._top - self._bottom
        if self._turns == 1:
            return height - y, x
        if self._turns == 2:
            return width - x, height - y
        return (y, width - x) if self._turns == 3 else (x, y)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box is seen."""
        if not self._turns:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def find_drawing(page: pdfium.PdfPage) -> Drawing:
    """Return the lines of a page; none when far too much is drawn for a table."""
    found = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=_MAX_DEPTH)
    paths = list(itertools.islice(found, _MAX_PATHS + 1))
    if len(paths) > _MAX_PATHS:
        return Drawing()
    view = View(page)
    rules: list[Rule] = []
    shades: list[Box] = []
    left = _MAX_SEGMENTS
    for path in paths:
        left -= raw.FPDFPath_CountSegments(path.raw)
        if left < 0:
            return Drawing()
        _draw(path, view, rules, shades)
    return Drawing(rules=tuple(rules), shades=tuple(shades))


def _draw(path: pdfium.PdfObject, view: View, rules: list[Rule], shades: list[Box]) -> None:
    """Add what one path draws."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path.raw, fill, stroke) or not (fill.value or stroke.value):
        return
    for points in _outlines(path, view):
        if stroke.value:
            rules.extend(_straight(points))
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= _THIN < width:
            rules.append(Rule(True, (box[1] + box[3]) / 2, box[0], box[2]))
        elif width <= _THIN < height:
            rules.append(Rule(False, (box[0] + box[2]) / 2, box[1], box[3]))
        elif max(width, height) > _THIN and _is_coloured(path):
            shades.append(box)
    if stroke.value and fill.value and _is_coloured(path):
        shades.append(_bounds(path, view))


def _bounds(path: pdfium.PdfObject, view: View) -> Box:
    points = [point for outline in _outlines(path, view) for point in outline] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _outlines(path: pdfium.PdfObject, view: View) -> Iterator[list[_Point]]:
    """Yield the corners of each part of a path; a curve is only its end."""
    across, slant, rise, down, right, up = _whole_matrix(path)
    outline: list[_Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    place = ctypes.byref(x), ctypes.byref(y)
    for index in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        if not raw.FPDFPathSegment_GetPoint(segment, *place):
            continue
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        seen_x = across * x.value + rise * y.value + right
        seen_y = slant * x.value + down * y.value + up
        outline.append(view.point(seen_x, seen_y))
        if raw.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    if outline:
        yield outline


def _whole_matrix(item: pdfium.PdfObject) -> tuple[float, ...]:
    """Return the matrix of an object, and of the forms that hold it, as one."""
    matrix = item.get_matrix()
    while item.container is not None:
        item = item.container
        matrix = matrix.multiply(item.get_matrix())
    return tuple(float(part) for part in matrix.get())


def _straight(points: Iterable[_Point]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _is_coloured(path: pdfium.PdfObject) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha):
        return False
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE
