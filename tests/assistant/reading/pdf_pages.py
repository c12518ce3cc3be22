"""Makes PDFs with tables and scans for the tests; all content is invented."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest


def typeset(body: str) -> bytes:
    """A PDF set by Typst in NanumGothic; skips where one of them is not installed."""
    typst = pytest.importorskip("typst", reason="no Typst: install the package `typst`")
    spec = importlib.util.find_spec("koreanize_matplotlib")
    if spec is None or spec.origin is None:
        pytest.skip("no Korean font: install the package `koreanize-matplotlib`")
    head = '#set page(paper: "a4")\n#set text(font: "NanumGothic", size: 11pt, lang: "ko")\n'
    made: bytes = typst.compile(
        (head + body).encode(),
        format="pdf",
        font_paths=[str(Path(spec.origin).parent / "fonts")],
        ignore_system_fonts=True,
    )
    return made


def scanned(data: bytes, *, dpi: int = 150) -> bytes:
    """The same pages as pictures only."""
    image = pytest.importorskip("PIL.Image")
    pages = []
    for page in pdfium.PdfDocument(data):
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        size = (bitmap.width, bitmap.height)
        pages.append(image.frombytes("L", size, bitmap.to_numpy().tobytes()))
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return out.getvalue()


def ruled(xs: list[int], ys: list[int]) -> bytes:
    """Content that draws a full grid of lines."""
    level = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    upright = [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    return "\n".join([*level, *upright]).encode()


def words(texts: dict[tuple[int, int], str]) -> bytes:
    """Content that writes texts at places, for `raw_pdf`."""
    return "\n".join(
        f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
        for (x, y), text in texts.items()
    ).encode()
