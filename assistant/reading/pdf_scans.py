"""Pages of a PDF that are pictures: which ones they are, and their text as recognised."""

from __future__ import annotations

import ctypes
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.reading.ocr import Pixels, find_program, recognise

_DPI = 150  # no more letters were right at 200 or 300, and each page took longer
_MAX_PIXELS = 40_000_000
_MAX_IMAGE_BYTES = 160_000_000
_MAX_OBJECTS = 2_000
_MAX_DEPTH = 3
_SCAN_SHARE = 0.5
_PICTURE_SHARE = 0.05
_MIN_LETTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A page whose text is next to nothing (`letters` of it), or cannot be read at all."""

    index: int
    letters: int = 0
    is_garbage: bool = False

    def is_drawn_on(self, page: pdfium.PdfPage) -> bool:
        """Tell whether the page may show more than its text; some text needs a large picture."""
        share = _SCAN_SHARE if self.letters else _PICTURE_SHARE
        return self.is_garbage or is_scan(page, share)


def recognised(
    document: pdfium.PdfDocument, doubts: Iterable[Doubt], *, deadline: Callable[[], float]
) -> Iterator[tuple[int, str]]:
    """Yield index and text of the pages on which more is seen than was read, while time lasts.

    The time begins with the first call of `deadline`. Nothing is yielded without Tesseract.
    """
    if find_program() is None:
        return
    for doubt in doubts:
        pixels = _pixels(document, doubt)
        if pixels is None:
            continue
        left = deadline() - time.monotonic()
        if left <= 0:
            return
        text = recognise(pixels, timeout_s=left)
        if sum(map(str.isalnum, text)) >= max(_MIN_LETTERS, doubt.letters):
            yield doubt.index, text


def is_scan(page: pdfium.PdfPage, share: float = _SCAN_SHARE) -> bool:
    """Tell whether a picture covers at least this share of the page."""
    width, height = page.get_size()
    for image in _images(page):
        left, bottom, right, top = image.get_bounds()
        for matrix in _outer(image):
            left, bottom, right, top = matrix.on_rect(left, bottom, right, top)
        if (right - left) * (top - bottom) >= share * width * height:
            return True
    return False


def _pixels(document: pdfium.PdfDocument, doubt: Doubt) -> Pixels | None:
    """Draw a page for recognition; None when there is no point in it or a picture is too large."""
    try:
        with closing(document[doubt.index]) as page:
            if not doubt.is_drawn_on(page) or any(map(_is_too_large, _images(page))):
                return None
            return _drawn(page)
    except pdfium.PdfiumError:
        return None


def _drawn(page: pdfium.PdfPage) -> Pixels:
    width, height = page.get_size()
    most = (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5
    scale = min(_DPI / 72, most)
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        return Pixels(
            width=bitmap.width,
            height=bitmap.height,
            data=bitmap.to_numpy().tobytes(),
            dpi=round(scale * 72),
        )


def _images(page: pdfium.PdfPage) -> Iterator[pdfium.PdfObject]:
    found = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_MAX_DEPTH)
    return itertools.islice(found, _MAX_OBJECTS)


def _outer(item: pdfium.PdfObject) -> Iterator[pdfium.PdfMatrix]:
    while item.container is not None:
        item = item.container
        yield item.get_matrix()


def _is_too_large(image: pdfium.PdfObject) -> bool:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(image.raw, width, height):
        return True
    found = raw.FPDF_IMAGEOBJ_METADATA()
    raw.FPDFImageObj_GetImageMetadata(image.raw, None, found)
    bits = max(int(found.bits_per_pixel), 8)
    return width.value * height.value * bits > 8 * _MAX_IMAGE_BYTES
