"""The files as they came in: durable, under random names, swept when nothing uses them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from assistant.errors import NotFoundError
from assistant.originals import Originals


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_copy_leaves_the_source_and_knows_hash_and_size(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "blobs")
    content = os.urandom(3_000_000)
    source = write(tmp_path / "자료.bin", content)
    original = originals.copy(source)
    assert source.exists()
    assert originals.path(original.blob_id).read_bytes() == content
    assert original.sha256 == hashlib.sha256(content).hexdigest()
    assert original.size_bytes == len(content)
    assert list(originals.arrivals.iterdir()) == []


def test_an_arrival_is_moved(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "blobs")
    arrival = write(originals.arrivals / "x.part", "본문".encode())
    original = originals.adopt(arrival)
    assert not arrival.exists()
    assert originals.path(original.blob_id).read_bytes() == "본문".encode()
    assert original.sha256 == hashlib.sha256("본문".encode()).hexdigest()


@pytest.mark.parametrize("blob_id", ["../gongmun.db", "", "x" * 32, "ab", "A" * 32])
def test_no_other_file_can_be_named(tmp_path: Path, blob_id: str) -> None:
    with pytest.raises(NotFoundError):
        Originals(tmp_path / "blobs").path(blob_id)


def test_files_that_nothing_uses_are_swept_after_an_hour(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "blobs")
    source = write(tmp_path / "자료.md", b"# text")
    old, used, young = (originals.copy(source) for _ in range(3))
    left = write(originals.arrivals / "stopped.part", b"half")
    for path in (originals.path(old.blob_id), originals.path(used.blob_id), left):
        os.utime(path, (1, 1))
    assert originals.sweep({used.blob_id}) == 2
    assert [originals.path(one.blob_id).exists() for one in (old, used, young)] == [
        False,
        True,
        True,
    ]
