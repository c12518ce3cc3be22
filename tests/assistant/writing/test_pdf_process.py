"""What a PDF that was never finished leaves behind."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from assistant.writing.pdf_process import sweep_leftovers


def test_what_a_killed_process_had_begun_to_set_is_removed_after_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    now = time.time()
    ages = {"gongmun-pdf-old": 2, "gongmun-png-old": 2, "gongmun-pdf-new": 0, "others-old": 2}
    for name, hours in ages.items():
        (tmp_path / name / "draft").mkdir(parents=True)
        (tmp_path / name / "draft" / "draft.json").write_text("글", encoding="utf-8")
        os.utime(tmp_path / name, (now - hours * 3600, now - hours * 3600))
    (tmp_path / "gongmun-pdf-link").symlink_to(tmp_path / "others-old")
    assert sweep_leftovers(now) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "gongmun-pdf-link",
        "gongmun-pdf-new",
        "others-old",
    ]
