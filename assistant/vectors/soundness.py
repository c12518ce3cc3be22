"""Whether Chroma's files may be opened: on damaged ones it takes the whole process down.

A folder that was closed in order is sealed with the checksums of its files. One without a seal,
left by a crash, is first opened in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from pathlib import Path

from assistant.errors import IndexUnavailableError

_SEAL = "sealed.json"
_BLOCK_BYTES = 1024 * 1024
_TRIAL_S = 300.0


def seal(folder: Path) -> None:
    """Write down the checksums of all files of an index that was closed in order."""
    (folder / _SEAL).write_text(json.dumps(_checksums(folder)), encoding="utf-8")


def break_seal(folder: Path) -> None:
    """Make sure that the files are sound, and drop the seal because they are about to change.

    Raises:
        IndexUnavailableError: they are not what was sealed, or a trial of opening them failed.
    """
    path = folder / _SEAL
    if not path.exists():
        _try_elsewhere(folder)
        return
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise IndexUnavailableError(index="dense") from error
    path.unlink()
    if sealed != _checksums(folder):
        raise IndexUnavailableError(index="dense")


def _try_elsewhere(folder: Path) -> None:
    if not (folder / "chroma.sqlite3").exists():
        return
    command = [sys.executable, "-m", "assistant.vectors.soundness", str(folder)]
    try:
        trial = subprocess.run(  # noqa: S603 (our own interpreter and module)
            command,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TRIAL_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise IndexUnavailableError(index="dense") from error
    if trial.returncode != 0:
        raise IndexUnavailableError(index="dense")


def _checksums(folder: Path) -> dict[str, list[int]]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _SEAL]
    return {str(path.relative_to(folder)): _checksum(path) for path in files}


def _checksum(path: Path) -> list[int]:
    """Return size and CRC of a file."""
    size = crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            size += len(block)
            crc = zlib.crc32(block, crc)
    return [size, crc]


def _open_and_ask(folder: Path) -> None:
    """Touch every file as a start of the assistant does."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    for named in client.list_collections():
        collection = client.get_collection(named.name, embedding_function=None)
        some = collection.get(limit=4, include=["embeddings"])
        embeddings = some["embeddings"]
        if collection.count() and embeddings is not None:
            collection.query(query_embeddings=embeddings, n_results=min(100, collection.count()))


if __name__ == "__main__":
    _open_and_ask(Path(sys.argv[1]))
