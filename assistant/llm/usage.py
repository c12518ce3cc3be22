"""What a reply cost, as far as the endpoint tells: asked for only while somebody counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MAX_TOKENS = 100_000_000  # of one request; no endpoint is believed that says more


@dataclass(slots=True)
class Meter:
    """Tokens so far; None where the endpoint does not count them."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def add(self, other: Meter) -> None:
        """Count what another meter counted."""
        self.prompt_tokens = _sum(self.prompt_tokens, other.prompt_tokens)
        self.completion_tokens = _sum(self.completion_tokens, other.completion_tokens)

    def read(self, usage: Mapping[str, object] | None) -> None:
        """Take over what a piece of one reply says; some endpoints tell the sum with each piece."""
        if usage:
            self.prompt_tokens = _higher(self.prompt_tokens, usage.get("input_tokens"))
            self.completion_tokens = _higher(self.completion_tokens, usage.get("output_tokens"))


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count the tokens of the requests made inside; whoever counts outside counts them as well."""
    meter, outer = Meter(), _meter.get()
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)
        if outer is not None:
            outer.add(meter)


def is_counting() -> bool:
    """Return whether somebody counts the tokens of this request."""
    return _meter.get() is not None


def note(request: Meter) -> None:
    """Count the tokens of a request."""
    meter = _meter.get()
    if meter is not None:
        meter.add(request)


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def _higher(known: int | None, told: object) -> int | None:
    """Return the higher count; 0 is how a client says that it was told nothing."""
    if not isinstance(told, int) or not 0 < told <= MAX_TOKENS:
        return known
    return max(known or 0, told)
