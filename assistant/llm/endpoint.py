"""Where a model answers, and the breaker that spares a dead endpoint."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import SecretStr

from assistant.settings import Settings

CONNECT_TIMEOUT_S = 3.0
FAILURES_TO_OPEN = 5
OPEN_S = 30.0
_COUNTED = frozenset({"unreachable", "server_error", "timeout"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model answers and what it may cost in time and text."""

    base_url: str
    model: str
    api_key: SecretStr = field(default=SecretStr(""), repr=False)
    use_responses_api: bool = False
    deadline_s: float = 90.0
    read_timeout_s: float = 20.0
    max_chars: int = 20_000
    max_concurrent: int = 8
    connect_timeout_s: float = CONNECT_TIMEOUT_S
    backoff_s: float = 0.5

    @classmethod
    def from_settings(cls, settings: Settings) -> Endpoint:
        """Return the endpoint that the settings name."""
        return cls(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key,
            use_responses_api=settings.llm_use_responses_api,
            deadline_s=settings.llm_deadline_s,
            read_timeout_s=settings.llm_read_timeout_s,
            max_chars=settings.llm_max_chars,
            max_concurrent=settings.llm_max_concurrent,
        )


class CircuitBreaker:
    """Stops calls to a dead endpoint: after five failures in a row, none for 30 seconds.

    Afterwards calls are let through again; the next failure closes the road once more.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls are refused now."""
        return self._opened_at is not None and self._clock() - self._opened_at < OPEN_S

    def record(self, reason: str | None) -> None:
        """Take note of how a call ended: None for success, else the reason of the failure."""
        if reason is None:
            self._failures, self._opened_at = 0, None
        elif reason in _COUNTED:
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._opened_at = self._clock()
