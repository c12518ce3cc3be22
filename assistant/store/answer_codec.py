"""Answers as JSON: what was stored is shown again exactly."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain import Answer
from assistant.errors import ConfigurationError

FORMAT = 1


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def encode(answer: Answer) -> str:
    """Return `answer` as JSON text that names its format."""
    body = _adapter().dump_python(answer, mode="json")
    return json.dumps({"format": FORMAT, "answer": body}, ensure_ascii=False)


def decode(stored: str) -> Answer:
    """Return the answer that `encode` was given.

    Raises:
        ConfigurationError: A newer Gongmun wrote it.
    """
    parsed: dict[str, Any] = json.loads(stored)
    if parsed["format"] > FORMAT:
        raise ConfigurationError(f"stored answer has format {parsed['format']}, known: {FORMAT}")
    try:
        return _adapter().validate_python(parsed["answer"], strict=False)
    except ValidationError as error:
        raise ConfigurationError("a stored answer has an unknown shape") from error
