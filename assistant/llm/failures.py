"""Why a request failed: exceptions of the client libraries translated into reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openai

_MISUNDERSTOOD = frozenset({400, 422})


class FailedError(Exception):
    """One request failed; carries what the retry needs to know."""

    def __init__(
        self, reason: str, *, retry_after_s: float | None = None, complaint: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_s = retry_after_s
        self.complaint = complaint  # what the endpoint says of a request it does not understand


def foreign_errors() -> tuple[type[BaseException], ...]:
    """Return every class that a broken endpoint is known to raise through the client."""
    import httpx2
    import openai
    from langchain_core.exceptions import LangChainException

    return (
        openai.OpenAIError,
        httpx2.HTTPError,
        httpx2.StreamError,
        httpx2.InvalidURL,
        LangChainException,
        OSError,  # TimeoutError is one
        ValueError,  # JSONDecodeError and pydantic's ValidationError are ones
        TypeError,
        LookupError,
        AttributeError,
        AssertionError,
    )


def translate(error: BaseException) -> FailedError:
    """Return the failure that an exception of the client stands for."""
    import httpx2
    import openai

    if isinstance(error, openai.APIStatusError):
        return _status_failure(error)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
        return FailedError("timeout")
    if isinstance(error, openai.APIResponseValidationError):
        return FailedError("bad_reply")
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return FailedError("unreachable")
    return FailedError("bad_reply")


def _status_failure(error: openai.APIStatusError) -> FailedError:
    if error.status_code == 429:
        return FailedError("rate_limited", retry_after_s=_retry_after_s(error))
    if error.status_code >= 500:
        return FailedError("server_error", retry_after_s=_retry_after_s(error))
    is_misunderstood = error.status_code in _MISUNDERSTOOD
    return FailedError("refused", complaint=str(error) if is_misunderstood else None)


def _retry_after_s(error: openai.APIStatusError) -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
