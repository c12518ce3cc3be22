"""The same content, numbering and citations in every format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain import Draft
from assistant.errors import UnsupportedFormatError
from assistant.writing import write
from tests.assistant.writing.readers import (
    squeezed,
    text_of_docx,
    text_of_html,
    text_of_md,
    text_of_txt,
)
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS, visible_lines

READERS: dict[str, Callable[[bytes], str]] = {
    "txt": text_of_txt,
    "md": text_of_md,
    "html": text_of_html,
    "docx": text_of_docx,
}
drafts = pytest.mark.parametrize("draft", SAMPLE_DRAFTS.values(), ids=SAMPLE_DRAFTS.keys())


@drafts
@pytest.mark.parametrize("fmt", READERS)
def test_a_reader_sees_the_whole_draft_in_order(draft: Draft, fmt: str) -> None:
    expected = squeezed(*visible_lines(draft))
    found = squeezed(READERS[fmt](write(draft, fmt)))
    if fmt == "txt":  # where bars draw the tables
        expected = expected.replace("|", "")
    assert found == expected


@drafts
@pytest.mark.parametrize("fmt", READERS)
def test_the_same_draft_gives_the_same_bytes(draft: Draft, fmt: str) -> None:
    assert write(draft, fmt) == write(draft, fmt)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError):
        write(SAMPLE_DRAFTS["plain"], "hwp")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_numbers_and_text(tmp_path: Path) -> None:
    for name, draft in SAMPLE_DRAFTS.items():
        (tmp_path / f"{name}.docx").write_bytes(write(draft, "docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    command = ["soffice", "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300
    )
    for name, draft in SAMPLE_DRAFTS.items():
        found = (tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig")
        expected = squeezed(*visible_lines(draft))
        assert _without_bullets(squeezed(found)) == _without_bullets(expected), name


def _without_bullets(text: str) -> str:
    """LibreOffice writes every bullet as the same dot when it saves text."""
    return text.translate(dict.fromkeys(map(ord, "□○-·•◦▪")))
