"""Sets a PDF, or draws pictures, in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.errors import DraftUnwritableError
from assistant.writing import pdf_child

logger = logging.getLogger(__name__)

_TEMPLATE = "pdf_template.typ"
_DRAWING, _PAGE = "drawing{}.svg", "drawing.typ"
_FOLDERS = ("gongmun-pdf-", "gongmun-png-")
_STALE_S = 3600.0
_PASSED_ON = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TEMP", "TMP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What setting one PDF may cost."""

    wall_s: float = 120.0
    cpu_s: int = 120
    memory_bytes: int = 2_000_000_000


def sweep_leftovers(now: float) -> int:
    """Remove what a process that was killed had begun to set; return how many folders.

    They hold text of papers. Only those of an hour ago, in seconds since the epoch: a younger one
    may be at work.
    """
    dropped = 0
    for path in Path(tempfile.gettempdir()).iterdir():
        if not path.name.startswith(_FOLDERS) or path.is_symlink():
            continue
        with suppress(OSError):  # another user's, or gone already
            if path.stat().st_mtime < now - _STALE_S:
                shutil.rmtree(path)
                dropped += 1
    return dropped


class BrokenPicturesError(Exception):
    """Pictures that cannot be decoded, by name; the caller leaves them out."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"{len(names)} broken pictures")
        self.names = names


def compiled(
    data: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes],
    fonts: tuple[Path, ...],
    supplement: bytes,
    moment: datetime | None,
    bounds: Bounds,
) -> bytes:
    """Return the PDF that the template makes of the data.

    Raises:
        BrokenPicturesError: Some pictures cannot be decoded.
        DraftUnwritableError: Time or memory did not suffice, or typst refused.
    """
    with tempfile.TemporaryDirectory(prefix=_FOLDERS[0], ignore_cleanup_errors=True) as name:
        root = Path(name) / "draft"
        own = Path(name) / "fonts"
        root.mkdir()
        own.mkdir()
        template = Path(__file__).with_name(_TEMPLATE)
        (root / _TEMPLATE).write_bytes(template.read_bytes())
        (root / "draft.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for picture, content in pictures.items():
            (root / picture).write_bytes(content)
        if supplement:
            (own / "supplement.ttf").write_bytes(supplement)
        job = pdf_child.Job(
            folder=str(root),
            template=_TEMPLATE,
            fonts=[*sorted({str(font.parent) for font in fonts}), str(own)],
            pictures=list(pictures),
            timestamp=int(moment.timestamp()) if moment else None,
            ppi=None,
            memory_bytes=bounds.memory_bytes,
            cpu_s=bounds.cpu_s,
        )
        return _run(job, bounds.wall_s)


def drawn(
    svgs: Sequence[bytes],
    *,
    sizes_pt: Sequence[tuple[float, float]],
    fonts: tuple[Path, ...],
    ppi: int,
    bounds: Bounds,
) -> tuple[bytes, ...]:
    """Return the PNG of each SVG, their text set in `fonts` alone.

    Raises:
        BrokenPicturesError: An SVG cannot be read.
        DraftUnwritableError: Time or memory did not suffice, or typst refused.
    """
    with tempfile.TemporaryDirectory(prefix=_FOLDERS[1], ignore_cleanup_errors=True) as name:
        root = Path(name)
        pages = []
        names = [_DRAWING.format(number) for number in range(len(svgs))]
        for drawing, svg, (width, height) in zip(names, svgs, sizes_pt, strict=True):
            (root / drawing).write_bytes(svg)
            size = f"width: {width:.2f}pt, height: {height:.2f}pt"
            pages.append(f'#page({size}, margin: 0pt)[#image("{drawing}", {size})]\n')
        (root / _PAGE).write_text("".join(pages), encoding="ascii")
        job = pdf_child.Job(
            folder=str(root),
            template=_PAGE,
            fonts=sorted({str(font.parent) for font in fonts}),
            pictures=names,
            timestamp=0,
            ppi=ppi,
            memory_bytes=bounds.memory_bytes,
            cpu_s=bounds.cpu_s,
        )
        return _parted(_run(job, bounds.wall_s), len(svgs))


def _parted(output: bytes, count: int) -> tuple[bytes, ...]:
    """Return the files of an output, each of which stands behind its length."""
    parts, at = [], 0
    while at + pdf_child.LENGTH_BYTES <= len(output):
        begin = at + pdf_child.LENGTH_BYTES
        at = begin + int.from_bytes(output[at:begin], "big")
        parts.append(output[begin:at])
    if len(parts) != count or at != len(output):
        raise DraftUnwritableError(reason="layout")
    return tuple(parts)


def _run(job: pdf_child.Job, wall_s: float) -> bytes:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    paths = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and file
            [sys.executable, "-P", pdf_child.__file__],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=wall_s,
            env={**kept, "PYTHONUTF8": "1", "PYTHONPATH": paths},
            start_new_session=True,  # an interrupt at the terminal is for us, not for it
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DraftUnwritableError(reason="timeout") from error
    if done.returncode == 0:
        return done.stdout
    if done.returncode == pdf_child.BROKEN_PICTURE:
        raise BrokenPicturesError(tuple(done.stdout.decode().splitlines()))
    raise DraftUnwritableError(reason=_cause(done.returncode))


def _cause(code: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 0):
        return "timeout"
    if code in (
        pdf_child.OUT_OF_MEMORY,
        -getattr(signal, "SIGABRT", 0),
        -getattr(signal, "SIGKILL", 0),
    ):
        return "memory"
    return "layout" if code == pdf_child.NOT_SET else "crashed"
