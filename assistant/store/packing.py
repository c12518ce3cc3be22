"""A noun as compressed JSON that names its format: what was stored is shown again exactly."""

from __future__ import annotations

import json
import zlib
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.errors import ConfigurationError

_COMPRESSION = 6

T = TypeVar("T")


class Packing(Generic[T]):
    """Packs values of one type; `name` is their key in the JSON and their name in errors."""

    def __init__(self, kind: type[T], *, name: str, version: int = 1) -> None:
        self._kind, self._name, self._version = kind, name, version
        self._made: TypeAdapter[T] | None = None

    @property
    def _adapter(self) -> TypeAdapter[T]:
        if self._made is None:  # takes long to make, and the start-up needs none
            self._made = TypeAdapter(self._kind)
        return self._made

    def pack(self, value: T) -> bytes:
        """Return a value in the form in which it is stored."""
        body = self._adapter.dump_python(value, mode="json")
        text = json.dumps({"format": self._version, self._name: body}, ensure_ascii=False)
        return zlib.compress(text.encode("utf-8", "replace"), _COMPRESSION)

    def unpack(self, payload: bytes) -> T:
        """Return the value that `pack` was given.

        Raises:
            ConfigurationError: A newer Gongmun wrote it, or its shape is not known.
        """
        parsed = json.loads(zlib.decompress(payload))
        if parsed["format"] > self._version:
            raise ConfigurationError(
                f"stored {self._name} has format {parsed['format']}, known: {self._version}"
            )
        try:
            return self._adapter.validate_python(parsed[self._name], strict=False)
        except ValidationError as error:
            raise ConfigurationError(f"a stored {self._name} has an unknown shape") from error
