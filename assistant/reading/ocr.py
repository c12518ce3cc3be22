"""Text off pictures of pages: home of the Tesseract program, used where it is installed.

The program gets raw pixels that were drawn here and never a file of the user's. It runs under the
limits of the reading process and dies with it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

_LANGUAGE = "kor"
# Where systems put programs; the reading process is not told the search path of its parent.
_PLACES = (
    *os.defpath.split(os.pathsep),
    "/usr/local/bin",
    *(str(Path("/", "opt", owner, "bin")) for owner in ("homebrew", "local")),
    *((str(Path("C:/", "Program Files", "Tesseract-OCR")),) if os.name == "nt" else ()),
)
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
_PASSED_ON = ("SYSTEMROOT", "TEMP", "TMP")
_LIST_S = 10.0
_PAGE_S = 30.0
_MAX_REPLY_CHARS = 2_000_000
_MIN_CONFIDENCE = 35.0
_WORD_GAP = 0.31  # of the height: within words at most 0.29 was seen, between them at least 0.33
_DIE_WITH_PARENT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A grey picture of a page, one byte a pixel, row by row."""

    width: int
    height: int
    data: bytes
    dpi: int


@cache
def find_program() -> str | None:
    """Return where Tesseract stands; None when it, or its Korean, is not installed."""
    program = shutil.which("tesseract", path=os.pathsep.join(_PLACES))
    if program is None:
        return None
    listed = _run([program, "--list-langs"], b"", _LIST_S)
    return program if _LANGUAGE in listed.split() else None


def recognise(pixels: Pixels, *, timeout_s: float) -> str:
    """Return the text that Tesseract sees, line by line; empty when it fails or sees only noise."""
    program = find_program()
    if program is None or timeout_s <= 0:
        return ""
    header = f"P5\n{pixels.width} {pixels.height}\n255\n".encode()
    order = [program, "stdin", "stdout", "-l", _LANGUAGE, "--psm", "4", "--dpi", str(pixels.dpi)]
    order += ["-c", "tessedit_create_tsv=1"]
    return read_words(_run(order, header + pixels.data, min(timeout_s, _PAGE_S)))


def read_words(table: str) -> str:
    r"""Turn Tesseract's table of words into lines, a blank one between blocks.

    It calls single syllables words: those that nearly touch are put together. Lines that it is
    unsure of go: pictures and stamps look like such letters.

    >>> row = "5\t1\t1\t1\t{}\t1\t{}\t0\t20\t20\t{}\t{}"
    >>> words = [(1, 0, 91, "시"), (1, 22, 91, "범"), (1, 60, 91, "구매"), (2, 0, 12, "|~")]
    >>> read_words("\n".join(["level\t...", *(row.format(*word) for word in words)]))
    '시범 구매'
    """
    lines: list[str] = []
    block = ""
    for place, found in groupby(_words(table), key=lambda word: word.place):
        words = list(found)
        letters = sum(len(word.text) for word in words)
        if sum(word.confidence * len(word.text) for word in words) < _MIN_CONFIDENCE * letters:
            continue
        if lines and place[0] != block:
            lines.append("")
        block = place[0]
        lines.append(_line(words))
    return "\n".join(lines)


class _Word(NamedTuple):
    place: tuple[str, ...]
    confidence: float
    text: str
    left: int
    right: int
    height: int


def _words(table: str) -> Iterator[_Word]:
    for row in table[:_MAX_REPLY_CHARS].splitlines():
        columns = row.split("\t")
        if len(columns) != 12 or columns[0] != "5" or not columns[11].strip():
            continue
        with suppress(ValueError):
            left, _, width, height = map(int, columns[6:10])
            place, confidence = tuple(columns[2:5]), float(columns[10])
            yield _Word(place, confidence, columns[11].strip(), left, left + width, height)


def _line(words: Sequence[_Word]) -> str:
    height = sorted(word.height for word in words)[len(words) // 2]
    text = words[0].text
    for before, word in pairwise(words):
        is_apart = word.left - before.right > height * _WORD_GAP
        text += f" {word.text}" if is_apart else word.text
    return text


def _run(order: list[str], data: bytes, timeout_s: float) -> str:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; nothing of the file is in its words
            order,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, **_ENVIRONMENT},
            timeout=timeout_s,
            check=False,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _die_with_parent() -> None:
    """Ask Linux to end this process when the reading process ends, however that comes about."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
