"""Fonts come from packages, and finding them starts no other library."""

from __future__ import annotations

import subprocess
import sys

from fontTools.ttLib import TTFont

from assistant.writing.fonts import SANS_FAMILY, SERIF_FAMILY, fonts


def test_the_fonts_are_of_the_families_that_they_are_taken_for() -> None:
    found = fonts()
    names = [TTFont(path)["name"].getDebugName(1) for path in (found.serif, found.sans)]
    assert names == [SERIF_FAMILY, SANS_FAMILY]


def test_every_font_may_be_embedded() -> None:
    found = fonts()
    for path in (found.serif, found.sans, found.sans_bold, found.symbols):
        assert not TTFont(path)["OS/2"].fsType & 0x0302


def test_finding_the_fonts_does_not_start_matplotlib() -> None:
    code = (
        "import sys; from assistant.writing.fonts import fonts; fonts(); "
        "print('matplotlib' in sys.modules, 'koreanize_matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
