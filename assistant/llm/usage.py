"""What a reply cost, as far as the endpoint tells: asked for only while somebody counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Meter:
    """Tokens so far; None where the endpoint does not count them."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def add(self, prompt: int, completion: int) -> None:
        """Count the tokens of one request."""
        self.prompt_tokens = (self.prompt_tokens or 0) + prompt
        self.completion_tokens = (self.completion_tokens or 0) + completion


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count the tokens of the requests made inside."""
    meter = Meter()
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def is_counting() -> bool:
    """Return whether somebody counts the tokens of this request."""
    return _meter.get() is not None


def note(usage: Mapping[str, object] | None) -> None:
    """Count what an endpoint says of a request."""
    meter = _meter.get()
    if meter is None or not usage:
        return
    prompt, completion = usage.get("input_tokens"), usage.get("output_tokens")
    if isinstance(prompt, int) and isinstance(completion, int):
        meter.add(prompt, completion)
